"""The plain words of `repeats`: how often, and on which weekdays."""

import re
from collections.abc import Mapping
from datetime import date

from calfeed.source.grammar import GrammarError, did_you_mean, inside, shown, surely_meant, text_of
from calfeed.source.recurrence import Frequency, Recurrence
from calfeed.source.when import WEEKDAYS

EVERY_FORM = "write  every: day,  week,  month  or  year,  or for example  every: 2 weeks"
_BY_FORM = "write for example  by: Tuesday  or  by: Tuesday and Thursday  or  by: first Tuesday"

_LONGEST_INTERVAL = 1000
_UNITS = {
    "day": Frequency.DAILY,
    "week": Frequency.WEEKLY,
    "month": Frequency.MONTHLY,
    "year": Frequency.YEARLY,
}
_ADVERBS = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_EVERY = re.compile(r"(?:([0-9]{1,4}) )?(\w+)")
_AND = re.compile(r", and |, ?| and ", re.IGNORECASE)


def parse_every(keys: Mapping[str, object], *, first: date) -> Recurrence:
    """Return the recurrence that ``every`` and ``by`` of *keys* state for a series from *first* on.

    Raises:
        GrammarError: they state none.
    """
    if "every" not in keys:
        raise GrammarError("E310", '"repeats" does not say how often', EVERY_FORM)
    with inside("every"):
        frequency, interval = _parse_every(text_of(keys["every"], "how often", EVERY_FORM))
    with inside("by"):
        weekdays = _parse_by(keys["by"], frequency) if "by" in keys else ()
    # RFC 5545 counts a first Tuesday from January; whoever writes it means the month they begin in.
    months = (first.month,) if weekdays and frequency == Frequency.YEARLY else ()
    return Recurrence(frequency=frequency, interval=interval, months=months, weekdays=weekdays)


def _parse_every(text: str) -> tuple[Frequency, int]:
    found = _EVERY.fullmatch(text)
    number, unit = found.groups() if found else (None, text)
    name = unit.lower().removesuffix("s")
    if found is None or name not in _UNITS:
        meant = _ADVERBS.get(text.casefold()) or surely_meant(text, _UNITS)
        hint = f'did you mean "{meant}"?' if meant else did_you_mean(unit, _UNITS)
        instead = (text, meant) if meant else None
        message = f"{shown(text)} is not how often"
        raise GrammarError("E310", message, EVERY_FORM, hint=hint, instead=instead)
    interval = int(number or 1)
    if not 1 <= interval <= _LONGEST_INTERVAL:
        advice = f"the number goes from 1 to {_LONGEST_INTERVAL:,}"
        raise GrammarError("E310", f"{shown(text)} is not how often", advice)
    return _UNITS[name], interval


def _parse_by(value: object, frequency: Frequency) -> tuple[tuple[int, int], ...]:
    if frequency == Frequency.DAILY:
        advice = "write  every: week  and  by: Monday and Tuesday,  or leave  by  out"
        raise GrammarError("E318", '"by" does not go with "every: day"', advice)
    if not isinstance(value, list):
        names = _AND.split(text_of(value, "weekdays", _BY_FORM))
        return tuple(sorted({_parse_weekday(name, frequency) for name in names}))
    if not value:
        raise GrammarError("E310", "expected weekdays; found none", _BY_FORM)
    weekdays = set()
    for index, name in enumerate(value):
        with inside(index):
            weekdays.add(_parse_weekday(text_of(name, "a weekday", _BY_FORM), frequency))
    return tuple(sorted(weekdays))


def _parse_weekday(text: str, frequency: Frequency) -> tuple[int, int]:
    ordinal, _, name = text.rpartition(" ")
    if name.capitalize() not in WEEKDAYS:
        hint = did_you_mean(name, WEEKDAYS)
        raise GrammarError("E310", f"{shown(text)} is not a weekday", _BY_FORM, hint=hint)
    weekday = name.capitalize()
    if ordinal and ordinal.lower() not in _ORDINALS:
        hint = did_you_mean(ordinal, _ORDINALS)
        advice = f"write  {', '.join(_ORDINALS)}  before the weekday"
        raise GrammarError("E310", f"{shown(ordinal)} is not which {weekday}", advice, hint=hint)
    if ordinal and frequency == Frequency.WEEKLY:
        advice = f"write  every: month  or only  by: {weekday}"
        raise GrammarError("E318", f"a week has one {weekday}, no {ordinal.lower()} one", advice)
    if not ordinal and frequency != Frequency.WEEKLY:
        advice = f"write  by: first {weekday}  or, for each of them,  every: week"
        raise GrammarError("E318", f"it is not said which {weekday} of the month", advice)
    return _ORDINALS.get(ordinal.lower(), 0), WEEKDAYS.index(weekday)
