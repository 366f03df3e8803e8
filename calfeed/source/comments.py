"""Texts that end before their editor meant them to: an unquoted # began a comment there."""

import re
from collections.abc import Iterator

from calfeed.errors import Mend, Problem
from calfeed.source.mending import in_quotes, mendable
from calfeed.source.places import Lines
from calfeed.source.spans import value_starts

_CUT = re.compile(
    r"^ *(?:- +)*(?:title|name|short_name|summary|description|notice|label|alt|credit|address|place"
    r"|contact|licence|(?!url|uid|geo|at|by|of)[a-z]{2,3}): +(?=[^\s\"'|>\[{&*!#])"
    r"(?P<whole>[^\r\n]*? (?P<lost>#[^\s#][^\r\n]*?))(?= +# | *$)",
    re.MULTILINE,
)
"""A text on the line of its name, and behind it a # that no blank follows, as in a comment."""
_NUMBER = re.compile(r"#[0-9]+\b")


def cut_texts(name: str, text: str) -> Iterator[Problem]:
    """Yield a warning for each text in the file *name*, with *text*, that a # seems to cut."""
    found = list(_CUT.finditer(text))
    if not found:
        return
    lines, starts = Lines(name=name, text=text), value_starts(text)
    for match in found:
        if match.start("whole") in starts:
            yield _cut(match, lines)


def _cut(match: re.Match[str], lines: Lines) -> Problem:
    whole, start = match["whole"], match.start("whole")
    problem = Problem(
        code="W303",
        message="a text that ends before a #",
        place=lines.place(match.start("lost"), match.end("lost")),
        hint="this is a comment, and nobody will see it",
        help=(
            f"does it belong to the text? put all of it in quotes:  {in_quotes(whole)}",
            "is it a comment? write a blank after the #",
        ),
    )
    mend = Mend(
        line=problem.place.line,
        column=start - lines.start_of(start) + 1,
        length=len(whole),
        text=in_quotes(whole),
    )
    return mendable(problem, mend if _NUMBER.match(match["lost"]) else None)
