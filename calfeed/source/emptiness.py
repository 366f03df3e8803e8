"""Values that are empty: left out, or lost because an unquoted # begins a comment."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from calfeed.errors import Mend, Problem
from calfeed.source.mending import in_quotes, mendable
from calfeed.source.stated import Placing
from calfeed.source.values import is_a_colour

Path: TypeAlias = tuple[str | int, ...]

_COMMENTED = re.compile(r":\s+(#.*?)\s*(?:\s#.*)?")
_TEXTS = {
    *("address", "alt", "contact", "credit", "description", "label", "licence", "name", "notice"),
    *("short_name", "summary", "title"),
}
"""Keys whose value may be any text, #1 too."""


def empty_values(data: object, path: Path, place: Placing) -> Iterator[Problem]:
    """Yield a problem for each key or item at or below *data* that has no value."""
    if data is None:
        yield _empty_value(path, place)
    elif isinstance(data, dict):
        for key, value in data.items():
            if not isinstance(value, str) and not key.startswith("x-"):
                yield from empty_values(value, (*path, key), place)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            if not isinstance(value, str):
                yield from empty_values(value, (*path, index), place)


def _empty_value(path: Path, place: Placing) -> Problem:
    """An unquoted # begins a comment, so that a colour without quotes is none at all."""
    key = path[-1]
    if isinstance(key, int):
        return Problem(
            code="E123",
            message="an item of the list is empty",
            place=place(*path),
            help=("write it, or remove the line",),
        )
    where = place(*path, of="key")
    line = where.excerpt[-1]
    lost = _COMMENTED.fullmatch(line, where.column - 1 - where.cut + where.length)
    if lost is None:
        return Problem(
            code="E123",
            message=f'"{key}" has no value',
            place=where,
            help=("write it, or remove the line",),
        )
    what = "the colour" if key == "colour" else "the text"
    problem = Problem(
        code="E120",
        message=f'"{key}" has no value',
        place=replace(where, excerpt=(*where.excerpt[:-1], line[: lost.end(1)])),
        hint="everything after # is a comment",
        help=(f"put {what} in quotes:  {key}: {in_quotes(lost[1])}",),
    )
    is_colour = key == "colour" and is_a_colour(lost[1])
    is_text = key in _TEXTS and not lost[1].startswith("# ")
    mend = Mend(
        line=where.line,
        column=lost.start(1) + 1 + where.cut,
        length=len(lost[1]),
        text=in_quotes(lost[1]),
    )
    return mendable(problem, mend if is_colour or is_text else None)
