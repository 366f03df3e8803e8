"""Dates as people write them elsewhere, in the one form that `when` takes; nothing is guessed.

What has two meanings, such as 05/08/2027, stays as it is.
"""

import re
from collections.abc import Callable

from calfeed.source.grammar import GrammarError

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT_WEEKDAY = re.compile(r"\b(mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?", re.IGNORECASE)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_MONTH = rf"({'|'.join(_MONTHS)}|{'|'.join(name[:3] for name in _MONTHS)}|sept)\.?"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_UNANNOUNCED = {"tba", "t.b.a.", "date to be announced", "not yet announced"}

_DAY_MONTH_YEAR = re.compile(
    rf"\b([0-9]{{1,2}})(?:st|nd|rd|th|\.)? {_MONTH} ([0-9]{{4}})\b", re.IGNORECASE
)
_MONTH_DAY_YEAR = re.compile(
    rf"\b{_MONTH} ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})\b", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"\b([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})\b")
_HALF_DAY = re.compile(r"\b(1[01]|0?[1-9])(?:[:.]([0-9]{2}))? ?([ap])\.?m\b\.?", re.IGNORECASE)
_FULL_HOUR = re.compile(r"\b([0-9]{1,2}) ?h\b(?! ?[0-9])", re.IGNORECASE)
_HOUR = re.compile(r"\b([0-9]{1,2})(?:\.| ?h ?)([0-9]{2})\b", re.IGNORECASE)

_REST = (
    (re.compile(r"^from ", re.IGNORECASE), ""),
    (re.compile(rf"({_DAY}) ?T ?(?=[0-9])", re.IGNORECASE), r"\1 "),
    (re.compile(r"\b([0-9]{1,2}:[0-9]{2}):00\b"), r"\1"),
    (re.compile(rf"({_DAY})(?:,| at| @|, at|,? from) ?(?=[0-9]{{1,2}}:)", re.IGNORECASE), r"\1 "),
    (re.compile(rf"({_DAY}) ?- ?(?=(?:[a-z]+,? )?{_DAY})", re.IGNORECASE), r"\1 to "),
    (re.compile(r" (?:until|till?|through|thru|up to) ", re.IGNORECASE), " to "),
    (re.compile(r" ?(?:\.\.+|…|->|→|–|—|--|/) ?"), " to "),
)
"""What is replaced once days and times have their form, in this order."""

_UNREADABLE = {"E300", "E302"}


def offering(text: str, read: Callable[[str], object], error: GrammarError) -> GrammarError:
    """Return *error*, which *read* raised for *text*, with what to write if *text* is clear."""
    error.instead = None
    if error.code in _UNREADABLE and (better := tidied(text)) != text:
        try:
            read(better)
        except GrammarError:
            return error
        error.instead = text, better
        error.hint = error.hint or f"write  {better}"
    return error


def tidied(text: str) -> str:
    """Return *text*, a date of single blanks, with each part that is clear in its usual form."""
    if text.casefold() in _UNANNOUNCED:
        return "to be announced"
    text = _SHORT_WEEKDAY.sub(_weekday, text)
    text = _DAY_MONTH_YEAR.sub(lambda found: _day(found[3], _number(found[2]), found[1]), text)
    text = _MONTH_DAY_YEAR.sub(lambda found: _day(found[3], _number(found[1]), found[2]), text)
    text = _YEAR_FIRST.sub(lambda found: _day(found[1], found[3], found[4]), text)
    text = _HALF_DAY.sub(_full_clock, text)
    text = _FULL_HOUR.sub(r"\1:00", text)
    text = _HOUR.sub(r"\1:\2", text)
    for pattern, better in _REST:
        text = pattern.sub(better, text)
    return text


def _weekday(found: re.Match[str]) -> str:
    short = found[1][:3].capitalize()
    return next(name for name in _WEEKDAYS if name.startswith(short))


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{month:>02}-{day:>02}"


def _number(month: str) -> str:
    short = month[:3].casefold()
    return next(str(number) for number, name in enumerate(_MONTHS, 1) if name.startswith(short))


def _full_clock(found: re.Match[str]) -> str:
    hour = int(found[1]) + (12 if found[3] in "pP" else 0)
    return f"{hour:02}:{found[2] or '00'}"
