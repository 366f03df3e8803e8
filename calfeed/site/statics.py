"""Style sheets and scripts: each is kept for ever under the hash of its bytes."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from calfeed.addresses import EMBED_SCRIPT, EMBED_SCRIPT_PATTERN, STATIC_PATTERN
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.statics import Static, embed_scripts, newest_embed_script, statics
from calfeed.representation import NO_HEADERS, Representation, represent
from calfeed.site.caching import FOR_EVER, for_a_while
from calfeed.snapshot import Snapshot

FROM_ANYWHERE = {"cross-origin-resource-policy": "cross-origin"}
"""Embeds stand in sandboxes, whose origin is that of nobody."""


class Statics:
    """The files that pages and embeds are made of, and the script for partner sites."""

    is_made_ahead = True

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def paths(self) -> Iterator[str]:
        """Yield the path of each file."""
        yield from (*sorted(self._files), EMBED_SCRIPT)

    def proper(self, path: str) -> str | None:
        """Return *path* if it is of such a file."""
        is_one = STATIC_PATTERN.fullmatch(path) or EMBED_SCRIPT_PATTERN.fullmatch(path)
        return path if is_one or path == EMBED_SCRIPT else None

    def make(self, path: str) -> Representation | None:
        """Return the file at *path*."""
        if path == EMBED_SCRIPT:
            newest = newest_embed_script()
            own = {"content-location": newest.path}  # RFC 9110 §8.7: where this version stays
            return self._file(newest, for_a_while(self._facts.site), own)
        file = self._files.get(path)
        return self._file(file, FOR_EVER) if file else None

    def is_same(self, path: str, following: Snapshot) -> bool:
        """Whether other bytes would have another path, or its settings are as they were."""
        return path != EMBED_SCRIPT or following.site == self._facts.site

    @cached_property
    def _files(self) -> Mapping[str, Static]:
        files = (*statics().values(), *embed_scripts().values(), self._facts.colours)
        return {file.path: file for file in files}

    def _file(
        self, file: Static, cache_control: str, headers: Mapping[str, str] = NO_HEADERS
    ) -> Representation:
        return represent(
            file.body,
            media_type=file.media_type,
            modified=None,
            cache_control=cache_control,
            headers={**FROM_ANYWHERE, **headers},
        )
