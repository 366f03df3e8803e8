"""A feed as the doctor reads it: its calendar, its events, and what was wrong on the way."""

from dataclasses import dataclass, field
from functools import cached_property

from calfeed.doctor.calendar.lines import Component, Line, parse
from calfeed.doctor.calendar.moments import Moment, parse_moment
from calfeed.doctor.calendar.octets import unfold
from calfeed.doctor.findings import Finding


@dataclass(frozen=True, kw_only=True)
class Event:
    """A VEVENT, with what is most often asked of it; its texts are without escapes."""

    component: Component

    @cached_property
    def uid(self) -> str:
        """Its UID; empty if it has none."""
        return self._text("UID")

    @cached_property
    def summary(self) -> str:
        """Its title, on one line."""
        return " ".join(self._text("SUMMARY").split())

    @cached_property
    def status(self) -> str:
        """Its STATUS in capitals; empty if it has none."""
        return self._text("STATUS").strip().upper()

    @cached_property
    def start(self) -> Moment | None:
        """When it begins."""
        return self._moment("DTSTART")

    @cached_property
    def recurrence(self) -> Line | None:
        """Which date of a series it is."""
        return self.component.first("RECURRENCE-ID")

    @cached_property
    def key(self) -> tuple[str, str]:
        """What tells it from others in its feed: UID and RECURRENCE-ID."""
        return self.uid, self.recurrence.value.strip() if self.recurrence else ""

    def __str__(self) -> str:
        name = self.summary or self.uid or "an event without a title"
        return f'"{name}"' + (f" ({self.start})" if self.start else "")

    def _text(self, name: str) -> str:
        line = self.component.first(name)
        return line.text if line else ""

    def _moment(self, name: str) -> Moment | None:
        line = self.component.first(name)
        return parse_moment(line) if line else None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What stands in the bytes of a feed; ``findings`` are of its bytes and its syntax."""

    content: bytes
    calendars: tuple[Component, ...] = ()
    events: tuple[Event, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


def read(content: bytes) -> Reading:
    """Return what stands in *content*, whatever bytes they are."""
    lines, of_bytes = unfold(content)
    root, of_syntax = parse(lines)
    calendars = tuple(root.named("VCALENDAR"))
    events = [part for calendar in calendars for part in calendar.walk() if part.name == "VEVENT"]
    return Reading(
        content=content,
        calendars=calendars,
        events=tuple(Event(component=event) for event in events),
        findings=(*of_bytes, *of_syntax),
    )
