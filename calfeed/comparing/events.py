"""Events that subscribers would see otherwise: in which feeds, and with which numbers."""

from dataclasses import dataclass
from datetime import date

from calfeed.addresses import ALL, Variant
from calfeed.comparing.properties import PropertyChange, changes, drawn
from calfeed.comparing.settings import Setting, compare_settings
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Publication, Row, Told
from calfeed.snapshot import Snapshot, snapshot
from calfeed.words import choose


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedName:
    """The feed of one initiative, or of a union, as people call it in the site's language."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One event that subscribers would see otherwise than they do.

    ``before`` None: it was never told. ``rows`` are what the change log would say of it; none
    where it is only shown elsewhere, because a feed gathers other events now. ``feeds`` show it
    afterwards, those of unions among them, ``joins`` of these did not before; ``leaves`` did and
    will not. The feed of all events has everything, so it is never among them.
    """

    before: Revision | None
    after: Revision
    rows: tuple[Row, ...] = ()
    feeds: tuple[FeedName, ...] = ()
    joins: tuple[FeedName, ...] = ()
    leaves: tuple[FeedName, ...] = ()

    @property
    def uid(self) -> str:
        """The UID, which both revisions share."""
        return self.after.uid

    @property
    def key(self) -> str:
        """The key that it has now."""
        return self.after.key

    @property
    def is_told(self) -> bool:
        """Whether its numbers move: otherwise its VEVENTs stay as they are."""
        return self.before is None or self.before.sequence != self.after.sequence

    @property
    def is_withdrawn(self) -> bool:
        """Whether it is taken back now, and not before already."""
        was = self.before is not None and self.before.withdrawn is not None
        return self.after.withdrawn is not None and not was

    def properties(self, language: str = "") -> tuple[PropertyChange, ...]:
        """Return what differs in its VEVENTs in the default feeds of *language*, or the site's.

        Its stamps are left out: they move with every change.
        """
        variant = Variant(language=language or self.after.frame.language)
        return changes(drawn(self.before, variant), drawn(self.after, variant))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that subscribers would see otherwise; ``events`` are sorted by key."""

    events: tuple[Difference, ...] = ()
    settings: tuple[Setting, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return bool(self.events or self.settings)


def compare(
    before: Told, after: Told, publication: Publication | None = None, *, day: date
) -> Comparison:
    """Return what subscribers see otherwise on *day* when *before* has become *after*.

    *publication* led from one to the other; without it nothing says in which steps.
    """
    then = feeds_of_events(snapshot(before, day=day)) if before.site else {}
    shown = snapshot(after, day=day) if after.site else None
    now = feeds_of_events(shown) if shown else {}
    slugs = shown.slugs if shown else {}
    rows: dict[str, list[Row]] = {}
    for row in publication.rows if publication else ():
        rows.setdefault(row.uid, []).append(row)
    found = []
    for uid, revision in after.revisions.items():
        known, seen = before.revisions.get(uid), now.get(uid, {})
        was = {slugs.get(slug, slug): feed for slug, feed in then.get(uid, {}).items()}
        if known != revision or was.keys() != seen.keys():
            found.append(
                Difference(
                    before=known,
                    after=revision,
                    rows=tuple(rows.get(uid, ())),
                    feeds=tuple(seen.values()),
                    joins=tuple(feed for slug, feed in seen.items() if slug not in was),
                    leaves=tuple(feed for slug, feed in was.items() if slug not in seen),
                )
            )
    return Comparison(
        events=tuple(sorted(found, key=lambda one: (one.key, one.uid))),
        settings=tuple(compare_settings(before, after)),
    )


def feeds_of_events(shown: Snapshot) -> dict[str, dict[str, FeedName]]:
    """Return, by UID, the feeds that have a VEVENT of the event, by slug; that of all apart."""
    language = shown.site.language
    found: dict[str, dict[str, FeedName]] = {}
    for slug, feed in shown.feeds.items():
        name = FeedName(slug=slug, name=choose(feed.name, language, language).text)
        for revision in feed.revisions if slug != ALL else ():
            if revision.last_day is not None:  # one that is to be announced has no VEVENT
                found.setdefault(revision.uid, {})[slug] = name
    return found
