"""An event's page, and that of one date of a series: all that there is to say of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from calfeed.addresses import (
    PagePath,
    event_feed_path,
    event_page_path,
    initiative_page_path,
)
from calfeed.agenda import Entry
from calfeed.formats.pages.adding import Copies, copies_of
from calfeed.formats.pages.dates import nearest_dates
from calfeed.formats.pages.environment import fill
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.frame import Frame, frame_of
from calfeed.formats.pages.heading import event_head
from calfeed.formats.pages.history import Told, history_of
from calfeed.formats.pages.items import drawn_items
from calfeed.formats.pages.notice import Message, message_of
from calfeed.formats.pages.particulars import Fact, particulars_of
from calfeed.formats.pages.picture import Shown, shown_picture
from calfeed.formats.pages.subject import Subject, is_registration_open
from calfeed.formats.pages.subscribe import Way, follow_of
from calfeed.formats.pages.voice import Voice
from calfeed.model import AgendaItem, Link
from calfeed.states import Label

OTHERS = 3
"""How many other events a page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A button: what it does, and where."""

    name: Markup
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """All that the template of an event needs."""

    frame: Frame
    initiatives: tuple[tuple[Markup, str], ...]
    title: Markup
    labels: tuple[tuple[Label, str], ...]
    only_in: Markup | None
    message: Message | None
    actions: tuple[Action, ...]
    facts: tuple[Fact, ...]
    picture: Shown | None
    summary: Markup | None
    description: Markup | None
    agenda: tuple[tuple[str, Markup], ...]
    links: tuple[Action, ...]
    series: str
    coming: tuple[Markup, ...]
    over: tuple[Markup, ...]
    all_dates: str
    history: tuple[Told, ...]
    others: tuple[Markup, ...]
    follow: tuple[Way, ...]
    copies: Copies | None
    calendar: str
    canonical: str


def event_page(parts: PagePath, subject: Subject, facts: Facts, *, data: str) -> bytes:
    """Return the page of *subject* at *parts*; *data* is JSON-LD for its script element."""
    voice = facts.voice(parts.language)
    return fill("event.html", page=_page(parts, subject, facts, voice, data=data))


def _page(parts: PagePath, subject: Subject, facts: Facts, voice: Voice, *, data: str) -> EventPage:
    details, revision = subject.details, subject.revision
    head = event_head(parts, subject, facts, voice, data=data)
    coming, over, all_dates = nearest_dates(subject, facts, voice)
    return EventPage(
        frame=frame_of(parts, facts, voice, head=head, scripts=("copy.js",)),
        initiatives=tuple(
            (voice.text(one.name), initiative_page_path(one.slug, voice.language))
            for one in facts.initiatives_of(revision)
        ),
        title=voice.text(details.title),
        labels=tuple((label, voice.label(label)) for label in subject.labels),
        only_in=_only_in(subject, voice),
        message=message_of(subject, voice),
        actions=tuple(_actions(subject, facts, voice)),
        facts=tuple(particulars_of(subject, facts, voice)),
        picture=shown_picture(details.image, voice),
        summary=voice.text(details.summary) if details.summary else None,
        description=voice.markdown(details.description) if details.description else None,
        agenda=tuple(_agenda(details.agenda, voice)),
        links=tuple(_links(details.links, voice)),
        series=event_page_path(revision.key, voice.language) if subject.day else "",
        coming=coming,
        over=over,
        all_dates=all_dates,
        history=history_of(subject, facts, voice),
        others=_others(subject, facts, voice),
        follow=follow_of(revision.key, details.title, facts, voice),
        copies=copies_of(subject, facts, voice),
        calendar=event_feed_path(revision.key, language=facts.other(voice.language)),
        canonical=head.canonical,
    )


def _only_in(subject: Subject, voice: Voice) -> Markup | None:
    """Say in which language the text is, where it is not that of the page."""
    language = voice.choose(subject.details.title).language
    if language == voice.language:
        return None
    return voice.say("This text is available in {language} only.", language=voice.name(language))


def _actions(subject: Subject, facts: Facts, voice: Voice) -> Iterator[Action]:
    """Yield how to take part, while one can."""
    details = subject.details
    if subject.is_off or subject.is_over:
        return
    if details.online and not details.online.private:
        label = voice.text(details.online.label) if details.online.label else None
        yield Action(name=label or voice.say("Join online"), href=details.online.url)
    if details.registration and is_registration_open(subject, facts):
        yield Action(name=voice.say("Register"), href=details.registration.url)


def _agenda(items: tuple[AgendaItem, ...], voice: Voice) -> Iterator[tuple[str, Markup]]:
    for item in items:
        yield item.at, voice.text(item.title)


def _links(links: tuple[Link, ...], voice: Voice) -> Iterator[Action]:
    for link in links:
        name = voice.text(link.label) if link.label else Markup("{}").format(link.url)
        yield Action(name=name, href=link.url)


def _others(subject: Subject, facts: Facts, voice: Voice) -> tuple[Markup, ...]:
    """Return the next events of its initiatives that take place, each once, itself never."""
    others: dict[str, Entry] = {}
    for entry in facts.agenda.next_of(subject.revision):
        is_on = entry.occurrence is not None and not entry.occurrence.is_off
        if is_on and entry.revision.uid != subject.revision.uid:
            others.setdefault(entry.revision.uid, entry)
        if len(others) == OTHERS:
            break
    return drawn_items(others.values(), facts, voice)
