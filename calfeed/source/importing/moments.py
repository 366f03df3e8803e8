"""The dates of an event as another calendar writes them, as an events file does."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypeAlias
from zoneinfo import ZoneInfo

from icalendar import vDuration

from calfeed.source.importing.components import Component, Property
from calfeed.source.importing.zones import Zones

_VALUE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?")

Moment: TypeAlias = date | datetime
"""A whole day, or a moment with its zone."""


class NoDateError(ValueError):
    """There is no date, or none that exists; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """When an event begins and ends, in an events file's words; ``doubts`` say what is not sure.

    ``start`` is a day, or a wall-clock time of ``zone``; ``end`` likewise, a last day included.
    """

    start: date | datetime
    end: date | datetime | None
    zone: str
    doubts: tuple[str, ...] = ()

    @property
    def when(self) -> str:
        """The date as ``when`` has it."""
        if self.end is None or self.end == self.start:
            return _written(self.start)
        if isinstance(self.end, datetime) and self.end.date() == self.first_day:
            return f"{_written(self.start)} to {self.end:%H:%M}"
        return f"{_written(self.start)} to {_written(self.end)}"

    @property
    def first_day(self) -> date:
        """The day it begins."""
        return self.start.date() if isinstance(self.start, datetime) else self.start

    @property
    def last_day(self) -> date:
        """The day it ends, the same where no end is known."""
        end = self.start if self.end is None else self.end
        return end.date() if isinstance(end, datetime) else end

    def shifted(self, by: timedelta) -> "Dated":
        """Return it later, its length on the wall clock as it was."""
        end = None if self.end is None else self.end + by
        return replace(self, start=self.start + by, end=end)

    def distance_to(self, other: "Dated") -> timedelta:
        """Return how much later *other* begins; where one of them has no hour, in whole days."""
        if isinstance(self.start, datetime) and isinstance(other.start, datetime):
            return other.start - self.start
        return other.first_day - self.first_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """By whose clocks the times of one calendar are read, and written."""

    zones: Zones
    zone: str

    def dated(self, event: Component, *, keep_utc: bool = False) -> Dated:
        """Return when *event* takes place; with *keep_utc*, times in UTC stay so.

        Raises:
            NoDateError: it has no date, or none that exists.
        """
        first = event.first("DTSTART")
        if first is None:
            raise NoDateError("no start date")
        start, doubts = self.moment(first)
        end = self._end(event, start, doubts)
        if not isinstance(start, datetime):
            last = end - timedelta(days=1) if end and not isinstance(end, datetime) else None
            if last and last < start:
                last = None
            return Dated(start=start, end=last, zone=self.zone, doubts=tuple(doubts))
        if not isinstance(end, datetime) or end <= start:
            if end is not None and end != start:
                doubts.append("its end is not after its start; the end is left out")
            end = None
        return self._timed(start, end, doubts, keep_utc=keep_utc)

    def moment(self, found: Property) -> tuple[Moment, list[str]]:
        """Return the moment that a property has, aware if it has a time, and what is not sure.

        Raises:
            NoDateError: it has none.
        """
        parts = _VALUE.fullmatch(found.value.strip())
        if parts is None:
            raise NoDateError(f"a date that is none: {found.name}:{found.value[:40]}")
        try:
            day = date(int(parts[1]), int(parts[2]), int(parts[3]))
            if parts[4] is None:
                return day, []
            clock = time(int(parts[4]), int(parts[5]), min(int(parts[6]), 59))
        except ValueError:
            raise NoDateError(f"a date that does not exist: {found.value[:40]}") from None
        doubts = []
        if clock.second:
            doubts.append(f"seconds are left out: {found.value}")
        at = datetime.combine(day, clock.replace(second=0))
        zone, doubt = self._zone(found, at, is_utc=bool(parts[7]))
        doubts += [doubt] if doubt else []
        return at.replace(tzinfo=zone), doubts

    def _zone(self, found: Property, at: datetime, *, is_utc: bool) -> tuple[tzinfo, str]:
        tzid = found.parameters.get("TZID", "")
        if is_utc or tzid.upper() in {"UTC", "GMT"}:
            return UTC, ""
        if not tzid:
            return ZoneInfo(self.zone), f"a time without a zone, read as {self.zone}"
        zone = self.zones.of(tzid, at)
        if zone is None:
            return ZoneInfo(self.zone), f'unknown time zone "{tzid}", read as {self.zone}'
        if zone.is_sure:
            return zone.clock(), ""
        if zone.name == tzid:
            return zone.clock(), f'the rules of "{tzid}" are not those of that time zone'
        meant = zone.name or f"{self.zone}, by its rules"
        return zone.clock(), f'time zone "{tzid}", read as {meant}'

    def _end(self, event: Component, start: Moment, doubts: list[str]) -> Moment | None:
        if found := event.first("DTEND"):
            try:
                end, more = self.moment(found)
            except NoDateError as error:
                doubts.append(f"{error}; the end is left out")
                return None
            doubts += [doubt for doubt in more if doubt not in doubts]
            if isinstance(end, datetime) != isinstance(start, datetime):
                doubts.append("start and end are of two kinds; the end is left out")
                return None
            return end
        if found := event.first("DURATION"):
            try:
                length: timedelta = vDuration.from_ical(found.value)  # type: ignore[no-untyped-call]  # so
                return start + length
            except (ArithmeticError, ValueError):
                doubts.append(f"a duration that is none: {found.value[:40]}")
        return None

    def _timed(
        self, start: datetime, end: datetime | None, doubts: list[str], *, keep_utc: bool
    ) -> Dated:
        """Return the date in its own zone; what has none that has a name is told in the site's."""
        zone = start.tzinfo.key if isinstance(start.tzinfo, ZoneInfo) else ""
        if not zone:
            zone = "UTC" if keep_utc and start.tzinfo is UTC else self.zone
        if not all(_is_plain(one, zone) for one in (start, end)):
            zone = "UTC"  # an hour that the clocks show twice: only UTC says which
        return Dated(
            start=_on_clock(start, zone),
            end=_on_clock(end, zone) if end else None,
            zone=zone,
            doubts=tuple(dict.fromkeys(doubts)),
        )


def _on_clock(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def _is_plain(moment: datetime | None, zone: str) -> bool:
    """Whether the clocks of *zone* show the hour of *moment* exactly once."""
    if moment is None:
        return True
    shown = _on_clock(moment, zone).replace(tzinfo=ZoneInfo(zone))
    return shown.utcoffset() == shown.replace(fold=1).utcoffset() and shown == moment


def _written(moment: date | datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else f"{moment:%Y-%m-%d}"
