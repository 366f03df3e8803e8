"""What a query of a listing asks for: read strictly, in one normal form, bounded."""

import re
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from calfeed.states import Status

MOST = 100
"""How many events one answer has at most, and if no ``limit`` is given."""

MOST_VALUES = 10
LONGEST_TAG = 100
LONGEST_CURSOR = 2000
KNOWN = ("from", "to", "status", "tag", "limit", "cursor")
REPEATED = ("status", "tag")
Value = TypeVar("Value")

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LIMIT = re.compile(r"[1-9]\d{0,5}", re.ASCII)
_PLACE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) (.+)", re.ASCII | re.DOTALL)


class QueryError(Exception):
    """A parameter has a value that it cannot have; the message says what is expected."""

    def __init__(self, parameter: str, expected: str) -> None:
        super().__init__(f"{parameter}: expected {expected}")
        self.parameter = parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which events are asked for; two queries that ask for the same are equal.

    ``after`` is the place in the feed behind which they stand: CREATED as text, then the UID.
    """

    first: date | None = None
    last: date | None = None
    statuses: tuple[Status, ...] = ()
    tags: tuple[str, ...] = ()
    limit: int = MOST
    after: tuple[str, str] | None = None

    def query_after(self, place: tuple[str, str]) -> str:
        """Return the query that asks for the same from behind *place* on."""
        cursor = urlsafe_b64encode(" ".join(place).encode()).decode().rstrip("=")
        days = [("from", self.first), ("to", self.last)]
        return urlencode(
            [
                *((name, day.isoformat()) for name, day in days if day),
                *(("status", status.value) for status in self.statuses),
                *(("tag", tag) for tag in self.tags),
                ("limit", str(self.limit)),
                ("cursor", cursor),
            ]
        )


def parse_choice(query: str) -> Choice | None:
    """Return what *query* asks for; None if it has no name that is known here.

    Raises:
        QueryError: a known name has a value that it cannot have.
    """
    given: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name in KNOWN:
            given.setdefault(name, []).append(value)
    if not given:
        return None
    _count(given)
    first = _only(given, "from", _day, "a day such as 2026-11-24")
    last = _only(given, "to", _day, "a day such as 2026-11-30")
    if first and last and last < first:
        raise QueryError("to", f"a day that is not before from={first}")
    return Choice(
        first=first,
        last=last,
        statuses=_each(given, "status", Status, "one of " + ", ".join(Status)),
        tags=_each(given, "tag", _tag, f"a text of 1 to {LONGEST_TAG} characters"),
        limit=_only(given, "limit", _limit, f"a number from 1 to {MOST}") or MOST,
        after=_only(given, "cursor", _place, "what an answer gave as next"),
    )


def _count(given: dict[str, list[str]]) -> None:
    for name, values in given.items():
        if name not in REPEATED and len(values) > 1:
            raise QueryError(name, "one value")
        if len(values) > MOST_VALUES:
            raise QueryError(name, f"at most {MOST_VALUES} values")


def _each(
    given: dict[str, list[str]], name: str, parse: Callable[[str], Value], expected: str
) -> tuple[Value, ...]:
    """Return the values of *name*, sorted, none twice."""
    try:
        values = {value: parse(value) for value in given.get(name, ())}
    except ValueError:
        raise QueryError(name, expected) from None
    return tuple(values[value] for value in sorted(values))


def _only(
    given: dict[str, list[str]], name: str, parse: Callable[[str], Value], expected: str
) -> Value | None:
    return next(iter(_each(given, name, parse, expected)), None)


def _day(value: str) -> date:
    if _DAY.fullmatch(value) is None:
        raise ValueError(value)
    return date.fromisoformat(value)


def _tag(value: str) -> str:
    if not 0 < len(value) <= LONGEST_TAG:
        raise ValueError(value)
    return value


def _limit(value: str) -> int:
    if _LIMIT.fullmatch(value) is None or int(value) > MOST:
        raise ValueError(value)
    return int(value)


def _place(value: str) -> tuple[str, str]:
    if len(value) > LONGEST_CURSOR:
        raise ValueError(value)
    text = b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True).decode()
    found = _PLACE.fullmatch(text)
    if found is None:
        raise ValueError(value)
    return found[1], found[2]
