"""Dates as iCalendar has them: with a zone, in UTC, or as whole days; and how they recur."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from calfeed.dates import When, on_day
from calfeed.formats.ics.contentlines import parameter
from calfeed.formats.ics.occurrences import Series

Moment = date | datetime
REMEMBERED = 1024


@lru_cache(REMEMBERED)
def utc_time(instant: datetime) -> str:
    """Return an aware *instant* as iCalendar writes it in UTC."""
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def dated(name: str, moment: Moment, zone: str, *, utc: bool) -> str:
    """Return the property *name* with *moment*, a day or a wall-clock time of *zone*."""
    if not isinstance(moment, datetime):
        return f"{name};VALUE=DATE:{moment:%Y%m%d}"
    if utc or zone == "UTC":
        return f"{name}:{utc_time(moment.replace(tzinfo=ZoneInfo(zone)))}"
    return f"{name};TZID={parameter(zone)}:{moment:%Y%m%dT%H%M%S}"


def date_lines(when: When, *, utc: bool) -> Iterator[str]:
    """Yield DTSTART and DTEND, of whole days the day after the last; nothing is made up."""
    yield dated("DTSTART", when.start, when.zone, utc=utc)
    if isinstance(when.start, datetime):
        if when.end is not None:
            yield dated("DTEND", when.end, when.zone, utc=utc)
    else:
        after = (when.end or when.start) + timedelta(days=1)
        yield dated("DTEND", after, when.zone, utc=utc)


def recurrence_lines(when: When, series: Series, *, utc: bool) -> Iterator[str]:
    """Yield the lines that give exactly the dates of *series*; *when* is the first of them.

    A rule with its exceptions where there is one that does, else (and in UTC, where a wall-clock
    hour has no rule) every date, the first one too. One value a line: ical.js reads no more.
    """
    starts = [on_day(when, day).start for day in series.days]
    left_out = {on_day(when, day).start for day in series.leaves_out}
    if not utc and gives(series.rrule, tuple(starts)):
        yield f"RRULE:{series.rrule};UNTIL={_until(starts[-1], when.zone)}"
        names = [("EXDATE", start) for start in sorted(left_out)]
    else:
        names = [("RDATE", start) for start in starts if start not in left_out]
    for name, start in names:
        yield dated(name, start, when.zone, utc=utc)


@lru_cache(REMEMBERED)
def gives(rrule: str, starts: tuple[Moment, ...]) -> bool:
    """Whether *rrule*, until the last of *starts*, gives these and no other."""
    naive = [_midnight(start) for start in starts]
    dates = iter(rrulestr(f"{rrule};UNTIL={naive[-1]:%Y%m%dT%H%M%S}", dtstart=naive[0]))
    return all(next(dates, None) == start for start in naive) and next(dates, None) is None


def _until(last: Moment, zone: str) -> str:
    if isinstance(last, datetime):  # RFC 5545 §3.3.10: in UTC where DTSTART has a zone
        return utc_time(last.replace(tzinfo=ZoneInfo(zone)))
    return f"{last:%Y%m%d}"


def _midnight(moment: Moment) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())
