"""Which recurrence rules calendar apps agree on: those that all of them expand to the same days.

Measured with ical.js (Thunderbird), libical (Evolution) and dateutil on thousands of rules. What
is refused here is right by RFC 5545, but one of them reads other days from it, or hangs on it.
"""

from calendar import monthrange
from collections.abc import Iterator
from itertools import product

from calfeed.source.grammar import GrammarError
from calfeed.source.recurrence import Frequency, Recurrence

_EXAMPLE = "write for example  FREQ=MONTHLY;BYDAY=-1FR"
_TOGETHER = {
    Frequency.DAILY: ("", "BYMONTH", "BYDAY", "BYMONTH BYDAY"),
    Frequency.WEEKLY: ("BYDAY", "BYMONTH BYDAY"),
    Frequency.MONTHLY: ("BYMONTHDAY", "BYDAY", "BYMONTHDAY BYDAY", "BYDAY BYSETPOS"),
    Frequency.YEARLY: (
        "BYMONTH BYMONTHDAY",
        "BYMONTH BYDAY",
        "BYMONTH BYMONTHDAY BYDAY",
        "BYMONTH BYDAY BYSETPOS",
        "BYYEARDAY",
    ),
}
_NO_LEAP_YEAR = 2021
_SURE_WEEKS = 3


def check_agreed(rule: Recurrence) -> None:
    """Make sure that calendar apps agree on the days of *rule*, which is spelled out.

    Raises:
        GrammarError: they do not.
    """
    given = _given(rule)
    allowed = _TOGETHER[rule.frequency]
    if " ".join(given) not in allowed:
        what = f"FREQ={rule.frequency} with {' and '.join(given)}"
        listed = ", ".join(names.replace(" ", " and ") for names in allowed if names)
        raise _disagreement(what, f"use FREQ={rule.frequency} with one of  {listed}")
    for what in _disputed(rule):
        raise _disagreement(what, _EXAMPLE)


def _disagreement(what: str, advice: str) -> GrammarError:
    return GrammarError("E318", f"calendar apps do not agree on {what}", advice)


def _given(rule: Recurrence) -> list[str]:
    parts = {
        "BYMONTH": rule.months,
        "BYYEARDAY": rule.year_days,
        "BYMONTHDAY": rule.month_days,
        "BYDAY": rule.weekdays,
        "BYSETPOS": rule.positions,
    }
    return [name for name, numbers in parts.items() if numbers]


def _disputed(rule: Recurrence) -> Iterator[str]:
    ordinals = {ordinal for ordinal, _ in rule.weekdays}
    days = rule.month_days + rule.year_days
    is_leap_day = (rule.months, rule.month_days, rule.weekdays) == ((2,), (29,), ())
    if any(ordinals) and (rule.frequency in {Frequency.DAILY, Frequency.WEEKLY}):
        yield f"numbered weekdays with FREQ={rule.frequency}"
    if any(ordinals) and (0 in ordinals or rule.month_days or rule.positions):
        yield "numbered weekdays beside another choice of days"
    if min(days, default=0) < 0 and (len(days) > 1 or rule.weekdays or len(rule.months) > 1):
        yield "a day counted from the end beside another choice of days"
    if not is_leap_day and any(map(_is_missing, product(rule.months, rule.month_days))):
        yield "a day that a month does not have"
    if rule.positions and (len(rule.weekdays) == 1 or len(rule.months) > 1):
        yield "BYSETPOS with one weekday or several months"
    if any(abs(position) > _SURE_WEEKS * len(rule.weekdays) for position in rule.positions):
        yield "a BYSETPOS after the third week"


def _is_missing(month_and_day: tuple[int, int]) -> bool:
    month, day = month_and_day
    return day > monthrange(_NO_LEAP_YEAR, month)[1]
