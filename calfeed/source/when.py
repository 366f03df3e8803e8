"""The grammar of `when`: days, times of day, and the dates that are made of them."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple, TypeVar

from calfeed.dates import When
from calfeed.source.grammar import (
    GrammarError,
    did_you_mean,
    inside,
    shown,
    text_of,
    unknown_key,
)
from calfeed.source.tidying import offering
from calfeed.source.zones import check_clock

T = TypeVar("T")

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)

_TO_BE_ANNOUNCED = "to be announced"
_FORMS = (
    "write for example  2021-12-02  or  2021-12-02 14:30 to 16:30  "
    "or  2021-11-16 to 2021-11-18  or  to be announced"
)
_DAY_FORM = "a day is written year-month-day, for example  2021-09-30"
_TIME_FORM = "a time is written hour:minute on the 24-hour clock, for example  14:30"
_MIDNIGHT = timedelta(days=1)

_DASH = "[-\N{EN DASH}\N{EM DASH}]"
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_DAY = re.compile(r"(?:([^\W\d_]+),? )?([0-9]{4})-([0-9]{2})-([0-9]{2})")
_POINT = re.compile(rf"(?P<day>{_DAY.pattern})?(?:(?:^| )(?P<time>{_TIME.pattern}))?")
# A dash needs its blanks but between two times: 2021-11-16-2021-11-18 is hard to read.
_TO = re.compile(rf" (?:to|{_DASH}) |(?<=:[0-9]{{2}}) ?{_DASH} ?(?=[0-9]{{1,2}}:)", re.IGNORECASE)

# What else people write, and what to tell them: the first that fits is told.
_MISTAKES = (
    (rf"[0-9] ?{_DASH} ?(?:[^\W\d_]+,? )?[0-9]{{4}}-", "write  to  with blanks between two days"),
    (r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2} ?T ?[0-9]", "write a blank, not a T, before the time"),
    (r"[0-9]{4}-[0-9]-|[0-9]{4}-[0-9]{2}-[0-9]\b", "write two digits, for example  2021-09-07"),
    (r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{4}|[0-9]{4}[./][0-9]", _DAY_FORM),
    (r"[^\W\d_]{3} [0-9]{1,2},? [0-9]{4}|[0-9]\.? [^\W\d_]{3,9} [0-9]{4}", _DAY_FORM),
    (r"[0-9] ?[ap]\.?m\b|[0-9] ?h|[0-9]\.[0-9]{2}\b|:[0-9]{2}:[0-9]", _TIME_FORM),
    (r":[0-9]{2} ?(?:(?!to)[a-z]{1,5}\b|\+)", "the zone stands apart:  timezone: Europe/Brussels"),
)
_LOOKED_AT = 80


class _Point(NamedTuple):
    """A day, a time of day (since midnight, 24 hours included), or both, as they are written."""

    day: date | None
    time: timedelta | None


def parse_when(value: object, *, zone: str) -> When | None:
    """Return the date that *value* states on the clocks of *zone*; None: to be announced.

    *value* is a text, or the long form with ``starts`` and ``ends``; *zone* has passed
    ``check_zone``. ``to_be_confirmed`` is false: another key of the file says that.

    Raises:
        GrammarError: it states no date, or one that does not exist there.
    """
    if isinstance(value, Mapping):
        return _parse_long_form(value, zone=zone)
    return _read(text_of(value, "a date", _FORMS), partial(_parse_date, zone=zone))


def parse_day(value: object) -> date:
    """Return the day that *value* states; a weekday before it is checked.

    Raises:
        GrammarError: it states no day, or one that does not exist.
    """
    return _read(text_of(value, "a day", _DAY_FORM), _parse_day)


def parse_moment(value: object) -> date | datetime:
    """Return the day that *value* states, or the wall-clock time if it gives an hour too.

    The hour may be 24:00: what is read here is until when something goes on.

    Raises:
        GrammarError: it states neither.
    """
    return _read(text_of(value, "a day, or a day and a time", _DAY_FORM), _parse_moment)


def parse_agenda_time(value: object) -> str:
    """Return the time that *value* states as ``HH:MM``, with ``YYYY-MM-DD`` before it if given.

    Raises:
        GrammarError: it states no time of day.
    """
    return _read(text_of(value, "a time", _TIME_FORM), _parse_agenda_time)


def _read(text: str, read: Callable[[str], T]) -> T:
    """Return what *read* makes of *text*; what it refuses is offered in a form that it takes."""
    try:
        return read(text)
    except GrammarError as error:
        raise offering(text, read, error) from None


def _parse_date(text: str, *, zone: str) -> When | None:
    if text.casefold() == _TO_BE_ANNOUNCED:
        return None
    start, *end = (_parse_point(part) for part in _TO.split(text, maxsplit=1))
    return _date_of(start, *end, zone=zone)


def _parse_day(text: str) -> date:
    if not (found := _DAY.fullmatch(text)):
        raise GrammarError("E300", f"{shown(text)} is not a day", _advice(text, _DAY_FORM))
    weekday, year, month, day = found.groups()
    stated = _existing_day(int(year), int(month), int(day))
    if weekday:
        _check_weekday(weekday, stated)
    return stated


def _parse_moment(text: str) -> date | datetime:
    point = _parse_point(text)
    if point.day is None:
        raise GrammarError("E300", "the day is missing", "write for example  2021-11-09 18:00")
    return point.day if point.time is None else _at(point.day, point.time)


def _parse_agenda_time(text: str) -> str:
    point = _parse_point(text, otherwise=_TIME_FORM)
    if point.time is None:
        raise GrammarError("E300", "the time is missing", _TIME_FORM)
    if point.day is not None:
        return _as_written(_start_of(point.day, point.time))
    if point.time == _MIDNIGHT:
        raise GrammarError("E307", "24:00 can only be an end", "write  00:00")
    return f"{_at(FIRST_DAY, point.time):%H:%M}"


def _parse_long_form(value: Mapping[object, object], *, zone: str) -> When:
    for key in value:
        if key not in {"starts", "ends"}:
            raise unknown_key(str(key), ("starts", "ends"), value, of="when", advice=_FORMS)
    with inside("starts"):
        text = text_of(value.get("starts"), "a day, or a day and a time", _FORMS)
        start = _read(text, _parse_point)
        without_end = _date_of(start, zone=zone)
    if "ends" not in value:
        return without_end
    with inside("ends"):
        end = _read(text_of(value["ends"], "a day, a time, or both", _FORMS), _parse_point)
        return _date_of(start, end, zone=zone)


def _parse_point(text: str, otherwise: str = _FORMS) -> _Point:
    if not (found := _POINT.fullmatch(text)):
        raise GrammarError("E300", f"{shown(text)} is not understood", _advice(text, otherwise))
    return _Point(
        None if found["day"] is None else _parse_day(found["day"]),
        None if found["time"] is None else _parse_time(found["time"]),
    )


def _parse_time(text: str) -> timedelta:
    hour, minute = map(int, text.split(":"))
    stated = timedelta(hours=hour, minutes=minute)
    if minute not in range(60) or stated > _MIDNIGHT:
        raise GrammarError("E307", f"there is no time {text}", _TIME_FORM)
    return stated


def _advice(text: str, otherwise: str) -> str:
    known = (
        told for pattern, told in _MISTAKES if re.search(pattern, text[:_LOOKED_AT], re.IGNORECASE)
    )
    return next(known, otherwise)


def _existing_day(year: int, month: int, day: int) -> date:
    written = f"{year:04}-{month:02}-{day:02}"
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        advice = f"years go from {FIRST_DAY.year} to {LAST_DAY.year}"
        raise GrammarError("E308", f"{written} is out of range", advice)
    if month not in range(1, 13):
        raise GrammarError("E301", f"{written} does not exist", "months go from 01 to 12")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        advice = f"the last day of that month is {date(year, month, last)}"
        raise GrammarError("E301", f"{written} does not exist", advice)
    return date(year, month, day)


def _check_weekday(name: str, day: date) -> None:
    named = name.capitalize()
    if named not in WEEKDAYS:
        hint = did_you_mean(name, WEEKDAYS)
        advice = f"write the English weekday in full, or none:  {day}"
        raise GrammarError("E302", f"{shown(name)} is not a weekday", advice, hint=hint)
    if (true := WEEKDAYS[day.weekday()]) != named:
        shift = (WEEKDAYS.index(named) - day.weekday() + 3) % 7 - 3
        nearest = day + timedelta(days=shift)
        raise GrammarError(
            "E302",
            f"{day} is a {true}, not a {named}",
            f"write  {true} {day}  or, if the {named} is meant,  {named} {nearest}",
            hint=f"a {true}",
        )


def _date_of(start: _Point, end: _Point | None = None, *, zone: str) -> When:
    if start.day is None:
        raise GrammarError("E300", "the day is missing", _FORMS)
    if end and (start.time is None) != (end.time is None):
        which = "start" if start.time is None else "end"
        raise GrammarError(
            "E309",
            f"the {which} has no time, though the other has one",
            "give a time to both, or to none:  2021-11-16 09:00 to 2021-11-18 17:00",
        )
    if start.time is None:
        return _whole_days(start.day, (end and end.day) or start.day, zone=zone)
    begin = _start_of(start.day, start.time)
    check_clock(begin, zone)
    finish = _end_of(begin, end) if end else None
    if finish:
        check_clock(finish, zone)
    return When(start=begin, end=finish, zone=zone)


def _whole_days(first: date, last: date, *, zone: str) -> When:
    if last < first:
        raise GrammarError(
            "E303",
            f"the last day, {last}, is before the first, {first}",
            f"write  {last} to {first}",
        )
    return When(start=first, end=last if last > first else None, zone=zone)


def _start_of(day: date, clock: timedelta) -> datetime:
    moment = _at(day, clock)
    if clock == _MIDNIGHT:
        raise GrammarError("E307", "24:00 can only be an end", f"write  {_as_written(moment)}")
    return moment


def _end_of(begin: datetime, end: _Point) -> datetime:
    finish = _at(end.day or begin.date(), end.time or timedelta())
    if finish > begin:
        return finish
    if finish == begin:
        advice = "leave the end out if it is not known"
    elif end.day is None:
        advice = f"write the second day:  {_as_written(begin)} to {_as_written(finish + _MIDNIGHT)}"
    else:
        advice = f"write  {_as_written(finish)} to {_as_written(begin)}"
    raise GrammarError("E303", "the end is not after the start", advice)


def _as_written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _at(day: date, clock: timedelta) -> datetime:
    return datetime.combine(day, time()) + clock
