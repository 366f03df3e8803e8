"""How an events file is laid out: its line ends, how far its groups and lists are set in."""

from collections.abc import Iterator
from dataclasses import dataclass

from calfeed.source.places import BREAK
from calfeed.source.spans import Span
from calfeed.source.writing import WIDTH, Layout
from calfeed.source.yaml import Document

USUAL_STEP = 2
DEEPEST_STEP = 9  # more than that PyYAML does not write
NARROWEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLayout:
    """Where the items of a list stand: the column of the dash, and how far behind it the text."""

    dash: int
    gap: int = 2

    @property
    def column(self) -> int:
        """The column of an item's own keys."""
        return self.dash + self.gap


def newline_of(text: str) -> str:
    """Return what ends a line of *text*: what ends its first one."""
    found = BREAK.search(text)
    return found[0] if found else "\n"


def column_of(text: str, index: int) -> int:
    """Return the column, from 0, of the character at *index*."""
    return index - line_start(text, index)


def line_start(text: str, index: int) -> int:
    """Return the index of the first character on the line that has the one at *index*."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def next_line(text: str, index: int) -> int:
    """Return the index of the first character of the line below that of the one at *index*."""
    found = BREAK.search(text, index)
    return found.end() if found else len(text)


def is_block(text: str, span: Span) -> bool:
    """Whether the group or list at *span* stands in lines, not in brackets."""
    first = min((key.start for key, _ in span.parts.values()), default=span.start)
    opening = text[span.start : first]
    return bool(span.parts) and not any(bracket in opening for bracket in "[{")


def step_of(document: Document, event: str) -> int:
    """Return by how many columns *event* sets its keys in; the usual two if it has no lines."""
    key, value = document.spans(("events", event))
    if not is_block(document.text, value):
        return USUAL_STEP
    first = next(iter(value.parts.values()))[0]
    step = column_of(document.text, first.start) - column_of(document.text, key.start)
    return step if USUAL_STEP <= step <= DEEPEST_STEP else USUAL_STEP


def list_layout_of(text: str, span: Span) -> ListLayout:
    """Return how the list in lines at *span* is laid out: as its last item is."""
    item = list(span.parts.values())[-1][1]
    dash = text.rfind("-", 0, item.start)
    column = column_of(text, dash)
    return ListLayout(dash=column, gap=column_of(text, item.start) - column)


def usual_list_layout(document: Document, event: str) -> ListLayout:
    """Return how a new list of *event* is laid out, as the other lists of the file are."""
    text = document.text
    fields = document.spans(("events", event))[1].parts
    column = column_of(text, next(iter(fields.values()))[0].start)
    for key, value in _lists(document, event):
        known = list_layout_of(text, value)
        return ListLayout(dash=column + known.dash - column_of(text, key.start), gap=known.gap)
    return ListLayout(dash=column + step_of(document, event))


def layout_within(step: int, column: int, dash: int) -> Layout:
    """Return how to write a group whose keys stand in *column*: its lists' dashes as others'."""
    return Layout(indent=step, is_compact=dash == 0, width=max(WIDTH - column, NARROWEST))


def _lists(document: Document, event: str) -> Iterator[tuple[Span, Span]]:
    """Yield the lists of lines in *event*, then those of all others, updates first."""
    events = document.spans(("events",))[1].parts
    own = [events[event][1], *(value for name, (_, value) in events.items() if name != event)]
    for fields in own:
        named = sorted(fields.parts.items(), key=lambda field: field[0] != "updates")
        for _, (key, value) in named:
            is_list = 0 in value.parts and is_block(document.text, value)
            if is_list and key.start != value.start:
                yield key, value
