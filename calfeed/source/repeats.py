"""The grammar of `repeats`: how a series goes on, in plain words or as an RRULE for experts."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from calfeed.dates import When, on_day
from calfeed.model import Rule
from calfeed.source.agreement import check_agreed
from calfeed.source.every import EVERY_FORM, parse_every
from calfeed.source.grammar import GrammarError, inside, shown, text_of, unknown_key
from calfeed.source.recurrence import (
    HUNDRED_YEARS,
    Frequency,
    Recurrence,
    day_before,
    days_from,
    spelled_out,
)
from calfeed.source.rrule import MOST_DATES, RRULE_FORM, Ending, parse_rrule
from calfeed.source.when import LAST_DAY, WEEKDAYS, parse_day
from calfeed.source.zones import check_clock

_KEYS = ("every", "by", "until", "times", "except", "rrule")
_NUMBER = re.compile(r"[0-9]{1,4}")
_END_FORM = "write for example  until: 2022-12-31  or  times: 12"
_NAMED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What an editor may have overlooked in a rule that is right as it stands."""

    code: str
    message: str
    help: tuple[str, ...]


def parse_rule(value: object, *, first: When) -> Rule:
    """Return the rule that *value*, the mapping under ``repeats``, states for a series.

    *first* is its first date, and one of its days. There are at most a thousand, within a hundred
    years; on each that takes place, the clocks show the hours of *first* exactly once.

    Raises:
        GrammarError: *value* states no rule, or one that does not fit *first*.
    """
    keys = _checked_keys(value)
    recurrence, ending = _recurrence(keys, first=first)
    _check_ends_once(keys, ending)
    _check_first(recurrence, first.first_day)
    if (until := _parse_until(keys, ending, first=first)) is not None:
        days = _days_until(recurrence, first.first_day, until)
    else:
        days = _days_counted(recurrence, first.first_day, _parse_times(keys, ending))
    leaves_out = _parse_except(keys, days)
    _check_clocks(first, [day for day in days if day not in leaves_out])
    return Rule(rrule=str(recurrence), days=days, leaves_out=leaves_out)


def reminders_of_rule(rule: Rule) -> tuple[Reminder, ...]:
    """Return what to tell of *rule*: that it skips the months which are too short for its day."""
    recurrence, _ = parse_rrule(rule.rrule)
    skipped = _too_short(recurrence, rule.days[0], rule.days[-1])
    if not skipped:
        return ()
    advice = (
        "for a date in every year, begin on 28 February or 1 March"
        if recurrence.frequency == Frequency.YEARLY
        else "for the last day of each month write  rrule: FREQ=MONTHLY;BYMONTHDAY=-1"
    )
    message = f"the series has no date in {_listed(skipped)}: too short for its day"
    return (Reminder(code="R310", message=message, help=(advice,)),)


def _too_short(rule: Recurrence, first: date, last: date) -> list[str]:
    """Return the months, as YYYY-MM, from which *rule* wants a day that they do not have.

    In a year's rule that apps agree on, it can only be 29 February, the day of all its dates.
    """
    step = rule.interval * (12 if rule.frequency == Frequency.YEARLY else 1)
    wanted = 0 if rule.weekdays else max(rule.month_days, default=0)
    begin, end = (day.year * 12 + day.month - 1 for day in (first, last))
    months = (divmod(month, 12) for month in range(begin, end, step))
    return [
        f"{year}-{month + 1:02}"
        for year, month in months
        if wanted > monthrange(year, month + 1)[1]
    ]


def _checked_keys(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise GrammarError(
            "E310", f"expected how a series repeats; found {shown(value)}", EVERY_FORM
        )
    for key in value:
        if key not in _KEYS:
            advice = f"the keys are {', '.join(_KEYS)}"
            raise unknown_key(str(key), _KEYS, value, of="repeats", advice=advice)
    for key in ("every", "by"):
        if key in value and "rrule" in value:
            advice = 'keep one of them: the rule says it all in  "rrule"'
            raise GrammarError("E318", f'"{key}" beside "rrule"', advice, field=(key,))
    return value


def _recurrence(keys: Mapping[str, object], *, first: When) -> tuple[Recurrence, Ending]:
    if "rrule" not in keys:
        return spelled_out(parse_every(keys, first=first.first_day), first.first_day), Ending()
    with inside("rrule"):
        stated, ending = parse_rrule(text_of(keys["rrule"], "a rule", RRULE_FORM))
        recurrence = spelled_out(stated, first.first_day)
        check_agreed(recurrence)
    return recurrence, ending


def _check_ends_once(keys: Mapping[str, object], ending: Ending) -> None:
    in_rule = ending.until is not None or ending.count is not None
    stated = [key for key in ("until", "times") if key in keys]
    if not stated and not in_rule:
        raise GrammarError("E311", "the series never ends", _END_FORM)
    if len(stated) + in_rule > 1:
        other = "the rule's own end" if in_rule else '"until"'
        advice = "keep the one that is meant"
        raise GrammarError(
            "E312",
            f'"{stated[-1]}" beside {other}: the series ends twice',
            advice,
            field=(stated[-1],),
        )


def _check_first(recurrence: Recurrence, first: date) -> None:
    fitting = next(days_from(recurrence, first), None)
    if fitting is None:
        raise GrammarError(
            "E316", "the rule has no date in a hundred years", "write a rule whose days exist"
        )
    if fitting != first:
        before = day_before(recurrence, first)
        named = [f"{WEEKDAYS[day.weekday()]} {day}" for day in (before, fitting) if day]
        raise GrammarError(
            "E313",
            f"the first date, {WEEKDAYS[first.weekday()]} {first}, is not a day of the series",
            f"let  when  begin on  {'  or  '.join(named)}",
        )


def _parse_until(keys: Mapping[str, object], ending: Ending, *, first: When) -> date | None:
    key = "until" if "until" in keys else "rrule"
    with inside(key):
        until = parse_day(keys["until"]) if key == "until" else _day_of(ending.until, first)
        if until is not None and until < first.first_day:
            message = f"the series ends on {until}, before its first date, {first.first_day}"
            raise GrammarError("E303", message, _END_FORM)
        if until is not None and until > first.first_day + HUNDRED_YEARS:
            raise GrammarError("E315", "the series lasts more than a hundred years", _END_FORM)
    return until


def _day_of(until: date | datetime | None, first: When) -> date | None:
    """Return the last day on which a date of *first*'s hour is not after *until*."""
    if not isinstance(until, datetime):
        return until
    if not isinstance(first.start, datetime):
        advice = f"write  UNTIL={until:%Y%m%d}"
        raise GrammarError("E317", "UNTIL has a time, but the dates are whole days", advice)
    local = until.astimezone(ZoneInfo(first.zone)) if until.tzinfo else until
    return local.date() - timedelta(days=local.time() < first.start.time())


def _parse_times(keys: Mapping[str, object], ending: Ending) -> int:
    if ending.count is not None:
        return ending.count
    with inside("times"):
        text = text_of(keys["times"], "a number of dates", _END_FORM)
        if not _NUMBER.fullmatch(text) or not 1 <= int(text) <= MOST_DATES:
            advice = f"write a number from 1 to {MOST_DATES:,}"
            raise GrammarError("E310", f"{shown(text)} is not a number of dates", advice)
        return int(text)


def _days_until(recurrence: Recurrence, first: date, until: date) -> tuple[date, ...]:
    days = takewhile(lambda day: day <= until, days_from(recurrence, first))
    found = tuple(islice(days, MOST_DATES + 1))
    if len(found) > MOST_DATES:
        advice = f"end it by {found[MOST_DATES - 1]}, or begin a second event there"
        raise GrammarError("E315", f"the series has more than {MOST_DATES:,} dates", advice)
    return found


def _days_counted(recurrence: Recurrence, first: date, times: int) -> tuple[date, ...]:
    days = takewhile(lambda day: day <= LAST_DAY, days_from(recurrence, first))
    found = tuple(islice(days, times))
    if len(found) < times:
        advice = f"up to {found[-1]} it has {len(found)} of its {times} dates"
        message = f"the series lasts more than a hundred years, or beyond {LAST_DAY.year}"
        raise GrammarError("E315", message, advice)
    return found


def _parse_except(keys: Mapping[str, object], days: Sequence[date]) -> tuple[date, ...]:
    if "except" not in keys:
        return ()
    value = keys["except"]
    with inside("except"):
        if not isinstance(value, list):
            return (_date_of_series(value, days),)
        left_out = set()
        for index, written in enumerate(value):
            with inside(index):
                left_out.add(_date_of_series(written, days))
    return tuple(sorted(left_out))


def _date_of_series(value: object, days: Sequence[date]) -> date:
    day = parse_day(value)
    if day == days[0]:
        advice = "let  when  begin with the first date that takes place"
        raise GrammarError("E314", f"{day} is the first date of the series", advice)
    if day not in days:
        near = sorted(sorted(days, key=lambda other: abs(other - day))[:2])
        advice = f"the dates nearest to it are {' and '.join(map(str, near))}"
        raise GrammarError("E314", f"{day} is not a date of the series", advice)
    return day


def _check_clocks(first: When, days: Sequence[date]) -> None:
    faults: dict[date, GrammarError] = {}
    for day in days:
        when = on_day(first, day)
        for moment in (when.start, when.end):
            try:
                if isinstance(moment, datetime):
                    check_clock(moment, first.zone)
            except GrammarError as error:
                faults[day] = error
    if faults:
        fault = next(iter(faults.values()))
        message = f"a date of the series falls in a change of the clocks: {fault.message}"
        advice = f"add to  except:  {_listed([str(day) for day in faults])}"
        raise GrammarError(fault.code, message, advice)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
