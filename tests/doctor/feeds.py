"""Feeds for the doctor: a healthy one, and what can be done to it."""

from collections.abc import Sequence

BEGIN = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//a//b//EN",
    "X-WR-CALNAME:Town events",
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
)
END = ("END:VCALENDAR",)
BRUSSELS = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Brussels",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:19810329T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)
GARDEN = (
    "UID:garden@town.example",
    "DTSTAMP:20310101T090000Z",
    "SEQUENCE:1",
    "STATUS:CONFIRMED",
    "DTSTART;TZID=Europe/Brussels:20310508T140000",
    "DTEND;TZID=Europe/Brussels:20310508T160000",
    "SUMMARY:Garden day",
)


def an_event(*lines: str, without: Sequence[str] = (), parts: Sequence[str] = ()) -> list[str]:
    """Return the garden day with *lines* in place of those of the same name, or added."""
    names = {_name(line) for line in lines} | set(without)
    kept = [line for line in GARDEN if _name(line) not in names]
    return ["BEGIN:VEVENT", *kept, *lines, *parts, "END:VEVENT"]


def a_feed(
    *events: Sequence[str], head: Sequence[str] = BEGIN, zones: Sequence[str] = BRUSSELS
) -> bytes:
    """Return a feed with *events*; the garden day if there are none."""
    chosen = events or (an_event(),)
    lines = [*head, *zones, *(line for event in chosen for line in event), *END]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _name(line: str) -> str:
    return line.partition(":")[0].partition(";")[0]
