"""VTIMEZONEs are right when readers that know nothing else find the instants of zoneinfo."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

import pytest

from calfeed.formats.timezones import vtimezone
from calfeed.formats.timezones.observances import yearly_observances
from calfeed.formats.timezones.zonefile import Clock, Yearly
from tests.readers import icalendar_reader, icaljs, libical

Instants = Callable[[Sequence[tuple[bytes, Sequence[datetime]]]], list[list[int]]]

SECOND = timedelta(seconds=1)
AROUND = [timedelta(seconds=seconds) for seconds in (-3600, -1, 0, 1, 3600)]
STRIDE = timedelta(days=3)  # no zone changed twice in three days

EVERY_READER = pytest.mark.parametrize(
    "instants",
    [
        pytest.param(icaljs.instants, marks=pytest.mark.reader("icaljs"), id="ical.js"),
        pytest.param(libical.instants, marks=pytest.mark.reader("libical"), id="libical"),
        pytest.param(icalendar_reader.instants, id="icalendar"),
    ],
)


def test_the_classic_form(golden: Callable[[str, bytes], None]) -> None:
    golden("vtimezone-europe-brussels.ics", a_vtimezone("Europe/Brussels"))


@pytest.mark.parametrize(
    "zone",
    [
        pytest.param("Africa/Casablanca", id="dated changes only"),
        pytest.param("America/New_York", id="a rule since 2007"),
        pytest.param("America/Nuuk", id="hours before midnight"),
        pytest.param("Asia/Jerusalem", id="hours beyond 24"),
        pytest.param("Asia/Kolkata", id="no change in the span"),
        pytest.param("Australia/Lord_Howe", id="half an hour"),
        pytest.param("Europe/Athens", id="east of Brussels"),
    ],
)
def test_a_span_from_2000_to_2030(zone: str, golden: Callable[[str, bytes], None]) -> None:
    written = a_vtimezone(zone, first=2000, last=2030)

    golden(f"vtimezone-{zone.lower().replace('/', '-')}.ics", written)


def a_vtimezone(zone: str, *, first: int = 2021, last: int = 2021) -> bytes:
    return vtimezone(
        zone, first=datetime(first, 6, 1, tzinfo=UTC), last=datetime(last, 9, 30, tzinfo=UTC)
    )


def lines(zone: str, *, first: int = 2021, last: int = 2021) -> list[str]:
    return a_vtimezone(zone, first=first, last=last).decode().split("\r\n")


def test_utc_needs_none() -> None:
    assert a_vtimezone("UTC") == b""
    assert "TZID:Etc/UTC" in lines("Etc/UTC")


def test_the_bytes_depend_on_the_years_alone() -> None:
    new_year, new_years_eve = datetime(2021, 1, 1, tzinfo=UTC), datetime(2021, 12, 31, tzinfo=UTC)

    wider = vtimezone("Europe/Brussels", first=new_year, last=new_years_eve)

    assert wider == a_vtimezone("Europe/Brussels")


def test_a_link_is_written_as_the_file_has_it() -> None:
    link, target = (a_vtimezone(zone) for zone in ("Asia/Calcutta", "Asia/Kolkata"))

    assert link == target.replace(b"TZID:Asia/Kolkata", b"TZID:Asia/Calcutta")


def test_a_zone_that_never_changed_still_has_an_observance() -> None:
    assert "DTSTART:19700101T000000" in lines("Etc/GMT-5")
    assert "DTSTART:19581230T000000" in lines("Etc/GMT-5", first=1960)


def test_clocks_that_are_ahead_are_daylight_whatever_a_law_calls_them() -> None:
    written = lines("Europe/Dublin")

    assert written[written.index("BEGIN:DAYLIGHT") + 1] == "TZNAME:IST"
    assert written[written.index("BEGIN:STANDARD") + 1] == "TZNAME:GMT"


def test_offsets_with_seconds_are_written_with_them() -> None:
    assert "TZOFFSETFROM:-004430" in lines("Africa/Monrovia", first=1971, last=1973)


def test_an_observance_that_begins_after_the_span_is_left_out() -> None:
    written = lines("America/New_York", first=2000, last=2004)

    assert not any(line.startswith("RRULE") for line in written)


@pytest.mark.parametrize(
    ("year", "rules"),
    [
        pytest.param(
            2022,
            ["RRULE:FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=26,27,28,29,30,31;BYDAY=FR"],
            id="before",
        ),
        pytest.param(
            2023,
            [
                "RRULE:FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=26,27,28,29,30,31;BYDAY=FR",
                "RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1;BYDAY=FR",
            ],
            id="from the first 1 November on",
        ),
    ],
)
def test_a_rule_that_reaches_into_the_next_month_is_two(year: int, rules: list[str]) -> None:
    """The last Thursday of October at 24:00, since 2023: 1 November in 2024."""
    written = lines("Africa/Cairo", first=year, last=year)

    assert [line for line in written if "BYMONTHDAY" in line] == rules


def test_days_that_depend_on_leap_years_are_refused_rather_than_misread() -> None:
    clock = Clock(offset=0, name="A", is_dst=False)
    late = Yearly(month=2, week=5, weekday=0, seconds=30 * 3600, before=clock, after=clock)

    with pytest.raises(ValueError, match="depend on leap years"):
        list(yearly_observances(late, 2021))


@pytest.mark.parametrize("span", [(2000, 2037), (1900, 2100)], ids=str)
def test_every_line_is_short_and_ends_as_lines_do(span: tuple[int, int]) -> None:
    for zone in every_zone():
        written = a_vtimezone(zone, first=span[0], last=span[1])

        assert all(line.isascii() and len(line) <= 75 for line in written.split(b"\r\n")), zone
        assert b"\n" not in written.replace(b"\r\n", b""), zone
        assert b"COMMENT" not in written, zone


def test_ical_js_reads_one_rdate_of_a_line_and_leaves_dtstart_out_beside_them() -> None:
    written = lines("Africa/Casablanca")

    dates = [line.removeprefix("RDATE:") for line in written if line.startswith("RDATE:")]
    starts = [line.removeprefix("DTSTART:") for line in written if line.startswith("DTSTART:")]
    assert len(dates) > len(starts)
    assert set(starts) <= set(dates)
    assert all(len(date) == len("20210411T030000") for date in dates)


@pytest.mark.parametrize("year", [1910, 1970, 2000, 2021, 2090])
def test_some_observance_begins_before_every_event(year: int) -> None:
    for zone in every_zone():
        written = lines(zone, first=year, last=year)

        starts = [line.removeprefix("DTSTART:") for line in written if line.startswith("DTSTART:")]
        assert min(starts) < f"{year}", zone


@pytest.mark.parametrize("year", [2, 1583, 9999])
def test_any_year_that_a_file_can_name_gives_a_vtimezone(year: int) -> None:
    written = lines("Europe/Brussels", first=year, last=year)

    starts = [line for line in written if line.startswith("DTSTART:")]
    assert starts
    assert all(len(start) == len("DTSTART:00010101T000000") for start in starts)


@dataclass(frozen=True)
class Case:
    """A zone, local times of it, and the Unix times that they are."""

    zone: str
    locals: list[datetime]
    instants: list[int]


@EVERY_READER
@pytest.mark.parametrize(("first", "last"), [(2000, 2037), (2021, 2021), (2030, 2031)], ids=str)
def test_readers_find_every_instant_of_every_zone(
    instants: Instants, first: int, last: int
) -> None:
    judge(instants, [a_case(zone, first, last) for zone in every_zone()], first, last)


@pytest.mark.parametrize(
    "instants",
    [
        pytest.param(libical.instants, marks=pytest.mark.reader("libical"), id="libical"),
        pytest.param(icalendar_reader.instants, id="icalendar"),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Brussels", "Asia/Kolkata", "Africa/Monrovia"])
def test_readers_that_count_seconds_find_those_of_local_mean_time(
    instants: Instants, zone: str
) -> None:
    judge(instants, [a_case(zone, 1880, 1980)], 1880, 1980)


@EVERY_READER
@pytest.mark.parametrize("zone", ["Africa/Casablanca", "Asia/Gaza", "Africa/Cairo"])
def test_readers_find_instants_beyond_the_dated_changes(instants: Instants, zone: str) -> None:
    judge(instants, [a_case(zone, 2080, 2099)], 2080, 2099)


def judge(instants: Instants, cases: list[Case], first: int, last: int) -> None:
    jobs = [(a_calendar(case.zone, first, last), case.locals) for case in cases]

    found = instants(jobs)

    wrong = [
        (case.zone, local.isoformat(), read - meant)
        for case, all_read in zip(cases, found, strict=True)
        for local, meant, read in zip(case.locals, case.instants, all_read, strict=True)
        if read != meant
    ]
    assert wrong == []


def a_calendar(zone: str, first: int, last: int) -> bytes:
    """The VTIMEZONE under a name that no reader has data of its own for."""
    renamed = a_vtimezone(zone, first=first, last=last).replace(b"TZID:", b"TZID:X-Test/")
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//calfeed//test//EN\r\n"
    return head + renamed + b"END:VCALENDAR\r\n"


def a_case(zone: str, first: int, last: int) -> Case:
    """Times around every change of *zone* in the years, and some of each summer and winter.

    A local time that its clocks show twice is left out, as an events file may not have it; one
    that they skip is never the local time of an instant.
    """
    clocks = clocks_of(zone)
    begin, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    looked_at = [change + ahead for change in changes(zone, begin, end) for ahead in AROUND]
    looked_at += [
        datetime(year, month, 15, tzinfo=UTC) for year in (first, last) for month in (1, 7)
    ]
    pairs = [(each.astimezone(clocks), each) for each in looked_at if begin <= each < end]
    once = [(local, each) for local, each in pairs if is_shown_once(local)]
    return Case(
        zone=zone,
        locals=[local.replace(tzinfo=None, fold=0) for local, _ in once],
        instants=[int(each.timestamp()) for _, each in once],
    )


def changes(zone: str, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the first instant of each new offset, found by trying."""
    clocks = clocks_of(zone)
    offset = begin.astimezone(clocks).utcoffset()
    while begin < end:
        later = begin + STRIDE
        if later.astimezone(clocks).utcoffset() != offset:
            later = first_other(clocks, begin, later)
            offset = later.astimezone(clocks).utcoffset()
            yield later
        begin = later


def first_other(clocks: ZoneInfo, before: datetime, after: datetime) -> datetime:
    offset = before.astimezone(clocks).utcoffset()
    while after - before > SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(clocks).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def is_shown_once(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()


@cache
def clocks_of(zone: str) -> ZoneInfo:
    with resources.files("tzdata").joinpath("zoneinfo", *zone.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=zone)


def every_zone() -> list[str]:
    names = resources.files("tzdata").joinpath("zones").read_text().split()
    return [name for name in names if name != "UTC"]
