"""What the parser reports, made into plain data; what YAML allows and calfeed does not is told."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NoReturn, TypeAlias, cast

from yaml import CBaseLoader
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from calfeed.errors import Problem, SourceError
from calfeed.source import refusals, syntax
from calfeed.source.characters import unseen
from calfeed.source.places import Lines
from calfeed.source.spans import bounds

Data: TypeAlias = "dict[str, Data] | list[Data] | str | None"
"""A group of names with values, a list, a text as it was written, or nothing at all."""

TEXT_LIMIT = 64 * 1024
"""How many characters one text may have."""
DEPTH_LIMIT = 32
"""How many lists and groups may stand inside of one another."""
ALIAS_LIMIT = 8 * 1024 * 1024
"""How much aliases may repeat: a character counts 1, each name, text, list or group 16 more."""
PROBLEM_LIMIT = 1000
"""How many problems of a file are told; with so many, the rest is not read."""

_EACH = 16


def build(lines: Lines) -> dict[str, Data]:
    """Return the names and values that the text of *lines* has at its top.

    Aliases give the same object again, so nobody may change what is returned.

    Raises:
        SourceError: it is not YAML, or more of YAML than calfeed takes: all problems at once, up
            to the first that leaves unclear how to read on.
    """
    builder = _Builder(lines)
    try:
        data = builder.document()
    except MarkedYAMLError as error:
        builder.give_up(syntax.explain(error, lines))
    if builder.problems or not isinstance(data, dict):
        builder.give_up()
    return data


class _Builder:
    """One pass over a document: holds its problems, and what its anchors name.

    It takes the parser's events and makes no use of PyYAML's nodes: they are no faster, they are
    composed by a recursion without bounds, and a tag that is written looks like one that is not.
    """

    def __init__(self, lines: Lines) -> None:
        self.problems: list[Problem] = []
        self._lines = lines
        self._events: Iterator[Event] = iter(CBaseLoader(lines.text).get_event, None)
        self._named: dict[str | None, Data] = {}
        self._open: set[str] = set()
        self._extents: dict[int, tuple[Data, int, int]] = {}
        self._repeated = 0

    def document(self) -> Data:
        """Return what the only document of the file holds."""
        first = next((event for event in self._events if isinstance(event, NodeEvent)), None)
        data = None if first is None else self._value(first, 0)
        if first is None or data is None:
            self._complain(refusals.empty(self._lines))
        elif not isinstance(data, dict):
            found = "a list" if isinstance(data, list) else "a text"
            self._complain(refusals.no_names(self._lines, *bounds(first), found=found))
        second = next(filter(_begins_document, self._events), None)
        if second is not None:
            self._complain(refusals.second_document(self._lines, *bounds(second)))
        return data

    def give_up(self, *last: Problem) -> NoReturn:
        """Raise all problems in the order of their places, the *last* one too."""
        found = [*self.problems, *last]
        raise SourceError(sorted(found, key=lambda one: (one.place.line, one.place.column)))

    def _complain(self, problem: Problem) -> None:
        if len(self.problems) == PROBLEM_LIMIT - 1:
            note = f"with {PROBLEM_LIMIT:,} problems, the rest of the file was not read"
            self.give_up(replace(problem, notes=(note,)))
        self.problems.append(problem)

    def _value(self, event: Event, depth: int) -> Data:
        if isinstance(event, ScalarEvent):
            return self._text(event)
        if isinstance(event, CollectionStartEvent):
            return self._collection(event, depth + 1)
        return self._repetition(cast("AliasEvent", event), depth)

    def _text(self, event: ScalarEvent) -> str | None:
        text = event.value
        if event.tag is not None:
            self._complain(refusals.tag(self._lines, *bounds(event)))
        if len(text) > TEXT_LIMIT:
            self._complain(
                refusals.too_long(self._lines, *bounds(event), found=len(text), limit=TEXT_LIMIT)
            )
        if event.style == '"' and (code := unseen(text)):
            self._complain(refusals.unseen_character(self._lines, *bounds(event), code=code))
        read = text if text or event.style else None
        if event.anchor is not None:
            self._named[event.anchor] = read
        return read

    def _collection(self, event: CollectionStartEvent, depth: int) -> Data:
        if depth > DEPTH_LIMIT:
            self.give_up(refusals.too_deep(self._lines, *bounds(event), limit=DEPTH_LIMIT))
        if event.tag is not None:
            self._complain(refusals.tag(self._lines, *bounds(event)))
        if event.anchor is not None:
            self._open.add(event.anchor)
            self._named.pop(event.anchor, None)
        is_group = isinstance(event, MappingStartEvent)
        data: Data = self._group(depth) if is_group else self._list(depth)
        if event.anchor is not None:
            self._open.discard(event.anchor)
            self._named[event.anchor] = data
            self._extents[id(data)] = (data, *self._extent(data))
        return data

    def _list(self, depth: int) -> list[Data]:
        found = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            found.append(self._value(event, depth))
        return found

    def _group(self, depth: int) -> dict[str, Data]:
        found: dict[str, Data] = {}
        names: dict[str, Event] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            name = self._name(event, depth)
            value = self._value(next(self._events), depth)
            if name is None:
                continue
            first = names.setdefault(name, event)
            if first is event:
                found[name] = value
            else:
                at = bounds(first)[0]
                self._complain(refusals.double(self._lines, *bounds(event), name=name, first=at))
        return found

    def _name(self, event: Event, depth: int) -> str | None:
        name = self._text(event) if isinstance(event, ScalarEvent) else None
        if name is None:
            self._complain(refusals.no_name(self._lines, *bounds(event)))
        if isinstance(event, CollectionStartEvent):
            self._collection(event, depth + 1)
        elif name == "<<":
            self._complain(refusals.merge(self._lines, *bounds(event)))
        return name

    def _repetition(self, event: AliasEvent, depth: int) -> Data:
        name = event.anchor or ""
        if name not in self._named:
            refusal = refusals.endless_alias if name in self._open else refusals.unknown_alias
            self._complain(refusal(self._lines, *bounds(event), name=name))
            return None
        data = self._named[name]
        size, height = self._extent(data)
        self._repeated += size
        if self._repeated > ALIAS_LIMIT:
            self.give_up(refusals.too_many_aliases(self._lines, *bounds(event)))
        if depth + height > DEPTH_LIMIT:
            self.give_up(refusals.too_deep(self._lines, *bounds(event), limit=DEPTH_LIMIT))
        return data

    def _extent(self, data: Data) -> tuple[int, int]:
        """How much *data* is with its aliases written out, and how deep it goes."""
        if not isinstance(data, (dict, list)):
            return _EACH + len(data or ""), 0
        if known := self._extents.get(id(data)):
            return known[1:]
        names = list(data) if isinstance(data, dict) else []
        parts = data.values() if isinstance(data, dict) else data
        extents = [self._extent(part) for part in (*names, *parts)]
        size = _EACH + sum(size for size, _ in extents)
        return size, 1 + max((height for _, height in extents), default=0)


def _begins_document(event: Event) -> bool:
    return isinstance(event, DocumentStartEvent)
