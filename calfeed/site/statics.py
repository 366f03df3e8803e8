"""Style sheets and scripts of pages: each is kept for ever under the hash of its bytes."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from calfeed.addresses import STATIC_PATTERN
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.statics import Static, statics
from calfeed.representation import Representation, represent
from calfeed.site.caching import FOR_EVER
from calfeed.snapshot import Snapshot

FROM_ANYWHERE = {"cross-origin-resource-policy": "cross-origin"}
"""Embeds stand in sandboxes, whose origin is that of nobody."""


class Statics:
    """The files that pages are made of."""

    is_made_ahead = True

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def paths(self) -> Iterator[str]:
        """Yield the path of each file."""
        yield from sorted(self._files)

    def proper(self, path: str) -> str | None:
        """Return *path* if it is of such a file."""
        return path if STATIC_PATTERN.fullmatch(path) else None

    def make(self, path: str) -> Representation | None:
        """Return the file at *path*."""
        file = self._files.get(path)
        if file is None:
            return None
        return represent(
            file.body,
            media_type=file.media_type,
            modified=None,
            cache_control=FOR_EVER,
            headers=FROM_ANYWHERE,
        )

    def is_same(self, path: str, following: Snapshot) -> bool:  # noqa: ARG002 - as shelves are asked
        """Return True: other bytes have another path."""
        return True

    def successor(self, following: Snapshot) -> "Statics":
        """Return the files of the pages of *following*."""
        return Statics(self._facts.successor(following))

    @cached_property
    def _files(self) -> Mapping[str, Static]:
        files = (*statics().values(), self._facts.colours)
        return {file.path: file for file in files}
