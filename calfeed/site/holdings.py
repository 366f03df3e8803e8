"""What a table has of one snapshot."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from calfeed.site.questions import Questions
from calfeed.site.shelf import Shelf
from calfeed.site.sync import Syncs
from calfeed.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """The shelves of *snapshot*, the questions that it answers, and how its feeds are mirrored.

    ``prepare`` finds what many of them need, once; ``farewells`` yields the paths of feeds that
    have ended; ``successor`` returns the holdings of a later snapshot, with what these remember
    of their making.
    """

    snapshot: Snapshot
    shelves: tuple[Shelf, ...]
    questions: tuple[Questions, ...]
    syncs: Syncs
    prepare: Callable[[], None]
    farewells: Callable[[], Iterator[str]]
    successor: Callable[[Snapshot], "Holdings"]
