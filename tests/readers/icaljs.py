"""ical.js, the parser of Thunderbird and of many web calendars: one node process for each call."""

import json
import subprocess
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.readers.reading import (
    Instance,
    Moment,
    ReaderError,
    ReadEvent,
    among,
    in_order,
    normal_rule,
)

DRIVER = Path(__file__).with_name("icaljs.mjs")


def read(data: bytes) -> list[ReadEvent]:
    """Return the events of the calendar *data*, in its order.

    Raises:
        ReaderError: ical.js refuses it.
    """
    return read_each([data])[0]


def read_each(calendars: Sequence[bytes]) -> list[list[ReadEvent]]:
    """Return the events of each of *calendars*: `read`, for the price of one process."""
    answers = _ask([{"calendar": _text(data)} for data in calendars])
    return [[_event(facts) for facts in answer["events"]] for answer in answers]


def read_jcal(data: bytes) -> list[ReadEvent]:
    """Return the events of the calendar *data*, which is jCal, in its order."""
    (answer,) = _ask([{"jcal": _text(data)}])
    return [_event(facts) for facts in answer["events"]]


def expand(data: bytes, start: date, end: date) -> list[Instance]:
    """Return the dates that begin in [start, end), overrides in the place of what they replace."""
    (answer,) = _ask([{"calendar": _text(data), "expand": True}])
    return among([_instance(facts) for facts in answer["instances"]], start, end)


def expand_each(calendars: Sequence[bytes], until: datetime) -> list[list[Instance] | None]:
    """Return the dates of each of *calendars* up to *until*; None for one that is refused."""
    seconds = int(until.timestamp())
    asked = [
        {"calendar": data.decode(errors="replace"), "expand": True, "until": seconds}
        for data in calendars
    ]
    return [
        None if "error" in answer else [_instance(facts) for facts in answer["instances"]]
        for answer in _answers(asked)
    ]


def instants(jobs: Sequence[tuple[bytes, Sequence[datetime]]]) -> list[list[int]]:
    """Return, for each calendar and its naive local times, their Unix times by its VTIMEZONE."""
    asked = [
        {"calendar": _text(data), "local": [local.isoformat() for local in locals_]}
        for data, locals_ in jobs
    ]
    return [answer["instants"] for answer in _ask(asked)]


def _text(data: bytes) -> str:
    return data.decode()


def _ask(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    answers = _answers(jobs)
    for answer in answers:
        if "error" in answer:
            raise ReaderError(answer["error"])
    return answers


def _answers(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    done = subprocess.run(
        ["node", str(DRIVER)], input=json.dumps(jobs).encode(), capture_output=True, check=False
    )
    if done.returncode:
        raise ReaderError(done.stderr.decode())
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def _instance(facts: dict[str, Any]) -> Instance:
    return Instance(**facts | {"start": _moment(facts["start"])})


def _event(facts: dict[str, Any]) -> ReadEvent:
    if facts["dtstart"] is None:
        raise ReaderError("an event without DTSTART")
    moments = {
        name: facts[name] and _moment(facts[name])
        for name in ("dtstamp", "created", "last_modified", "dtstart", "dtend", "recurrence_id")
    }
    lists = {name: in_order(list(map(_moment, facts[name]))) for name in ("exdates", "rdates")}
    texts = {
        name: tuple(sorted(facts[name]))
        for name in ("categories", "comments", "conferences", "contacts", "images", "related")
    }
    geo = tuple(facts["geo"]) if facts["geo"] else None
    rrule = normal_rule(facts["rrule"])
    return ReadEvent(**facts | moments | lists | texts | {"geo": geo, "rrule": rrule})


def _moment(facts: dict[str, Any]) -> Moment:
    if "day" in facts:
        return date.fromisoformat(facts["day"])
    if "floating" in facts:
        return datetime.fromisoformat(facts["floating"])
    return datetime.fromtimestamp(facts["instant"], UTC)
