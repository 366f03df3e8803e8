"""What tells events from one another, and from themselves at the next fetch."""

import hashlib
from collections.abc import Iterator

from calfeed.doctor.calendar.reading import Event, Reading
from calfeed.doctor.findings import Finding, Kind, Level

STAMPS = frozenset({"DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "CREATED"})

SAME_UID = Kind(
    "D504",
    Level.ERROR,
    "two events have one UID",
    "Thunderbird, Evolution, KDE and node-ical keep one of the two",
    "give each its own; only changed dates of a series share one, each with its RECURRENCE-ID",
)
ALIKE = Kind(
    "D530",
    Level.WARNING,
    "two events differ in nothing but UID",
    "vdirsyncer makes one of them: it takes what they say for their UID",
    "give each something of its own in SUMMARY, URL or DESCRIPTION",
)
NEW_UIDS = Kind(
    "D531",
    Level.ERROR,
    "events get another UID at every fetch",
    "every client takes each poll for the loss of all events and as many new ones; reminders and "
    "answers are lost with them (by RFC 5545 §3.8.4.7; not measured)",
    "keep the UID of each event, or make it from what never changes about it",
)
NEW_STAMPS = Kind(
    "D532",
    Level.WARNING,
    "DTSTAMP changes at every fetch",
    "every poll is a whole body, for Thunderbird and Evolution too, and looks like a change of "
    "all events",
    "write the time of the event's last change, not that of the request",
)
NEW_BYTES = Kind(
    "D533",
    Level.WARNING,
    "the feed is another one at every fetch",
    "every poll is a whole body, for Thunderbird and Evolution too",
    "write events in an order that stays, and nothing that depends on the request",
)


def check(reading: Reading, again: Reading | None) -> Iterator[Finding]:
    """Yield where events cannot be told apart, or not recognised; *again* is a second fetch."""
    yield from _doubled(reading)
    yield from _alike(reading)
    if again and again.content != reading.content:
        yield from _changing(reading, again)


def digest(event: Event) -> str:
    """Return a hash of what *event* says, whatever its numbers and stamps are."""
    lines = [
        f"{part.name}\n{line}"
        for part in event.component.walk()
        for line in part.lines
        if line.name not in STAMPS
    ]
    return hashlib.sha256("\n".join(sorted(lines)).encode("utf-8", "replace")).hexdigest()


def _doubled(reading: Reading) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Event] = {}
    for event in reading.events:
        other = seen.setdefault(event.key, event)
        if other is not event and event.uid:
            detail = f"{event} and {other}: {event.uid}"
            yield Finding(SAME_UID, detail, line=event.component.number)


def _alike(reading: Reading) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], Event] = {}
    for event in reading.events:
        says = sorted(str(line) for line in event.component.lines if line.name not in _LEFT_OUT)
        other = seen.setdefault(tuple(says), event)
        if other.uid != event.uid:
            yield Finding(ALIKE, str(event), line=event.component.number)


_LEFT_OUT = STAMPS | {"UID"}


def _changing(reading: Reading, again: Reading) -> Iterator[Finding]:
    before, after = ({event.key: event for event in one.events} for one in (reading, again))
    gone = [event for key, event in before.items() if key not in after]
    titles = {(event.summary, str(event.start)) for key, event in after.items()}
    renamed = [event for event in gone if (event.summary, str(event.start)) in titles]
    both = [(event, after[key]) for key, event in before.items() if key in after]
    moving = [one for one, other in both if digest(one) == digest(other) and _differ(one, other)]
    if renamed:
        yield Finding(NEW_UIDS, _of(renamed, reading), line=renamed[0].component.number)
    if moving:
        yield Finding(NEW_STAMPS, _of(moving, reading), line=moving[0].component.number)
    if not renamed and not moving:
        yield Finding(NEW_BYTES)


def _differ(one: Event, other: Event) -> bool:
    stamps = [event.component.first("DTSTAMP") for event in (one, other)]
    return len({line.value if line else "" for line in stamps}) > 1


def _of(events: list[Event], reading: Reading) -> str:
    return f"{len(events)} of {len(reading.events)}, for instance {events[0]}"
