"""Sources with errors: which events have one, and what the others state all the same."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from calfeed.errors import Problem, Severity, SourceError
from calfeed.source.parsed import Parsed
from calfeed.source.stated import Stated

_AT_THE_TOP = ("format", "site", "initiatives", "events")


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """All problems of some sources, and what they state but for their errors.

    ``stated`` has the events without an error; it is None where something else has one.
    ``faulty`` are the keys of the other events, former ones too.
    """

    problems: tuple[Problem, ...]
    stated: Stated | None = None
    faulty: frozenset[str] = frozenset()

    def whole(self) -> Stated:
        """Return what the sources state.

        Raises:
            SourceError: they have an error; all problems are told.
        """
        if self.stated is None or any(map(_is_error, self.problems)):
            raise SourceError(self.problems)
        return self.stated


def faulty_events(
    documents: Sequence[Parsed], problems: Iterable[Problem]
) -> frozenset[str] | None:
    """Return the keys of all events with an error, former ones too; None if others have one."""
    errors = [problem.place for problem in problems if _is_error(problem)]
    if not all(document.has_head for document in documents):
        return None
    faulty: set[str] = set()
    for document in documents:
        lines = {place.line for place in errors if place.file == document.name}
        for key in _events_at(document, lines) if lines else ():
            if key is None:
                return None
            faulty |= {key, *document.events[key].formerly}
    return frozenset(faulty)


def _events_at(document: Parsed, lines: Iterable[int]) -> set[str | None]:
    """Return the keys of the events that stand on *lines*; None for what stands beside them."""
    begins: dict[int, str | None] = {
        document.place(name, of="key").line: None for name in _AT_THE_TOP
    }
    begins |= {document.place("events", key, of="key").line: key for key in document.events}
    starts = sorted(begins)
    return {begins[starts[bisect_right(starts, line) - 1]] for line in lines}


def _is_error(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR
