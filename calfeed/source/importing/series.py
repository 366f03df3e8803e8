"""How a series of another calendar goes on, in an events file's words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from calfeed.dates import When
from calfeed.source.grammar import GrammarError
from calfeed.source.importing.moments import Dated
from calfeed.source.repeats import parse_rule
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
    """``repeats`` as a file has it, its first date, all its days, whether an end was set for it."""

    first: Dated
    repeats: dict[str, Written]
    days: tuple[date, ...]
    is_cut: bool = False


def series_of(rrule: str, first: Dated, leaves_out: set[date], *, today: date) -> Series:
    """Return the series that *rrule* makes of *first*, without the days of *leaves_out*.

    It begins with the first date that takes place.

    Raises:
        RuleError: calfeed does not take it.
    """
    parts = _parts(rrule)
    if "COUNT" in parts:
        parts.pop("UNTIL", None)  # a rule has one of them (RFC 5545 §3.3.10)
    if not isinstance(first.start, datetime) and "UNTIL" in parts:
        parts["UNTIL"] = _last_day(parts["UNTIL"], first.zone)
    is_cut = not {"UNTIL", "COUNT"} & parts.keys()
    if is_cut:
        parts["UNTIL"] = f"{date(max(today.year, first.first_day.year) + YEARS, 12, 31):%Y%m%d}"
    planned = _days(_written(parts), first)
    days = tuple(day for day in planned if day not in leaves_out)
    if not days:
        raise RuleError("no date of it takes place")
    if days[0] != planned[0]:
        first = moved(first, days[0])
        parts = {**parts, "UNTIL": f"{planned[-1]:%Y%m%d}"}
        parts.pop("COUNT", None)
    all_days = tuple(day for day in planned if day >= days[0])
    repeats = _repeats(parts, first, all_days)
    if left := [str(day) for day in all_days if day in leaves_out]:
        repeats["except"] = left
    return Series(first=first, repeats=repeats, days=days, is_cut=is_cut)


def moved(dated: Dated, day: date) -> Dated:
    """Return *dated* moved, with its length on the wall clock, to begin on *day*."""
    return dated.shifted(day - dated.first_day)


def _repeats(parts: Mapping[str, str], first: Dated, days: tuple[date, ...]) -> dict[str, Written]:
    """Return how a file says that a series has these *days*, in plain words if they can say it."""
    said = _in_words(parts, days)
    return said if said and _has_days(said, first, days) else _written(parts)


def _has_days(repeats: Mapping[str, Written], first: Dated, days: tuple[date, ...]) -> bool:
    try:
        return _days(repeats, first) == days
    except RuleError:
        return False


def _days(repeats: Mapping[str, Written], first: Dated) -> tuple[date, ...]:
    when = When(start=first.start, end=first.end, zone=first.zone)
    try:
        return parse_rule(repeats, first=when).days
    except GrammarError as error:
        raise RuleError(error.message) from None


def _written(parts: Mapping[str, str]) -> dict[str, Written]:
    return {"rrule": ";".join(f"{name}={value}" for name, value in parts.items())}


def single_days(rrule: str, first: Dated, *, today: date) -> list[date]:
    """Return the first days of a rule that calfeed does not take, within its horizon.

    Raises:
        RuleError: nobody can read it.
    """
    start = first.start if isinstance(first.start, datetime) else None
    begin = start or datetime.combine(first.first_day, time())
    until = datetime.combine(date(today.year + YEARS, 12, 31), time())
    parts = _parts(rrule)
    if "COUNT" in parts:
        parts.pop("UNTIL", None)
    rule = ";".join(f"{name}={value.removesuffix('Z')}" for name, value in parts.items())
    try:
        found = rrulestr(rule, dtstart=begin)
        days = [one.date() for one in islice(found, MOST_SINGLE) if one <= until]
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise RuleError(f"a rule that is none: {error}") from None
    return sorted(set(days))


def _last_day(until: str, zone: str) -> str:
    """Return UNTIL of whole days: a time in UTC is of the day that it has on *zone*'s clocks."""
    try:
        moment = datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return until[: len("20271231")]
    return f"{moment.astimezone(ZoneInfo(zone)):%Y%m%d}"


def _parts(rrule: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in rrule.strip().upper().split(";") if part)
    return {name: value for name, _, value in pairs}


def _in_words(parts: Mapping[str, str], days: tuple[date, ...]) -> dict[str, Written] | None:
    """Return ``every``, ``by`` and ``until`` if they can say it; None if it takes an rrule."""
    if not set(parts) <= {"FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT", "WKST"}:
        return None
    every, number = _EVERY[parts["FREQ"]], parts.get("INTERVAL", "1")
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
    if found is None:
        return ""
    ordinal = _ORDINALS.get(found[1], "") if found[1] else ""
    return f"{ordinal} {_DAYS[found[2]]}".strip() if bool(ordinal) == bool(found[1]) else ""
