"""An update, or an event, put at its place in a file: text is inserted, nothing else is touched.

What comes out was read again and compared: it says what it said, and the addition, no more.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from calfeed.errors import CalfeedError, SourceError
from calfeed.source.building import Data, build
from calfeed.source.layout import (
    ListLayout,
    column_of,
    is_block,
    layout_within,
    line_start,
    list_layout_of,
    newline_of,
    next_line,
    step_of,
    usual_list_layout,
)
from calfeed.source.places import Lines
from calfeed.source.spans import Span
from calfeed.source.writing import Written, written, written_in_line
from calfeed.source.yaml import Document, parse_document


class EditError(CalfeedError):
    """The file is written in a way that cannot be added to; says what to add by hand."""


class _Insertion(NamedTuple):
    at: int
    text: str


def add_update(document: Document, event: str, update: Mapping[str, Written]) -> str:
    """Return the text of *document* with *update* as the last one of *event*.

    Raises:
        EditError: there is no place for it that leaves the rest of the file as it is.
    """
    events = _group(document.data, "events")
    entry = _group(events, event)
    told = entry.get("updates") or []
    updates = [*(told if isinstance(told, list) else []), _as_read(update)]
    expected = _with_events(document, {**events, event: {**entry, "updates": updates}})
    lines = f"updates:\n{_item(update, ListLayout(dash=2), step=2, dash=2)}"
    return _first_that_fits(
        document, _places_of_update(document, event, update), expected, lines, f'"{event}"'
    )


def add_event(document: Document, key: str, entry: Mapping[str, Written]) -> str:
    """Return the text of *document* with the event *key*, stated by *entry*, as its last one.

    Raises:
        EditError: there is no place for it that leaves the rest of the file as it is.
    """
    events = _group(document.data, "events")
    expected = _with_events(document, {**events, key: _as_read(entry)})
    return _first_that_fits(
        document,
        _places_of_event(document, key, entry),
        expected,
        written({key: entry}),
        '"events"',
    )


def _first_that_fits(
    document: Document, places: Iterable[_Insertion], expected: Data, lines: str, where: str
) -> str:
    for at, addition in places:
        text = document.text[:at] + addition + document.text[at:]
        if _says(text, expected):
            return text
    raise EditError(
        f"{document.name} is written in a way that calfeed cannot add to: "
        f"what {where} says is shared with another place, or laid out unusually\n"
        f"Add by hand at the end of {where}:\n\n{lines}"
    )


def _says(text: str, expected: Data) -> bool:
    try:
        return parse_document(text.encode(), name="").data == expected
    except SourceError:
        return False


def _places_of_update(
    document: Document, event: str, update: Mapping[str, Written]
) -> list[_Insertion]:
    """Return where and how the update could be written, the most natural first."""
    text = document.text
    fields = document.spans(("events", event))[1]
    if "updates" not in fields.parts:
        return _places_of_field(document, event, update)
    updates = fields.parts["updates"][1]
    if not is_block(text, updates):
        return [_between_brackets(text, updates, written_in_line(update))]
    layout = list_layout_of(text, updates)
    key = fields.parts["updates"][0]
    offset = layout.dash - column_of(text, key.start)
    item = _item(update, layout, step=step_of(document, event), dash=offset)
    last = list(updates.parts.values())[-1][1]
    return _below(text, last, item, column=layout.column)


def _places_of_field(
    document: Document, event: str, update: Mapping[str, Written]
) -> list[_Insertion]:
    text = document.text
    fields = document.spans(("events", event))[1]
    if not is_block(text, fields):
        return [_between_brackets(text, fields, f"updates: {written_in_line([update])}")]
    column = column_of(text, next(iter(fields.parts.values()))[0].start)
    layout = usual_list_layout(document, event)
    step = step_of(document, event)
    item = _item(update, layout, step=step, dash=layout.dash - column)
    return _below(text, fields, f"{' ' * column}updates:\n{item}", column=column)


def _places_of_event(
    document: Document, key: str, entry: Mapping[str, Written]
) -> list[_Insertion]:
    text = document.text
    if "events" not in document.data:
        return [_at_line(text, len(text), f"\nevents:\n{_entry(key, entry, column=2, step=2)}")]
    name, events = document.spans(("events",))
    if not events.parts and document.data["events"] is None:
        below = next_line(text, name.end)
        return [_at_line(text, below, _entry(key, entry, column=2, step=2))]
    if not is_block(text, events):
        return [_between_brackets(text, events, written_in_line({key: entry})[1:-1])]
    last, (first, value) = list(events.parts.items())[-1]
    column = column_of(text, first.start)
    lines = f"\n{_entry(key, entry, column=column, step=step_of(document, str(last)))}"
    return _below(text, value, lines, column=column + 1)


def _entry(key: str, entry: Mapping[str, Written], *, column: int, step: int) -> str:
    lines = written({key: entry}, layout_within(step, column, dash=step))
    return _set_in(lines, " " * column)


def _item(update: Mapping[str, Written], layout: ListLayout, *, step: int, dash: int) -> str:
    """Return the lines of *update* as an item of a list of *layout*."""
    lines = written(update, layout_within(step, layout.column, dash))
    item = _set_in(lines, " " * layout.column)
    return f"{' ' * layout.dash}-{item[layout.dash + 1 :]}"


def _set_in(lines: str, margin: str) -> str:
    return "".join(margin + line if line.strip() else line for line in lines.splitlines(True))


def _below(text: str, span: Span, lines: str, *, column: int) -> list[_Insertion]:
    """Return the places below *span*: behind comments of its own, then where nothing is left over.

    A text of several lines may keep the empty ones at its end: then these are part of it.
    """
    end = span.start + len(text[span.start : span.end].rstrip())
    near = _behind_comments(text, next_line(text, end - 1), column)
    far = span.end if line_start(text, span.end) == span.end else next_line(text, span.end)
    return [_at_line(text, near, lines), _at_line(text, far, lines)]


def _behind_comments(text: str, at: int, column: int) -> int:
    """Return the index behind the comments from *at* on that are set in by *column* or more."""
    while at < len(text):
        line = text[at : next_line(text, at)]
        is_comment = line.lstrip(" ").startswith("#")
        if not is_comment or len(line) - len(line.lstrip(" ")) < column:
            break
        at += len(line)
    return at


def _at_line(text: str, at: int, lines: str) -> _Insertion:
    """Return *lines* as they are inserted at *at*, the beginning of a line or the text's end."""
    newline = newline_of(text)
    if line_start(text, at) != at:  # the last line of the file has no end: so will the new one
        lines = "\n" + lines.removesuffix("\n")
    return _Insertion(at, lines.replace("\n", newline))


def _between_brackets(text: str, span: Span, addition: str) -> _Insertion:
    """Return where *addition* goes into a list or group in brackets: behind all that is there."""
    if not span.parts:
        return _Insertion(span.end - 1, addition)
    last = max(value.end for _, value in span.parts.values())
    first = list(span.parts.values())[-1][0].start
    margin = text[line_start(text, first) : first]
    is_alone = not margin.strip() and line_start(text, first) > span.start
    return _Insertion(
        last, f",{newline_of(text)}{margin}{addition}" if is_alone else f", {addition}"
    )


def _as_read(entry: Mapping[str, Written]) -> Data:
    return build(Lines(name="", text=written(entry)))


def _with_events(document: Document, events: dict[str, Data]) -> dict[str, Data]:
    return {**document.data, "events": events}


def _group(data: dict[str, Data], name: str) -> dict[str, Data]:
    found = data.get(name)
    return found if isinstance(found, dict) else {}
