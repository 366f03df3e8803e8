"""The head of an event's page: its title and description carry the state, since previews stay."""

from calfeed import words
from calfeed.addresses import PagePath, page_path
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.frame import calendar_of, forms_of, translations
from calfeed.formats.pages.head import (
    Alternate,
    Head,
    image_of,
    in_short,
    locale_of,
    locales_of,
    oembed_of,
)
from calfeed.formats.pages.notice import message_of
from calfeed.formats.pages.subject import Subject
from calfeed.formats.pages.voice import Voice


def event_head(parts: PagePath, subject: Subject, facts: Facts, voice: Voice, *, data: str) -> Head:
    """Return the head of the page of *subject*; only languages that have its title are named."""
    title = voice.choose(subject.details.title).text
    shared = f"{voice.label(subject.labels[0])}: {title}" if subject.labels else title
    initiatives = facts.initiatives_of(subject.revision)
    of = voice.choose(initiatives[0].name if initiatives else facts.site.name).text
    spoken = {*subject.details.title, facts.site.language}
    state = _state(subject, voice)
    canonical = facts.site.url + page_path(parts)
    return Head(
        title=f"{shared} | {of}",
        shared_title=shared,
        description=in_short(" ".join((state, voice.summary(subject.details)))),
        canonical=canonical,
        locale=locale_of(voice.language),
        other_locales=locales_of(
            [code for code in facts.languages if code in spoken], voice.language
        ),
        translations=tuple(
            (code, address)
            for code, address in translations(parts, facts)
            if code in spoken or code in {"x-default", voice.language}
        ),
        alternates=(
            *(calendar_of(slug, facts, voice) for slug in _slugs(subject, facts)),
            *_own(subject, facts, voice),
            oembed_of(canonical, title, facts),
        ),
        image=image_of(subject.details.image, facts, voice),
        data=data,
    )


def _own(subject: Subject, facts: Facts, voice: Voice) -> tuple[Alternate, ...]:
    """Return the event itself in other formats: of one date of a series, all of them."""
    feed = facts.snapshot.feed_of_event(subject.revision.key)
    return forms_of(feed, subject.details.title, facts, voice) if feed else ()


def _slugs(subject: Subject, facts: Facts) -> list[str]:
    return [slug for slug in facts.snapshot.slugs_of(subject.revision) if slug in facts.initiatives]


def _state(subject: Subject, voice: Voice) -> str:
    """Return the state in a sentence or two without marks; the date while all is as planned."""
    message = message_of(subject, voice)
    if message is None:
        return f"{words.say_when(subject.when, voice.language)}." if subject.when else ""
    said = [f"{message.heading.striptags()}."]
    if message.now:
        said.append(str(voice.say("New date: {date}.", date=message.now.striptags())))
    said += [sentence.striptags() for sentence in message.sentences]
    return " ".join(said)
