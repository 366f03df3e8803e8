"""What was read -> entries with their keys, each of them checked: none with an error is written."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from calfeed.errors import Problem, Severity, SourceError
from calfeed.source.importing.calendar import Read
from calfeed.source.importing.outcome import LEFT_OUT, Candidate, Fields, Imported, Note, Terms
from calfeed.source.keys import free_key
from calfeed.source.parse import parse_sources
from calfeed.source.writing import Written, written
from calfeed.source.yaml import parse_document


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """An entry, and where it was read."""

    candidate: Candidate
    fields: Fields


def assemble(read: Read, terms: Terms) -> Imported:
    """Return the entries of *read* by key, in the order of their dates; notes for those left out.

    An entry that an events file could not have is left out, and told with the reason.
    """
    placed = _with_keys(read.candidates, terms)
    notes = list(read.notes)
    while wrong := _problems(placed, terms):  # an error of YAML hides those below it
        for key, problem in wrong.items():
            candidate = placed.pop(key).candidate
            said = f'{problem.message} ("{candidate.title[:60]}")'
            notes.append(Note(line=candidate.line, what=said, outcome=LEFT_OUT))
    notes.sort(key=lambda note: note.line)
    return Imported(
        entries={key: one.fields for key, one in placed.items()},
        known=read.known,
        notes=tuple(notes),
        skipped=read.skipped,
    )


def _with_keys(candidates: tuple[Candidate, ...], terms: Terms) -> dict[str, _Placed]:
    taken = set(terms.keys)
    placed = {}
    for candidate in sorted(candidates, key=lambda one: (str(one.fields["when"]), one.line)):
        key = free_key(candidate.title, str(candidate.fields["when"]), taken)
        taken.add(key)
        placed[key] = _Placed(candidate=candidate, fields=candidate.fields)
    return placed


def _problems(placed: Mapping[str, _Placed], terms: Terms) -> dict[str, Problem]:
    """Return the first error of each entry that has one."""
    text = written({**_head(terms), "events": {key: one.fields for key, one in placed.items()}})
    starts = [
        (number, line.strip().rstrip(":"))
        for number, line in enumerate(text.splitlines(), 1)
        if line.startswith("  ") and line[2:3] not in {" ", "-"} and line[2:-1] in placed
    ]
    lines = [number for number, _ in starts]
    wrong: dict[str, Problem] = {}
    for problem in _errors(text, terms):
        key = starts[bisect_right(lines, problem.place.line) - 1][1]
        wrong.setdefault(key, problem)
    return wrong


def _errors(text: str, terms: Terms) -> list[Problem]:
    try:
        parse_sources([parse_document(text.encode(), name="import")], today=terms.today)
    except SourceError as error:
        return [one for one in error.problems if one.severity is Severity.ERROR]
    return []


def _head(terms: Terms) -> dict[str, Written]:
    """Return a site that stands in for the real one while entries are checked."""
    return {
        "format": 1,
        "site": {
            "name": "Import",
            "url": "https://example.eu",
            "language": terms.language,
            "languages": list(terms.languages),
            "timezone": terms.timezone,
        },
        "initiatives": {terms.initiative: {"name": terms.initiative}},
    }
