"""What an import came to: entries, and a line for each thing that is not quite as it was."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from calfeed.source.writing import Written

Fields: TypeAlias = dict[str, Written]
"""One event as an events file has it."""

LEFT_OUT = "left out"
PAST = "past event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody should know of one event: ``line`` is where it begins in what was read."""

    line: int
    what: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the events file says that an import goes by, and what it is asked for.

    ``own_names`` are those of the initiatives, in all languages; ``uids`` those already here.
    """

    initiative: str
    language: str
    languages: tuple[str, ...]
    timezone: str
    today: date
    draft: bool = True
    since: date | None = None
    keys: frozenset[str] = frozenset()
    uids: frozenset[str] = frozenset()
    own_names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One event that was read, before it has its key; ``line`` is where it begins."""

    line: int
    title: str
    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """All entries by key, in the order of their dates; how many were known; what to look at."""

    entries: Mapping[str, Fields]
    known: int = 0
    notes: tuple[Note, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)

    @property
    def left_out(self) -> int:
        """How many events were left out."""
        return sum(note.outcome == LEFT_OUT for note in self.notes)

    @property
    def to_look_at(self) -> int:
        """How many things are not quite as they were."""
        return len(self.notes) - self.left_out
