"""How problems are printed: what is wrong, where, the line itself, and what to do."""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from calfeed.errors import Place, Problem, Severity

_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.REMINDER: "bold cyan",
}
_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.REMINDER: "notice",
}
_IN_MESSAGES = "%\r\n"
_IN_PARTS = f"{_IN_MESSAGES}:,"
_GUTTER = "bold blue"
_TAB = "    "
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}
_PICTURES = 0x2400


def print_problems(problems: Sequence[Problem], console: Console) -> None:
    """Print *problems* on *console*, a blank line between any two, without breaking lines."""
    for number, problem in enumerate(problems):
        if number:
            console.print()
        console.print(render(problem), soft_wrap=True)


def render(problem: Problem) -> Text:
    """Return *problem* as a person reads it; colours only repeat what the words say.

    Of several notes all but the last stand before the help: what happens, what to do, what else.
    Control characters of the file are shown by signs, so that they cannot steer a terminal.
    """
    style = _STYLES[problem.severity]
    width = len(str(problem.place.line))
    title = Text.assemble(
        (f"{problem.severity}[{problem.code}]", style), (f": {visible(problem.message)}", "bold")
    )
    where = Text.assemble((" " * width + "--> ", _GUTTER), _where(problem.place))
    lines = [title, where, *_excerpt(problem, style)]
    if advice := list(_advice(problem)):
        if problem.place.excerpt:
            lines.append(_ruled("", "", width))
        lines += [Text.assemble((" " * (width + 1) + "= ", _GUTTER), line) for line in advice]
    return Text("\n").join(lines)


def as_github(problem: Problem) -> str:
    """Return *problem* as a command of GitHub's workflows, which shows it at its line.

    A reminder is a notice there. What would end the command, or a part of it, is escaped.
    """
    place = problem.place
    parts = {
        "file": place.file,
        "line": str(place.line),
        "col": str(place.column),
        "endColumn": str(place.column + place.length),
        "title": problem.code,
    }
    written = ",".join(f"{name}={_escaped(value, _IN_PARTS)}" for name, value in parts.items())
    lines = [problem.message, *filter(None, [problem.hint]), *problem.help, *problem.notes]
    message = _escaped("\n".join(lines), _IN_MESSAGES)
    return f"::{_COMMANDS[problem.severity]} {written}::{message}"


def as_json(problems: Sequence[Problem]) -> str:
    """Return *problems* as one JSON object: a list of them, and how many of each severity."""
    counts = {one.value: sum(each.severity is one for each in problems) for one in Severity}
    data = {"problems": [_as_data(problem) for problem in problems], "counts": counts}
    return json.dumps(data, ensure_ascii=False, indent=2)


def _as_data(problem: Problem) -> dict[str, object]:
    place, mend = problem.place, problem.mend
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "length": place.length,
        "hint": problem.hint,
        "help": list(problem.help),
        "notes": list(problem.notes),
        "fix": asdict(mend) if mend else None,
    }


def _escaped(text: str, signs: str) -> str:
    return "".join(f"%{ord(sign):02X}" if sign in signs else sign for sign in text)


def visible(text: str) -> str:
    """Return *text* on one line with a sign for each character that only steers a terminal."""
    return "".join(map(_sign, text))


def _where(place: Place) -> str:
    is_all_of_it = (place.line, place.column, place.excerpt) == (1, 1, ())
    return visible(place.file if is_all_of_it else str(place))


def _excerpt(problem: Problem, style: str) -> Iterator[Text]:
    """Yield an empty line, the lines of the file, and the carets under the place."""
    place = problem.place
    if not place.excerpt:
        return
    width = len(str(place.line))
    yield _ruled("", "", width)
    for number, line in enumerate(place.excerpt, place.line - len(place.excerpt) + 1):
        yield _ruled(str(number), f" {visible(line)}", width)
    start = place.column - 1 - place.cut
    line = place.excerpt[-1]
    before = cell_len(visible(line[:start]))
    carets = "^" * max(1, cell_len(visible(line[start : start + place.length])))
    marked = Text.assemble(
        " " * (before + 1), (f"{carets} {visible(problem.hint)}".rstrip(), style)
    )
    yield _ruled("", "", width) + marked


def _ruled(number: str, text: str, width: int) -> Text:
    return Text.assemble((f"{number:>{width}} |", _GUTTER), text)


def _advice(problem: Problem) -> Iterator[str]:
    for note in problem.notes[:-1]:
        yield from _continued("note: ", note)
    for line in problem.help:
        yield from _continued("help: ", line)
    for note in problem.notes[-1:]:
        yield from _continued("note: ", note)


def _continued(word: str, text: str) -> Iterator[str]:
    """Yield the lines of *text*, those after its first one indented below it."""
    first, *others = text.split("\n")
    yield word + visible(first)
    for line in others:
        yield " " * (len(word) + 2) + visible(line.strip())


def _sign(character: str) -> str:
    if character == "\t":
        return _TAB
    if character in _JOINERS or unicodedata.category(character) not in _HIDDEN:
        return character
    if character == "\x7f":
        return "␡"
    return chr(_PICTURES + ord(character)) if character < " " else "\N{REPLACEMENT CHARACTER}"
