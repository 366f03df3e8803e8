"""The readers that judge calfeed's feeds, on a calendar made by hand: they agree, and they mind."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.readers import icalendar_reader, icaljs, libical
from tests.readers.available import missing
from tests.readers.reading import Instance, ReaderError, ReadEvent

FEED = Path(__file__).with_name("by-hand.ics").read_bytes()

EVERY_READER = pytest.mark.parametrize(
    "read",
    [
        pytest.param(icaljs.read, marks=pytest.mark.reader("icaljs"), id="ical.js"),
        pytest.param(libical.read, marks=pytest.mark.reader("libical"), id="libical"),
        pytest.param(icalendar_reader.read, id="icalendar"),
    ],
)
Read = Callable[[bytes], list[ReadEvent]]
HEAD, TAIL = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n", b"END:VCALENDAR\r\n"
EVENT = b"BEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20211001T000000Z\r\nDTSTART:20211001T000000Z\r\n"
END = b"END:VEVENT\r\n"
STAMP = datetime(2021, 10, 1, tzinfo=UTC)
MASTER = ReadEvent(
    uid="series",
    sequence=2,
    dtstamp=STAMP,
    created=datetime(2021, 8, 20, 6, tzinfo=UTC),
    last_modified=STAMP,
    dtstart=datetime(2021, 9, 7, 12, tzinfo=UTC),
    dtend=datetime(2021, 9, 7, 13, tzinfo=UTC),
    recurrence_id=None,
    rrule="BYDAY=1TU;FREQ=MONTHLY;UNTIL=20211207T130000Z",
    exdates=(datetime(2021, 11, 2, 13, tzinfo=UTC),),
    rdates=(datetime(2021, 11, 8, 13, tzinfo=UTC),),
    status="CONFIRMED",
    transp="TRANSPARENT",
    busy_status="FREE",
    summary="Élan, ici; là\nligne \\ deux",
    description="Τεχνόπολις",
    location="Here, there",
    url="https://x.example/a,b",
    organizer="mailto:a@b.example",
    geo=(50.5, 4.25),
    categories=("a,b", "c", "d"),
    comments=("one, two", "three"),
    conferences=("https://meet.example/a?b=c%3Bd,e",),
    contacts=("Call, me",),
    images=("https://x.example/i.jpg",),
    related=("another",),
)


@EVERY_READER
def test_every_reader_finds_the_same(read: Read) -> None:
    master, override, day, utc = read(FEED)

    assert replace(master, categories=()) == replace(MASTER, categories=())
    assert override.recurrence_id == datetime(2021, 10, 5, 12, tzinfo=UTC)
    assert override.dtstart == datetime(2021, 10, 12, 12, tzinfo=UTC)
    assert (day.dtstart, day.dtend) == (date(2021, 9, 30), date(2021, 10, 1))
    assert utc.rdates == tuple(datetime(2021, month, 30, 10, tzinfo=UTC) for month in (9, 10))


@pytest.mark.reader("icaljs")
def test_a_line_of_several_categories_is_split_by_those_who_can() -> None:
    assert icaljs.read(FEED)[0].categories == icalendar_reader.read(FEED)[0].categories
    assert icaljs.read(FEED)[0].categories == MASTER.categories


@EVERY_READER
def test_the_vtimezone_alone_says_what_a_local_time_is(read: Read) -> None:
    as_if = FEED.replace(b"TZOFFSETTO:+0200", b"TZOFFSETTO:+0530")

    assert read(as_if)[0].dtstart == datetime(2021, 9, 7, 8, 30, tzinfo=UTC)


@EVERY_READER
def test_a_time_of_a_zone_that_the_feed_does_not_explain_is_of_no_zone(read: Read) -> None:
    unexplained = FEED.replace(b"\r\nTZID:Europe/Brussels", b"\r\nTZID:Other/Name")

    assert read(unexplained)[0].dtstart == datetime(2021, 9, 7, 14)


@EVERY_READER
@pytest.mark.parametrize(
    "refused",
    [
        pytest.param(b"<html></html>", id="no calendar"),
        pytest.param(HEAD + EVENT, id="cut off"),
        pytest.param(HEAD + EVENT + b"a raw line break\r\n" + END + TAIL, id="no property"),
        pytest.param(HEAD + EVENT + b"CREATED:2021\r\n" + END + TAIL, id="no date"),
        pytest.param(HEAD + EVENT.replace(b"DTSTART", b"CREATED") + END + TAIL, id="no DTSTART"),
    ],
)
def test_what_is_no_sound_feed_is_refused(read: Read, refused: bytes) -> None:
    with pytest.raises(ReaderError):
        read(refused)


@pytest.mark.reader("libical")
def test_libical_minds_what_breaks_a_restriction() -> None:
    with pytest.raises(ReaderError, match="restrictions for SUMMARY"):
        libical.read(HEAD + EVENT + b"SUMMARY:a\r\nSUMMARY:b\r\n" + END + TAIL)


@pytest.mark.reader("icaljs")
def test_several_calendars_are_read_by_one_process() -> None:
    assert icaljs.read_each([FEED, HEAD + TAIL]) == [icaljs.read(FEED), []]


@pytest.mark.parametrize(
    "expand",
    [
        pytest.param(icaljs.expand, marks=pytest.mark.reader("icaljs"), id="ical.js"),
        pytest.param(libical.expand, marks=pytest.mark.reader("libical"), id="libical"),
    ],
)
def test_a_series_is_expanded_with_its_exceptions(
    expand: Callable[[bytes, date, date], list[Instance]],
) -> None:
    found = expand(FEED, date(2021, 9, 8), date(2021, 12, 7))

    assert [(each.start, each.uid, each.summary) for each in found] == [
        (date(2021, 9, 30), "day", "day"),
        (datetime(2021, 9, 30, 10, tzinfo=UTC), "utc", "utc"),
        (datetime(2021, 10, 12, 12, tzinfo=UTC), "series", "moved"),
        (datetime(2021, 10, 30, 10, tzinfo=UTC), "utc", "utc"),
        (datetime(2021, 11, 8, 13, tzinfo=UTC), "series", MASTER.summary),
    ]


def test_what_is_missing_is_named_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    assert missing()["icaljs"] == "node is not installed (Debian: nodejs)"
