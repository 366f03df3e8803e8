"""The components of a calendar, each property with the line it stands in: nothing is lost by one.

icalendar reads a whole calendar or nothing; an import wants every event that can be read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from icalendar.parser import Contentline, Parameters

from calfeed.errors import CalfeedError

DEEPEST = 8
_ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One content line (RFC 5545 §3.1): parameters in capitals, the value as it is written."""

    name: str
    value: str
    line: int
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The value as TEXT (RFC 5545 §3.3.11), its escapes read."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A component: its properties by name in capitals, those of one name in their order."""

    name: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        """Return the first property of that name."""
        found = self.properties.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """Return the first property of that name as a text of one or more lines, or nothing."""
        found = self.first(name)
        return " ".join(found.text.split()) if found else ""

    def all(self, name: str) -> list[Property]:
        """Return all properties of that name."""
        return self.properties.get(name, [])


def read_components(data: bytes, *, name: str) -> Component:
    """Return the calendars in *data* as parts of one component; lines that are none are skipped.

    Raises:
        CalfeedError: there is no calendar in it.
    """
    root = Component(name="", line=1)
    stack = [root]
    for number, line in _unfolded(data):
        found = _property(line, number)
        if found is None:
            stack[-1].broken.append(number)
        elif found.name == "BEGIN" and len(stack) < DEEPEST:
            part = Component(name=found.value.strip().upper(), line=number)
            stack[-1].parts.append(part)
            stack.append(part)
        elif found.name == "END":
            if len(stack) > 1:
                stack.pop()
        else:
            stack[-1].properties.setdefault(found.name, []).append(found)
    if not any(part.name == "VCALENDAR" for part in root.parts):
        raise CalfeedError(
            f"{name} is no calendar: it has no line  BEGIN:VCALENDAR\n"
            "Name an .ics file, a .csv table, or the address of a feed."
        )
    return root


def _unfolded(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield the content lines with the number of the line each begins in (RFC 5545 §3.1)."""
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    begun, held = 1, ""
    for number, line in enumerate(text.split("\n"), 1):
        if line[:1] in {" ", "\t"}:
            held += line[1:]
            continue
        if held.strip():
            yield begun, held
        begun, held = number, line
    if held.strip():
        yield begun, held


def _property(line: str, number: int) -> Property | None:
    try:
        name, parameters, _ = Contentline(line).parts()  # type: ignore[no-untyped-call]  # without types
    except ValueError:
        return None
    return Property(
        name=name.upper(), value=_value(line), line=number, parameters=_plain(parameters)
    )


def _value(line: str) -> str:
    """Return what stands behind the first colon outside of quotes, its escapes as they are."""
    in_quotes = False
    for at, sign in enumerate(line):
        if sign == '"':
            in_quotes = not in_quotes
        elif sign == ":" and not in_quotes:
            return line[at + 1 :]
    return ""


def _plain(parameters: Parameters) -> dict[str, str]:
    """Return *parameters*, of several values the first."""
    return {
        str(name).upper(): str(value[0] if isinstance(value, list) and value else value)
        for name, value in parameters.items()
    }
