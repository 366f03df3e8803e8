"""Zones: every IANA name and no other; hours that the clocks of a zone skip or show twice."""

from datetime import UTC, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.source.zones import check_clock, check_zone
from tests.source.refusing import refusal, refused

ZONES = resources.files("tzdata").joinpath("zones").read_text("ascii").split()
ADVICE = "write a region and a city, for example  timezone: Europe/Brussels  or  timezone: UTC"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Europe/Brussels", id="a zone"),
        pytest.param("America/Argentina/Buenos_Aires", id="a zone of three parts"),
        pytest.param("Asia/Calcutta", id="a link"),
        pytest.param("CET", id="an abbreviation that IANA knows"),
        pytest.param("Etc/GMT+5", id="an offset that IANA knows"),
        pytest.param("UTC", id="UTC"),
    ],
)
def test_an_iana_name_is_a_zone(name: str) -> None:
    check_zone(name)


@pytest.mark.parametrize(
    ("name", "shown", "hint"),
    [
        pytest.param("Europe", '"Europe"', "this is a region, not a zone", id="a folder"),
        pytest.param("Europe/", '"Europe/"', "this is a region, not a zone", id="a folder's path"),
        pytest.param(
            "europe/brussels",
            '"europe/brussels"',
            'did you mean "Europe/Brussels"?',
            id="wrong case",
        ),
        pytest.param(
            "Europe/Brusels", '"Europe/Brusels"', 'did you mean "Europe/Brussels"?', id="a slip"
        ),
        pytest.param("Brussels", '"Brussels"', 'did you mean "Europe/Brussels"?', id="a city"),
        pytest.param(
            "America/New York",
            '"America/New York"',
            'did you mean "America/New_York"?',
            id="a blank",
        ),
        pytest.param("utc", '"utc"', 'did you mean "UTC"?', id="utc in small letters"),
        pytest.param(
            " Europe/Brussels",
            '" Europe/Brussels"',
            'did you mean "Europe/Brussels"?',
            id="a blank before",
        ),
        pytest.param("W. Europe Standard Time", '"W. Europe Standard Time"', "", id="Windows"),
        pytest.param("../../etc/passwd", '"../../etc/passwd"', "", id="a path upwards"),
        pytest.param("/etc/localtime", '"/etc/localtime"', "", id="an absolute path"),
        pytest.param(
            "Europe/Brussels\0",
            r'"Europe/Brussels\x00"',
            'did you mean "Europe/Brussels"?',
            id="NUL",
        ),
        pytest.param("zones", '"zones"', "", id="a file that stands among the zones"),
        pytest.param("", '""', "", id="nothing"),
        pytest.param("x" * 5000, f'"{"x" * 59}…"', "", id="a long text"),
        pytest.param("\ud800", r'"\ud800"', "", id="half a character"),
    ],
)
def test_what_is_no_zone(name: str, shown: str, hint: str) -> None:
    error = refusal(lambda: check_zone(name))

    assert (error.code, str(error)) == ("E306", f"unknown time zone {shown}")
    assert error.help == (ADVICE,)
    assert error.hint == hint


@settings(max_examples=50)
@given(st.text())
def test_any_text_is_a_zone_or_refused(name: str) -> None:
    assert (refused(lambda: check_zone(name)) is None) == (name in ZONES)


@pytest.mark.parametrize(
    ("zone", "moment", "message"),
    [
        pytest.param(
            "America/New_York",
            datetime(2021, 3, 14, 2, 30),
            "there is no 02:30 on 2021-03-14 in America/New_York: the clocks skip it",
            id="an hour forward",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            datetime(2021, 10, 3, 2, 15),
            "there is no 02:15 on 2021-10-03 in Australia/Lord_Howe: the clocks skip it",
            id="half an hour forward",
        ),
        pytest.param(
            "Africa/Cairo",
            datetime(2024, 4, 26),
            "there is no 00:00 on 2024-04-26 in Africa/Cairo: the clocks skip it",
            id="a midnight",
        ),
        pytest.param(
            "Pacific/Apia",
            datetime(2011, 12, 30, 12),
            "there is no 12:00 on 2011-12-30 in Pacific/Apia: the clocks skip it",
            id="a whole day",
        ),
        pytest.param(
            "Europe/Dublin",
            datetime(2021, 10, 31, 1, 30),
            "01:30 comes twice on 2021-10-31 in Europe/Dublin: the clocks go back",
            id="an hour back, where winter is said to be the exception",
        ),
    ],
)
def test_a_clock_that_does_not_show_a_time_once(zone: str, moment: datetime, message: str) -> None:
    assert str(refusal(lambda: check_clock(moment, zone))) == message


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(datetime(2021, 3, 28, 1, 59), id="before the gap"),
        pytest.param(datetime(2021, 3, 28, 3, 0), id="after the gap"),
        pytest.param(datetime(2021, 10, 31, 1, 59), id="before the fold"),
        pytest.param(datetime(2021, 10, 31, 3, 0), id="after the fold"),
    ],
)
def test_the_minutes_around_a_change_are_right(moment: datetime) -> None:
    check_clock(moment, "Europe/Brussels")


def test_a_gap_that_ends_within_a_minute_is_followed_by_the_next_one() -> None:
    error = refusal(lambda: check_clock(datetime(1912, 1, 1), "Africa/Abidjan"))  # 16 min 8 s

    assert error.help == ("write a time that exists, for example  1912-01-01 00:17",)


def instants() -> st.SearchStrategy[datetime]:
    return st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC))


@settings(max_examples=50)
@given(instants(), st.sampled_from(ZONES))
def test_a_clock_shows_a_time_once_if_one_instant_alone_has_it(
    instant: datetime, name: str
) -> None:
    zone = ZoneInfo(name)
    local = instant.astimezone(zone).replace(tzinfo=None)
    near = [instant + timedelta(minutes=15 * quarters) for quarters in range(-100, 101)]
    is_shown_once = [other.astimezone(zone).replace(tzinfo=None) for other in near].count(
        local
    ) == 1

    assert (refused(lambda: check_clock(local, name)) is None) == is_shown_once
