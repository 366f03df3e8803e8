"""All of the change log, some rows at a time: what happened since a program last asked."""

import hashlib
import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from calfeed.addresses import CHANGES
from calfeed.changelog import Log
from calfeed.formats.listing import Rows, render_rows
from calfeed.representation import Representation, represent
from calfeed.site.caching import for_a_while
from calfeed.site.parameters import QueryError, limit_of, only, parse_parameters
from calfeed.site.questions import Answers, problem
from calfeed.snapshot import Snapshot

MOST = 1000
"""How many rows one answer has at most."""

USUAL = 100
"""How many it has if no ``limit`` is given."""

EXPECTED = "the cursor of an answer of this site; without it all is told from the beginning"
CURSOR = re.compile(r"([0-9a-f]{16})-(\d{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which rows are asked for: so many at most, that were told after the serial ``since``."""

    since: int
    limit: int


class Changes:
    """The change log of one snapshot. It is in no static export: that could not be paged."""

    def __init__(self, snapshot: Snapshot, log: Log) -> None:
        self._snapshot = snapshot
        self._log = log
        self._answers = Answers()

    def heeds(self, path: str) -> bool:
        """Whether *path* is that of the change log."""
        return path == CHANGES

    def ask(self, path: str, query: str) -> Representation:  # noqa: ARG002 - as questions are asked
        """Return the rows that *query* asks for; a problem if it cannot be."""
        try:
            given = parse_parameters(query, known=("since", "limit"))
            asked = Asked(
                since=only(given, "since", self._serial, EXPECTED) or 0,
                limit=limit_of(given, most=MOST) or USUAL,
            )
        except QueryError as error:
            return problem(HTTPStatus.BAD_REQUEST, str(error), parameter=error.parameter)
        return self._answers.get(asked, lambda: self._answer(asked))

    def _answer(self, asked: Asked) -> Representation:
        site = self._snapshot.site
        entries = self._log.since(asked.since, asked.limit)
        reached = entries[-1].row.serial if entries else asked.since
        cursor = f"{self._ledger}-{reached}"
        query = urlencode({"since": cursor, "limit": asked.limit})
        following = f"{site.url}{CHANGES}?{query}" if reached < self._log.last else None
        rows = Rows(entries=entries, cursor=cursor, following=following)
        return represent(
            render_rows(rows, self._snapshot),
            media_type="application/json",
            modified=None,
            cache_control=for_a_while(site),
        )

    def _serial(self, cursor: str) -> int:
        """Return the serial that *cursor* names; of another ledger it would be another row's."""
        found = CURSOR.fullmatch(cursor)
        if found is None or found[1] != self._ledger or int(found[2]) > self._log.last:
            raise ValueError(cursor)
        return int(found[2])

    @property
    def _ledger(self) -> str:
        return hashlib.sha256(self._snapshot.told.ledger_id.encode()).hexdigest()[:16]
