"""What leads to all the rest: the catalogue of feeds, and the sitemap of pages."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from calfeed import addresses
from calfeed.addresses import ALL
from calfeed.formats import catalog, sitemap
from calfeed.formats.sitemap import Located
from calfeed.forms import formats_of
from calfeed.ledger.revision import Revision
from calfeed.representation import Representation, represent
from calfeed.site.caching import for_a_while
from calfeed.site.linking import descriptions, link
from calfeed.snapshot import Snapshot

XML = "application/xml"
JSON = "application/json"
OPML = "text/x-opml"


class Directory:
    """The catalogue and the sitemap of one snapshot; *most* pages are in one part of it."""

    is_made_ahead = False  # crawlers can wait for a moment, what is published should not

    def __init__(self, snapshot: Snapshot, *, most: int = sitemap.MOST) -> None:
        self._snapshot = snapshot
        self._most = most

    def paths(self) -> Iterator[str]:
        """Yield the path of the catalogue in both forms, and of each part of the sitemap."""
        yield addresses.CATALOG
        yield addresses.CATALOG_OPML
        yield addresses.SITEMAP
        if len(self._parts) > 1:
            for number in range(1, len(self._parts) + 1):
                yield addresses.sitemap_part_path(number)

    def proper(self, path: str) -> str | None:
        """Return *path* if it is one of these."""
        own = {addresses.CATALOG, addresses.CATALOG_OPML, addresses.SITEMAP}
        return path if path in own or addresses.parse_sitemap_part(path) else None

    def make(self, path: str) -> Representation | None:
        """Return what is at *path*; None of a part that the sitemap has not."""
        site = self._snapshot.site
        if path == addresses.CATALOG:
            json = catalog.render_json(self._entries(), site=site)
            opml = link(site.url + addresses.CATALOG_OPML, "alternate", type=OPML)
            return self._made(json, JSON, links=(opml, *descriptions(site)))
        if path == addresses.CATALOG_OPML:
            outline = catalog.render_opml(self._entries(), site=site)
            other = link(site.url + addresses.CATALOG, "alternate", type=JSON)
            links = (other, *descriptions(site))
            return self._made(outline, f"{OPML}; charset=utf-8", links=links)
        if path == addresses.SITEMAP:
            return self._made(self._sitemap(), XML)
        number = addresses.parse_sitemap_part(path) or 0
        if len(self._parts) == 1 or number > len(self._parts):
            return None
        return self._made(sitemap.render(self._parts[number - 1]), XML)

    def is_same(self, path: str, following: Snapshot) -> bool:  # noqa: ARG002 - as shelves are asked
        """Whether nothing at all changed, which nobody asks: each has all that there is."""
        return False

    def _made(self, body: bytes, media_type: str, *, links: tuple[str, ...] = ()) -> Representation:
        """Without Last-Modified: an initiative that ends leaves at a midnight that none has."""
        return represent(
            body,
            media_type=media_type,
            modified=None,
            cache_control=for_a_while(self._snapshot.site),
            links=links,
        )

    def _entries(self) -> list[catalog.Entry]:
        """Everybody's feed first, then by slug."""
        told, feeds, site = self._snapshot.told, self._snapshot.feeds, self._snapshot.site
        slugs = [ALL, *sorted(set(feeds) - {ALL})]
        return [
            catalog.Entry(
                feed=feeds[slug],
                initiative=None if slug == ALL else told.initiatives[slug].initiative,
                formats=formats_of(feeds[slug], site),
            )
            for slug in slugs
        ]

    def _sitemap(self) -> bytes:
        if len(self._parts) == 1:
            return sitemap.render(self._parts[0])
        site = self._snapshot.site
        return sitemap.render_index(
            Located(
                site.url + addresses.sitemap_part_path(number),
                max(page.changed for page in part),
            )
            for number, part in enumerate(self._parts, 1)
        )

    @cached_property
    def _parts(self) -> list[list[Located]]:
        pages = list(self._pages())
        return [pages[start : start + self._most] for start in range(0, len(pages), self._most)]

    def _pages(self) -> Iterator[Located]:
        site = self._snapshot.site
        for slug, feed in sorted(self._snapshot.feeds.items()):
            for language in site.languages:
                yield Located(site.url + _page_path(slug, language), feed.modified)
        for revision in self._snapshot.everything().revisions:
            if revision.withdrawn is None:
                yield from self._pages_of(revision)

    def _pages_of(self, revision: Revision) -> Iterator[Located]:
        """Each in the languages that the event has a title in, and in the site's own."""
        site, event = self._snapshot.site, revision.event
        days: list[date | None] = [None]
        if event.rule:
            days += [day for day in event.rule.days if day not in event.rule.leaves_out]
        for day in days:
            for language in site.languages:
                if language in event.details.title or language == site.language:
                    path = addresses.event_page_path(revision.key, language, day)
                    yield Located(site.url + path, revision.stamp)


def _page_path(slug: str, language: str) -> str:
    if slug == ALL:
        return addresses.index_page_path(language)
    return addresses.initiative_page_path(slug, language)
