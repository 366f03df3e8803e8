"""Each event on its own: what it must have, and values that somebody cannot read."""

import re
from collections.abc import Iterator

import icalendar

from calfeed.doctor.calendar.lines import Component, Line
from calfeed.doctor.calendar.reading import Event, Reading
from calfeed.doctor.findings import Finding, Kind, Level

STATUSES = ("TENTATIVE", "CONFIRMED", "CANCELLED")
ONCE = (
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RECURRENCE-ID",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "TRANSP",
    "URL",
)
TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT")
UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*(?:[,;]|\\(?![\\,;nN]))")

NO_UID = Kind(
    "D501",
    Level.ERROR,
    "an event without UID",
    "every client must guess which event it holds already: it is doubled, or lost (by RFC 5545 "
    "§3.8.4.7; not measured)",
    "give each event a UID, and let it keep it for ever",
)
NO_DTSTAMP = Kind(
    "D502",
    Level.ERROR,
    "an event without DTSTAMP",
    "vobject refuses the feed; Evolution sees no change where SEQUENCE and LAST-MODIFIED do not "
    "move either",
    "write the time of the event's last change, in UTC",
)
NO_DTSTART = Kind(
    "D503",
    Level.ERROR,
    "an event without DTSTART",
    "every client: it cannot know where to show it (by RFC 5545 §3.6.1; not measured)",
    "write when it begins; leave events without a date out of the feed",
)
STATUS = Kind(
    "D505",
    Level.ERROR,
    "a STATUS that iCalendar does not know",
    "Home Assistant and ics.py refuse the whole feed; others ignore it",
    "write one of TENTATIVE, CONFIRMED, CANCELLED; a postponed event without a new date is "
    "CANCELLED, with POSTPONED in its title",
)
TWICE = Kind(
    "D506",
    Level.ERROR,
    "a property that may stand once stands twice",
    "with STATUS or SUMMARY twice Home Assistant, ics.py and vobject refuse the feed, and khal "
    "crashes; other properties were not tried",
    "write it once",
)
BAD_VALUE = Kind(
    "D507",
    Level.ERROR,
    "a value that cannot be read",
    "Home Assistant and others refuse the whole feed for many such values; those that do not "
    "lose the event or the value",
    "write it as RFC 5545 has it",
)
NO_SEQUENCE = Kind(
    "D508",
    Level.HINT,
    "events without SEQUENCE",
    "nobody minds that it is missing; Evolution notices a change only if SEQUENCE, DTSTAMP or "
    "LAST-MODIFIED moves",
    "count it up whenever an event changes",
)
CONFERENCE = Kind(
    "D509",
    Level.ERROR,
    "a bare ; in the address of a CONFERENCE",
    "ical.js 1.5 (FullCalendar, ical-expander) refuses the whole feed: a quoted parameter is "
    "before it, and = is in the address too",
    "write ; as %3B in addresses",
)
STYLED = Kind(
    "D510",
    Level.HINT,
    "STYLED-DESCRIPTION",
    "libical marks an error and goes on; ruby-icalendar's strict mode refuses the feed",
    "X-ALT-DESC;FMTTYPE=text/html is safer",
)
NOT_ESCAPED = Kind(
    "D511",
    Level.HINT,
    "commas, semicolons or backslashes that are not escaped",
    "calcurse and strict line checkers",
    r"write \, \; and \\ in texts",
)


def check(reading: Reading) -> Iterator[Finding]:
    """Yield what is wrong with single events."""
    for event in reading.events:
        yield from _missing(event)
        yield from _repeated(event)
        yield from _values(event)
        yield from _texts(event)
    without = [event for event in reading.events if event.component.first("SEQUENCE") is None]
    if without:
        line = without[0].component.number
        yield Finding(NO_SEQUENCE, f"{len(without)} of {len(reading.events)} events", line=line)


def _missing(event: Event) -> Iterator[Finding]:
    line = event.component.number
    if not event.uid.strip():
        yield Finding(NO_UID, str(event), line=line)
    if event.component.first("DTSTAMP") is None:
        yield Finding(NO_DTSTAMP, str(event), line=line)
    if event.component.first("DTSTART") is None:
        yield Finding(NO_DTSTART, str(event), line=line)


def _repeated(event: Event) -> Iterator[Finding]:
    for name in ONCE:
        for line in event.component.all(name)[1:]:
            yield Finding(TWICE, f"{name} of {event}", line=line.number)


def _values(event: Event) -> Iterator[Finding]:
    status = event.component.first("STATUS")
    if status and event.status not in STATUSES:
        yield Finding(STATUS, f"STATUS:{status.value} of {event}", line=status.number)
    for conference in event.component.all("CONFERENCE"):
        if conference.is_quoted and "=" in conference.value and ";" in conference.value:
            yield Finding(CONFERENCE, conference.value, line=conference.number)
    for styled in event.component.all("STYLED-DESCRIPTION"):
        yield Finding(STYLED, str(event), line=styled.number)
    yield from _by_another(event)


def _texts(event: Event) -> Iterator[Finding]:
    for name in TEXTS:
        for line in event.component.all(name):
            if found := UNESCAPED.search(line.value):
                detail = f"{name} of {event}: …{line.value[found.start() :][:20]}…"
                yield Finding(NOT_ESCAPED, detail, line=line.number)


def _by_another(event: Event) -> Iterator[Finding]:
    """Yield what another parser finds in the event; it is handed no VTIMEZONE.

    It expands those while it reads, and a foreign rule may have no end.
    """
    line = event.component.number
    try:
        errors = icalendar.Event.from_ical(_written(event.component)).errors
    except ValueError as error:
        yield Finding(BAD_VALUE, f"{event}: {error}", line=line)
        return
    except _ITS_DEFECTS:  # its words would tell nobody anything
        yield Finding(BAD_VALUE, f"{event}: icalendar falls over it", line=line)
        return
    for name, complaint in errors:
        found = event.component.first(name.upper()) if name else None
        yield Finding(BAD_VALUE, f"{name}: {complaint}", line=found.number if found else line)


_ITS_DEFECTS = (LookupError, TypeError, AttributeError, ArithmeticError, OSError)


def _written(component: Component) -> bytes:
    """Return the lines of *component* alone, without what is within it."""
    lines = [_line(line) for line in component.lines]
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""]).encode("utf-8", "replace")


def _line(line: Line) -> str:
    parameters = "".join(f';{name}="{value}"' for name, value in line.parameters)
    return f"{line.name}{parameters}:{line.value}"
