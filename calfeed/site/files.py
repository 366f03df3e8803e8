"""Pictures, and what crawlers may read."""

from collections.abc import Callable, Iterator

from calfeed import addresses
from calfeed.ledger.told import PictureFile
from calfeed.representation import Representation, represent
from calfeed.site.caching import FOR_EVER, for_a_while
from calfeed.snapshot import Snapshot

ROBOTS = "User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"
MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
}


class Files:
    """The files that are published as they are."""

    is_made_ahead = True

    def __init__(self, snapshot: Snapshot, picture: Callable[[str], PictureFile | None]) -> None:
        self._snapshot = snapshot
        self._picture = picture

    def paths(self) -> Iterator[str]:
        """Yield the path of ``robots.txt`` and those of all pictures that events name."""
        yield addresses.ROBOTS
        yield from sorted(set(self._picture_paths()))

    def proper(self, path: str) -> str | None:
        """Return *path* if it is of a file."""
        is_one = path == addresses.ROBOTS or addresses.PICTURE_PATTERN.fullmatch(path)
        return path if is_one else None

    def make(self, path: str) -> Representation | None:
        """Return the file at *path*."""
        found = addresses.PICTURE_PATTERN.fullmatch(path)
        return self._media(found["name"], found["extension"]) if found else self._robots()

    def is_same(self, path: str, following: Snapshot) -> bool:
        """Whether it is a picture, or its settings are as they were."""
        return path != addresses.ROBOTS or following.site == self._snapshot.site

    def _robots(self) -> Representation:
        sitemap = self._snapshot.site.url + addresses.SITEMAP
        return represent(
            ROBOTS.format(sitemap=sitemap).encode(),
            media_type="text/plain; charset=utf-8",
            modified=None,
            cache_control=for_a_while(self._snapshot.site),
        )

    def _media(self, name: str, extension: str) -> Representation | None:
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
        for known in self._snapshot.told.revisions.values():
            event = known.event
            for details in (event.details, *(override.details for override in event.overrides)):
                if details.image:
                    yield addresses.picture_path(details.image.sha256, details.image.extension)
