"""A recurrence and its days, found in bounded time whatever it asks for.

Not by dateutil, which looks for the 30th of February until the year 9999; the tests hold both to
the same days.
"""

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import count, takewhile

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HUNDRED_YEARS = timedelta(days=36525)


class Frequency(StrEnum):
    """What an interval counts."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """How a day comes again: an RRULE (RFC 5545 §3.3.10) without its end.

    All numbers are sorted; those below zero count from the end. ``weekdays`` are pairs of an
    ordinal, 0 for every, and a weekday, 0 for Monday like ``week_start``.
    """

    frequency: Frequency
    interval: int = 1
    months: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0

    def __str__(self) -> str:
        """As an RRULE writes it, its parts always in the same order.

        WKST stands wherever it matters: not every app's week begins on Monday unless it is told.
        """
        needs_week_start = self.frequency == Frequency.WEEKLY and self.interval > 1
        weekdays = (f"{nth or ''}{WEEKDAY_CODES[weekday]}" for nth, weekday in self.weekdays)
        parts = {
            "FREQ": self.frequency.value,
            "INTERVAL": str(self.interval) if self.interval > 1 else "",
            "BYMONTH": _listed(self.months),
            "BYYEARDAY": _listed(self.year_days),
            "BYMONTHDAY": _listed(self.month_days),
            "BYDAY": ",".join(weekdays),
            "BYSETPOS": _listed(self.positions),
            "WKST": WEEKDAY_CODES[self.week_start] if needs_week_start else "",
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def days_from(recurrence: Recurrence, first: date) -> Iterator[date]:
    """Yield the days of *recurrence* from *first* on, for a hundred years.

    *first* decides which intervals count, and what the rule leaves open: the weekday, the day of
    the month, the month. It is yielded only if it fits.
    """
    last = first + HUNDRED_YEARS
    chosen = _chooser(recurrence, first)
    periods = (_period(recurrence, first, number) for number in count())
    for period in takewhile(lambda period: period.start <= last.toordinal(), periods):
        yield from (day for day in chosen(period) if first <= day <= last)


def day_before(recurrence: Recurrence, first: date) -> date | None:
    """Return the last day that fits before *first*, if its period or the one before has one."""
    chosen = _chooser(recurrence, first)
    periods = (_period(recurrence, first, number) for number in (-1, 0))
    return max((day for period in periods for day in chosen(period) if day < first), default=None)


def spelled_out(recurrence: Recurrence, first: date) -> Recurrence:
    """Return *recurrence* with what it leaves to its first day (RFC 5545 §3.3.10) written out."""
    if recurrence.year_days or recurrence.month_days or recurrence.weekdays:
        return recurrence
    match recurrence.frequency:
        case Frequency.YEARLY:
            months = recurrence.months or (first.month,)
            return replace(recurrence, months=months, month_days=(first.day,))
        case Frequency.MONTHLY:
            return replace(recurrence, month_days=(first.day,))
        case Frequency.WEEKLY:
            return replace(recurrence, weekdays=((0, first.weekday()),))
    return recurrence


def _listed(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))


def _period(recurrence: Recurrence, first: date, number: int) -> range:
    """Return the ordinals of the days of the period that is *number* intervals after *first*'s."""
    steps = number * recurrence.interval
    match recurrence.frequency:
        case Frequency.YEARLY:
            start = date(first.year + steps, 1, 1).toordinal()
            return range(start, start + _length_of_year(first.year + steps))
        case Frequency.MONTHLY:
            year, month = divmod(first.year * 12 + first.month - 1 + steps, 12)
            start = date(year, month + 1, 1).toordinal()
            return range(start, start + monthrange(year, month + 1)[1])
        case Frequency.WEEKLY:
            weekday = (first.weekday() - recurrence.week_start) % 7
            start = first.toordinal() - weekday + 7 * steps
            return range(start, start + 7)
    start = first.toordinal() + steps
    return range(start, start + 1)


def _chooser(recurrence: Recurrence, first: date) -> Callable[[range], list[date]]:
    rule = spelled_out(recurrence, first)
    checks = _checks(rule)

    def chosen(period: range) -> list[date]:
        days = [day for day in map(date.fromordinal, period) if all(check(day) for check in checks)]
        if not rule.positions:
            return days
        return [day for place, day in enumerate(days, 1) if _has(rule.positions, place, len(days))]

    return chosen


def _checks(rule: Recurrence) -> list[Callable[[date], bool]]:
    """Return what a day must be: whatever a part would expand, it limits the days of a period.

    The cheap ones come first: they leave few days to the others.
    """
    is_by_month = rule.frequency == Frequency.MONTHLY or bool(rule.months)
    place_of = _place_in_month if is_by_month else _place_in_year
    weekdays = {weekday for _, weekday in rule.weekdays}
    checks: list[Callable[[date], bool]] = []
    if rule.months:
        checks.append(lambda day: day.month in rule.months)
    if rule.weekdays:
        checks.append(lambda day: day.weekday() in weekdays)
    if any(ordinal for ordinal, _ in rule.weekdays):
        checks.append(lambda day: _has_weekday(rule.weekdays, day.weekday(), *place_of(day)))
    if rule.month_days:
        checks.append(lambda day: _has(rule.month_days, *_place_in_month(day)))
    if rule.year_days:
        checks.append(lambda day: _has(rule.year_days, *_place_in_year(day)))
    return checks


def _has(numbers: tuple[int, ...], place: int, length: int) -> bool:
    return place in numbers or place - length - 1 in numbers


def _has_weekday(
    weekdays: tuple[tuple[int, int], ...], weekday: int, place: int, length: int
) -> bool:
    nth, from_end = (place - 1) // 7 + 1, -((length - place) // 7 + 1)
    return any((ordinal, weekday) in weekdays for ordinal in (0, nth, from_end))


def _place_in_month(day: date) -> tuple[int, int]:
    return day.day, monthrange(day.year, day.month)[1]


def _place_in_year(day: date) -> tuple[int, int]:
    return day.timetuple().tm_yday, _length_of_year(day.year)


def _length_of_year(year: int) -> int:
    return 366 if isleap(year) else 365
