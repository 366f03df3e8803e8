"""Which events of a feed a mirror lacks, and which it must drop: pure."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from calfeed.addresses import ALL
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Kind, Row
from calfeed.site.sync.token import Held, held_whole
from calfeed.snapshot import Snapshot, last_day_in_feeds

ZONES_MOVE = timedelta(days=2)
"""By how much new zone data may move the last day of an event, and then some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """What a mirror has to put in the place of what it holds, what to drop, what it holds then.

    ``is_cut``: a limit left something for the next batch.
    """

    changed: tuple[Revision, ...]
    left: tuple[Revision, ...]
    held: Held
    is_cut: bool = False


def delta(
    snapshot: Snapshot,
    slug: str,
    held: Held,
    *,
    is_drawn: Callable[[Revision], bool],
    limit: int | None = None,
) -> Delta:
    """Return what makes of *held* the feed *slug*, or of a batch of *limit* events more of it.

    A mirror may be told to drop what it does not hold, but only if it was told of that event
    before: whether an event that changed since was still shown then, the log does not say.
    """
    work = _Work(snapshot=snapshot, slug=slug, held=held, is_drawn=is_drawn)
    pending = work.pending()
    in_feed = {revision.uid for revision in snapshot.feeds[slug].revisions}
    changed: list[Revision] = []
    left: list[Revision] = []
    sent = held.sent
    for uid, rows in pending.items():
        revision = snapshot.told.revisions[uid]
        is_shown = uid in in_feed and is_drawn(revision)
        if is_shown or work.may_be_held(revision, rows):
            if limit is not None and len(changed) + len(left) == limit:
                return Delta(
                    changed=tuple(changed), left=tuple(left), held=work.next(sent), is_cut=True
                )
            (changed if is_shown else left).append(revision)
            sent = rows[-1].serial
    left += work.aged(pending)
    return Delta(changed=tuple(changed), left=tuple(left), held=held_whole(work.last, snapshot.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What a delta is made of: a feed now, and what a mirror holds of it."""

    snapshot: Snapshot
    slug: str
    held: Held
    is_drawn: Callable[[Revision], bool]

    @property
    def last(self) -> int:
        """The last serial of the log."""
        return last_serial(self.snapshot)

    def pending(self) -> dict[str, list[Row]]:
        """Return, for each event that changed and was not sent since, its rows since then.

        In the order of their last rows, which is that of the batches.
        """
        log, rows = self.snapshot.told.log, dict[str, list[Row]]()
        for row in log[bisect_right(log, self.held.since, key=_serial) :]:
            rows.setdefault(row.uid, []).append(row)
        pending = {uid: found for uid, found in rows.items() if found[-1].serial > self.held.sent}
        return dict(sorted(pending.items(), key=lambda item: item[1][-1].serial))

    def may_be_held(self, revision: Revision, rows: Sequence[Row]) -> bool:
        """Whether a mirror may hold an event, not in the feed now, that *rows* were written of."""
        if revision.event.details.when is None:
            return False  # it never had a date, so it was never drawn
        if all(row.kind is Kind.REISSUED for row in rows) and self._was_gone(revision):
            return False
        return self._was_in_feed(revision, rows)

    def _was_gone(self, revision: Revision) -> bool:
        until = last_day_in_feeds(revision, self.snapshot.site)
        return until is not None and until + ZONES_MOVE < self.held.day

    def _was_in_feed(self, revision: Revision, rows: Iterable[Row]) -> bool:
        """Whether it was one of the feed's at the moment *held* speaks of, or at a batch since."""
        held, present = self.held, self.snapshot.slugs
        seen = held.seen if held.sent > held.since else self.last
        of = set(self.snapshot.slugs_of(revision))
        for row in reversed(tuple(rows)):  # undone one by one, so *of* is what it was before
            if row.kind is Kind.NEW:
                return False
            if row.initiative is not None:
                of ^= {present.get(row.initiative, row.initiative)}
            if row.serial > seen and self._has(of):
                return True
        return self._has(of)

    def aged(self, pending: Iterable[str]) -> Iterator[Revision]:
        """Yield what left the feed by age alone since the day of *held*."""
        if self.held.day == self.snapshot.day:
            return
        for uid, revision in self.snapshot.told.revisions.items():
            until = last_day_in_feeds(revision, self.snapshot.site)
            if until is None or not self.held.day <= until < self.snapshot.day or uid in pending:
                continue
            if self._has(self.snapshot.slugs_of(revision)) and self.is_drawn(revision):
                yield revision

    def _has(self, of: Iterable[str]) -> bool:
        """Whether the feed has the events *of* these initiatives."""
        return self.slug == ALL or not self.snapshot.gathered(self.slug).isdisjoint(of)

    def next(self, sent: int) -> Held:
        """Return what a mirror holds after a batch that reached the serial *sent*."""
        is_first = self.held.sent == self.held.since
        return replace(
            self.held,
            seen=self.last if is_first else self.held.seen,
            sent=sent,
            latest=self.snapshot.day,
        )


def last_serial(snapshot: Snapshot) -> int:
    """Return the last serial of the change log; 0 where it is empty."""
    log = snapshot.told.log
    return log[-1].serial if log else 0


def _serial(row: Row) -> int:
    return row.serial
