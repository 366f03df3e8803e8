"""What a query of a listing asks for: read strictly, in one normal form, bounded."""

import re
from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from calfeed.site.parameters import QueryError, each, limit_of, only, parse_parameters
from calfeed.states import Status

MOST = 100
"""How many events one answer has at most, and if no ``limit`` is given."""

LONGEST_TAG = 100
LONGEST_CURSOR = 2000
KNOWN = ("from", "to", "status", "tag", "limit", "cursor")
REPEATED = ("status", "tag")

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_PLACE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) (.+)", re.ASCII | re.DOTALL)


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
    given = parse_parameters(query, known=KNOWN, repeated=REPEATED)
    if not given:
        return None
    first = only(given, "from", _day, "a day such as 2026-11-24")
    last = only(given, "to", _day, "a day such as 2026-11-30")
    if first and last and last < first:
        raise QueryError("to", f"a day that is not before from={first}")
    return Choice(
        first=first,
        last=last,
        statuses=each(given, "status", Status, "one of " + ", ".join(Status)),
        tags=each(given, "tag", _tag, f"a text of 1 to {LONGEST_TAG} characters"),
        limit=limit_of(given, most=MOST) or MOST,
        after=only(given, "cursor", _place, "what an answer gave as next"),
    )


def _day(value: str) -> date:
    if _DAY.fullmatch(value) is None:
        raise ValueError(value)
    return date.fromisoformat(value)


def _tag(value: str) -> str:
    if not 0 < len(value) <= LONGEST_TAG:
        raise ValueError(value)
    return value


def _place(value: str) -> tuple[str, str]:
    if len(value) > LONGEST_CURSOR:
        raise ValueError(value)
    text = b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True).decode()
    found = _PLACE.fullmatch(text)
    if found is None:
        raise ValueError(value)
    return found[1], found[2]
