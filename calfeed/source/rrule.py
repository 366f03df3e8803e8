"""The text of an RFC 5545 recurrence rule: days only, and never without bounds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from calfeed.source.grammar import GrammarError, did_you_mean, shown
from calfeed.source.recurrence import WEEKDAY_CODES, Frequency, Recurrence
from calfeed.source.when import FIRST_DAY, LAST_DAY

MOST_DATES = 1000
"""How many dates a series may have."""

RRULE_FORM = "write for example  rrule: FREQ=MONTHLY;BYDAY=-1FR;COUNT=12"
_LONGEST = 2000
_NUMBERS = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYSETPOS": 20}
_NAMES = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *_NUMBERS)
_TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")
_TOO_OFTEN = ("HOURLY", "MINUTELY", "SECONDLY")
_WEEKDAY = re.compile(rf"([+-]?[1-5])?({'|'.join(WEEKDAY_CODES)})")
_UNTIL = re.compile(r"[0-9]{8}(?:T[0-9]{6}Z?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """When a rule ends, by its own words: a last day or moment (UTC if aware), or a COUNT."""

    until: date | datetime | None = None
    count: int | None = None


def parse_rrule(text: str) -> tuple[Recurrence, Ending]:
    """Return the recurrence that *text* states, and how it says that it ends.

    Raises:
        GrammarError: it is no rule, or one that repeats more often than daily.
    """
    parts = _parts_of(text)
    recurrence = Recurrence(
        frequency=_frequency(parts.get("FREQ", "")),
        interval=_number("INTERVAL", parts.get("INTERVAL", "1"), MOST_DATES),
        months=_numbers(parts, "BYMONTH"),
        year_days=_numbers(parts, "BYYEARDAY"),
        month_days=_numbers(parts, "BYMONTHDAY"),
        weekdays=_weekdays(parts),
        positions=_numbers(parts, "BYSETPOS"),
        week_start=_week_start(parts.get("WKST", "MO")),
    )
    return recurrence, _ending(parts)


def _refuse(message: str, advice: str = RRULE_FORM, hint: str = "", code: str = "E317") -> NoReturn:
    raise GrammarError(code, message, advice, hint=hint)


def _parts_of(text: str) -> Mapping[str, str]:
    if len(text) > _LONGEST or not (text.isascii() and text.isprintable()):
        _refuse(f"{shown(text)} is not a rule")
    parts: dict[str, str] = {}
    for part in text.upper().split(";"):
        name, _, value = part.partition("=")
        _check_name(name, part)
        if not value:
            _refuse(f"{name} has no value")
        if name in parts:
            _refuse(f"{name} stands twice")
        parts[name] = value
    return parts


def _check_name(name: str, part: str) -> None:
    if name in _TIMES:
        message = f"{name} makes several dates on a day, or none at the hour of the first"
        _refuse(message, 'leave it out: the time of day is that of "when"', code="E319")
    if name == "BYWEEKNO":
        message = "calendar apps do not agree on BYWEEKNO"
        _refuse(message, "use BYMONTH, with BYMONTHDAY or BYDAY", code="E318")
    if name not in _NAMES:
        _refuse(f"unknown part {shown(part)}", hint=did_you_mean(name, _NAMES))


def _frequency(value: str) -> Frequency:
    if value in _TOO_OFTEN:
        _refuse(
            f"FREQ={value} makes several dates on a day",
            "write  FREQ=DAILY,  and one event for each hour of the day",
            code="E319",
        )
    if value not in list(Frequency):
        hint = did_you_mean(value, Frequency)
        _refuse(f"expected FREQ={'|'.join(Frequency)}; found {shown(value)}", hint=hint)
    return Frequency(value)


def _number(name: str, value: str, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", value) or not 1 <= int(value) <= most:
        _refuse(f"{name} is a number from 1 to {most:,}, not {shown(value)}")
    return int(value)


def _numbers(parts: Mapping[str, str], name: str) -> tuple[int, ...]:
    if name not in parts:
        return ()
    sign, most = "" if name == "BYMONTH" else "[+-]?", _NUMBERS[name]
    or_less = f" or from -{most} to -1" if sign else ""
    written = parts[name].split(",")
    for number in written:
        if not re.fullmatch(f"{sign}[0-9]{{1,3}}", number) or not 1 <= abs(int(number)) <= most:
            _refuse(f"{name} has numbers from 1 to {most}{or_less}, not {shown(number)}")
    return tuple(sorted({int(number) for number in written}))


def _weekdays(parts: Mapping[str, str]) -> tuple[tuple[int, int], ...]:
    if "BYDAY" not in parts:
        return ()
    weekdays = set()
    for written in parts["BYDAY"].split(","):
        found = _WEEKDAY.fullmatch(written)
        if not found:
            _refuse(f"BYDAY has weekdays like  TU  or  1TU  or  -1FR,  not {shown(written)}")
        weekdays.add((int(found[1] or 0), WEEKDAY_CODES.index(found[2])))
    return tuple(sorted(weekdays))


def _week_start(value: str) -> int:
    if value not in WEEKDAY_CODES:
        _refuse(f"WKST is one of {', '.join(WEEKDAY_CODES)}, not {shown(value)}")
    return WEEKDAY_CODES.index(value)


def _ending(parts: Mapping[str, str]) -> Ending:
    if "COUNT" in parts and "UNTIL" in parts:
        _refuse("a rule ends by COUNT or by UNTIL, not by both", code="E312")
    count = _number("COUNT", parts["COUNT"], MOST_DATES) if "COUNT" in parts else None
    return Ending(until=_until(parts["UNTIL"]) if "UNTIL" in parts else None, count=count)


def _until(value: str) -> date | datetime:
    try:
        moment = datetime.fromisoformat(value) if _UNTIL.fullmatch(value) else None
    except ValueError:
        moment = None
    if moment is None or not FIRST_DAY <= moment.date() <= LAST_DAY:
        years = f"from {FIRST_DAY.year} to {LAST_DAY.year}"
        _refuse(f"UNTIL is a day {years} that exists, like 20221231, not {shown(value)}")
    return moment if "T" in value else moment.date()
