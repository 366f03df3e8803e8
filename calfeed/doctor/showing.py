"""How each client will show events that are off, moved or tentative."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from calfeed.doctor.calendar.moments import parse_moment
from calfeed.doctor.calendar.reading import Event
from calfeed.doctor.findings import Finding, Kind, Level
from calfeed.words import say

LANGUAGES = ("en", "fr", "de", "el")
OFF = ("CANCELLED: ", "POSTPONED: ", "WITHDRAWN: ")
MOVED = ("NEW DATE: ",)
OFF_WORDS = "cancelled|canceled|postponed|withdrawn|called off"
MOVED_WORDS = "new date|rescheduled|moved"

SILENT = Kind(
    "D540",
    Level.WARNING,
    "cancelled events whose title does not say so",
    "Home Assistant, FullCalendar, calcurse, and Outlook (not measured) show them as if they took "
    "place",
    "begin the title with the word: CANCELLED: or POSTPONED:",
)
LOUD = Kind(
    "D541",
    Level.HINT,
    "titles that say what STATUS does not",
    "Thunderbird, Evolution, KDE and Apple Calendar (not measured) show them as any other event",
    "write STATUS:CANCELLED, or STATUS:TENTATIVE where it must not be hidden",
)
BUSY = Kind(
    "D542",
    Level.HINT,
    "cancelled events that block time",
    "those whose calendar shows them as busy (good manners by RFC 5545; not measured)",
    "write TRANSP:TRANSPARENT while an event is off",
)
ALARMED = Kind(
    "D543",
    Level.HINT,
    "cancelled events with a reminder",
    "those who are reminded of what does not take place (good manners by RFC 5545; not measured)",
    "leave VALARM out while an event is off",
)


class Known(StrEnum):
    """How it is known what a client does."""

    MEASURED = "measured"
    KEPT = "its STATUS measured, its looks not"
    READ = "read in its source"
    TOLD = "not measured"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one client, or several alike, makes of an event."""

    client: str
    how: str
    known: Known


class Case(StrEnum):
    """What an event is, as far as clients tell it apart."""

    SAID = "cancelled by STATUS, and the title says so"
    SILENT = "cancelled by STATUS, not by the title"
    TENTATIVE_OFF = "tentative by STATUS, off by the title"
    TENTATIVE = "tentative"
    LOUD = "off by the title, not by STATUS"
    NEW_DATE = "on a new date, and the title says so"
    MOVED = "one date of a series, moved"


HOLD_STATUS = "Thunderbird, Evolution, KDE"
DROP_STATUS = "FullCalendar on web pages, calcurse"

_GONE = Shown(
    "Google Calendar",
    "not at all: it drops cancelled events of subscribed calendars. Give its users a feed where "
    "they are TENTATIVE (calfeed: the address ending in .visible.ics)",
    Known.TOLD,
)
_STRUCK = (
    Shown("Apple Calendar", "struck through", Known.TOLD),
    Shown("Thunderbird", "as cancelled, struck through", Known.KEPT),
    Shown("Evolution, KDE", "as cancelled", Known.KEPT),
    Shown("khal", "with the word CANCELLED", Known.MEASURED),
)
_EVERYBODY = "every client"

SHOWN: Mapping[Case, tuple[Shown, ...]] = MappingProxyType(
    {
        Case.SAID: (
            _GONE,
            Shown("Outlook", "as taking place; only the title says otherwise", Known.TOLD),
            *_STRUCK,
            Shown("Home Assistant", "as taking place; only the title says otherwise", Known.READ),
            Shown(DROP_STATUS, "as taking place; only the title says otherwise", Known.MEASURED),
        ),
        Case.SILENT: (
            _GONE,
            Shown("Outlook", "as if it took place", Known.TOLD),
            *_STRUCK,
            Shown("Home Assistant", "as if it took place", Known.READ),
            Shown(DROP_STATUS, "as if it took place", Known.MEASURED),
        ),
        Case.TENTATIVE_OFF: (
            Shown("Google Calendar, Outlook, Apple Calendar", "with its title", Known.TOLD),
            Shown(HOLD_STATUS, "as tentative, with its title", Known.KEPT),
            Shown("Home Assistant", "as any other event, with its title", Known.READ),
            Shown(DROP_STATUS, "as any other event, with its title", Known.MEASURED),
        ),
        Case.TENTATIVE: (
            Shown("Google Calendar, Outlook, Apple Calendar", "it is shown", Known.TOLD),
            Shown(HOLD_STATUS, "as tentative", Known.KEPT),
            Shown("Home Assistant", "as any other event", Known.READ),
            Shown(DROP_STATUS, "as any other event", Known.MEASURED),
        ),
        Case.LOUD: (
            Shown(_EVERYBODY, "as any other event; only the title says otherwise", Known.TOLD),
        ),
        Case.NEW_DATE: (
            Shown(_EVERYBODY, "on its new date; only the title says that it moved", Known.TOLD),
        ),
        Case.MOVED: (
            Shown("Google Calendar, Outlook, Apple Calendar", "on its new date", Known.TOLD),
            Shown("Thunderbird, Evolution, KDE, khal", "on its new date", Known.MEASURED),
            Shown("Emacs, calcurse", "twice: on the old date and on the new one", Known.MEASURED),
        ),
    }
)


def shown(events: Iterable[Event]) -> dict[Case, list[Event]]:
    """Return the events that are off, moved or tentative, by what clients make of them."""
    found: dict[Case, list[Event]] = {}
    for event in events:
        if case := case_of(event):
            found.setdefault(case, []).append(event)
    return {case: found[case] for case in Case if case in found}


def case_of(event: Event) -> Case | None:
    """Return what *event* is; None while it is as planned."""
    is_off = says_off(event.summary)
    if event.status == "CANCELLED":
        return Case.SAID if is_off else Case.SILENT
    if event.status == "TENTATIVE":
        return Case.TENTATIVE_OFF if is_off else Case.TENTATIVE
    if is_off:
        return Case.LOUD
    if _says(event.summary, MOVED, MOVED_WORDS):
        return Case.NEW_DATE
    return Case.MOVED if _is_moved(event) else None


def says_off(title: str) -> bool:
    """Whether *title* says that the event does not take place as planned."""
    return _says(title, OFF, OFF_WORDS)


def check(events: Iterable[Event]) -> Iterator[Finding]:
    """Yield where an event and its state say different things."""
    for event in events:
        case, line = case_of(event), event.component.number
        if case is Case.SILENT:
            yield Finding(SILENT, str(event), line=line)
        if case is Case.LOUD:
            yield Finding(LOUD, str(event), line=line)
        if event.status == "CANCELLED":
            transparency = event.component.first("TRANSP")
            if transparency is None or transparency.value.strip().upper() != "TRANSPARENT":
                yield Finding(BUSY, str(event), line=line)
            if event.component.named("VALARM"):
                yield Finding(ALARMED, str(event), line=line)


def _is_moved(event: Event) -> bool:
    planned = parse_moment(event.recurrence) if event.recurrence else None
    return bool(planned and event.start and planned != event.start)


def _says(title: str, prefixes: tuple[str, ...], english: str) -> bool:
    return _pattern(prefixes, english).search(title) is not None


@cache
def _pattern(prefixes: tuple[str, ...], english: str) -> re.Pattern[str]:
    """Return what finds the words: first and set off from the rest, or in brackets."""
    said = {say(prefix, language) for prefix in prefixes for language in LANGUAGES}
    words = "|".join([english, *sorted(re.escape(word.strip(": \u00a0\u202f")) for word in said)])
    return re.compile(rf"^\W*(?:{words})\s*[^\w\s]|[\[(](?:{words})[\])]", re.IGNORECASE)
