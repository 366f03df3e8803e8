"""What a table has of one snapshot."""

from collections.abc import Callable
from dataclasses import dataclass

from calfeed.site.questions import Questions
from calfeed.site.shelf import Shelf
from calfeed.site.sync import Syncs
from calfeed.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """The shelves of *snapshot*, the questions that it answers, and how its feeds are mirrored.

    ``successor`` returns those of a later snapshot, with what these remember of their making.
    """

    snapshot: Snapshot
    shelves: tuple[Shelf, ...]
    questions: tuple[Questions, ...]
    syncs: Syncs
    successor: Callable[[Snapshot], "Holdings"]
