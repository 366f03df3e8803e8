"""What changed since a saved run, and all that the doctor says of it."""

from collections.abc import Callable, Sequence

import pytest

from calfeed.doctor.calendar.reading import read
from calfeed.doctor.runs import Run, check, parse_run, run_of
from calfeed.errors import CalfeedError
from tests.doctor.feeds import a_feed, an_event
from tests.doctor.saying import DAY, findings

ADDRESS = "https://town.example/feeds/all.ics"
STAMP = "DTSTAMP:20310102T090000Z"
PAST = ("DTSTART:20210508T140000Z", "DTEND:20210508T160000Z")


def a_run(*events: Sequence[str], address: str = ADDRESS, etag: str = "") -> Run:
    content = a_feed(*events) if events else a_feed([])
    return run_of(read(content), address=address, etag=etag)


GARDEN = an_event()
OTHER = an_event("UID:other@town.example", "SUMMARY:Another day")
RUNS: dict[str, tuple[Run, Run]] = {
    "nothing": (a_run(GARDEN), a_run(GARDEN)),
    "all went well": (a_run(GARDEN), a_run(an_event("SUMMARY:Park day", "SEQUENCE:2", STAMP))),
    "a new event": (a_run(GARDEN), a_run(GARDEN, OTHER)),
    "a new UID": (a_run(GARDEN), a_run(an_event("UID:new@town.example"))),
    "gone before its day": (a_run(GARDEN, OTHER), a_run(OTHER)),
    "gone after its day": (a_run(an_event(*PAST), OTHER), a_run(OTHER)),
    "gone, without a day": (a_run(an_event(without=["DTSTART"]), OTHER), a_run(OTHER)),
    "SEQUENCE fell": (a_run(GARDEN), a_run(an_event("SEQUENCE:0", STAMP))),
    "SEQUENCE is gone": (a_run(GARDEN), a_run(an_event(STAMP, without=["SEQUENCE"]))),
    "SEQUENCE is out of all bounds": (a_run(an_event(f"SEQUENCE:{'9' * 5000}")), a_run(GARDEN)),
    "no stamp moved": (a_run(GARDEN), a_run(an_event("STATUS:CANCELLED"))),
    "an alarm is new": (
        a_run(GARDEN),
        a_run(an_event(parts=["BEGIN:VALARM", "ACTION:AUDIO", "END:VALARM"])),
    ),
    "a stamp moved": (a_run(GARDEN), a_run(an_event(STAMP))),
    "a stamp is gone": (a_run(GARDEN), a_run(an_event(without=["DTSTAMP"]))),
    "all are gone": (a_run(GARDEN, OTHER), a_run()),
    "the ETag stayed": (
        a_run(GARDEN, etag='"1"'),
        a_run(an_event("SEQUENCE:2", "SUMMARY:Park day"), etag='"1"'),
    ),
    "another address": (a_run(GARDEN, address="https://old.example/a.ics"), a_run(GARDEN)),
}


def test_what_changed_since(golden: Callable[[str, bytes], None]) -> None:
    told = [
        f"{name.upper()}\n{findings(check(before, now, day=DAY))}"
        for name, (before, now) in RUNS.items()
    ]
    golden("doctor-since.txt", "\n\n".join(told).encode())


def test_a_run_is_read_back() -> None:
    run = a_run(GARDEN, an_event("SUMMARY:Ça va \U0001f600"))
    assert parse_run(run.model_dump_json(indent=2).encode(), "run.json") == run


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b'{"format": 2}', b"BEGIN:VCALENDAR"])
def test_what_is_no_run_is_refused(data: bytes) -> None:
    with pytest.raises(CalfeedError) as refused:
        parse_run(data, "run.json")
    assert str(refused.value) == (
        "run.json is no run of calfeed doctor\nMake one:  calfeed doctor ADDRESS --save FILE"
    )
