"""How a series of another calendar goes on, in an events file's words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from dateutil.rrule import rrulestr

from calfeed.model import When
from calfeed.source.grammar import GrammarError
from calfeed.source.importing.moments import Dated
from calfeed.source.repeats import parse_rule
from calfeed.source.rrule import MOST_DATES
from calfeed.source.writing import Written

YEARS = 5
"""How many years from today a series without an end is imported for."""

MOST_SINGLE = 60
"""How many dates of a rule that calfeed does not take become events of their own."""

_EVERY = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_DAYS = {
    **{"MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday"},
    **{"SA": "Saturday", "SU": "Sunday"},
}
_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "-1": "last"}
_BYDAY = re.compile(r"(-?[0-9])?([A-Z]{2})")


class RuleError(ValueError):
    """A rule that calfeed does not take; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """``repeats`` as a file has it, its days, and whether an end had to be set."""

    repeats: dict[str, Written]
    days: tuple[date, ...]
    is_cut: bool = False


def series_of(rrule: str, first: Dated, leaves_out: set[date], *, today: date) -> Series:
    """Return the series that *rrule* makes of *first*, without the days of *leaves_out*.

    Raises:
        RuleError: calfeed does not take it.
    """
    parts = _parts(rrule)
    is_cut = not {"UNTIL", "COUNT"} & parts.keys()
    if is_cut:
        parts["UNTIL"] = f"{date(max(today.year, first.first_day.year) + YEARS, 12, 31):%Y%m%d}"
    when = When(start=first.start, end=first.end, zone=first.zone)
    written = {"rrule": ";".join(f"{name}={value}" for name, value in parts.items())}
    try:
        rule = parse_rule(written, first=when)
    except GrammarError as error:
        raise RuleError(error.message) from None
    left = sorted(day for day in leaves_out if day in rule.days[1:])
    except_ = [f"{day}" for day in left]
    repeats: dict[str, Written] = dict(_in_words(parts, rule.days) or written)
    if parse_rule(repeats, first=when).days != rule.days:
        repeats = dict(written)
    if except_:
        repeats["except"] = except_
    days = tuple(day for day in rule.days if day not in left)
    return Series(repeats=repeats, days=days, is_cut=is_cut)


def single_days(rrule: str, first: Dated, *, today: date) -> list[date]:
    """Return the first days of a rule that calfeed does not take, within its horizon.

    Raises:
        RuleError: nobody can read it.
    """
    start = first.start if isinstance(first.start, datetime) else None
    begin = start or datetime(first.first_day.year, first.first_day.month, first.first_day.day)  # noqa: DTZ001
    until = datetime(today.year + YEARS, 12, 31)  # noqa: DTZ001 - clocks of its own zone
    rule = re.sub(r"(UNTIL=[0-9]{8}T[0-9]{6})Z", r"\1", rrule)
    try:
        found = rrulestr(rule, dtstart=begin)
        days = [one.date() for one in islice(found, MOST_SINGLE) if one <= until]
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise RuleError(f"a rule that is none: {error}") from None
    return sorted(set(days))


def _parts(rrule: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in rrule.strip().upper().split(";") if part)
    return {name: value for name, _, value in pairs}


def _in_words(parts: Mapping[str, str], days: tuple[date, ...]) -> dict[str, Written] | None:
    """Return ``every``, ``by`` and ``until`` if they can say it; None if it takes an rrule."""
    if not set(parts) <= {"FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT", "WKST"}:
        return None
    every = _EVERY.get(parts.get("FREQ", ""))
    number = parts.get("INTERVAL", "1")
    if every is None or not number.isdigit() or len(days) > MOST_DATES:
        return None
    said: dict[str, Written] = {"every": every if number == "1" else f"{number} {every}s"}
    if "BYDAY" in parts:
        by = [_day_in_words(one) for one in parts["BYDAY"].split(",")]
        if not all(by) or (len(by) > 1 and parts["FREQ"] != "WEEKLY"):
            return None
        said["by"] = by[0] if len(by) == 1 else [word for word in by if word]
    said["until"] = str(days[-1])
    return said


def _day_in_words(written: str) -> str:
    found = _BYDAY.fullmatch(written)
    if found is None or found[2] not in _DAYS:
        return ""
    if found[1] is None:
        return _DAYS[found[2]]
    ordinal = _ORDINALS.get(found[1])
    return f"{ordinal} {_DAYS[found[2]]}" if ordinal else ""
