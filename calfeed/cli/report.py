"""How problems are printed: what is wrong, where, the line itself, and what to do."""

import unicodedata
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from calfeed.errors import Place, Problem, Severity

_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.REMINDER: "bold cyan",
}
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
    pointing = Text.assemble((" " * width + "--> ", _GUTTER), where(problem.place))
    lines = [title, pointing, *_excerpt(problem, style)]
    if below := list(advice(problem)):
        if problem.place.excerpt:
            lines.append(_ruled("", "", width))
        lines += [Text.assemble((" " * (width + 1) + "= ", _GUTTER), line) for line in below]
    return Text("\n").join(lines)


def visible(text: str) -> str:
    """Return *text* on one line with a sign for each character that only steers a terminal."""
    return "".join(map(_sign, text))


def where(place: Place) -> str:
    """Return what *place* is called: the file alone where all of it is meant."""
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


def advice(problem: Problem) -> Iterator[str]:
    """Yield the lines of help and notes of *problem*, in the order in which a person needs them."""
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
