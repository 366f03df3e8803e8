"""The VEVENTs of one event as unfolded content lines, and what differs between two of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calfeed.addresses import Variant
from calfeed.formats import ics
from calfeed.ledger.revision import Revision

STAMPS = frozenset({"CREATED", "DTSTAMP", "LAST-MODIFIED"})
"""When it was told first and last (RFC 5545 §3.8.7): these are on every VEVENT, and say no more."""

_FOLD = re.compile(r"\r?\n[ \t]")
_NAME = re.compile("([A-Za-z0-9-]+)[:;]")
_ESCAPED = re.compile(r"\\(.)")
_BREAKS = {"n": "\n", "N": "\n"}

MASTER = ""
"""What stands for RECURRENCE-ID on the VEVENT of a whole event, or of a series."""

Lines = Mapping[str, tuple[str, ...]]
"""The content lines of one VEVENT by the name of their property, in the order of the VEVENT."""

Components = Mapping[str, Lines]
"""The VEVENTs of one UID by the value of their RECURRENCE-ID, ``MASTER`` among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyChange:
    """One property of one VEVENT: its unfolded lines before and after; either may be none.

    ``component`` is the value of its RECURRENCE-ID, or ``MASTER``.
    """

    component: str
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def drawn(revision: Revision | None, variant: Variant) -> Components:
    """Return the VEVENTs that the feeds of *variant* have of *revision*; empty if none."""
    shown = ics.draw(revision, variant) if revision else None
    return components(vevents(shown.body)) if shown else {}


def components(found: Iterator[Lines]) -> Components:
    """Return VEVENTs of one UID by RECURRENCE-ID; of two that have the same, the first."""
    by_recurrence: dict[str, Lines] = {}
    for lines in found:
        by_recurrence.setdefault(value(lines, "RECURRENCE-ID"), lines)
    return by_recurrence


def changes(before: Components, after: Components) -> tuple[PropertyChange, ...]:
    """Return each property whose lines differ, VEVENT by VEVENT; stamps apart.

    A VEVENT that only one side has is all its lines.
    """
    found = []
    for component in dict.fromkeys((*before, *after)):
        was, now = before.get(component, {}), after.get(component, {})
        found += [
            PropertyChange(
                component=component, name=name, before=was.get(name, ()), after=now.get(name, ())
            )
            for name in dict.fromkeys((*now, *was))
            if name not in STAMPS and was.get(name) != now.get(name)
        ]
    return tuple(found)


def vevents(body: bytes) -> Iterator[Lines]:
    """Yield the lines of each VEVENT of *body*, whoever wrote it; of components inside, none."""
    lines: dict[str, list[str]] | None = None
    inside = 0
    for line in _unfolded(body):
        name = _name(line)
        if name == "BEGIN" and lines is None:
            lines = {} if line.upper() == "BEGIN:VEVENT" else None
        elif lines is None:
            continue
        elif name == "BEGIN":
            inside += 1
        elif name == "END" and inside:
            inside -= 1
        elif name == "END":
            yield {name: tuple(same) for name, same in lines.items()}
            lines = None
        elif name and not inside:
            lines.setdefault(name, []).append(line)


def _name(line: str) -> str:
    """Return the name of the property that *line* has; empty if it is no content line."""
    found = _NAME.match(line)
    return found[1].upper() if found else ""


def value(lines: Lines, name: str) -> str:
    """Return the value of the first property *name*, its parameters left out; empty if absent."""
    for line in lines.get(name, ()):
        return _after_parameters(line)
    return ""


def text(lines: Lines, name: str) -> str:
    """Return the value of the first property *name* as the TEXT it is (RFC 5545 §3.3.11)."""
    return _ESCAPED.sub(lambda found: _BREAKS.get(found[1], found[1]), value(lines, name))


def _after_parameters(line: str) -> str:
    quoted = False
    for index, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            return line[index + 1 :]
    return ""


def _unfolded(body: bytes) -> Iterator[str]:
    for line in _FOLD.sub("", body.decode(errors="replace")).split("\n"):
        yield line.removesuffix("\r")
