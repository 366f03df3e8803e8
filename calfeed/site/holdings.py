"""What a table has of one snapshot."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from calfeed.site.questions import Questions
from calfeed.site.shelf import Shelf
from calfeed.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """The shelves of *snapshot* and the questions that it answers.

    ``prepare`` finds what many of them need, once; ``farewells`` yields the paths of feeds that
    have ended; ``successor`` returns the holdings of a later snapshot, with what these remember
    of their making.
    """

    snapshot: Snapshot
    shelves: tuple[Shelf, ...]
    questions: tuple[Questions, ...]
    prepare: Callable[[], None]
    farewells: Callable[[], Iterator[str]]
    successor: Callable[[Snapshot], "Holdings"]
