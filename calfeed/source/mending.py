"""Mends of a text: what to write where a problem has only one solution, and the text with it."""

import re
from collections.abc import Iterable
from dataclasses import replace

from calfeed.errors import Mend, Place, Problem
from calfeed.source.places import BREAK

OFFER = "calfeed check --fix can do this for you"

_PLAIN = re.compile(r"[A-Za-z0-9](?:[\w./+-]|[ :](?=[\w./+-]))*", re.ASCII)
"""What needs no quotes, between brackets too."""
_SPACES = re.compile(r"\s+")


def mendable(problem: Problem, mend: Mend | None) -> Problem:
    """Return *problem* with its *mend*, which is offered in a note; without one as it is."""
    if mend is None:
        return problem
    return replace(problem, mend=mend, notes=(*problem.notes, OFFER))


def in_place_of(place: Place, written: str, better: str) -> Mend | None:
    """Return the mend that writes *better* at *place*, if exactly the text *written* stands there.

    It stands in quotes if it did so before, or if it needs them now. A text that goes on in the
    next line, or that an alias brought there, is something else.
    """
    start = place.column - 1 - place.cut
    raw = place.excerpt[-1][start : start + place.length] if place.excerpt else ""
    quote = raw[0] if raw[:1] in {"'", '"'} and raw[:1] == raw[-1:] and raw[1:] else ""
    inner = raw[1:-1] if quote else raw
    if _SPACES.sub(" ", inner) != written or set(better) & {'"', "'", "\\"}:
        return None
    quote = quote or ("" if _PLAIN.fullmatch(better) else '"')
    return Mend(
        line=place.line, column=place.column, length=len(raw), text=f"{quote}{better}{quote}"
    )


def in_brackets(place: Place, written: str) -> Mend | None:
    """Return the mend that makes a list of the one text *written* at *place*, if it is one."""
    start = place.column - 1 - place.cut
    raw = place.excerpt[-1][start : start + place.length]
    if raw != written or not _PLAIN.fullmatch(raw):
        return None
    return Mend(line=place.line, column=place.column, length=len(raw), text=f"[{raw}]")


def in_quotes(text: str) -> str:
    """Return *text* as YAML has it in quotes: single ones where it holds double ones itself."""
    if '"' in text and "'" not in text:
        return f"'{text}'"
    escaped = re.sub(r'["\\]', r"\\\g<0>", text)
    return f'"{escaped}"'


def mended(text: str, mends: Iterable[Mend]) -> str:
    """Return *text*, whose lines end as editors know them, with *mends*, of which none overlap."""
    starts = [0, *(found.end() for found in BREAK.finditer(text))]
    pieces, at = [], 0
    for mend in sorted(mends, key=lambda mend: (mend.line, mend.column)):
        begin = starts[mend.line - 1] + mend.column - 1
        pieces += [text[at:begin], mend.text]
        at = begin + mend.length
    return "".join([*pieces, text[at:]])
