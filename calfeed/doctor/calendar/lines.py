"""The syntax of a feed: content lines with their parameters, components within one another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from calfeed.doctor.calendar.octets import Unfolded
from calfeed.doctor.findings import Finding, Kind, Level

NAME = re.compile(r"[A-Za-z0-9-]+")
PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
PART = re.compile(r'"[^"]*"|[^",]+')
ESCAPED = re.compile(r"\\(.)")
SHOWN = 60
DEEPEST = 16
"""Components within one another: a calendar has three."""

WHOLE_FEED = (
    "Home Assistant, Thunderbird (it shows an empty calendar, without an error), FullCalendar, "
    "ics.py and vobject lose the whole feed"
)

NO_LINE = Kind(
    "D311",
    Level.ERROR,
    "a line that iCalendar cannot read",
    WHOLE_FEED,
    r"each line is NAME:value; a line break in a text is written \n, a long line goes on after "
    "a line break and one blank",
)
CUT = Kind(
    "D312",
    Level.ERROR,
    "the calendar is cut off",
    "Thunderbird and Evolution empty the calendar without an error; vdirsyncer reports one and "
    "keeps what it has",
    "write the feed whole before it is served, then swap the file",
)
MISNESTED = Kind(
    "D313",
    Level.ERROR,
    "BEGIN and END do not match",
    WHOLE_FEED,
    "end each component before the one around it",
)
OUTSIDE = Kind(
    "D314",
    Level.ERROR,
    "something stands outside of the calendar",
    WHOLE_FEED,
    "let BEGIN:VCALENDAR be the first line, and END:VCALENDAR the last",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One content line: its name and those of its parameters in capitals, its value as written."""

    number: int
    name: str
    parameters: tuple[tuple[str, str], ...]
    value: str
    is_quoted: bool = False

    def parameter(self, name: str) -> str:
        """Return the parameter of that name, without quotes; empty if there is none."""
        return next((value for other, value in self.parameters if other == name), "")

    @property
    def text(self) -> str:
        """The value as TEXT, its escapes undone."""
        return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)

    def __str__(self) -> str:
        parameters = "".join(f";{name}={value}" for name, value in self.parameters)
        return f"{self.name}{parameters}:{self.value}"


@dataclass(slots=True)
class Component:
    """A component with its own lines and those within it; ``number`` is the line of its BEGIN."""

    name: str
    number: int = 0
    lines: list[Line] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)
    last: int = 0

    def all(self, name: str) -> list[Line]:
        """Return its own lines of that name."""
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> Line | None:
        """Return the first of its own lines of that name."""
        return next((line for line in self.lines if line.name == name), None)

    def named(self, name: str) -> list["Component"]:
        """Return the components of that name right within it."""
        return [part for part in self.parts if part.name == name]

    def walk(self) -> Iterator["Component"]:
        """Yield it and all within it, in the order of the feed."""
        waiting = [self]
        while waiting:
            component = waiting.pop()
            yield component
            waiting += reversed(component.parts)


def parse_line(unfolded: Unfolded) -> Line | None:
    """Return the content line that *unfolded* is; None if it is none."""
    text = unfolded.text
    found = NAME.match(text)
    if found is None:
        return None
    at, parameters = found.end(), list[tuple[str, str]]()
    is_quoted = False
    while parameter := PARAMETER.match(text, at):
        written = parameter[2]
        is_quoted = is_quoted or '"' in written
        value = ",".join(part.strip('"') for part in PART.findall(written))
        parameters.append((parameter[1].upper(), value))
        at = parameter.end()
    if text[at : at + 1] != ":":
        return None
    name, value = found[0].upper(), text[at + 1 :]
    return Line(unfolded.number, name, tuple(parameters), value, is_quoted)


def parse(lines: list[Unfolded]) -> tuple[Component, list[Finding]]:
    """Return what *lines* hold, in one component without a name, and what is wrong with them.

    A component that is not ended ends with the feed, or with the one around it.
    """
    tree = _Tree()
    for unfolded in lines:
        line = parse_line(unfolded)
        if line is None:
            tree.complain(NO_LINE, unfolded.number, unfolded.text)
        elif line.name == "BEGIN":
            tree.begin(line)
        elif line.name == "END":
            tree.end(line)
        else:
            tree.add(line)
    tree.finish(lines[-1].number if lines else 0)
    return tree.root, tree.findings


class _Tree:
    """Grows a component for each BEGIN, and knows which are open."""

    def __init__(self) -> None:
        self.root = Component("")
        self.findings: list[Finding] = []
        self._open = [self.root]

    def begin(self, line: Line) -> None:
        component = Component(line.value.strip().upper(), line.number)
        if len(self._open) > DEEPEST:
            self.complain(MISNESTED, line.number, "components within components without end")
            return
        if len(self._open) == 1 and component.name != "VCALENDAR":
            self.complain(OUTSIDE, line.number, f"BEGIN:{line.value}")
        self._open[-1].parts.append(component)
        self._open.append(component)

    def end(self, line: Line) -> None:
        name = line.value.strip().upper()
        if name not in {component.name for component in self._open[1:]}:
            self.complain(MISNESTED, line.number, f"END:{line.value} ends nothing")
            return
        while (component := self._open.pop()).name != name:
            detail = f"BEGIN:{component.name} on line {component.number} is not ended"
            self.complain(MISNESTED, line.number, detail)
            component.last = line.number - 1
        component.last = line.number

    def add(self, line: Line) -> None:
        self._open[-1].lines.append(line)
        if len(self._open) == 1:
            self.complain(OUTSIDE, line.number, f"{line.name}:{line.value}")

    def finish(self, last: int) -> None:
        for component in self._open[1:]:
            component.last = last
        if len(self._open) > 1:
            component = self._open[1]
            self.complain(CUT, last, f"BEGIN:{component.name} has no END:{component.name}")

    def complain(self, kind: Kind, number: int, text: str) -> None:
        shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        self.findings.append(Finding(kind, shown, line=number, column=1))
