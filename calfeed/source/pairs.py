"""Texts that a colon made a name and a value of: `- Panel: services`, where a text is meant."""

import re
from collections.abc import Mapping

from calfeed.errors import Mend, Place, Problem
from calfeed.source.mending import in_quotes, mendable
from calfeed.source.values import likely_language

_TIME = re.compile(r"[0-9]{1,2}[:.][0-9]{2}\b")
_SPACES = re.compile(r"\s+")


def is_pair(value: object) -> bool:
    """Whether *value* is one name with a text, as a colon makes it of a text."""
    return (
        isinstance(value, Mapping)
        and len(value) == 1
        and all(isinstance(text, str) for text in value.values())
    )


def is_pair_for_text(value: object) -> bool:
    """Whether *value*, where a text may be given by language, is a text with a colon."""
    return (
        isinstance(value, Mapping)
        and is_pair(value)
        and not any(map(likely_language, value))
        and not any(re.fullmatch("[A-Za-z]{2,3}(-[A-Za-z]+)?", name) for name in value)
    )


def pair_for_text(value: Mapping[str, str], place: Place) -> Problem:
    """Return the problem of *value*, which stands at *place*, where a text is meant."""
    ((name, text),) = value.items()
    problem = Problem(
        code="E110",
        message="a colon in a text without quotes",
        place=place,
        hint="this colon makes a name of the words before it",
        help=(f"put the text in quotes:  {in_quotes(f'{name}: {text}')}",),
    )
    return mendable(problem, _mend(name, text, place))


def pair_for_agenda(value: Mapping[str, str], place: Place) -> Problem:
    """Return the problem of *value*, which stands at *place*, where an agenda has one line."""
    ((name, text),) = value.items()
    title = f"{name}: {text}"
    advice = f"write  at: 16:10  and, below it,  title: {in_quotes(title)}"
    if found := _TIME.match(name):
        rest = name[found.end() :].strip(" -")
        title = in_quotes(f"{rest}: {text}") if rest else text
        advice = f"write  at: {found[0].replace('.', ':')}  and, below it,  title: {title}"
    return Problem(
        code="E110",
        message="a line of the agenda became a pair, by its colon",
        place=place,
        hint="the hour and the words are two things",
        help=(advice,),
    )


def _mend(name: str, text: str, place: Place) -> Mend | None:
    start = place.column - 1 - place.cut
    raw = place.excerpt[-1][start : start + place.length]
    if _SPACES.sub(" ", raw) != f"{name}: {text}":
        return None  # it goes on in the next line, or has quotes somewhere
    return Mend(line=place.line, column=place.column, length=len(raw), text=in_quotes(raw))
