"""What the table is made of: all representations of one kind that a snapshot has."""

from collections.abc import Iterator
from typing import Protocol

from calfeed.representation import Representation
from calfeed.snapshot import Snapshot


class Shelf(Protocol):
    """The representations of one kind; pure, but for what it may remember of its own making."""

    @property
    def is_made_ahead(self) -> bool:
        """Whether what was asked for is made of the next snapshot before it is asked again."""

    def paths(self) -> Iterator[str]:
        """Yield every path that a static export has."""

    def proper(self, path: str) -> str | None:
        """Return which path has what is at *path*, itself or another; None: not of this kind."""

    def make(self, path: str) -> Representation | None:
        """Return what is at the proper *path*, made now; None if there is nothing."""

    def is_same(self, path: str, following: Snapshot) -> bool:
        """Whether *following* has at *path* the very same that was made of this snapshot."""
