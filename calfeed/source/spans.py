"""Where each name and value of a document stands; looked for only when a problem is told."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from yaml import CBaseLoader
from yaml.error import Mark
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The characters of a name or a value: from ``start`` up to, not including, ``end``.

    ``parts`` has name and value of all that is in a value; an item of a list, known by its
    number from 0, is both of them.
    """

    start: int
    end: int
    parts: "dict[str | int, tuple[Span, Span]]" = field(default_factory=dict)


def bounds(event: Event) -> tuple[int, int]:
    """Return the index of the first character of *event*, and of the first one behind it."""
    # libyaml gives every event both marks; only the annotation says that one may be missing
    return cast("Mark", event.start_mark).index, cast("Mark", event.end_mark).index


def find_spans(text: str) -> Span:
    """Return the span of all that is in *text*, which was read without a problem before.

    A value that repeats another has its own span, but the parts of the one that it repeats.
    """
    events = iter(CBaseLoader(text).get_event, None)
    root = next(event for event in events if isinstance(event, NodeEvent))
    return _span(root, events, {})


def value_starts(text: str) -> set[int]:
    """Return where each value begins that is in *text*, which was read without a problem before."""
    found: set[int] = set()
    waiting = [find_spans(text)]
    while waiting:
        for _, value in waiting.pop().parts.values():
            if value.start not in found:
                found.add(value.start)
                waiting.append(value)
    return found


def _span(event: Event, events: Iterator[Event], named: dict[str | None, Span]) -> Span:
    start, end = bounds(event)
    if isinstance(event, AliasEvent):
        return Span(start=start, end=end, parts=named[event.anchor].parts)
    found = Span(start=start, end=end)
    if isinstance(event, CollectionStartEvent):
        found = _filled(event, events, named)
    if isinstance(event, NodeEvent) and event.anchor:
        named[event.anchor] = found
    return found


def _filled(
    start: CollectionStartEvent, events: Iterator[Event], named: dict[str | None, Span]
) -> Span:
    parts: dict[str | int, tuple[Span, Span]] = {}
    while not isinstance(event := next(events), CollectionEndEvent):
        first = _span(event, events, named)
        if isinstance(start, MappingStartEvent):
            name = cast("ScalarEvent", event).value  # one of another kind was a problem
            parts[name] = first, _span(next(events), events, named)
        else:
            parts[len(parts)] = first, first
    # without brackets libyaml ends a list or group only where the next thing begins
    last = max((value.end for _, value in parts.values()), default=0)
    end = bounds(event)[1] if start.flow_style else last
    return Span(start=bounds(start)[0], end=end, parts=parts)
