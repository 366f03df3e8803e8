"""What the sources state today: events with their updates applied, and where each thing stands."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from calfeed.errors import Place, Problem
from calfeed.model import Event, Initiative, Site


class Placing(Protocol):
    """Finds where something stands; a path that leads to nothing gives the nearest thing's place.

    ``place("updates", 0, "announced", of="key")``: the path begins at what was placed. An entry
    is a key and its value together; *part* are words of a value.
    """

    def __call__(
        self, *path: str | int, of: Literal["key", "value", "entry"] = "value", part: str = ""
    ) -> Place:
        """Return the place of what stands at *path*."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One event as the sources state it.

    ``uid`` and ``sequence`` are the pins that an import wrote, ``formerly`` the event's earlier
    keys, oldest first; ``place`` is relative to the event. That of an unchanged document is the
    same object again.
    """

    event: Event
    draft: bool = False
    uid: str | None = None
    sequence: int | None = None
    formerly: tuple[str, ...] = ()
    place: Placing = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPicture:
    """A picture that the sources name: the SHA-256 of its bytes in hex, and where they are."""

    sha256: str
    extension: str
    path: Path

    def body(self) -> bytes:
        """Return its bytes as they are now; whoever publishes them makes sure of their hash."""
        return self.path.read_bytes()


@dataclass(frozen=True, kw_only=True)
class Stated:
    """All that the sources state, without an error; ``statements`` are sorted by key.

    ``problems`` are warnings and reminders. ``place`` finds what stands in any of the documents:
    ``place("initiatives", "living-in-eu", of="key")``.
    """

    site: Site
    ledger_required: bool = False
    initiatives: tuple[Initiative, ...] = ()
    statements: tuple[Statement, ...] = ()
    pictures: tuple[StatedPicture, ...] = ()
    problems: tuple[Problem, ...] = ()
    place: Placing = field(compare=False, repr=False)
