"""What lies ahead on a day, in order, and what is over: the dates that lists show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from calfeed.ledger.revision import Revision
from calfeed.model import Change
from calfeed.occurrences import Occurrence, only_date, series_of
from calfeed.snapshot import Snapshot

AHEAD = timedelta(days=366)
"""How far the dates of a series are listed; its next one is, however far away."""

LAST = datetime.max.replace(tzinfo=UTC)
POSTPONED = f'"{Change.POSTPONED}"'.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One date in a list: an event's, or that of a series which its rule has on *day*.

    ``occurrence`` is None while the date is to be announced.
    """

    revision: Revision
    occurrence: Occurrence | None = None
    day: date | None = None

    @property
    def starts(self) -> datetime:
        """The instant it begins at, in UTC; the last there is while that is not known."""
        return self.occurrence.when.span()[0] if self.occurrence else LAST

    def is_over(self, day: date, zone: str) -> bool:
        """Whether, on *zone*'s clocks, its last day is before *day*; never while undated."""
        return self.occurrence is not None and self.occurrence.when.last_day(zone) < day

    @property
    def is_undated(self) -> bool:
        """Whether its date is still to be announced: never known, or postponed."""
        return self.occurrence is None or self.occurrence.standing.off is Change.POSTPONED


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What lists of one feed show: ``coming`` in order, ``undated``, and ``past`` events.

    A postponed date is both undated and, until that day has passed, at its old place. Of
    ``past`` the newest are first; a series is past as a whole. What was withdrawn is in none.
    """

    coming: tuple[Entry, ...]
    undated: tuple[Entry, ...]
    past: tuple[Revision, ...]


Remembered = dict[str, tuple[Revision, date, tuple[Entry, ...]]]


class Agenda:
    """The lists of one snapshot; what it found in a revision it remembers for its successor."""

    def __init__(self, snapshot: Snapshot, remembered: Remembered | None = None) -> None:
        self._snapshot = snapshot
        self._remembered: Remembered = {} if remembered is None else remembered
        self._by_slug: dict[str, Listed] = {}

    def successor(self, snapshot: Snapshot) -> "Agenda":
        """Return the agenda of a later *snapshot*."""
        return Agenda(snapshot, self._remembered)

    @cached_property
    def all(self) -> Listed:
        """The lists of all events."""
        day, zone = self._snapshot.day, self._snapshot.site.timezone
        revisions = [one for one in self._snapshot.told.revisions.values() if not one.withdrawn]
        entries = [entry for one in revisions for entry in self._entries(one)]
        ahead = [one for one in entries if one.occurrence and not one.is_over(day, zone)]
        over = [one for one in revisions if one.last_day and one.last_day < day]
        waiting = {entry.revision.uid for entry in entries}
        return Listed(
            coming=tuple(sorted(ahead, key=_in_order)),
            undated=tuple(sorted((one for one in entries if one.is_undated), key=_in_order)),
            past=tuple(
                sorted(
                    (one for one in over if one.uid not in waiting),
                    key=lambda one: (one.last_day, one.uid),
                    reverse=True,
                )
            ),
        )

    def of(self, slug: str) -> Listed:
        """Return the lists of the initiative *slug*; of all events if it is empty."""
        if not slug:
            return self.all
        if slug not in self._by_slug:
            uids = {one.uid for one in self._snapshot.members(slug)}
            self._by_slug[slug] = Listed(
                coming=tuple(one for one in self.all.coming if one.revision.uid in uids),
                undated=tuple(one for one in self.all.undated if one.revision.uid in uids),
                past=tuple(one for one in self.all.past if one.uid in uids),
            )
        return self._by_slug[slug]

    def _entries(self, revision: Revision) -> tuple[Entry, ...]:
        """Return its dates that lie ahead, and those that wait for a new date."""
        day = self._snapshot.day
        if revision.last_day and revision.last_day < day and POSTPONED not in revision.facts:
            return ()  # its facts need not be decoded
        known = self._remembered.get(revision.uid)
        if known is None or known[0] is not revision or known[1] != day:
            found = tuple(self._look(revision))
            known = self._remembered[revision.uid] = revision, day, found
        return known[2]

    def _look(self, revision: Revision) -> Iterator[Entry]:
        day, zone = self._snapshot.day, self._snapshot.site.timezone
        horizon = datetime.combine(day + AHEAD, time(), tzinfo=UTC)
        dates = list(dates_of(revision))
        if not dates:
            yield Entry(revision=revision)
        found_next = False
        for entry in sorted(dates, key=_in_order):
            is_ahead = not entry.is_over(day, zone)
            is_listed = is_ahead and (entry.starts <= horizon or not found_next)
            if is_listed or entry.is_undated:
                yield entry
            found_next = found_next or is_ahead


def dates_of(revision: Revision) -> Iterator[Entry]:
    """Yield every date of the event that has one, those of a series in the order of its rule."""
    if (only := only_date(revision)) is not None:
        yield Entry(revision=revision, occurrence=only)
    elif (series := series_of(revision)) is not None:
        for day, occurrence in series.all().items():
            yield Entry(revision=revision, occurrence=occurrence, day=day)


def last_entry(revision: Revision) -> Entry:
    """Return the last date of *revision*: what a list of past events shows of it."""
    return max(dates_of(revision), key=_in_order, default=Entry(revision=revision))


def _in_order(entry: Entry) -> tuple[datetime, str, date]:
    return entry.starts, entry.revision.uid, entry.day or date.min
