"""Dates and times as a feed writes them, each with what it says of its zone."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

from calfeed.doctor.calendar.lines import Line

DATE = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
DATE_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)", re.ASCII)
DURATION = re.compile(
    r"\+?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})S)?)?",
    re.ASCII,
)
LEAP_SECOND = 60

Value: TypeAlias = date | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date, or a time: aware where it is in UTC, naive on the clocks of ``zone`` or of nobody."""

    value: Value
    zone: str = ""

    @property
    def is_day(self) -> bool:
        """Whether it is a whole day."""
        return not isinstance(self.value, datetime)

    @property
    def day(self) -> date:
        """Its day, on its own clocks."""
        return self.value.date() if isinstance(self.value, datetime) else self.value

    def __str__(self) -> str:
        if not isinstance(self.value, datetime):
            return self.value.isoformat()
        clock = "UTC" if self.value.tzinfo else self.zone
        return f"{self.day.isoformat()} {self.value:%H:%M} {clock}".rstrip()


def parse_moment(line: Line) -> Moment | None:
    """Return the date or time that *line* has; None if it is none, or one that cannot be."""
    value = line.value.strip()
    try:
        if found := DATE.fullmatch(value):
            return Moment(value=date(*map(int, found.groups())))
        if found := DATE_TIME.fullmatch(value):
            year, month, day, hour, minute, second = map(int, found.groups()[:6])
            second = min(second, LEAP_SECOND - 1)
            moment = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - its clocks'
            if found[7]:
                return Moment(value=moment.replace(tzinfo=UTC))
            return Moment(value=moment, zone=line.parameter("TZID"))
    except ValueError:
        return None
    return None


def parse_duration(value: str) -> timedelta | None:
    """Return the duration that *value* is; None if it is none, or a negative one."""
    found = DURATION.fullmatch(value.strip())
    if found is None or not any(found.groups()):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
