"""What describes every address for programs: one document, made of what the code itself knows."""

from collections.abc import Iterator

from calfeed import __version__, addresses
from calfeed.addresses import ALL, Page, PagePath
from calfeed.formats import openapi
from calfeed.formats.openapi import Described
from calfeed.representation import Representation, represent
from calfeed.site.caching import for_a_while
from calfeed.site.linking import descriptions
from calfeed.site.programs import programs
from calfeed.snapshot import Snapshot
from calfeed.words import choose


class Description:
    """The OpenAPI document of one snapshot, which has nothing of it but settings and examples."""

    is_made_ahead = False

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def paths(self) -> Iterator[str]:
        """Yield its one path."""
        yield addresses.OPENAPI

    def proper(self, path: str) -> str | None:
        """Return *path* if it is that one."""
        return path if path == addresses.OPENAPI else None

    def make(self, path: str) -> Representation | None:  # noqa: ARG002 - as shelves are asked
        """Return the document."""
        site = self._snapshot.site
        page = addresses.page_path(PagePath(page=Page.DEVELOPERS))
        described = Described(
            title=" ".join(choose(site.name, site.language, site.language).text.split()),
            version=__version__,
            url=site.url,
            docs=site.url + page,
            addresses=programs(site, initiative=ALL, event=_an_event(self._snapshot)),
        )
        return represent(
            openapi.render(described),
            media_type="application/json",
            modified=None,
            cache_control=for_a_while(site),
            links=tuple(descriptions(site)),
        )

    def is_same(self, path: str, following: Snapshot) -> bool:  # noqa: ARG002 - as shelves are asked
        """Whether the site's settings and the example are as they were."""
        before = self._snapshot
        return following.site == before.site and _an_event(following) == _an_event(before)


def _an_event(snapshot: Snapshot) -> str:
    """Return the key of the event that was told first and is still there; empty if none is."""
    revisions = snapshot.everything().revisions
    return next((one.key for one in revisions if one.withdrawn is None), "")
