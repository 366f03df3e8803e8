"""Documents for frames on partner sites: the coming dates of an initiative, or one event."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from markupsafe import Markup

from calfeed.addresses import (
    ALL,
    Page,
    PagePath,
    event_page_path,
    index_page_path,
    initiative_page_path,
    page_path,
)
from calfeed.agenda import Entry, dates_of
from calfeed.formats.pages.environment import fill
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.items import drawn_item, places_of
from calfeed.formats.pages.notice import Message, message_of
from calfeed.formats.pages.statics import path_of
from calfeed.formats.pages.subject import Subject
from calfeed.formats.pages.voice import Voice
from calfeed.ledger.revision import Revision
from calfeed.model import Change
from calfeed.states import Label

MOST = 50
"""How many dates an embed can show."""

USUAL = 10
"""How many it shows unless its address asks for another number: the others wait for a script."""

UNDATED = ("past", "plain")
"""The kinds of message that say themselves all that there is to say of the date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """What every document in a frame needs; ``page`` is the path of what it is an embed of."""

    voice: Voice
    title: str
    page: str
    canonical: str
    styles: tuple[str, ...]
    script: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedPage:
    """All that the template of an initiative's embed needs."""

    frame: Framed
    heading: Markup
    items: tuple[Markup, ...]
    feeds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedEventPage:
    """All that the template of one event's embed needs: of a series, the ``dates`` ahead."""

    frame: Framed
    title: Markup
    labels: tuple[tuple[Label, str], ...]
    sentence: Markup | None
    was: tuple[Markup, ...]
    now: Markup | None
    places: tuple[Markup, ...]
    dates: tuple[Markup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedEndPage:
    """All that the template of something gone needs: what it was called, what became of it."""

    frame: Framed
    title: Markup
    sentence: Markup


def embed_page(parts: PagePath, facts: Facts) -> bytes:
    """Return the coming dates of an initiative, or of all, for a frame."""
    voice = facts.voice(parts.language)
    slug = "" if parts.slug == ALL else parts.slug
    told = facts.snapshot.told.initiatives.get(slug)
    heading = voice.text(told.initiative.name if told else facts.site.name)
    page = initiative_page_path(slug, voice.language) if slug else index_page_path(voice.language)
    feeds = page_path(PagePath(page=Page.FEEDS, language=voice.language))
    shown = EmbedPage(
        frame=_framed(heading, page, facts, voice),
        heading=heading,
        items=_items(_entries(slug, facts), facts, voice),
        feeds=f"{page}#subscribe" if slug else feeds,
    )
    return fill("embed.html", page=shown)


def embedded_event_page(parts: PagePath, subject: Subject, facts: Facts) -> bytes:
    """Return one event, or one date of a series, for a frame."""
    voice = facts.voice(parts.language)
    page = event_page_path(subject.revision.key, voice.language, subject.day)
    title = voice.text(subject.details.title)
    message = message_of(subject, voice)
    shown = EmbeddedEventPage(
        frame=_framed(title, page, facts, voice),
        title=title,
        labels=tuple((label, voice.label(label)) for label in subject.labels),
        sentence=message.heading if message and message.kind in UNDATED else None,
        was=_was(subject, message, voice),
        now=_now(subject, message, voice),
        places=tuple(places_of(subject.details, voice)),
        dates=_items(_dates(subject, facts), facts, voice),
    )
    return fill("embedded-event.html", page=shown)


def gone_embed_page(parts: PagePath, revision: Revision, facts: Facts) -> bytes:
    """Return what a frame says of an event that was removed by its publisher."""
    voice = facts.voice(parts.language)
    title = voice.text(revision.event.details.title)
    return _end(title, voice.say("Removed by the publisher."), facts, voice)


def ended_embed_page(parts: PagePath, facts: Facts) -> bytes:
    """Return what a frame says of an initiative whose calendar has ended."""
    voice = facts.voice(parts.language)
    told = facts.snapshot.told.initiatives[parts.slug]
    title = voice.text(told.initiative.name)
    return _end(title, voice.say("This calendar has ended."), facts, voice)


def _was(subject: Subject, message: Message | None, voice: Voice) -> tuple[Markup, ...]:
    """Return the dates that no longer hold; a series has none, but each of its dates has."""
    if subject.is_off and subject.when and not subject.is_series:
        return (voice.when(subject.when),)
    return message.was if message else ()


def _now(subject: Subject, message: Message | None, voice: Voice) -> Markup | None:
    """Return the date that holds, unless a sentence has it."""
    if subject.standing.off is Change.POSTPONED:
        return voice.say("to be announced")
    if subject.is_off or subject.is_series or (message and message.kind in UNDATED):
        return None
    return voice.when(subject.when) if subject.when else None


def _dates(subject: Subject, facts: Facts) -> Iterator[Entry]:
    """Yield the dates of a series that lie ahead, in order."""
    if subject.is_series:
        day, zone = facts.snapshot.day, facts.site.timezone
        dated = sorted(dates_of(subject.revision), key=lambda entry: entry.starts)
        yield from (entry for entry in dated if not entry.is_over(day, zone))


def _end(title: Markup, sentence: Markup, facts: Facts, voice: Voice) -> bytes:
    frame = _framed(title, index_page_path(voice.language), facts, voice)
    page = EmbeddedEndPage(frame=frame, title=title, sentence=sentence)
    return fill("embedded-end.html", page=page)


def _entries(slug: str, facts: Facts) -> Iterator[Entry]:
    """Yield the dates that lie ahead, in order, then those still to be announced, each once."""
    listed = facts.agenda.of(slug)
    yield from listed.coming
    seen = {(entry.revision.uid, entry.day) for entry in listed.coming}
    yield from (one for one in listed.undated if (one.revision.uid, one.day) not in seen)


def _items(entries: Iterator[Entry], facts: Facts, voice: Voice) -> tuple[Markup, ...]:
    return tuple(
        drawn_item(entry, facts, voice, "embedded-item.html", at >= USUAL)
        for at, entry in enumerate(islice(entries, MOST))
    )


def _framed(title: Markup, page: str, facts: Facts, voice: Voice) -> Framed:
    return Framed(
        voice=voice,
        title=title.striptags(),
        page=page,
        canonical=facts.site.url + page,
        styles=(path_of("embed.css"), facts.colours.path),
        script=path_of("embedded.js"),
    )
