"""Calendars as jCal (RFC 7265): what icalendar makes of the very bytes that calendar apps get."""

import json
from collections.abc import Iterable

import icalendar

BEGIN = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//calfeed//calfeed//EN\r\n"
END = b"END:VCALENDAR\r\n"


def draw(vevents: bytes) -> str:
    """Return *vevents*, the content lines of some, as jCal: separated by commas, in their order."""
    _, _, components = icalendar.Calendar.from_ical(BEGIN + vevents + END).to_jcal()
    return ",\n".join(map(_as_json, components))


def render(calendar: bytes, events: Iterable[str]) -> bytes:
    """Return the VCALENDAR *calendar*, which has no VEVENTs, with *events* as `draw` drew them."""
    name, properties, zones = icalendar.Calendar.from_ical(calendar).to_jcal()
    components = ",\n".join([*map(_as_json, zones), *events])
    return f"[{_as_json(name)},{_as_json(properties)},[\n{components}\n]]\n".encode()


def _as_json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
