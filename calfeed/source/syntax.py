"""What the parser could not read, told in an editor's words: where, why, and what to write."""

import re

from yaml.error import MarkedYAMLError
from yaml.events import AliasEvent, ScalarEvent

from calfeed.errors import Problem
from calfeed.source import refusals
from calfeed.source.mending import mendable
from calfeed.source.places import Lines
from calfeed.source.spans import bounds
from calfeed.source.stops import Stop, find_stop

_TABBED = re.compile(r"[ -]*\t")
_NAME_LIMIT = 1024


def explain(error: MarkedYAMLError, lines: Lines) -> Problem:
    """Return the problem that *error*, raised while the text of *lines* was parsed, tells of."""
    stop = find_stop(error, lines)
    for recognise in _MISTAKES:
        if problem := recognise(stop):
            return problem
    return Problem(
        code="E103",
        message="the file cannot be read on from here",
        place=lines.place(stop.index, stop.end),
        help=("compare this line with those around it; a text with special signs needs quotes",),
        notes=(f"in the words of YAML: {stop.words}",),
    )


def _tab(stop: Stop) -> Problem | None:
    found = _TABBED.match(stop.lines.line_at(stop.index))
    if not found:
        return None
    at = stop.lines.start_of(stop.index) + found.end() - 1
    return Problem(
        code="E109",
        message="a tab at the beginning of a line",
        place=stop.lines.place(at, at + 1),
        hint="only spaces can indent a line",
        help=('many editors can mend it: look for "convert indentation to spaces"',),
    )


def _open_quote(stop: Stop) -> Problem | None:
    at, noticed = stop.begin, "the file ends inside of it"
    if stop.words == "found unexpected document indicator":
        noticed = f"line {stop.lines.line_of(stop.index)} cannot belong to it"
    if stop.context != "while scanning a quoted scalar":
        if not stop.is_after_quote or stop.is_beside(bounds(stop.last)[0]):
            return None
        at, end = bounds(stop.last)
        if not stop.is_beside(end):
            return None
        noticed = f"the next one, in line {stop.lines.line_of(end)}, closes it"
    return Problem(
        code="E103",
        message="a quote that is not closed where its text ends",
        place=stop.lines.place(at, at + 1),
        hint=noticed,
        help=(f"end the text with {stop.lines.text[at]} too",),
    )


def _long_name(stop: Stop) -> Problem | None:
    line = stop.lines.start_of(stop.index)
    name = stop.lines.text[line : stop.index].lstrip()
    if not stop.is_at_colon or len(name) <= _NAME_LIMIT or ": " in name:
        return None
    return Problem(
        code="E107",
        message=f"a name of {len(name):,} characters; {_NAME_LIMIT:,} are the most",
        place=stop.lines.place(stop.index - len(name), stop.index),
        help=("does it belong to the text above? then put that text in quotes",),
    )


def _colon(stop: Stop) -> Problem | None:
    if not isinstance(stop.last, ScalarEvent) or not stop.is_at_colon:
        return None
    at = bounds(stop.last)[0]
    if not stop.is_beside(at):
        return _text_with_colon_below(stop, at) if stop.bracket is None else None
    if not stop.lines.text[stop.lines.start_of(at) : at].strip(" -"):
        return None
    problem = Problem(
        code="E110",
        message="a colon in a text without quotes",
        place=stop.lines.place(at, stop.end),
        hint="this colon makes a name of the words before it",
        help=(f"put the text in quotes{stop.in_quotes(at)}",),
    )
    return mendable(problem, stop.quoting(at))


def _text_with_colon_below(stop: Stop, at: int) -> Problem:
    above = stop.lines.line_of(at)
    line = stop.lines.start_of(stop.index)
    begin = (
        line + len(stop.lines.line_at(stop.index)) - len(stop.lines.line_at(stop.index).lstrip())
    )
    return Problem(
        code="E103",
        message=f"this line goes on with the text of line {above}, so it can have no colon",
        place=stop.lines.place(begin, stop.end),
        help=(
            f"is it a line of its own? begin it in the same column as the name in line {above}",
            "does it belong to the text? put the whole text in quotes",
        ),
    )


def _behind_the_end(stop: Stop) -> Problem | None:
    start, end = bounds(stop.last)
    if not (stop.is_after_quote or stop.is_after_bracket) or not stop.is_beside(end):
        return None
    if stop.lines.text[end : stop.index].strip(" "):
        return None
    is_quote = stop.is_after_quote
    what = "quote" if is_quote else "bracket"
    return Problem(
        code="E103",
        message=f"something stands behind the closing {what}",
        place=stop.lines.place(stop.index, stop.end),
        hint="remove it, or quote it too" if is_quote else "remove it",
        help=(f"put all of the text in quotes{stop.in_quotes(start)}",) if is_quote else (),
    )


def _bracket(stop: Stop) -> Problem | None:
    if stop.bracket is None:
        return None
    is_at_end = stop.index >= len(stop.lines.text.rstrip())
    if not is_at_end and stop.is_beside(stop.bracket):
        return _comma(stop)
    sign = stop.lines.text[stop.bracket]
    line = stop.lines.line_of(stop.index)
    return Problem(
        code="E103",
        message=f"a bracket {sign} that is not closed",
        place=stop.lines.place(stop.bracket, stop.bracket + 1),
        hint="the file ends inside of it" if is_at_end else f"line {line} cannot belong to it",
        help=(f"close it with {'}' if sign == '{' else ']'}",),
    )


def _comma(stop: Stop) -> Problem | None:
    if stop.words not in _COMMA_EXPECTED:
        return None
    return Problem(
        code="E103",
        message="between brackets something is missing, or is too much",
        place=stop.lines.place(stop.index, stop.index + 1),
        hint="a comma, or the closing bracket, is expected before this",
        help=("a text between brackets needs quotes when it has one of , [ ] { } in it",),
    )


def _no_colon(stop: Stop) -> Problem | None:
    if stop.words != "could not find expected ':'":
        return None
    return Problem(
        code="E103",
        message="a line without a colon",
        place=stop.lines.place(stop.begin, stop.end_from(stop.begin)),
        hint="a name, a colon and a value are expected",
        help=("does it belong to the text above? then indent it more than the name of that text",),
    )


def _beginning(stop: Stop) -> Problem | None:
    at = stop.begin
    if isinstance(stop.last, AliasEvent) and stop.is_beside(bounds(stop.last)[0]):
        at = bounds(stop.last)[0]  # *Important news: the first word was read as an alias
    elif not stop.context.startswith(_BAD_BEGINNINGS):
        return None
    sign = stop.lines.text[at]
    problem = Problem(
        code="E105" if sign == "!" else "E103",
        message=f"a text cannot begin with {sign}",
        place=stop.lines.place(at, stop.end),
        help=(f"put the text in quotes{stop.in_quotes(at)}",),
    )
    return mendable(problem, stop.quoting(at) if sign in _NEVER_FIRST else None)


def _backslash(stop: Stop) -> Problem | None:
    if stop.context != "while parsing a quoted scalar":
        return None
    at = stop.lines.text.rfind("\\", stop.begin, stop.index + 1)
    return Problem(
        code="E103",
        message="a backslash before something that has no meaning after it",
        place=stop.lines.place(at, stop.index + 1),
        help=("write the backslash twice, or put the text in single quotes",),
    )


def _list_beside_name(stop: Stop) -> Problem | None:
    if stop.words != "block sequence entries are not allowed in this context":
        return None
    return Problem(
        code="E103",
        message="a list begins behind something else",
        place=stop.lines.place(stop.index, stop.end),
        hint="a list begins in a line of its own",
        help=(f"or is this a text? put it in quotes{stop.in_quotes(stop.index)}",),
    )


def _indentation(stop: Stop) -> Problem | None:
    if stop.context not in _BLOCKS:
        return None
    begun = stop.lines.line_of(stop.begin)
    column, expected = (at - stop.lines.start_of(at) + 1 for at in (stop.index, stop.begin))
    hint = f"it begins in column {column}, line {begun} in column {expected}"
    if column == expected:
        hint = f"since line {begun} there are {_BLOCKS[stop.context]} in this column"
    return Problem(
        code="E103",
        message="this line does not fit those above it",
        place=stop.lines.place(stop.index, stop.end),
        hint=hint,
        help=("what belongs together begins in the same column",),
    )


def _no_name(stop: Stop) -> Problem | None:
    if not stop.is_at_colon:
        return None
    return refusals.no_name(stop.lines, stop.index, stop.index + 1)


_NEVER_FIRST = "@`%"
"""Signs with no meaning in YAML that somebody could have meant."""
_COMMA_EXPECTED = {
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
    "did not find expected node content",
}
_BAD_BEGINNINGS = (
    "while scanning for the next token",
    "while scanning an alias",
    "while scanning an anchor",
    "while scanning a block scalar",
    "while scanning a directive",
    "while scanning a %YAML directive",
    "while scanning a tag",
    "while parsing a node",
)
_BLOCKS = {
    "while parsing a block mapping": "names with values",
    "while parsing a block collection": "list items",
}
_MISTAKES = (
    _tab,
    _open_quote,
    _behind_the_end,
    _long_name,
    _colon,
    _bracket,
    _no_colon,
    _beginning,
    _backslash,
    _list_beside_name,
    _no_name,
    _indentation,
)
