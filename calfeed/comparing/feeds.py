"""What would change in a feed that is out, event by event."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from calfeed.addresses import ALL, Variant, parse_event_path, parse_feed_path
from calfeed.comparing.events import FeedName, feeds_of_events
from calfeed.comparing.properties import STAMPS, PropertyChange, changes, drawn
from calfeed.comparing.published import Published
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Told
from calfeed.model import Site
from calfeed.snapshot import Snapshot, snapshot
from calfeed.states import PREFIXES
from calfeed.words import choose

NUMBERS = STAMPS | {"SEQUENCE"}
"""What only the ledger behind a feed knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichFeed:
    """Which of a site's feeds one is: an initiative's or ``all`` (``slug``), or an event's."""

    variant: Variant
    slug: str = ALL
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedDifference:
    """One event that subscribers of a feed that is out would see otherwise.

    ``before`` None: it is new to them; ``after`` None: the sources do not have it. ``sequence`` is
    the number that it gets at least: what a ledger tells in several steps counts more.
    """

    uid: str
    before: Published | None
    after: Revision | None
    sequence: int
    feeds: tuple[FeedName, ...] = ()
    leaves: tuple[FeedName, ...] = ()
    properties: tuple[PropertyChange, ...] = ()


def which_feed(path: str, site: Site) -> WhichFeed:
    """Return which feed of *site* is at *path*, below whatever folder; that of all, if unsure."""
    below = re.sub(r"\A.*(?=/(?:feeds|events)/)", "", path)
    if feed := parse_feed_path(below):
        variant = Variant(language=feed.language or site.language, show=feed.show, utc=feed.utc)
        return WhichFeed(variant=variant, slug=feed.slug)
    if event := parse_event_path(below):
        variant = Variant(language=event.language or site.language, show=event.show)
        return WhichFeed(variant=variant, key=event.key)
    return WhichFeed(variant=Variant(language=site.language))


def compare_published(
    published: Mapping[str, Published], after: Told, which: WhichFeed, *, day: date
) -> Iterator[PublishedDifference]:
    """Yield what differs between a feed as it is out and as *after* would have it on *day*.

    What the feed shows as withdrawn or over, and the sources do not have, is no difference.
    """
    shown = snapshot(after, day=day)
    members = {revision.uid for revision in _revisions(shown, which)}
    names = feeds_of_events(shown)
    for uid, revision in after.revisions.items():
        known = published.get(uid)
        feeds = tuple(names.get(uid, {}).values())
        if uid in members:
            yield from _compared(known, revision, which.variant, feeds)
        elif known and uid in names and not known.is_over(day):
            yield PublishedDifference(
                uid=uid,
                before=known,
                after=revision,
                sequence=_next(known, revision),
                feeds=feeds,
                leaves=(_name_of(shown, which),),
            )
    for uid in published.keys() - after.revisions.keys():
        if not published[uid].is_over(day) and not _is_withdrawn(published[uid], which):
            yield _missing(published[uid])


def _compared(
    known: Published | None, revision: Revision, variant: Variant, feeds: tuple[FeedName, ...]
) -> Iterator[PublishedDifference]:
    now = drawn(revision, variant)
    if known is None and now:
        yield PublishedDifference(
            uid=revision.uid,
            before=None,
            after=revision,
            sequence=revision.sequence,
            feeds=feeds,
        )
    if known is None:
        return
    if not now and revision.event.details.when is None:
        yield _missing(known)
        return
    found = changes(known.components, now)
    if found := tuple(change for change in found if change.name not in NUMBERS):
        yield PublishedDifference(
            uid=revision.uid,
            before=known,
            after=revision,
            sequence=_next(known, revision),
            feeds=feeds,
            properties=found,
        )


def _missing(known: Published) -> PublishedDifference:
    return PublishedDifference(uid=known.uid, before=known, after=None, sequence=known.sequence + 1)


def _next(known: Published, revision: Revision) -> int:
    return max(known.sequence + 1, len(revision.event.updates))


def _is_withdrawn(published: Published, which: WhichFeed) -> bool:
    return published.state(which.variant.language) == PREFIXES[0]


def _revisions(shown: Snapshot, which: WhichFeed) -> tuple[Revision, ...]:
    slug = shown.slugs.get(which.slug, which.slug)
    feed = shown.feed_of_event(which.key) if which.key else shown.feeds.get(slug)
    return feed.revisions if feed else ()


def _name_of(shown: Snapshot, which: WhichFeed) -> FeedName:
    feed = shown.feeds.get(shown.slugs.get(which.slug, which.slug))
    language = shown.site.language
    name = choose(feed.name, language, language).text if feed else which.slug
    return FeedName(slug=which.slug, name=name)
