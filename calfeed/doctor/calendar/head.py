"""What a calendar says of itself, before its events."""

from collections.abc import Iterator

from calfeed.doctor.calendar.lines import Component
from calfeed.doctor.calendar.moments import parse_duration
from calfeed.doctor.calendar.reading import Reading
from calfeed.doctor.findings import Finding, Kind, Level

INTERVALS = ("REFRESH-INTERVAL", "X-PUBLISHED-TTL")

NO_PRODID = Kind(
    "D401",
    Level.ERROR,
    "PRODID or VERSION is missing",
    "KDE, libical, ics.py, vobject and Data::ICal refuse the feed",
    "begin the calendar with  VERSION:2.0  and  PRODID:-//your name//your program//EN",
)
OTHER_VERSION = Kind(
    "D402",
    Level.ERROR,
    "a VERSION that is not 2.0",
    "clients that read iCalendar alone (by RFC 5545 §3.7.4; not measured)",
    "write  VERSION:2.0  and the calendar as RFC 5545 has it",
)
METHOD = Kind(
    "D403",
    Level.HINT,
    "METHOD makes it a message, not a calendar",
    "libical's check then demands an ORGANIZER in each event; readers are fine with PUBLISH "
    "(others not measured)",
    "leave METHOD out",
)
CALENDAR_UID = Kind(
    "D404",
    Level.ERROR,
    "the calendar itself has a UID",
    "vdirsyncer takes it for the UID of every event: the whole feed becomes one event",
    "leave it out, though RFC 7986 allows it",
)
NO_EVENT = Kind(
    "D405",
    Level.HINT,
    "there is no event",
    "those who had some: vdirsyncer refuses the feed for as long as it is empty, Evolution keeps "
    "showing the last events, Thunderbird empties. New subscribers are fine",
    "keep past and cancelled events in the feed",
)
NO_INTERVAL = Kind(
    "D406",
    Level.HINT,
    "the feed does not say how often to look again",
    "clients that go by it ask as seldom as they like; Thunderbird and Home Assistant always do",
    "write  REFRESH-INTERVAL;VALUE=DURATION:PT1H  and  X-PUBLISHED-TTL:PT1H",
)
BAD_INTERVAL = Kind(
    "D407",
    Level.WARNING,
    "how often to look again cannot be read",
    "clients that go by it; some may refuse the feed (not measured)",
    "write a duration of an hour or so:  PT1H",
)
SEVERAL = Kind(
    "D408",
    Level.WARNING,
    "several calendars in one feed",
    "clients that read only the first one lose the events of the others (not measured)",
    "put all events into one VCALENDAR",
)


def check(reading: Reading) -> Iterator[Finding]:
    """Yield what is wrong with what stands before the events."""
    for calendar in reading.calendars:
        yield from _required(calendar)
        yield from _unwanted(calendar)
        yield from _intervals(calendar)
    if reading.calendars and not reading.events:
        yield Finding(NO_EVENT)
    for calendar in reading.calendars[1:]:
        yield Finding(SEVERAL, line=calendar.number)


def _required(calendar: Component) -> Iterator[Finding]:
    missing = [name for name in ("PRODID", "VERSION") if calendar.first(name) is None]
    if missing:
        yield Finding(NO_PRODID, f"there is no {' and no '.join(missing)}", line=calendar.number)
    version = calendar.first("VERSION")
    if version and version.value.strip() != "2.0":
        yield Finding(OTHER_VERSION, f"VERSION:{version.value}", line=version.number)


def _unwanted(calendar: Component) -> Iterator[Finding]:
    if method := calendar.first("METHOD"):
        yield Finding(METHOD, f"METHOD:{method.value}", line=method.number)
    if uid := calendar.first("UID"):
        yield Finding(CALENDAR_UID, f"UID:{uid.value}", line=uid.number)


def _intervals(calendar: Component) -> Iterator[Finding]:
    written = [line for name in INTERVALS for line in calendar.all(name)]
    if not written:
        yield Finding(NO_INTERVAL)
    for line in written:
        if not parse_duration(line.value):
            yield Finding(BAD_INTERVAL, f"{line.name}:{line.value}", line=line.number)
