"""What matters of a run, kept as JSON, and what changed since in a way that subscribers feel."""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from calfeed.doctor.calendar.identity import digest
from calfeed.doctor.calendar.reading import Event, Reading
from calfeed.doctor.findings import Finding, Kind, Level
from calfeed.errors import CalfeedError

NEW_UID = Kind(
    "D701",
    Level.ERROR,
    "events have another UID than before",
    "every client: the event that was held is gone, with its reminders, and a new one is there "
    "(Thunderbird, Evolution and vdirsyncer drop what has left a feed)",
    "bring the old UID back; keep it whatever else changes",
)
VANISHED = Kind(
    "D702",
    Level.WARNING,
    "coming events have left the feed",
    "they vanish from Thunderbird, Evolution and vdirsyncer at the next poll without a trace: "
    "nobody learns whether they take place",
    "keep an event that is off in the feed, with STATUS:CANCELLED and a title that says so",
)
FELL = Kind(
    "D703",
    Level.ERROR,
    "SEQUENCE fell",
    "clients that hold to it take the event for an older one and keep what they have (by RFC 5546; "
    "none that was tried asks for it in a subscribed feed)",
    "only ever count it up; was the feed made anew from a backup?",
)
UNMOVED = Kind(
    "D704",
    Level.ERROR,
    "events changed, and none of their stamps did",
    "Evolution keeps the old event when SEQUENCE, DTSTAMP and LAST-MODIFIED are all as before: a "
    "new date or a cancellation is missed",
    "with every change move DTSTAMP and LAST-MODIFIED, and count SEQUENCE up",
)
RESTAMPED = Kind(
    "D705",
    Level.WARNING,
    "DTSTAMP moves though nothing changed",
    "every poll is a whole body, for Thunderbird and Evolution too",
    "write the time of the event's last change",
)
EMPTIED = Kind(
    "D706",
    Level.ERROR,
    "all events have left the feed",
    "vdirsyncer refuses the feed for as long as it is empty; Evolution keeps showing the last "
    "events; Thunderbird empties",
    "keep past and cancelled events in the feed",
)
SAME_ETAG = Kind(
    "D707",
    Level.ERROR,
    "the feed changed, and its ETag did not",
    "Thunderbird and Evolution are told 304, and keep the old events",
    "make the ETag from the bytes of the feed",
)
ELSEWHERE = Kind(
    "D708",
    Level.HINT,
    "the saved run is of another address",
    "nobody, if the feed has moved; otherwise two feeds are compared that are not one",
    "give each feed a file of its own",
)


class SavedEvent(BaseModel):
    """What matters of one event: its numbers, and a hash of what it says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    uid: str
    recurrence_id: str
    sequence: str
    dtstamp: str
    last_modified: str
    start: str
    summary: str
    digest: str

    def __str__(self) -> str:
        return f'"{self.summary or self.uid}"' + (f" ({self.start})" if self.start else "")


class Run(BaseModel):
    """What matters of one run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1]
    address: str
    etag: str
    sha256: str
    events: tuple[SavedEvent, ...]


def run_of(reading: Reading, *, address: str, etag: str) -> Run:
    """Return what is kept of a feed."""
    return Run(
        format=1,
        address=address,
        etag=etag,
        sha256=hashlib.sha256(reading.content).hexdigest(),
        events=tuple(map(_saved, reading.events)),
    )


def parse_run(data: bytes, name: str) -> Run:
    """Return the run that *data*, the content of a file *name*, holds.

    Raises:
        CalfeedError: it holds none.
    """
    try:
        return Run.model_validate_json(data)
    except ValidationError as error:
        raise CalfeedError(
            f"{name} is no run of calfeed doctor\nMake one:  calfeed doctor ADDRESS --save FILE"
        ) from error


def check(before: Run, now: Run, *, day: date) -> Iterator[Finding]:
    """Yield what changed since *before* and should not have; *day* is today."""
    if before.address != now.address:
        yield Finding(ELSEWHERE, before.address)
    if before.etag and before.etag == now.etag and before.sha256 != now.sha256:
        yield Finding(SAME_ETAG, now.etag)
    if before.events and not now.events:
        yield Finding(EMPTIED, f"there were {len(before.events)}")
        return
    held = {(one.uid, one.recurrence_id): one for one in now.events}
    told = {(one.uid, one.recurrence_id): one for one in before.events}
    new = {(one.summary, one.start): one for key, one in held.items() if key not in told}
    for key, one in told.items():
        if key in held:
            yield from _changed(one, held[key])
        elif (other := new.get((one.summary, one.start))) is not None:
            yield Finding(NEW_UID, f"{one}: {one.uid}, now {other.uid}")
        elif one.start[:10] >= day.isoformat():
            yield Finding(VANISHED, str(one))


def _changed(before: SavedEvent, now: SavedEvent) -> Iterator[Finding]:
    is_same = before.digest == now.digest
    if _number(now.sequence) < _number(before.sequence):
        yield Finding(FELL, f"{now}: {before.sequence}, now {now.sequence or 'none'}")
    if not is_same and _stamps(before) == _stamps(now):
        yield Finding(UNMOVED, str(now))
    if is_same and before.dtstamp != now.dtstamp and before.sequence == now.sequence:
        yield Finding(RESTAMPED, f"{now}: {before.dtstamp}, now {now.dtstamp or 'none'}")


def _stamps(event: SavedEvent) -> tuple[str, ...]:
    return event.sequence, event.dtstamp, event.last_modified


def _number(sequence: str) -> int:
    return int(sequence) if sequence.isdecimal() and len(sequence) < _LONGEST else 0


_LONGEST = 19


def _saved(event: Event) -> SavedEvent:
    def written(name: str) -> str:
        line = event.component.first(name)
        return line.value.strip() if line else ""

    return SavedEvent(
        uid=event.uid,
        recurrence_id=event.key[1],
        sequence=written("SEQUENCE"),
        dtstamp=written("DTSTAMP"),
        last_modified=written("LAST-MODIFIED"),
        start=str(event.start or ""),
        summary=event.summary,
        digest=digest(event),
    )
