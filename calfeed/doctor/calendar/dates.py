"""When events begin and end, and which date of a series each is."""

from collections.abc import Iterator

from calfeed.doctor.calendar.lines import Line
from calfeed.doctor.calendar.moments import DATE, Moment, parse_moment
from calfeed.doctor.calendar.reading import Event, Reading
from calfeed.doctor.findings import Finding, Kind, Level

DATED = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")

NO_VALUE_DATE = Kind(
    "D520",
    Level.ERROR,
    "a whole day without VALUE=DATE",
    "ical.js (Thunderbird), ts-ics, ruby-icalendar and calcurse refuse the feed or the event; "
    "FullCalendar drops the event in silence",
    "write  DTSTART;VALUE=DATE:20211202  for a whole day",
)
NO_LENGTH = Kind(
    "D521",
    Level.WARNING,
    "a whole day that ends on the day it begins",
    "calcurse refuses the event; Home Assistant, KDE, khal and Emacs make one day of it; others "
    "read no length",
    "DTEND is the day after the last one; or leave it out",
)
BACKWARDS = Kind(
    "D522",
    Level.ERROR,
    "an event ends before it begins",
    "clients that check it refuse the event or the feed (by RFC 5545 §3.8.2.2; not measured)",
    "put DTEND after DTSTART",
)
OTHER_TYPE = Kind(
    "D523",
    Level.ERROR,
    "an event begins on a day and ends at an hour, or the other way round",
    "clients that check it refuse the event or the feed (by RFC 5545 §3.6.1; not measured)",
    "write both as days, or both as times",
)
DURATION = Kind(
    "D524",
    Level.HINT,
    "DURATION instead of DTEND",
    "golang-ical and Data::ICal leave it to their callers; the applications are right",
    "write DTEND",
)
OTHER_RECURRENCE = Kind(
    "D525",
    Level.ERROR,
    "RECURRENCE-ID is of another type or zone than DTSTART of its series",
    "nearly every client shows the moved date twice, or loses it",
    "write RECURRENCE-ID as DTSTART of the series is written, with the same TZID",
)
LOCAL_STAMP = Kind(
    "D526",
    Level.HINT,
    "DTSTAMP is not in UTC",
    "nobody but strict line checkers (RFC 5545 §3.8.7.2)",
    "write it with a Z at its end",
)


def check(reading: Reading) -> Iterator[Finding]:
    """Yield what is wrong with the dates of the events."""
    masters = {event.uid: event for event in reading.events if event.recurrence is None}
    for event in reading.events:
        yield from _types(event)
        yield from _length(event)
        if event.recurrence and event.uid in masters:
            yield from _recurrence(event, event.recurrence, masters[event.uid])
    yield from _stamps(reading)


def _types(event: Event) -> Iterator[Finding]:
    for name in DATED:
        for line in event.component.all(name):
            is_day = DATE.fullmatch(line.value.strip().partition(",")[0])
            if is_day and line.parameter("VALUE").upper() != "DATE":
                yield Finding(NO_VALUE_DATE, f"{line} of {event}", line=line.number)


def _length(event: Event) -> Iterator[Finding]:
    end, duration = event.component.first("DTEND"), event.component.first("DURATION")
    if duration:
        yield Finding(DURATION, str(event), line=duration.number)
    ends = parse_moment(end) if end else None
    if end is None or ends is None or event.start is None:
        return
    if ends.is_day != event.start.is_day:
        yield Finding(OTHER_TYPE, str(event), line=end.number)
    elif ends.is_day and ends.value == event.start.value:
        yield Finding(NO_LENGTH, str(event), line=end.number)
    elif _is_before(ends, event.start):
        yield Finding(BACKWARDS, f"{event} ends {ends}", line=end.number)


def _is_before(end: Moment, start: Moment) -> bool:
    """Of one zone they can be compared; of two only when a day and more lies between."""
    is_one_clock = end.zone == start.zone and _is_utc(end) == _is_utc(start)
    return end.value < start.value if is_one_clock else end.day.toordinal() < start.day.toordinal()


def _is_utc(moment: Moment) -> bool:
    return getattr(moment.value, "tzinfo", None) is not None


def _recurrence(event: Event, line: Line, master: Event) -> Iterator[Finding]:
    recurrence, start = parse_moment(line), master.start
    if recurrence is None or start is None:
        return
    if _kind(recurrence) != _kind(start):
        detail = f"{line}, the series has {_written(master)}"
        yield Finding(OTHER_RECURRENCE, f"{event}: {detail}", line=line.number)


def _kind(moment: Moment) -> tuple[bool, bool, str]:
    return moment.is_day, _is_utc(moment), moment.zone


def _written(event: Event) -> str:
    return str(event.component.first("DTSTART") or "none")


def _stamps(reading: Reading) -> Iterator[Finding]:
    stamps = [line for event in reading.events for line in event.component.all("DTSTAMP")]
    local = [line for line in stamps if not line.value.strip().endswith("Z")]
    if local:
        detail = f"{len(local)} of {len(stamps)}: {local[0]}"
        yield Finding(LOCAL_STAMP, detail, line=local[0].number)
