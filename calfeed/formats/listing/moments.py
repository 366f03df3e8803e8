"""Dates and moments as JSON has them (RFC 3339): never a local time without its offset."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from calfeed.dates import When


def when_as_data(when: When) -> dict[str, object]:
    """Return a date: of whole days its first and its last day, of times both with their offset.

    The last day is included, as in an events file and at schema.org; ``end`` is None where no
    end is known, which whole days always have.
    """
    end = when.end if when.is_timed else when.end or when.start
    return {
        "start": moment_as_text(when.start, when.zone),
        "end": None if end is None else moment_as_text(end, when.zone),
        "all_day": not when.is_timed,
        "timezone": when.zone,
        "time_confirmed": not when.to_be_confirmed,
    }


def moment_as_text(moment: date | datetime, zone: str) -> str:
    """Return a day, or a wall-clock time of *zone* with its offset then."""
    if isinstance(moment, datetime):
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return moment.isoformat()


def stamp_as_text(stamp: datetime) -> str:
    """Return *stamp*, in UTC and whole seconds: ``2021-09-23T08:15:00Z``."""
    return f"{stamp.replace(tzinfo=None).isoformat()}Z"
