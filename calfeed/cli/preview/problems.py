"""Problems of the sources in HTML, as ``calfeed check`` says them: what, where, what to do."""

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from calfeed.cli.report import advice, visible, where
from calfeed.errors import Place, Problem

_ITEM = Markup("<li><p><strong>{severity}[{code}]:</strong> {message}</p>{below}</li>")
_PLACE = Markup("<p><code>{}</code></p>")
_EXCERPT = Markup("<pre>{}</pre>")
_LINE = Markup("<b>{number:>{width}} |</b> {text}\n")
_MARKED = Markup("{}<mark>{}</mark>{}")
_ADVICE = Markup("<p>{}</p>")
_BREAK = Markup("<br>")
_LIST = Markup("<ul>{}</ul>")


def as_list(problems: Sequence[Problem]) -> Markup:
    """Return *problems* as a list; what stands in the file is text there, never markup."""
    return _LIST.format(_together(map(_item, problems)))


def _item(problem: Problem) -> Markup:
    return _ITEM.format(
        severity=problem.severity,
        code=problem.code,
        message=visible(problem.message),
        below=_together(_below(problem)),
    )


def _below(problem: Problem) -> Iterator[Markup]:
    yield _PLACE.format(where(problem.place))
    if problem.place.excerpt:
        yield _EXCERPT.format(_together(_excerpt(problem.place)))
    if problem.hint:
        yield _ADVICE.format(visible(problem.hint))
    lines = list(advice(problem))
    if lines:
        yield _ADVICE.format(_BREAK.join(lines))


def _excerpt(place: Place) -> Iterator[Markup]:
    """Yield the lines of the file; what is meant of the last one is marked."""
    first, width = place.line - len(place.excerpt) + 1, len(str(place.line))
    start = place.column - 1 - place.cut
    end = start + place.length
    for number, line in enumerate(place.excerpt, first):
        text = Markup.escape(visible(line))
        if number == place.line:
            parts = line[:start], line[start:end], line[end:]
            text = _MARKED.format(*map(visible, parts))
        yield _LINE.format(number=number, width=width, text=text)


def _together(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)
