"""Plain data -> the text of an events file, as a careful editor would write it.

What is written reads back as the same data, here and by any reader of YAML 1.1 or 1.2.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Written: TypeAlias = "str | bool | int | float | date | Mapping[str, Written] | Sequence[Written]"
"""What can be written: texts, days, switches, numbers, and groups and lists of such."""

WIDTH = 96
_SHORT = 60
"""How many characters a list may have that stands in brackets on one line."""

_TEXT = "tag:yaml.org,2002:str"
_OTHER_TYPE = re.compile(
    r"(?:true|false|yes|no|on|off|y|n|~|null|<<|=|[-+]?\.(?:inf|nan)"
    r"|[-+]?(?:0[xob])?[0-9a-f_,]*[0-9][0-9a-f_,]*\.?[0-9_]*(?:e[-+]?[0-9]+)?|[-+]?\.[0-9_]+)?",
    re.IGNORECASE,
)
"""What some reader takes for a switch, a number or nothing where it stands without quotes."""

_BETWEEN_BRACKETS = re.compile(r"\w(?:(?:[\w ./+-]|:(?=[0-9]))*[\w.])?")
"""A text that needs no quotes between brackets, whatever the reader."""

_ESCAPED = re.compile("[\t\r\x85\u2028\u2029\ufeff]")
"""What readers change, or an editor cannot see, unless it is escaped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How an events file is laid out: ``indent`` columns for a group, ``width`` for long texts.

    The dash of a list stands below the name above it if ``is_compact``, else a step further in.
    """

    indent: int = 2
    is_compact: bool = False
    width: int = WIDTH


USUAL = Layout()


def written(data: Mapping[str, Written], layout: Layout = USUAL) -> str:
    """Return the lines of *data*, in its order, each with LF at its end.

    A long text goes on below; one of several lines stands below a ``|``.
    """
    return str(
        yaml.dump_all(
            [data],
            Dumper=_Compact if layout.is_compact else _Indented,
            allow_unicode=True,
            indent=layout.indent,
            width=layout.width,
        )
    )


def written_in_line(data: Written) -> str:
    """Return *data* on one line, groups and lists in brackets."""
    if isinstance(data, Mapping):
        pairs = (f"{written_in_line(name)}: {written_in_line(data[name])}" for name in data)
        return f"{{{', '.join(pairs)}}}"
    if isinstance(data, str):
        is_plain = _BETWEEN_BRACKETS.fullmatch(data) and not _OTHER_TYPE.fullmatch(data)
        return data if is_plain else json.dumps(data, ensure_ascii=False)
    if isinstance(data, Sequence):
        return f"[{', '.join(map(written_in_line, data))}]"
    return _plainly(data)


def _plainly(data: float | bool | date) -> str:
    return str(data).lower() if isinstance(data, bool) else str(data)


class _Compact(yaml.SafeDumper):
    """PyYAML's emitter, told how editors write; it is only to be configured by inheritance."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - as its base has it

    def represent_data(self, data: Written) -> Node:
        """Return *data* as nodes that know how they are to be written."""
        if isinstance(data, Mapping):
            pairs = [(self._name(name), self.represent_data(data[name])) for name in data]
            return MappingNode("tag:yaml.org,2002:map", pairs, flow_style=not pairs)
        if isinstance(data, str):
            return self._text(data)
        if isinstance(data, Sequence):
            return self._list(data)
        return ScalarNode(_TEXT, _plainly(data))

    def _list(self, data: Sequence[Written]) -> Node:
        is_plain = all(
            not isinstance(one, str | Mapping | Sequence) or self._fits(one) for one in data
        )
        is_short = sum(len(str(one)) + 2 for one in data) <= _SHORT
        items = [self.represent_data(one) for one in data]
        return SequenceNode("tag:yaml.org,2002:seq", items, flow_style=is_plain and is_short)

    def _fits(self, one: Written) -> bool:
        """Whether *one* can stand between brackets as it is."""
        return isinstance(one, str) and self.analyze_scalar(one).allow_flow_plain

    def _name(self, name: str) -> Node:
        return ScalarNode(_TEXT, name, style=None if self._is_plain(name) else '"')

    def _text(self, text: str) -> Node:
        if _ESCAPED.search(text):
            style = '"'
        elif "\n" in text:
            style = "|"
        elif self._is_plain(text):
            style = None
        else:
            style = '"' if len(text) <= _SHORT else ">"
        return ScalarNode(_TEXT, text, style=style)

    def _is_plain(self, text: str) -> bool:
        return self.analyze_scalar(text).allow_block_plain and not _OTHER_TYPE.fullmatch(text)


class _Indented(_Compact):
    """The same, with the dashes of lists a step further in than the name above them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - as the emitter calls it
        """Step further in, for lists too."""
        super().increase_indent(flow, False)
