"""The parameters of a query: known names read strictly, unknown ones not at all."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import TypeVar
from urllib.parse import parse_qsl

MOST_VALUES = 10
LIMIT = re.compile(r"[1-9]\d{0,5}", re.ASCII)
Value = TypeVar("Value")
Given = Mapping[str, list[str]]


class QueryError(Exception):
    """A parameter has a value that it cannot have; the message says what is expected."""

    def __init__(self, parameter: str, expected: str) -> None:
        super().__init__(f"{parameter}: expected {expected}")
        self.parameter = parameter


def parse_parameters(
    query: str, *, known: Collection[str], repeated: Collection[str] = ()
) -> Given:
    """Return the values that *query* gives to each *known* name, which alone have a meaning.

    Raises:
        QueryError: a name that is not *repeated* is there twice, or one has too many values.
    """
    given: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name in known:
            given.setdefault(name, []).append(value)
    for name, values in given.items():
        if name not in repeated and len(values) > 1:
            raise QueryError(name, "one value")
        if len(values) > MOST_VALUES:
            raise QueryError(name, f"at most {MOST_VALUES} values")
    return given


def each(
    given: Given, name: str, parse: Callable[[str], Value], expected: str
) -> tuple[Value, ...]:
    """Return the values of *name*, sorted as they are written, none twice.

    Raises:
        QueryError: *parse* raised ValueError for one of them.
    """
    try:
        values = {value: parse(value) for value in given.get(name, ())}
    except ValueError:
        raise QueryError(name, expected) from None
    return tuple(values[value] for value in sorted(values))


def only(given: Given, name: str, parse: Callable[[str], Value], expected: str) -> Value | None:
    """Return the value of *name*; None if it has none.

    Raises:
        QueryError: *parse* raised ValueError for it.
    """
    return next(iter(each(given, name, parse, expected)), None)


def limit_of(given: Given, *, most: int) -> int | None:
    """Return how many are asked for at once, from 1 to *most*; None where nothing says so.

    Raises:
        QueryError: it is no such number.
    """

    def parse(value: str) -> int:
        if LIMIT.fullmatch(value) is None or int(value) > most:
            raise ValueError(value)
        return int(value)

    return only(given, "limit", parse, f"a number from 1 to {most}")
