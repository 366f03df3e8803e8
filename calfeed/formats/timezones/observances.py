"""Zones as VTIMEZONEs, in the form that every reader reads: yearly rules, dated changes before.

A reader that trusts only the VTIMEZONE finds the instants that zoneinfo finds, for the whole span.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby

from calfeed.formats.timezones.zonefile import (
    DAY,
    LAST,
    Change,
    Clock,
    Yearly,
    Zone,
    read_zone,
)

WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - of any clock: onsets are local
KEPT = 1024
"""How many VTIMEZONEs are kept for the next feed that has the same zone and years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observance:
    """One STANDARD or DAYLIGHT: the same change of the clocks, dated or by a yearly ``rule``."""

    onsets: tuple[int, ...]
    before: Clock
    after: Clock
    rule: str = ""


def vtimezone(zone: str, *, first: datetime, last: datetime) -> bytes:
    """Return the VTIMEZONE of *zone* for events from *first* to *last*, aware; none for UTC.

    TZID is *zone* as written, a link too. The bytes depend on the years of the span alone, in UTC.
    Times before *first*'s year, or long after *last*'s, may be off where no rule is yearly.
    """
    return b"" if zone == "UTC" else _vtimezone(zone, first.year, last.year)


@lru_cache(maxsize=KEPT)
def _vtimezone(name: str, first_year: int, last_year: int) -> bytes:
    zone = read_zone(name)
    # a year on each side, as local years are not UTC's and to show that the changes go on
    begin, end = _new_year(first_year - 1), _new_year(last_year + 2)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    for observance in sorted(_observances(zone, begin, end), key=lambda each: each.onsets):
        lines += _written(observance)
    return "\r\n".join([*lines, "END:VTIMEZONE", ""]).encode()


def _observances(zone: Zone, begin: int, end: int) -> Iterator[Observance]:
    starts = {yearly: _first_year(zone, yearly) for yearly in zone.yearly}
    yield from _dated(_irregular(zone, starts, begin, end))
    for yearly, year in starts.items():
        for observance in yearly_observances(yearly, year):
            if observance.onsets[0] < end:  # ruby-icalendar fails on those that begin after events
                yield observance


def _first_year(zone: Zone, yearly: Yearly) -> int:
    """Return the year from which on *yearly* holds without exception: history may agree with it."""
    told = set(zone.changes)
    newest = zone.changes[-1].at  # a zone that changes every year has had a change
    year = _year_of(newest) + 1
    while (change := yearly.change(year - 1)).at > newest or change in told:
        year -= 1
    return year


def _irregular(zone: Zone, starts: dict[Yearly, int], begin: int, end: int) -> Iterator[Change]:
    """Yield the changes up to *end* that no rule gives, from the newest that *begin* still shows.

    A reader must find some observance for every event, so where the zone had no change before
    *begin*, one that changes nothing stands in its place.
    """
    ruled = {
        yearly.change(year).at
        for yearly, first_year in starts.items()
        for year in range(first_year, _year_of(end) + 1)
    }
    dated = [change for change in zone.changes if change.at not in ruled]
    shown = max((at for at in ruled | {change.at for change in dated} if at <= begin), default=None)
    if shown is None:
        midnight = min(begin - 2 * DAY, 0)  # that of 1 January 1970 if it is early enough
        yield Change(at=midnight - zone.first.offset, before=zone.first, after=zone.first)
    for change in dated:
        if (begin if shown is None else shown) <= change.at < end:
            yield change


def _dated(changes: Iterator[Change]) -> Iterator[Observance]:
    """Yield one observance for all changes between the same two clocks."""
    alike: dict[tuple[Clock, Clock], list[int]] = {}
    for change in changes:
        alike.setdefault((change.before, change.after), []).append(change.onset)
    for (before, after), onsets in alike.items():
        yield Observance(onsets=tuple(onsets), before=before, after=after)


def yearly_observances(yearly: Yearly, year: int) -> Iterator[Observance]:
    """Yield what gives *yearly* from *year* on: one observance, or one for each month of it.

    POSIX counts hours from a weekday's midnight, below 0 and beyond 24 too: "the last Thursday,
    24:00". RFC 5545 §3.3.10 counts none, so the weekday moves, and its week becomes seven days.
    """
    shift, _ = divmod(yearly.seconds, DAY)
    weekday = WEEKDAYS[(yearly.weekday + shift) % 7]
    if shift == 0:
        week = -1 if yearly.week == LAST else yearly.week
        yield _by_rule(yearly, year, f"BYMONTH={yearly.month};BYDAY={week}{weekday}")
        return
    for month, dates in groupby(_shifted(yearly, shift), key=lambda day: day[0]):
        first = next(each for each in range(year, year + 28) if _month_of(yearly, each) == month)
        days = ",".join(str(day) for _, day in dates)
        yield _by_rule(yearly, first, f"BYMONTH={month};BYMONTHDAY={days};BYDAY={weekday}")


def _by_rule(yearly: Yearly, year: int, rule: str) -> Observance:
    onset = yearly.change(year).onset
    rule = f"FREQ=YEARLY;{rule}"
    return Observance(onsets=(onset,), before=yearly.before, after=yearly.after, rule=rule)


def _shifted(yearly: Yearly, shift: int) -> list[tuple[int, int]]:
    """Return the month and day of each of the seven days that *yearly* may fall on."""
    in_common, in_leap = (
        [yearly.earliest_day(year) + timedelta(days=shift + ahead) for ahead in range(7)]
        for year in (2001, 2004)
    )
    found = [(day.month, day.day) for day in in_common]
    if found != [(day.month, day.day) for day in in_leap]:
        raise ValueError(f"the days of this change depend on leap years: {yearly}")
    return found


def _written(observance: Observance) -> Iterator[str]:
    """Yield the lines of an observance; they are short, none needs folding."""
    before, after = observance.before, observance.after
    kind = _kind(before, after)
    first, *more = map(_local, observance.onsets)
    yield f"BEGIN:{kind}"
    yield f"TZNAME:{after.name}"
    yield f"TZOFFSETFROM:{_offset(before.offset)}"
    yield f"TZOFFSETTO:{_offset(after.offset)}"
    yield f"DTSTART:{first}"
    if observance.rule:
        yield f"RRULE:{observance.rule}"
    if more:  # DTSTART's own too: ical.js and libical leave it out beside RDATEs
        yield from (f"RDATE:{onset}" for onset in (first, *more))
    yield f"END:{kind}"


def _kind(before: Clock, after: Clock) -> str:
    """Daylight is the time that is ahead: Dublin's law, and so tz, has its winter as the other."""
    is_ahead = after.offset > before.offset and (before.is_dst or after.is_dst)
    return "DAYLIGHT" if is_ahead else "STANDARD"


def _local(onset: int) -> str:
    return re.sub("[-:]", "", (EPOCH + timedelta(seconds=onset)).isoformat())


def _offset(seconds: int) -> str:
    """Return a UTC offset; with seconds (RFC 5545 §3.3.14) where it has some, before 1972."""
    sign = "-" if seconds < 0 else "+"
    minutes, rest = divmod(abs(seconds), 60)
    return f"{sign}{minutes // 60:02}{minutes % 60:02}{f'{rest:02}' if rest else ''}"


def _month_of(yearly: Yearly, year: int) -> int:
    return (EPOCH + timedelta(seconds=yearly.change(year).onset)).month


def _year_of(at: int) -> int:
    return (EPOCH + timedelta(seconds=at)).year


def _new_year(year: int) -> int:
    bounded = max(date.min.year + 1, min(year, date.max.year))
    return (date(bounded, 1, 1) - EPOCH.date()).days * DAY
