"""What was last told of one event, and how it is written down."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, cached_property

from pydantic import TypeAdapter

from calfeed.model import Event, Text

EDITION = 1
"""Raised by a release that draws VEVENTs otherwise: then every event is told anew, once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What reaches an event's bytes beside its own facts.

    ``initiatives`` are the names of the event's own, by slug; ``related`` the UIDs of the events
    it names; ``instants`` a digest of the UTC instants of all its dates, so that new zone data
    that moves one counts as a change.
    """

    site_url: str
    language: str
    initiatives: Mapping[str, Text]
    related: tuple[str, ...] = ()
    prefix_new_date: bool = True
    prefix_online: bool = True
    instants: str = ""
    edition: int = EDITION


@dataclass(frozen=True, kw_only=True)
class Revision:
    """What subscribers were last told of one UID: its facts, and the numbers that went with them.

    All bytes of the event follow from this alone. ``stamp`` is DTSTAMP and LAST-MODIFIED,
    ``created`` CREATED, both UTC in whole seconds; ``withdrawn`` is when it was, or None;
    ``last_day`` the last day of its last date in the site's zone, None while to be announced.
    """

    uid: str
    key: str
    sequence: int
    stamp: datetime
    created: datetime
    digest: str
    facts: bytes
    framed: bytes
    initiatives: tuple[str, ...]
    last_day: date | None
    withdrawn: datetime | None = None

    @cached_property
    def event(self) -> Event:
        """The event as it was told."""
        return _events().validate_json(self.facts)

    @cached_property
    def frame(self) -> Frame:
        """What it was framed by when it was told."""
        return _frames().validate_json(self.framed)


def encode_event(event: Event) -> bytes:
    """Return *event* as JSON; equal events give equal bytes, fields at their default left out."""
    return _events().dump_json(event, exclude_defaults=True)


def encode_frame(frame: Frame) -> bytes:
    """Return *frame* as JSON; equal frames give equal bytes, ``edition`` always among them."""
    return _frames().dump_json(frame)


def digest(facts: bytes, framed: bytes) -> str:
    """Return the SHA-256 of facts and frame, in hex: when it moves, SEQUENCE and stamp do."""
    return hashlib.sha256(facts + b"\n" + framed).hexdigest()


def digest_of_instants(event: Event) -> str:
    """Return a digest of the UTC instants of all dates of *event*; whole days have none."""
    spans = [when.span() for when in event.dates() if when.is_timed]
    written = ",".join(f"{start:%Y%m%dT%H%M%S}/{end:%Y%m%dT%H%M%S}" for start, end in spans)
    return hashlib.sha256(written.encode()).hexdigest()[:16] if spans else ""


def whole_second(moment: datetime) -> datetime:
    """Return *moment* in UTC without its fraction of a second."""
    return moment.astimezone(UTC).replace(microsecond=0)


@cache
def _events() -> TypeAdapter[Event]:
    return TypeAdapter(Event)


@cache
def _frames() -> TypeAdapter[Frame]:
    return TypeAdapter(Frame)
