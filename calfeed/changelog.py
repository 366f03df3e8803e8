"""The change log: its rows with the dates that they tell of, and which are news to whom."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import NAMESPACE_URL, uuid5

from calfeed.addresses import ALL
from calfeed.dates import When, on_day, when_of_data
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Kind, Row
from calfeed.model import Text
from calfeed.snapshot import Snapshot
from calfeed.words import message

NEWS = 100
"""How many changes a feed of news has: who looks once a month misses none of a busy one."""

WORDS = {
    Kind.NEW: message("New"),
    Kind.JOINED: message("New"),
    Kind.LEFT: message("No longer in this calendar"),
    Kind.RETURNED: message("Back on"),
    Kind.WITHDRAWN: message("Withdrawn"),
    Kind.DATED: message("Date announced"),
    Kind.RESCHEDULED: message("New date"),
    Kind.CANCELLED: message("Cancelled"),
    Kind.POSTPONED: message("Postponed"),
    Kind.REINSTATED: message("Back on"),
    Kind.MOVED_ONLINE: message("Now online"),
    Kind.RELOCATED: message("New place"),
    Kind.CORRECTED: message("Corrected"),
}
NO_NEWS = frozenset({Kind.EDITED, Kind.CORRECTED, Kind.REISSUED})
OF_ONE_INITIATIVE = frozenset({Kind.JOINED, Kind.LEFT})

KEEPS_OLD_DATE = {Kind.NEW, Kind.DATED, Kind.CORRECTED}
"""Kinds that may give a date without there having been another before."""

Dates = tuple[When | None, When | None]
"""The date that a row replaced, and the one that it left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the change log, and of what it tells.

    ``id`` is the same for ever, whatever becomes of the site's domain or the event's key.
    ``when`` is the date as of that row, None where it had none, or is a whole series; ``was`` the
    one that it replaced. ``onwards``: it is of all later dates of the series too.
    """

    id: str
    row: Row
    revision: Revision
    when: When | None = None
    was: When | None = None
    onwards: bool = False

    @property
    def notice(self) -> Text | None:
        """What the editor said of it, in Markdown."""
        return self.row.given.get("notice")

    @property
    def occurrence(self) -> date | None:
        """The original day of the one date of a series that it is of."""
        return _occurrence(self.row)


class Log:
    """The change log of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._dates: dict[str, Mapping[int, Dates]] = {}

    @property
    def last(self) -> int:
        """The last serial; 0 where nothing was told."""
        log = self._snapshot.told.log
        return log[-1].serial if log else 0

    def since(self, serial: int, most: int) -> tuple[Entry, ...]:
        """Return the first *most* of all that was told after *serial*, in that order."""
        log = self._snapshot.told.log
        start = bisect_right(log, serial, key=lambda row: row.serial)
        return tuple(map(self._entry, log[start : start + most]))

    def news(self, slug: str) -> tuple[Entry, ...]:
        """Return the last `NEWS` of an initiative's news, or of ``all``, as told: newest first.

        Not by the dates that rows have, which may be long ago where a history is told at once:
        so that who looks now and then misses nothing.
        """
        return tuple(map(self._entry, self._news.get(slug, ())))

    @cached_property
    def _news(self) -> Mapping[str, Sequence[Row]]:
        news = defaultdict[str, list[Row]](list)
        for row in reversed(self._snapshot.told.log):
            for slug in self.feeds_of(row):
                if len(news[slug]) < NEWS:
                    news[slug].append(row)
        return news

    def feeds_of(self, row: Row) -> Iterator[str]:
        """Yield the slugs of the feeds that *row* is news in, each once."""
        if row.kind in NO_NEWS:
            return
        own = self._snapshot.slugs_of(self._snapshot.told.revisions[row.uid])
        if row.kind in OF_ONE_INITIATIVE:
            yield from self._joined_or_left(row, own)
            return
        yield ALL
        yield from own
        yield from {union for slug in own for union in self._unions.get(slug, ())}

    def _joined_or_left(self, row: Row, own: Sequence[str]) -> Iterator[str]:
        """Yield the initiative and its unions: of who has left, those that have it no more."""
        named = row.initiative or ""
        initiative = self._snapshot.slugs.get(named, named)
        unions = self._unions.get(initiative, ())
        if row.kind is Kind.LEFT:
            yield initiative
            yield from (one for one in unions if self._snapshot.gathered(one).isdisjoint(own))
        elif initiative in own:
            yield from (initiative, *unions)

    @cached_property
    def _unions(self) -> Mapping[str, list[str]]:
        """The unions that gather each initiative."""
        unions = defaultdict[str, list[str]](list)
        for union in self._snapshot.feeds:
            for slug in self._snapshot.gathered(union) - {union}:
                unions[slug].append(union)
        return unions

    @cached_property
    def _rows(self) -> Mapping[str, Sequence[Row]]:
        rows = defaultdict[str, list[Row]](list)
        for row in self._snapshot.told.log:
            rows[row.uid].append(row)
        return rows

    def _entry(self, row: Row) -> Entry:
        told = self._snapshot.told
        revision = told.revisions[row.uid]
        if row.uid not in self._dates:
            self._dates[row.uid] = dict(_dates_of(self._rows[row.uid], revision))
        was, when = self._dates[row.uid][row.serial]
        namespace = told.namespace or NAMESPACE_URL
        return Entry(
            id=uuid5(namespace, f"{row.uid}/{row.sequence}").urn,
            row=row,
            revision=revision,
            when=when,
            was=was,
            onwards=_is_onwards(row, revision),
        )


def _dates_of(rows: Sequence[Row], revision: Revision) -> Iterator[tuple[int, Dates]]:
    """Yield the serial of each of an event's *rows*, and its dates.

    What was told is replayed. The last row has the present date: one that was edited while
    something else happened has no row of its own.
    """
    current: dict[date | None, When | None] = {}
    for row in rows:
        day = _occurrence(row)
        before = current[day] if day in current else _first_date(rows, revision, day)
        stated = when_of_data(row.given["when"]) if "when" in row.given else None
        after = before if stated is None or row.kind is Kind.NEW else stated
        if row is rows[-1] and day is None and not revision.event.rule:
            after = revision.event.details.when or before
        current[day] = after
        is_moved = stated is not None and after != before and row.kind not in KEEPS_OLD_DATE
        yield row.serial, (before if is_moved else None, after)


def _first_date(rows: Sequence[Row], revision: Revision, day: date | None) -> When | None:
    """Return the date that an event, or the one of *day* in a series, was first told with.

    A row of the kind NEW has the date after the history that is told with it.
    """
    event = revision.event
    if event.rule or day:
        return on_day(event.details.when, day) if day and event.details.when else None
    first = rows[0]
    together = [row for row in rows[1:] if row.stamp == first.stamp]
    if any(row.kind is Kind.DATED for row in together):
        return None
    if any("when" in row.given for row in together) and event.standing.old:
        return event.standing.old[0]
    return when_of_data(first.given["when"]) if "when" in first.given else None


def _occurrence(row: Row) -> date | None:
    day = row.given.get("occurrence")
    return date.fromisoformat(day) if day else None


def _is_onwards(row: Row, revision: Revision) -> bool:
    return any(
        update.onwards
        and update.occurrence == _occurrence(row)
        and update.announced.isoformat() == row.given.get("announced")
        for update in revision.event.updates
    )
