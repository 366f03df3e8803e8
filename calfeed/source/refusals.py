"""What YAML allows and calfeed does not take, told in an editor's words."""

import re

from calfeed.errors import Place, Problem
from calfeed.source.places import Lines

_TAG = re.compile(r"![^\s,\[\]{}]{0,60}")
_SHOWN = 80


def empty(lines: Lines) -> Problem:
    """Return the problem of a file that says nothing."""
    return Problem(
        code="E112",
        message="the file is empty",
        place=Place(file=lines.name),
        help=("an events file begins with  format: 1", "to begin another one:  calfeed init"),
    )


def no_names(lines: Lines, start: int, end: int, *, found: str) -> Problem:
    """Return the problem of a file that has no names with values at its top, but *found*."""
    return Problem(
        code="E112",
        message=f"the file holds {found} where names with values are expected",
        place=lines.place(start, end),
        help=("at the top of an events file stand  format:, site:, initiatives: and events:",),
    )


def second_document(lines: Lines, start: int, end: int) -> Problem:
    """Return the problem of a line that begins another document in the same file."""
    return Problem(
        code="E113",
        message="a second document begins in this file",
        place=lines.place(start, end),
        hint="what follows would not be read",
        help=("remove the line, or put what follows into a file of its own",),
    )


def double(lines: Lines, start: int, end: int, *, name: str, first: int) -> Problem:
    """Return the problem of a name that stood at *first* already."""
    return Problem(
        code="E104",
        message=f'"{_short(name)}" stands here twice',
        place=lines.place(start, end),
        hint=f"the first one is in line {lines.line_of(first)}",
        help=("keep one of them, or give this one another name",),
    )


def no_name(lines: Lines, start: int, end: int) -> Problem:
    """Return the problem of a list, a group or nothing where a name is expected."""
    return Problem(
        code="E114",
        message="no name before the colon",
        place=lines.place(start, end),
        hint="a name is expected here",
        help=("a name that begins with { or [ or * needs quotes",),
    )


def tag(lines: Lines, start: int, end: int) -> Problem:
    """Return the problem of a tag, which would make programs read a value as something else."""
    found = _TAG.search(lines.text, start, max(end, start + 256))
    written = found[0] if found else "!"
    at = found.start() if found else start
    return Problem(
        code="E105",
        message=f'"{written}" is a tag, and calfeed takes none',
        place=lines.place(at, at + len(written)),
        help=("remove it; or, if it belongs to the text, put the whole text in quotes",),
    )


def too_deep(lines: Lines, start: int, end: int, *, limit: int) -> Problem:
    """Return the problem of lists and groups inside of one another, more than *limit*."""
    return Problem(
        code="E106",
        message=f"more than {limit} lists and groups inside of one another",
        place=lines.place(start, end),
        hint="the rest of the file was not read",
        help=("an events file never needs more than 8; is there a bracket too many?",),
    )


def too_long(lines: Lines, start: int, end: int, *, found: int, limit: int) -> Problem:
    """Return the problem of a text of *found* characters, more than *limit*."""
    return Problem(
        code="E107",
        message=f"a text of {found:,} characters; {limit:,} are the most",
        place=lines.place(start, end),
        help=("put the long text on a page of its own, and its address into  website:",),
    )


def unseen_character(lines: Lines, start: int, end: int, *, code: str) -> Problem:
    """Return the problem of a text in double quotes that makes a control character."""
    return Problem(
        code="E111",
        message=f"the text has an invisible character, {code}, written with a backslash",
        place=lines.place(start, end),
        help=("remove it; a backslash that is meant as one is written twice:  \\\\",),
    )


def merge(lines: Lines, start: int, end: int) -> Problem:
    """Return the problem of a merge key, which YAML 1.2 knows no more."""
    return Problem(
        code="E108",
        message='"<<" is not taken: nothing can be merged into a group',
        place=lines.place(start, end),
        help=("write out what belongs to this group; a single value can be repeated with *name",),
    )


def unknown_alias(lines: Lines, start: int, end: int, *, name: str) -> Problem:
    """Return the problem of an alias that nothing before it is named like."""
    return Problem(
        code="E108",
        message=f'"*{_short(name)}" repeats what "&{_short(name)}" names, and nothing is named so',
        place=lines.place(start, end),
        help=("a text that begins with * needs quotes",),
    )


def endless_alias(lines: Lines, start: int, end: int, *, name: str) -> Problem:
    """Return the problem of an alias inside of what it repeats."""
    return Problem(
        code="E108",
        message=f'"*{_short(name)}" stands inside of what it repeats',
        place=lines.place(start, end),
        hint="this would never end",
        help=(f'write out what is meant here, or move "&{_short(name)}"',),
    )


def too_many_aliases(lines: Lines, start: int, end: int) -> Problem:
    """Return the problem of aliases that make a far larger file of a small one."""
    return Problem(
        code="E108",
        message="the file repeats too much with aliases",
        place=lines.place(start, end),
        hint="the rest of the file was not read",
        help=("write out what is repeated, or leave it to the defaults of  site:",),
    )


def _short(name: str) -> str:
    return name if len(name) <= _SHOWN else name[: _SHOWN - 1] + "…"
