"""Feeds and single events as JSON of calfeed's own."""

from collections.abc import Iterable, Iterator
from http import HTTPStatus

from calfeed import addresses
from calfeed.addresses import ALL, Form, FormPath
from calfeed.formats import listing
from calfeed.forms import MEDIA_TYPES
from calfeed.ledger.revision import Revision
from calfeed.representation import Representation, represent
from calfeed.site.caching import for_a_while
from calfeed.site.linking import others_of
from calfeed.site.questions import problem
from calfeed.site.remembering import Remembered
from calfeed.snapshot import Feed, Snapshot


class Listings:
    """All listings of one snapshot; an event is drawn once for all of them."""

    is_made_ahead = False  # who polls can wait for a moment, what is published should not

    def __init__(self, snapshot: Snapshot, drawings: Remembered[str] | None = None) -> None:
        self._snapshot = snapshot
        self._drawings = drawings or Remembered[str]()

    def paths(self) -> Iterator[str]:
        """Yield the path of every listing."""
        for slug in sorted({*self._snapshot.feeds, *self._snapshot.slugs}):
            yield addresses.listing_path(slug)
        for key in sorted(self._snapshot.told.pins):
            if self._snapshot.feed_of_event(key):
                yield addresses.event_listing_path(key)

    def farewells(self) -> Iterator[str]:
        """Yield the path of every listing that has ended, which its status says."""
        yield from map(addresses.listing_path, sorted(self._snapshot.ended))

    def proper(self, path: str) -> str | None:
        """Return the path with the present slug or key."""
        parts = _parse(path)
        if parts is None:
            return None
        if parts.key:
            known = self._snapshot.feed_of_event(parts.key)
            return addresses.event_listing_path(known.key if known else parts.key)
        return addresses.listing_path(self._snapshot.slugs.get(parts.slug, parts.slug))

    def make(self, path: str) -> Representation | None:
        """Return the listing at *path*, whole; of an initiative that has ended, word of that."""
        parts = _parse(path)
        if parts and parts.slug in self._snapshot.ended:
            return problem(HTTPStatus.GONE, "This feed has ended.")
        feed = self.feed(path)
        return self.listing(feed, feed.revisions) if feed else None

    def is_same(self, path: str, following: Snapshot) -> bool:
        """Whether its feed, and the settings and slugs that it is drawn with, are as they were."""
        before, feed = self._snapshot, self.feed(path)
        return (
            (following.site, following.slugs) == (before.site, before.slugs)
            and feed is not None
            and feed == Listings(following).feed(path)
        )

    def successor(self, following: Snapshot) -> "Listings":
        """Return the listings of *following*, which draw no event again that is as it was."""
        return Listings(following, self._drawings)

    def feed(self, path: str) -> Feed | None:
        """Return what is listed at *path*; None if there is nothing. ``all`` is without an end."""
        parts = _parse(path)
        if parts is None:
            return None
        if parts.key:
            return self._snapshot.feed_of_event(parts.key)
        if parts.slug == ALL:
            return self._snapshot.everything()
        return self._snapshot.feeds.get(self._snapshot.slugs.get(parts.slug, parts.slug))

    def listing(
        self, feed: Feed, revisions: Iterable[Revision], *, following: str = ""
    ) -> Representation:
        """Return those of *feed* that *revisions* are; the query *following* asks for the next."""
        site = self._snapshot.site
        own = FormPath(form=Form.LISTING, slug=feed.slug, key=feed.key)
        address = f"{site.url}{addresses.form_path(own)}?{following}"
        listed = listing.Listed(
            feed=feed,
            events=map(self._drawn, revisions),
            licence=self._licence(feed),
            following=address if following else None,
        )
        return represent(
            listing.render(listed, site=site),
            media_type=MEDIA_TYPES[Form.LISTING],
            modified=feed.modified,
            cache_control=for_a_while(site),
            filename=f"{feed.slug or feed.key}.json",
            links=tuple(others_of(feed, site, but="json")),
            heeds_query=True,
        )

    def _licence(self, feed: Feed) -> str | None:
        known = self._snapshot.told.initiatives.get(feed.slug)
        own = known.initiative.licence if known else None
        return own or self._snapshot.site.licence

    def _drawn(self, revision: Revision) -> str:
        site, initiatives = self._snapshot.site, self._snapshot.slugs_of(revision)
        return self._drawings.get(
            revision.uid,
            (revision, site.languages, initiatives),
            lambda: listing.draw(revision, languages=site.languages, initiatives=initiatives),
        )


def _parse(path: str) -> FormPath | None:
    parts = addresses.parse_form_path(path)
    return parts if parts and parts.form is Form.LISTING else None
