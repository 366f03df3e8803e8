"""What the clocks of a VTIMEZONE show, and whether they agree with the zone data."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from calfeed.doctor.calendar.lines import Component, Line
from calfeed.doctor.calendar.moments import parse_moment

LAST = datetime(2100, 1, 1)  # noqa: DTZ001 - on the clocks of the zone
MOST_ONSETS = 2_000
MOST_MOMENTS = 2_000
MOST_YEARS = 30
AROUND = timedelta(hours=3)
"""How near to a change of the clocks nothing is compared: an hour may be skipped, or be twice."""

HARMLESS = frozenset({"FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "INTERVAL", "COUNT", "WKST"})
"""What a yearly rule may have to be expanded: with these it gives few dates a year."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Onset:
    """A change of the clocks: when, as they show it before, and what they are ahead after it."""

    at: datetime
    offset: timedelta


def onsets_of(zone: Component) -> list[Onset] | None:
    """Return all changes of the clocks that *zone* tells, in order.

    None if one cannot be read, or there are none.
    """
    found: list[Onset] = []
    for observance in zone.parts:
        before, after = (_offset(observance.first(f"TZOFFSET{end}")) for end in ("FROM", "TO"))
        dates = None if before is None else _dates(observance, before)
        if after is None or dates is None:
            return None
        found += [Onset(at=at, offset=after) for at in dates]
    return sorted(found) or None


def wrong_at(onsets: Sequence[Onset], name: str, moments: Sequence[datetime]) -> str:
    """Return where *onsets* first disagree with the zone data of *name*, in words; or nothing.

    Looked at are *moments* before 2100, on the clocks of the zone, and a day of each month of
    their years.
    """
    truth, changes = ZoneInfo(name), [onset.at for onset in onsets]
    known = [moment for moment in moments if moment.year < LAST.year]
    for moment in _looked_at(known[:MOST_MOMENTS]):
        meant = _steady(truth, moment)
        index = bisect_right(changes, moment) - 1
        if meant is not None and index >= 0 and onsets[index].offset != meant:
            found = onsets[index].offset
            return f"on {moment:%Y-%m-%d at %H:%M} it has {_utc(found)}, not {_utc(meant)}"
    return ""


def _looked_at(moments: Sequence[datetime]) -> Iterator[datetime]:
    yield from moments
    years = sorted({moment.year for moment in moments})
    for year in years[:MOST_YEARS]:
        for month in range(1, 13):
            yield datetime(year, month, 15, 12)  # noqa: DTZ001 - on the clocks of the zone


def _steady(zone: ZoneInfo, moment: datetime) -> timedelta | None:
    """Return what clocks are ahead of UTC; None near a change of them, or near the end of time."""
    try:
        around = [moment - AROUND, moment, moment + AROUND]
        offsets = {one.replace(tzinfo=zone).utcoffset() for one in around}
    except OverflowError:
        return None
    return offsets.pop() if len(offsets) == 1 else None


def _dates(observance: Component, before: timedelta) -> list[datetime] | None:
    line = observance.first("DTSTART")
    start = _local(line) if line else None
    if start is None:
        return None
    dates = [start]
    for listed in observance.all("RDATE"):
        values = listed.value.split(",")[:MOST_ONSETS]
        lines = [Line(listed.number, "RDATE", (), value) for value in values]
        dates += [at for at in map(_local, lines) if at]
    for rule in observance.all("RRULE"):
        ruled = _ruled(rule, start, before)
        if ruled is None:
            return None
        dates += ruled
    return dates


def _local(line: Line) -> datetime | None:
    moment = parse_moment(line)
    if moment is None or not isinstance(moment.value, datetime):
        return None
    return moment.value.replace(tzinfo=None)


def _ruled(rule: Line, start: datetime, before: timedelta) -> list[datetime] | None:
    """Return the dates of a yearly rule up to 2100; None if it is none, or unusual.

    UNTIL is in UTC (RFC 5545 §3.6.5), the dates are on the clocks before the change.
    """
    parts = dict(part.upper().split("=", 1) for part in rule.value.split(";") if "=" in part)
    until = parse_moment(Line(rule.number, "UNTIL", (), parts.pop("UNTIL", "21000101T000000Z")))
    if not parts.keys() <= HARMLESS or parts.get("FREQ") != "YEARLY" or until is None:
        return None
    if parts.get("INTERVAL", "1") != "1":
        return None
    last = _end(until.value, before)
    try:
        dates = rrulestr(
            ";".join(f"{name}={value}" for name, value in parts.items()), dtstart=start
        )
        return list(takewhile(lambda at: at <= last, islice(dates, MOST_ONSETS)))
    except (ValueError, TypeError, LookupError, OverflowError):
        return None


def _end(until: date | datetime, before: timedelta) -> datetime:
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max)
    ahead = before if until.tzinfo else timedelta()
    return min(until.replace(tzinfo=None), LAST) + ahead


def _offset(line: Line | None) -> timedelta | None:
    value = line.value.strip() if line else ""
    sign, digits = value[:1], value[1:]
    if sign not in {"+", "-"} or not digits.isdecimal() or len(digits) not in {4, 6}:
        return None
    hours, minutes, seconds = (int(digits[at : at + 2] or 0) for at in (0, 2, 4))
    ahead = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -ahead if sign == "-" else ahead


def _utc(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
