"""What lies ahead on a day, in order, and what is over: the dates that lists show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from heapq import merge

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

    ``occurrence`` is None while the date is to be announced. ``starts`` is the instant it begins
    at, in UTC; the last there is while that is not known. Both follow from revision and day,
    which alone are compared.
    """

    revision: Revision
    occurrence: Occurrence | None = field(default=None, compare=False)
    day: date | None = None
    starts: datetime = field(default=LAST, compare=False)

    def is_over(self, day: date, zone: str) -> bool:
        """Whether, on *zone*'s clocks, its last day is before *day*; never while undated."""
        return self.occurrence is not None and self.occurrence.when.last_day(zone) < day

    @property
    def is_undated(self) -> bool:
        """Whether its date is still to be announced: never known, or postponed."""
        return self.occurrence is None or self.occurrence.standing.off is Change.POSTPONED


Entries = tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What lists of one feed show: ``coming`` in order, ``undated``, and ``past`` events.

    A postponed date is both undated and, until that day has passed, at its old place. Of
    ``past`` the newest are first; a series is past as a whole. What was withdrawn is in none.
    """

    coming: Entries = ()
    undated: Entries = ()
    past: tuple[Revision, ...] = ()


Remembered = dict[str, tuple[Revision, date, Listed]]


class Agenda:
    """The lists of one snapshot; what it found in a revision it remembers for its successor."""

    def __init__(self, snapshot: Snapshot, remembered: Remembered | None = None) -> None:
        self._snapshot = snapshot
        self._remembered: Remembered = {} if remembered is None else remembered
        self._unions: dict[str, Listed] = {}

    def successor(self, snapshot: Snapshot) -> "Agenda":
        """Return the agenda of a later *snapshot*."""
        return Agenda(snapshot, self._remembered)

    def prepare(self) -> None:
        """Find now what the first list would have to: it looks at every event."""
        _ = self._by_slug

    @cached_property
    def all(self) -> Listed:
        """The lists of all events."""
        revisions = self._snapshot.told.revisions.values()
        return _in_one(self._listed(one) for one in revisions if not one.withdrawn)

    def of(self, slug: str) -> Listed:
        """Return the lists of the initiative *slug*; of all events if it is empty."""
        if not slug:
            return self.all
        gathered = self._snapshot.gathered(slug)
        if gathered == {slug}:
            return self._by_slug.get(slug, Listed())
        if slug not in self._unions:
            uids = {one.uid for one in self._snapshot.members(slug)}
            self._unions[slug] = _filtered(self.all, uids)
        return self._unions[slug]

    def next_of(self, revision: Revision) -> Iterator[Entry]:
        """Yield, in order, the coming dates of the initiatives that *revision* belongs to."""
        slugs = self._snapshot.slugs_of(revision)
        yield from merge(*(self.of(slug).coming for slug in slugs), key=in_order)

    @cached_property
    def _by_slug(self) -> dict[str, Listed]:
        """The lists of each initiative: all of them in one pass, since there may be many."""
        coming: dict[str, list[Entry]] = {}
        undated: dict[str, list[Entry]] = {}
        past: dict[str, list[Revision]] = {}
        for entries, found in ((self.all.coming, coming), (self.all.undated, undated)):
            for entry in entries:
                for slug in self._snapshot.slugs_of(entry.revision):
                    found.setdefault(slug, []).append(entry)
        for revision in self.all.past:
            for slug in self._snapshot.slugs_of(revision):
                past.setdefault(slug, []).append(revision)
        return {
            slug: Listed(
                coming=tuple(coming.get(slug, ())),
                undated=tuple(undated.get(slug, ())),
                past=tuple(past.get(slug, ())),
            )
            for slug in {*coming, *undated, *past}
        }

    def _listed(self, revision: Revision) -> Listed:
        """Return its dates that lie ahead, those that wait for a new date, or that it is past."""
        day = self._snapshot.day
        is_past = revision.last_day is not None and revision.last_day < day
        if is_past and POSTPONED not in revision.facts:
            return Listed(past=(revision,))  # its facts need not be decoded
        known = self._remembered.get(revision.uid)
        if known is None or known[0] is not revision or known[1] != day:
            known = self._remembered[revision.uid] = revision, day, self._look(revision)
        return known[2]

    def _look(self, revision: Revision) -> Listed:
        day, zone = self._snapshot.day, self._snapshot.site.timezone
        dates = sorted(dates_of(revision), key=in_order) or [Entry(revision=revision)]
        undated = tuple(entry for entry in dates if entry.is_undated)
        ahead = [entry for entry in dates if entry.occurrence and not entry.is_over(day, zone)]
        horizon = datetime.combine(day + AHEAD, time(), tzinfo=UTC)
        near = [entry for entry in ahead if entry.starts <= horizon]
        is_past = not ahead and not undated
        return Listed(
            coming=tuple(near or ahead[:1]),
            undated=undated,
            past=(revision,) if is_past else (),
        )


def dates_of(revision: Revision) -> Iterator[Entry]:
    """Yield every date of the event that has one, those of a series in the order of its rule."""
    if (only := only_date(revision)) is not None:
        yield _entry(revision, only, None)
    elif (series := series_of(revision)) is not None:
        for day, occurrence in series.all().items():
            yield _entry(revision, occurrence, day)


def last_entry(revision: Revision) -> Entry:
    """Return the last date of *revision*: what a list of past events shows of it."""
    return max(dates_of(revision), key=in_order, default=Entry(revision=revision))


def _entry(revision: Revision, occurrence: Occurrence, day: date | None) -> Entry:
    starts, _ = occurrence.when.span()
    return Entry(revision=revision, occurrence=occurrence, day=day, starts=starts)


def in_order(entry: Entry) -> tuple[datetime, str, date]:
    """Return by what entries are sorted."""
    return entry.starts, entry.revision.uid, entry.day or date.min


def _in_one(lists: Iterable[Listed]) -> Listed:
    """Return several *lists* as one, each part in its order."""
    lists = list(lists)
    past = [revision for one in lists for revision in one.past]
    return Listed(
        coming=tuple(sorted((entry for one in lists for entry in one.coming), key=in_order)),
        undated=tuple(sorted((entry for one in lists for entry in one.undated), key=in_order)),
        past=tuple(sorted(past, key=_by_last_day, reverse=True)),
    )


def _by_last_day(revision: Revision) -> tuple[date, str]:
    return revision.last_day or date.min, revision.uid


def _filtered(listed: Listed, uids: set[str]) -> Listed:
    return Listed(
        coming=tuple(one for one in listed.coming if one.revision.uid in uids),
        undated=tuple(one for one in listed.undated if one.revision.uid in uids),
        past=tuple(one for one in listed.past if one.uid in uids),
    )
