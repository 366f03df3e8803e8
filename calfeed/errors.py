"""What calfeed raises on purpose: a problem knows its place, and says what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: errors stop a publication, warnings do with ``--strict``."""

    ERROR = "error"
    WARNING = "warning"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands in a source: file, line and column (both from 1).

    ``length`` is the number of characters to underline on that line; ``excerpt`` has the line
    before it (if there is one) and the line itself, as they were read. A very long line is cut
    around the place, with an ellipsis at either cut end; ``cut`` is how many characters fewer it
    then has before the place.
    """

    file: str
    line: int = 1
    column: int = 1
    length: int = 1
    excerpt: tuple[str, ...] = ()
    cut: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """What to write instead of ``length`` characters of one line, from ``column`` (from 1) on."""

    line: int
    column: int
    length: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong at one place, with a stable code and a next step.

    The code's first letter is its severity: E, W or R. ``hint`` stands beside the carets,
    ``help`` and ``notes`` below the excerpt, one line each. There is a ``mend`` only where what
    was meant is beyond doubt.
    """

    code: str
    message: str
    place: Place
    hint: str = ""
    help: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    mend: Mend | None = None

    @property
    def severity(self) -> Severity:
        """What the first letter of the code says."""
        return {"E": Severity.ERROR, "W": Severity.WARNING, "R": Severity.REMINDER}[self.code[0]]

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}[{self.code}]: {self.message}"


class CalfeedError(Exception):
    """Base of all that calfeed raises on purpose; its text is fit to show to a user."""


class SourceError(CalfeedError):
    """The sources state what cannot be published: one problem each, all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class LedgerError(CalfeedError):
    """The ledger cannot be used: missing, corrupt, too new, read-only, full or locked."""


class GuardError(CalfeedError):
    """A publication was stopped because it looks like an accident; says how to confirm it."""


class ReadBackError(CalfeedError):
    """What was drawn does not read back as what was meant: a defect of calfeed, not of the file."""
