"""Dates of events: whole days, or wall-clock times of one zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

REMEMBERED = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The date of an event: whole days, or wall-clock times of one zone.

    Days: ``start`` and ``end`` are dates, the last day included, ``end`` None for one day.
    Times: both are naive datetimes of ``zone``'s clocks; ``end`` None where no end is known.
    ``zone`` is an IANA name as the file has it.
    """

    start: date | datetime
    end: date | datetime | None = None
    zone: str
    to_be_confirmed: bool = False

    def __post_init__(self) -> None:
        if self.end is not None and isinstance(self.end, datetime) != self.is_timed:
            raise ValueError(f"start and end are of two kinds: {self.start!r}, {self.end!r}")
        if isinstance(self.start, datetime) and self.start.tzinfo is not None:
            raise ValueError(f"start is a wall-clock time, without zone: {self.start!r}")
        if self.is_timed and self.to_be_confirmed:
            raise ValueError(f"an hour that is to be confirmed: {self.start!r}")

    @property
    def is_timed(self) -> bool:
        """Whether this has an hour; otherwise it is of whole days."""
        return isinstance(self.start, datetime)

    @property
    def first_day(self) -> date:
        """The day it begins, on the clocks of its zone."""
        return self.start.date() if isinstance(self.start, datetime) else self.start

    def span(self) -> tuple[datetime, datetime]:
        """Return its first instant and the first instant after it, in UTC.

        Without an end a time is over as it begins; whole days end at midnight of the zone.
        """
        return _span(self.start, self.start if self.end is None else self.end, self.zone)

    def last_day(self, zone: str) -> date:
        """Return the last day it touches: as stated for whole days, else on *zone*'s clocks."""
        if not self.is_timed:
            return self.end or self.start
        start, end = self.span()
        last = max(start, end - timedelta(seconds=1))
        return last.astimezone(ZoneInfo(zone)).date()

    def starts_with(self, other: "When") -> bool:
        """Whether both begin at the same instant (of whole days: on the same day)."""
        if self.is_timed != other.is_timed:
            return False
        return self.span()[0] == other.span()[0] if self.is_timed else self.start == other.start

    def is_same_date(self, other: "When") -> bool:
        """Whether both name the same instants (of whole days: the same days)."""
        if self.is_timed != other.is_timed:
            return False
        if not self.is_timed:
            return (self.start, self.end or self.start) == (other.start, other.end or other.start)
        return self.span() == other.span() and (self.end is None) == (other.end is None)

    def __str__(self) -> str:
        """As an events file writes it: ``2021-12-02 14:30 to 16:30``."""
        if self.end is None or self.end == self.start:
            return _written(self.start)
        if isinstance(self.end, datetime) and self.end.date() == self.first_day:
            return f"{_written(self.start)} to {self.end:%H:%M}"
        return f"{_written(self.start)} to {_written(self.end)}"


def on_day(when: When, day: date) -> When:
    """Return *when* moved, with its length on the wall clock, to begin on *day*."""
    shift = day - when.first_day
    end = None if when.end is None else when.end + shift
    return When(
        start=when.start + shift, end=end, zone=when.zone, to_be_confirmed=when.to_be_confirmed
    )


def moment_text(moment: date | datetime, zone: str) -> str:
    """Return a day, or a wall-clock time of *zone* with its offset then (RFC 3339).

    Where the offset has seconds, which RFC 3339 cannot say, the time is given in UTC.
    """
    if not isinstance(moment, datetime):
        return moment.isoformat()
    aware = moment.replace(tzinfo=ZoneInfo(zone))
    offset = aware.utcoffset()
    is_of_minutes = offset is None or offset.seconds % 60 == 0
    return (aware if is_of_minutes else aware.astimezone(UTC)).isoformat()


def when_as_data(when: When) -> dict[str, Any]:
    """Return *when* as JSON-ready data, as the change log and told updates have it."""
    data = {"starts": str(when), "timezone": when.zone}
    return {**data, "to_be_confirmed": True} if when.to_be_confirmed else data


def when_of_data(data: Mapping[str, Any]) -> When:
    """Return the date that `when_as_data` made *data* of."""
    written, _, end = str(data["starts"]).partition(" to ")
    start = _read(written)
    if end and len(end) == len("14:30"):
        end = f"{written.partition(' ')[0]} {end}"
    return When(
        start=start,
        end=_read(end) if end else None,
        zone=data["timezone"],
        to_be_confirmed=data.get("to_be_confirmed", False),
    )


def _read(written: str) -> date | datetime:
    has_hour = " " in written
    return datetime.fromisoformat(written) if has_hour else date.fromisoformat(written)


def stamp_text(stamp: datetime) -> str:
    """Return *stamp*, which is in UTC and whole seconds: ``2021-09-23T08:15:00Z`` (RFC 3339)."""
    return f"{stamp.replace(tzinfo=None).isoformat()}Z"


def _written(moment: date | datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else f"{moment:%Y-%m-%d}"


@lru_cache(REMEMBERED)
def _span(start: date | datetime, end: date | datetime, zone: str) -> tuple[datetime, datetime]:
    clocks = ZoneInfo(zone)
    if not isinstance(end, datetime):
        end = end + timedelta(days=1)
    return _instant(start, clocks), _instant(end, clocks)


def _instant(moment: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return moment.replace(tzinfo=zone).astimezone(UTC)
