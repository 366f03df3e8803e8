"""The zones of a feed: each TZID with its VTIMEZONE, in a form that every client reads."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from zoneinfo import available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from calfeed.doctor.calendar.clocks import Onset, onsets_of, wrong_at
from calfeed.doctor.calendar.lines import Component, Line
from calfeed.doctor.calendar.moments import parse_moment
from calfeed.doctor.calendar.reading import Reading
from calfeed.doctor.findings import Finding, Kind, Level

MOST_ZONES = 50
"""VTIMEZONEs that are looked at: a feed has one or two."""

NO_VTIMEZONE = Kind(
    "D601",
    Level.WARNING,
    "a TZID without its VTIMEZONE",
    "programs on ical.js read the hour as everybody's own, ruby-icalendar as UTC; Thunderbird, "
    "Evolution, KDE, Home Assistant and node-ical know the zone by its name",
    "write the VTIMEZONE before the events, or the times in UTC",
)
UNKNOWN_ZONE = Kind(
    "D602",
    Level.ERROR,
    "a TZID that nobody can know, without its VTIMEZONE",
    "Home Assistant and golang-ical refuse the feed; Thunderbird, Evolution, KDE and libical read "
    "the hour as everybody's own; node-ical, ts-ics and sabre read it as UTC. Windows names are "
    "mended only by Thunderbird, node-ical, sabre and a few",
    "write the zone's IANA name and its VTIMEZONE",
)
LATE = Kind(
    "D603",
    Level.WARNING,
    "a VTIMEZONE after events that use it",
    "ruby-icalendar reads their hours as UTC; others are fine",
    "put it before the events",
)
LISTED = Kind(
    "D604",
    Level.ERROR,
    "a VTIMEZONE with several dates on one RDATE line",
    "ical.js, and so Thunderbird, takes only the first: every summer time is an hour late. "
    "vobject, ts-ics and Emacs misread it too, ruby-icalendar crashes",
    "write two observances with a yearly RRULE, or one RDATE on each line",
)
WRONG = Kind(
    "D605",
    Level.ERROR,
    "a VTIMEZONE that is not the zone of its name",
    "clients that go by the VTIMEZONE and clients that go by the name show different hours",
    "make it from present zone data: two observances with a yearly RRULE each, their DTSTART in "
    "the time before the change",
)
TOO_SHORT = Kind(
    "D606",
    Level.WARNING,
    "a VTIMEZONE that begins after events that use it",
    "ruby-icalendar crashes; others are fine",
    "begin it before the first event, for instance in 1970",
)
UNREADABLE = Kind(
    "D607",
    Level.ERROR,
    "a VTIMEZONE that is broken, or of an unusual form",
    "clients that go by it show wrong hours, or refuse the feed (not measured)",
    "write two observances, each with DTSTART, TZOFFSETFROM, TZOFFSETTO and a yearly RRULE",
)


def check(reading: Reading) -> Iterator[Finding]:
    """Yield what is wrong with the zones that events use."""
    zones: dict[str, Component] = {}
    for calendar in reading.calendars:
        for zone in calendar.named("VTIMEZONE"):
            line = zone.first("TZID")
            zones.setdefault(line.value.strip() if line else "", zone)
    uses = _uses(reading)
    for name, lines in uses.items():
        if name not in zones:
            yield from _without(name, lines[0].number)
        elif zones[name].number > lines[0].number:
            yield Finding(LATE, name, line=zones[name].number)
    for name, zone in list(zones.items())[:MOST_ZONES]:
        yield from _form(name, zone)
        yield from _clocks(name, zone, uses.get(name, []))


def _uses(reading: Reading) -> dict[str, list[Line]]:
    """Return the lines that have a TZID, by it."""
    uses: dict[str, list[Line]] = {}
    for event in reading.events:
        for line in event.component.lines:
            if name := line.parameter("TZID"):
                uses.setdefault(name, []).append(line)
    return uses


def _without(name: str, line: int) -> Iterator[Finding]:
    if name in _names():
        yield Finding(NO_VTIMEZONE, name, line=line)
    elif meant := WINDOWS_TO_OLSON.get(name):
        yield Finding(UNKNOWN_ZONE, f"{name}, which Windows has for {meant}", line=line)
    else:
        yield Finding(UNKNOWN_ZONE, name, line=line)


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


def _form(name: str, zone: Component) -> Iterator[Finding]:
    lists = [line for part in zone.parts for line in part.all("RDATE") if "," in line.value]
    for line in lists[:1]:
        yield Finding(LISTED, name, line=line.number)


def _clocks(name: str, zone: Component, uses: list[Line]) -> Iterator[Finding]:
    """Yield where the VTIMEZONE and the zone data disagree, at the hours that the feed has."""
    onsets = onsets_of(zone)
    if onsets is None:
        yield Finding(UNREADABLE, name, line=zone.number)
        return
    values = [moment.value for line in uses if (moment := parse_moment(line))]
    moments = [value.replace(tzinfo=None) for value in values if isinstance(value, datetime)]
    yield from _agreement(name, zone, onsets, moments)


def _agreement(
    name: str, zone: Component, onsets: list[Onset], moments: list[datetime]
) -> Iterator[Finding]:
    begins = onsets[0].at
    if moments and min(moments) < begins:
        yield Finding(TOO_SHORT, f"{name} from {begins:%Y-%m-%d} on", line=zone.number)
    meant = name if name in _names() else WINDOWS_TO_OLSON.get(name, "")
    wrong = wrong_at(onsets, meant, moments) if meant else ""
    if wrong:
        yield Finding(WRONG, f"{name}: {wrong}", line=zone.number)
