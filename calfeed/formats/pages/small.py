"""Small pages: nothing here, gone, moved, and the choice of a language."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from calfeed.addresses import PagePath, initiative_page_path, page_path
from calfeed.formats.pages.environment import fill
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.frame import Frame, frame_of, head_of, styles_of
from calfeed.formats.pages.head import Head
from calfeed.formats.pages.items import drawn_items
from calfeed.formats.pages.voice import Voice
from calfeed.ledger.revision import Revision
from calfeed.words import own_name

COMING = 5
"""How many coming events are offered instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallPage:
    """A heading, a sentence, and ways on."""

    frame: Frame
    heading: Markup
    sentence: Markup
    ways: tuple[tuple[Markup, str], ...]
    coming: tuple[Markup, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicePage:
    """A page in several languages: where each is."""

    title: str
    language: str
    tongues: tuple[tuple[str, str, str], ...]
    styles: tuple[str, ...]


def missing_page(parts: PagePath, facts: Facts) -> bytes:
    """Return what says that there is nothing here, and where there is something."""
    voice = facts.voice(parts.language or facts.site.language)
    title = voice.say("There is no such page")
    sentence = voice.say("It may have moved, or its address is not quite right.")
    return _small(parts, facts, voice, title, sentence)


def gone_page(parts: PagePath, revision: Revision, facts: Facts) -> bytes:
    """Return what says that an event was removed by its publisher: its title, and no more."""
    voice = facts.voice(parts.language)
    title = voice.text(revision.event.details.title)
    return _small(parts, facts, voice, title, voice.say("Removed by the publisher."))


def ended_page(parts: PagePath, facts: Facts) -> bytes:
    """Return what says that an initiative's calendar has ended."""
    voice = facts.voice(parts.language)
    told = facts.snapshot.told.initiatives.get(parts.slug)
    title = voice.text(told.initiative.name) if told else voice.say("This calendar has ended")
    return _small(parts, facts, voice, title, voice.say("This calendar has ended."))


def moved_page(parts: PagePath, to: PagePath, facts: Facts) -> bytes:
    """Return what says where a page is now, for those whom no redirect brought there."""
    voice = facts.voice(parts.language)
    title = voice.say("This page has moved")
    ways = ((voice.say("Go to its new address"), page_path(to)),)
    return _small(parts, facts, voice, title, Markup(), ways=ways)


def choice_page(parts: PagePath, facts: Facts) -> bytes:
    """Return the page of an address that names no language: the languages to choose from."""
    return fill(
        "choice.html",
        page=ChoicePage(
            title=_title_of(parts, facts),
            language=facts.site.language,
            tongues=tuple(
                (code, own_name(code), page_path(replace(parts, language=code)))
                for code in facts.languages
            ),
            styles=styles_of(facts),
        ),
    )


def _title_of(parts: PagePath, facts: Facts) -> str:
    voice = facts.voice(facts.site.language)
    if revision := facts.revision(parts.key):
        return voice.choose(revision.event.details.title).text
    told = facts.snapshot.told.initiatives.get(parts.slug)
    return voice.choose(told.initiative.name if told else facts.site.name).text


def _small(  # noqa: PLR0913 - what there is on the page, in its order
    parts: PagePath,
    facts: Facts,
    voice: Voice,
    heading: Markup,
    sentence: Markup,
    *,
    ways: tuple[tuple[Markup, str], ...] = (),
) -> bytes:
    title = heading.striptags()
    head = head_of(parts, facts, voice, title=title, description=sentence.striptags() or title)
    usual = tuple(
        (voice.text(one.name), initiative_page_path(slug, voice.language))
        for slug, one in facts.initiatives.items()
    )
    page = SmallPage(
        frame=frame_of(parts, facts, voice, head=_hidden(head)),
        heading=heading,
        sentence=sentence,
        ways=ways or usual,
        coming=() if ways else drawn_items(facts.agenda.all.coming[:COMING], facts, voice),
    )
    return fill("small.html", page=page)


def _hidden(head: Head) -> Head:
    return replace(head, is_indexed=False, translations=(), alternates=())
