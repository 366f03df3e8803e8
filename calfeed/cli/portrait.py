"""All there is to know of one event: its facts, its history, and what its calendars send."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from calfeed.addresses import Show, Variant
from calfeed.cli.editing import Desk
from calfeed.cli.naming import find_event
from calfeed.cli.saying import WORDS, counted, words
from calfeed.cli.standing import Side, say_date, say_presence, side_of
from calfeed.comparing import (
    MASTER,
    Components,
    FeedName,
    Lines,
    drawn,
    feeds_of_events,
    text,
    value,
    when_of,
)
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Kind
from calfeed.model import Event, Update
from calfeed.publisher import would_tell
from calfeed.snapshot import snapshot
from calfeed.source.stated import Statement
from calfeed.words import choose

VARIANTS: Mapping[str, Show] = {
    "usual": Show.STRUCK,
    "visible": Show.VISIBLE,
    "active": Show.ACTIVE,
}
SHOWN = 6
"""How many VEVENTs of a series are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """One event as the file states it, and as it would be told if it were published now.

    ``told`` is its revision until now, ``revision`` the one that it would have; None: it has none,
    or is a draft. ``feeds`` would show it.
    """

    statement: Statement
    told: Revision | None
    revision: Revision | None
    feeds: tuple[FeedName, ...]
    language: str
    languages: tuple[str, ...]

    @property
    def event(self) -> Event:
        """The event as the file states it."""
        return self.statement.event

    def sent(self, show: Show, language: str = "") -> Components:
        """Return the VEVENTs that feeds of one variant would have of it."""
        return drawn(self.revision, Variant(language=language or self.language, show=show))


def portrait_of(desk: Desk, name: str) -> Portrait:
    """Return the portrait of the event that *name* means.

    Raises:
        CalfeedError: there is none, or more than one.
    """
    statement = find_event(desk.stated, name)
    after = would_tell(desk.stated, desk.told, now=desk.now).told
    uid = after.pins.get(statement.event.key, "")
    feeds = feeds_of_events(snapshot(after, day=desk.today))
    site = desk.stated.site
    return Portrait(
        statement=statement,
        told=desk.told.revisions.get(uid),
        revision=None if statement.draft else after.revisions.get(uid),
        feeds=() if statement.draft else tuple(feeds.get(uid, {}).values()),
        language=site.language,
        languages=site.languages,
    )


def facts(portrait: Portrait) -> Iterator[tuple[str, str]]:
    """Yield name and words of each fact of the event."""
    event = portrait.event
    details = event.details
    yield "draft", "yes: shown by preview, never published" if portrait.statement.draft else ""
    yield "state", _state(event)
    place = words(details.place.name, portrait.language) if details.place else ""
    yield "where", ": ".join(filter(None, (say_presence(details), place)))
    yield "initiatives", ", ".join(event.initiatives)
    yield "summary", words(details.summary, portrait.language) if details.summary else ""
    yield "website", details.website or ""
    yield "registration", details.registration.url if details.registration else ""
    for code in portrait.languages:
        title = choose(details.title, code, portrait.language)
        shown = "" if title.language == code else f" (none of its own: shown in {title.language})"
        yield f"title in {code}", title.text + shown
    yield "UID", _numbers(portrait)


def history(event: Event) -> Iterator[str]:
    """Yield what happened, oldest first, each with its day and its notice."""
    if event.published:
        yield f"{event.published}  published"
    for update in event.updates:
        notice = f": {next(iter(update.notice.values()))}" if update.notice else ""
        yield f"{update.announced}  {WORDS[Kind(update.change.value)]}{_of(update)}{notice}"


def dates_of(event: Event) -> Iterator[str]:
    """Yield the dates that were replaced, and how single dates of a series stand."""
    for old in event.standing.old:
        yield f"was planned for {say_date(old)}"
    for override in event.overrides:
        side = Side(details=override.details, standing=override.standing)
        yield f"{override.day:%-d %B %Y}: {side}"


def sent(portrait: Portrait) -> Iterator[tuple[str, str]]:
    """Yield the name of each variant, and a line for each VEVENT that its feeds have."""
    for name, show in VARIANTS.items():
        components = portrait.sent(show)
        if not components:
            is_off = portrait.event.details.when is not None
            yield (
                name,
                f"nothing{': what is off is left out' if is_off else ' until it has a date'}",
            )
        for number, (recurrence, lines) in enumerate(components.items()):
            if number < SHOWN:
                yield "" if number else name, _component(recurrence, lines)
        if len(components) > SHOWN:
            yield "", f"and {counted(len(components) - SHOWN, 'date')} more"
    for language in portrait.languages:
        if language != portrait.language and (components := portrait.sent(Show.STRUCK, language)):
            yield f"in {language}", text(components.get(MASTER, {}), "SUMMARY")


def _component(recurrence: str, lines: Lines) -> str:
    when = when_of(lines)
    begins = say_date(when) if when else value(lines, "DTSTART")
    series = "series from " if {"RRULE", "RDATE"} & lines.keys() else ""
    original = ""
    if recurrence != MASTER:
        planned = date.fromisoformat(recurrence[:8])
        is_moved = when is None or when.first_day != planned
        original = f" (planned for {planned:%-d %B %Y})" if is_moved else ""
    return f"{value(lines, 'STATUS')}, {series}{begins}{original}: {text(lines, 'SUMMARY')}"


def _state(event: Event) -> str:
    side = side_of(event)
    if side.standing.off and event.details.when:
        return f"{side}; was planned for {say_date(event.details.when, rule=event.rule)}"
    return str(side)


def _of(update: Update) -> str:
    if update.occurrence is None:
        return ""
    return f" ({update.occurrence:%-d %B %Y}{' onwards' if update.onwards else ''})"


def _numbers(portrait: Portrait) -> str:
    revision, told = portrait.revision, portrait.told
    if revision is None:
        return ""
    if told is None:
        return f"{revision.uid}, not published yet"
    if told.sequence == revision.sequence:
        return f"{revision.uid}, revision {told.sequence}"
    return f"{revision.uid}, revision {told.sequence}; publishing makes it {revision.sequence}"
