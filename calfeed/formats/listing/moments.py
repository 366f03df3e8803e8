"""Dates as JSON has them (RFC 3339): never a local time without its offset."""

from calfeed.dates import When, moment_text


def when_as_json(when: When) -> dict[str, object]:
    """Return a date: of whole days its first and its last day, of times both with their offset.

    The last day is included, as in an events file and at schema.org; ``end`` is None where no
    end is known, which whole days always have.
    """
    end = when.end if when.is_timed else when.end or when.start
    return {
        "start": moment_text(when.start, when.zone),
        "end": None if end is None else moment_text(end, when.zone),
        "all_day": not when.is_timed,
        "timezone": when.zone,
        "time_confirmed": not when.to_be_confirmed,
    }
