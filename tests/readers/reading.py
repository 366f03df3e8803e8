"""What a reader found in a feed, in one shape for all readers, so that tests can compare them."""

from dataclasses import dataclass
from datetime import date, datetime

Moment = date | datetime
"""A day, an instant in UTC, or a naive time where the reader knew no zone for it."""


class ReaderError(Exception):
    """A reader refused what it was given, or complained of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEvent:
    """One VEVENT as a reader sees it: texts unescaped, lists sorted, zones resolved by the reader.

    A text that is absent is empty. ``rrule`` is as `normal_rule` writes it.
    """

    uid: str
    sequence: int | None
    dtstamp: datetime | None
    created: datetime | None
    last_modified: datetime | None
    dtstart: Moment
    dtend: Moment | None
    recurrence_id: Moment | None
    rrule: str
    exdates: tuple[Moment, ...]
    rdates: tuple[Moment, ...]
    status: str
    transp: str
    busy_status: str
    summary: str
    description: str
    location: str
    url: str
    organizer: str
    geo: tuple[float, float] | None
    categories: tuple[str, ...]
    comments: tuple[str, ...]
    conferences: tuple[str, ...]
    contacts: tuple[str, ...]
    images: tuple[str, ...]
    related: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One date of an event, as a reader's user sees it in the calendar."""

    start: Moment
    uid: str
    summary: str
    status: str


def normal_rule(rule: str) -> str:
    """Return *rule*, an RRULE's value, with its parts sorted and without those that say nothing."""
    said = {part.upper() for part in rule.split(";")} - {"", "INTERVAL=1", "WKST=MO"}
    return ";".join(sorted(said))


def in_order(moments: list[Moment]) -> tuple[Moment, ...]:
    """Return *moments* sorted, days among instants if it must be."""
    return tuple(sorted(moments, key=str))


def among(instances: list[Instance], start: date, end: date) -> list[Instance]:
    """Return those of *instances* that begin in the days [start, end) of UTC, in order."""

    def day(instance: Instance) -> date:
        begins = instance.start
        return begins.date() if isinstance(begins, datetime) else begins

    found = [instance for instance in instances if start <= day(instance) < end]
    return sorted(found, key=lambda instance: (str(instance.start), instance.uid))
