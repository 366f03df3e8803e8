import struct
from datetime import UTC, date, datetime
from importlib import resources

import pytest

from calfeed.formats.timezones.zonefile import (
    Change,
    Clock,
    Yearly,
    parse_footer,
    parse_zone,
    read_zone,
)

CET = Clock(offset=3600, name="CET", is_dst=False)
CEST = Clock(offset=7200, name="CEST", is_dst=True)


def at(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp())  # type: ignore[arg-type, misc]


def a_yearly(*, month: int = 3, week: int = 5, weekday: int = 0, hours: float = 2) -> Yearly:
    seconds = int(hours * 3600)
    return Yearly(month=month, week=week, weekday=weekday, seconds=seconds, before=CET, after=CEST)


@pytest.mark.parametrize(
    ("yearly", "day"),
    [
        pytest.param(a_yearly(), date(2021, 3, 28), id="last Sunday"),
        pytest.param(a_yearly(month=12), date(2021, 12, 26), id="last Sunday of the year"),
        pytest.param(a_yearly(month=2, weekday=1), date(2021, 2, 22), id="last of a short month"),
        pytest.param(a_yearly(week=1, weekday=1), date(2021, 3, 1), id="first, on the 1st"),
        pytest.param(a_yearly(week=4, weekday=6), date(2021, 3, 27), id="fourth, not the last"),
        pytest.param(a_yearly(hours=26), date(2021, 3, 29), id="in the hours of the next day"),
        pytest.param(a_yearly(hours=-1), date(2021, 3, 27), id="in the hours of the day before"),
    ],
)
def test_a_yearly_change_falls_on_its_weekday(yearly: Yearly, day: date) -> None:
    onset = yearly.change(2021).onset

    assert datetime.fromtimestamp(onset, UTC).date() == day


def test_a_change_is_at_its_instant_whatever_the_clocks_show() -> None:
    assert a_yearly().change(2021) == Change(at=at(2021, 3, 28, 1), before=CET, after=CEST)


@pytest.mark.parametrize(
    ("footer", "offsets", "seconds"),
    [
        pytest.param("CET-1CEST,M3.5.0,M10.5.0/3", (3600, 7200), (7200, 10800), id="Brussels"),
        pytest.param(
            "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", (37800, 39600), (7200, 7200), id="half an hour"
        ),
        pytest.param("IST-1GMT0,M10.5.0,M3.5.0/1", (3600, 0), (7200, 3600), id="less in winter"),
        pytest.param(
            "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", (-7200, -3600), (-3600, 0), id="the day before"
        ),
        pytest.param(
            "EET-2EEST,M3.4.4/50,M10.4.4/50", (7200, 10800), (180000, 180000), id="two days after"
        ),
        pytest.param(
            "LMT0:18:30XST-1:00:15,M3.5.0/2:30,M10.5.0/+3:00:30",
            (-1110, 3615),
            (9000, 10830),
            id="minutes and seconds",
        ),
    ],
)
def test_a_footer_has_two_changes_a_year(
    footer: str, offsets: tuple[int, int], seconds: tuple[int, int]
) -> None:
    start, end = parse_footer(footer)

    assert (start.before.offset, start.after.offset) == offsets
    assert (start.before, start.after) == (end.after, end.before)
    assert (start.seconds, end.seconds) == seconds
    assert (start.before.is_dst, start.after.is_dst) == (False, True)


@pytest.mark.parametrize("footer", ["CET-1", "<+0545>-5:45", "<-00>0"])
def test_a_footer_without_daylight_saving_has_none(footer: str) -> None:
    assert parse_footer(footer) == ()


@pytest.mark.parametrize(
    ("footer", "message"),
    [
        pytest.param("", "not a POSIX TZ string: ''", id="empty"),
        pytest.param("CET", "not a POSIX TZ string: 'CET'", id="no offset"),
        pytest.param("A1B,J60,J300", "not a yearly change of the M form: 'J60'", id="Julian days"),
        pytest.param("A1B,59,299/1", "not a yearly change of the M form: '59'", id="days from 0"),
    ],
)
def test_what_no_zone_has_is_refused_rather_than_misread(footer: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        parse_footer(footer)

    assert str(caught.value) == message


def test_a_zone_is_read_from_the_database() -> None:
    zone = read_zone("Europe/Brussels")

    assert zone.first == Clock(offset=1050, name="LMT", is_dst=False)
    assert zone.changes[-1] == Change(at=at(1996, 3, 31, 1), before=CET, after=CEST)
    assert [yearly.month for yearly in zone.yearly] == [3, 10]


def test_the_block_for_old_readers_is_passed_over() -> None:
    def block(form: str) -> bytes:
        head = struct.pack(">4sc15x6l", b"TZif", b"2", 2, 2, 1, 1, 2, 8)
        body = struct.pack(f">{form}B", 0, 1) + struct.pack(">lBBlBB", 3600, 0, 0, 7200, 1, 4)
        leaps, flags = struct.pack(f">{form}l", 0, 1), b"\0\0\0\0"
        return head + body + b"CET\0CEST" + leaps + flags

    zone = parse_zone(block("l") + block("q") + b"\nCET-1\n")

    assert zone.first == CET
    assert zone.changes == (Change(at=0, before=CET, after=CEST),)
    assert zone.yearly == ()


def test_every_zone_of_the_database_is_understood() -> None:
    for name in resources.files("tzdata").joinpath("zones").read_text().split():
        zone = read_zone(name)

        assert len(zone.yearly) in {0, 2}, name
        assert zone.changes or not zone.yearly, name
