"""The one table: path -> representation, made when first asked for and kept while it lives."""

from collections.abc import Callable, Iterator
from threading import RLock

from calfeed import addresses
from calfeed.addresses import EventPath, FeedPath, Show, Variant
from calfeed.formats import ics
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import PictureFile
from calfeed.representation import Representation, represent
from calfeed.snapshot import Feed, Snapshot

ROBOTS = b"User-agent: *\nAllow: /\n"
MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
}
FOR_EVER = "public, max-age=31536000, immutable"
STALE = "stale-while-revalidate=86400, stale-if-error=604800"

Drawings = dict[tuple[str, Variant], tuple[Revision, ics.Drawn | None]]


class Table:
    """All representations of one snapshot, by path.

    Nothing in it ever changes but that paths are made when first asked for, once; unknown paths
    leave no trace. ``ready`` is a look-up, ``make`` may take milliseconds and belongs in a thread.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        picture: Callable[[str], PictureFile | None],
        drawings: Drawings | None = None,
    ) -> None:
        self.snapshot = snapshot
        self._picture = picture
        self._made: dict[str, Representation] = {}
        self._feeds: dict[str, Feed] = {}
        self._drawings: Drawings = {} if drawings is None else drawings
        self._making = RLock()

    def ready(self, path: str) -> Representation | None:
        """Return what is already made of *path*."""
        return self._made.get(path)

    def make(self, path: str) -> Representation | None:
        """Return the representation of *path*, made now if need be; None if there is none."""
        with self._making:
            made = self._made.get(path) or self._new(path)
            if made is not None:
                self._made[path] = made
            return made

    def successor(self, snapshot: Snapshot) -> "Table":
        """Return the table of a later *snapshot*, with all ready that this one was asked for.

        A feed that is as it was keeps its representation, and every event its drawing.
        """
        table = Table(snapshot, picture=self._picture, drawings=self._drawings)
        for path in tuple(self._made):
            kept = self._kept(path, snapshot)
            if kept is not None:
                table._made[path] = kept
            elif (made := table.make(path)) is not None:
                made.prepare(self._made[path].codings_asked)
        return table

    def paths(self) -> Iterator[str]:
        """Yield every path that the site has, those of static files as they are."""
        yield "/robots.txt"
        told, site = self.snapshot.told, self.snapshot.site
        languages = ("", *sorted({*told.languages, *site.languages}))
        for slug in sorted({*self.snapshot.feeds, *self.snapshot.slugs}):
            for language in languages:
                for show in Show:
                    yield addresses.feed_path(slug, language=language, show=show)
                    yield addresses.feed_path(slug, language=language, show=show, utc=True)
        for key in sorted(told.pins):
            if self.snapshot.feed_of_event(key):
                for language in languages:
                    for show in (Show.STRUCK, Show.VISIBLE):
                        yield addresses.event_feed_path(key, language=language, show=show)
        yield from sorted(set(self._picture_paths()))

    def _kept(self, path: str, snapshot: Snapshot) -> Representation | None:
        """Return the representation of *path* if *snapshot* would make it anew just so."""
        made = self._made[path]
        if snapshot.site != self.snapshot.site or snapshot.told.languages != self._languages():
            return None
        if (parts := addresses.parse_feed_path(path)) is not None:
            then = self.snapshot.feeds.get(self._slug(parts.slug))
            now = snapshot.feeds.get(snapshot.slugs.get(parts.slug, parts.slug))
            return made if now is not None and now == then else None
        if (event := addresses.parse_event_path(path)) is not None:
            same = snapshot.feed_of_event(event.key) == self.snapshot.feed_of_event(event.key)
            return made if same else None
        return made

    def _languages(self) -> tuple[str, ...]:
        return self.snapshot.told.languages

    def _slug(self, slug: str) -> str:
        return self.snapshot.slugs.get(slug, slug)

    def _new(self, path: str) -> Representation | None:
        if (feed := addresses.parse_feed_path(path)) is not None:
            return self._feed(feed)
        if (event := addresses.parse_event_path(path)) is not None:
            return self._event(event)
        if path.startswith("/media/"):
            return self._media(path)
        if path == "/robots.txt":
            return represent(
                ROBOTS,
                media_type="text/plain; charset=utf-8",
                modified=None,
                cache_control=self._cache_control(),
            )
        return None

    def _feed(self, parts: FeedPath) -> Representation | None:
        slug = self._slug(parts.slug)
        if not self._is_published(parts.language):
            return None
        if slug in self.snapshot.ended:
            return represent(
                b"This calendar has ended.\n",
                media_type="text/plain; charset=utf-8",
                modified=None,
                cache_control=self._cache_control(),
                status=410,
            )
        language = "" if parts.language == self.snapshot.site.language else parts.language
        if (slug, language) != (parts.slug, parts.language):
            return self.make(
                addresses.feed_path(slug, language=language, show=parts.show, utc=parts.utc)
            )
        feed = self.snapshot.feeds.get(slug)
        return self._calendar(feed, parts.language, parts.show, utc=parts.utc) if feed else None

    def _event(self, parts: EventPath) -> Representation | None:
        feed = self.snapshot.feed_of_event(parts.key)
        if feed is None or not self._is_published(parts.language):
            return None
        language = "" if parts.language == self.snapshot.site.language else parts.language
        if (feed.key, language) != (parts.key, parts.language):
            return self.make(
                addresses.event_feed_path(feed.key, language=language, show=parts.show)
            )
        return self._calendar(feed, parts.language, parts.show, utc=False)

    def _calendar(self, feed: Feed, language: str, show: Show, *, utc: bool) -> Representation:
        site = self.snapshot.site
        variant = Variant(language=language or site.language, show=show, utc=utc)
        return represent(
            ics.render(feed, variant, site=site, drawn=self._drawn),
            media_type="text/calendar; charset=utf-8",
            modified=feed.modified,
            cache_control=self._cache_control(),
            filename=f"{feed.slug or feed.key}.ics",
            links=self._links(feed, show, utc=utc),
            compress=site.compress_ics,
        )

    def _drawn(self, revision: Revision, variant: Variant) -> ics.Drawn | None:
        kept = self._drawings.get((revision.uid, variant))
        if kept is None or kept[0] is not revision:
            kept = self._drawings[revision.uid, variant] = revision, ics.draw(revision, variant)
        return kept[1]

    def _links(self, feed: Feed, show: Show, *, utc: bool) -> tuple[str, ...]:
        """Return what Link says of the same calendar in the site's languages (RFC 8288)."""
        site = self.snapshot.site
        return tuple(
            f'<{site.url}{_path_of(feed, language, show, utc=utc)}>; rel="alternate"; '
            f'type="text/calendar"; hreflang="{language}"'
            for language in site.languages
            if len(site.languages) > 1
        )

    def _is_published(self, language: str) -> bool:
        return not language or language in {*self._languages(), *self.snapshot.site.languages}

    def _media(self, path: str) -> Representation | None:
        name, _, extension = path.removeprefix("/media/").partition(".")
        picture = self._picture(name) if extension in MEDIA_TYPES else None
        if picture is None or picture.extension != extension:
            return None
        return represent(
            picture.body,
            media_type=MEDIA_TYPES[extension],
            modified=None,
            cache_control=FOR_EVER,
            compress=False,
        )

    def _picture_paths(self) -> Iterator[str]:
        for known in self.snapshot.told.revisions.values():
            event = known.event
            for details in (event.details, *(override.details for override in event.overrides)):
                if details.image:
                    yield addresses.picture_path(details.image.sha256, details.image.extension)

    def _cache_control(self) -> str:
        return f"public, max-age={self.snapshot.site.cache}, {STALE}"


def _path_of(feed: Feed, language: str, show: Show, *, utc: bool) -> str:
    if feed.key:
        return addresses.event_feed_path(feed.key, language=language, show=show)
    return addresses.feed_path(feed.slug, language=language, show=show, utc=utc)
