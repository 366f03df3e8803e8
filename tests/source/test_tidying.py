"""Dates as people write them elsewhere: what is clear is offered, and what is not is left."""

import pytest

from calfeed.source.tidying import tidied
from calfeed.source.when import parse_agenda_time, parse_day, parse_moment, parse_when
from tests.source.refusing import refusal

CLEAR = [
    pytest.param("2021-11-16-2021-11-18", "2021-11-16 to 2021-11-18", id="a hyphen of days"),
    pytest.param("2021-11-16–2021-11-18", "2021-11-16 to 2021-11-18", id="a dash of days"),
    pytest.param(
        "2021-11-16 - Thu 2021-11-18", "2021-11-16 to Thursday 2021-11-18", id="a weekday"
    ),
    pytest.param("2021-11-16..2021-11-18", "2021-11-16 to 2021-11-18", id="dots"),
    pytest.param("2021-11-16 … 2021-11-18", "2021-11-16 to 2021-11-18", id="one sign of dots"),
    pytest.param("2021-11-16/2021-11-18", "2021-11-16 to 2021-11-18", id="a slash, as ISO has it"),
    pytest.param("2021-11-16 → 2021-11-18", "2021-11-16 to 2021-11-18", id="an arrow"),
    pytest.param("2021-11-16 until 2021-11-18", "2021-11-16 to 2021-11-18", id="until"),
    pytest.param("2021-11-16 till 2021-11-18", "2021-11-16 to 2021-11-18", id="till"),
    pytest.param("from 2021-11-16 through 2021-11-18", "2021-11-16 to 2021-11-18", id="through"),
    pytest.param("2021-12-02T14:30", "2021-12-02 14:30", id="a T"),
    pytest.param("2021-12-02T14:30:00", "2021-12-02 14:30", id="seconds"),
    pytest.param("2021-12-02 at 14:30 until 16:30", "2021-12-02 14:30 to 16:30", id="at"),
    pytest.param("2021-12-02, 14:30", "2021-12-02 14:30", id="a comma"),
    pytest.param("2021-12-02, from 14:30 to 16:30", "2021-12-02 14:30 to 16:30", id="from"),
    pytest.param("2021-12-02 9.30 to 11.00", "2021-12-02 9:30 to 11:00", id="points"),
    pytest.param("2021-12-02 14h30", "2021-12-02 14:30", id="as French has it"),
    pytest.param("2021-12-02 14h - 16 h", "2021-12-02 14:00 - 16:00", id="full hours"),
    pytest.param("2021-12-02 2pm to 3:30 p.m.", "2021-12-02 14:00 to 15:30", id="afternoon"),
    pytest.param("2021-12-02 9 AM", "2021-12-02 09:00", id="morning"),
    pytest.param("2021-9-7", "2021-09-07", id="one digit"),
    pytest.param("2021/09/07", "2021-09-07", id="slashes, the year first"),
    pytest.param("2021.9.7 14:30", "2021-09-07 14:30", id="points, the year first"),
    pytest.param("8 May 2027", "2027-05-08", id="a name of a month"),
    pytest.param("8th of May", "8th of May", id="no year"),
    pytest.param("Saturday, 8. May 2027 14:00", "Saturday, 2027-05-08 14:00", id="and a weekday"),
    pytest.param("Sept 3rd, 2027", "2027-09-03", id="a short one, before the day"),
    pytest.param("Tue 2021-11-16", "Tuesday 2021-11-16", id="a short weekday"),
    pytest.param("Thurs. 2021-11-18", "Thursday 2021-11-18", id="with a point"),
    pytest.param("TBA", "to be announced", id="three letters"),
]


@pytest.mark.parametrize(("written", "better"), CLEAR)
def test_what_is_clear(written: str, better: str) -> None:
    assert tidied(written) == better


@pytest.mark.parametrize(("written", "better"), [row for row in CLEAR if row.id not in {"no year"}])
def test_what_is_clear_is_offered(written: str, better: str) -> None:
    error = refusal(lambda: parse_when(written, zone="Europe/Brussels"))

    assert error.instead == (written, better)
    assert error.hint
    parse_when(better, zone="Europe/Brussels")


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("05/08/2027", id="which is the month?"),
        pytest.param("5.8.2027", id="the same with points"),
        pytest.param("next Tuesday", id="as seen from when?"),
        pytest.param("2021-12-02 2 to 4pm", id="an hour without its half of the day"),
        pytest.param("2021-12-02 12pm", id="noon or midnight"),
        pytest.param("2021-12-02 14:30 CET", id="a zone"),
        pytest.param("8 mai 2027", id="a month in French"),
        pytest.param("Wed 2021-11-16", id="a weekday that is another"),
        pytest.param("2021-02-30..2021-03-02", id="a day that does not exist"),
        pytest.param("2021-11-18..2021-11-16", id="an end before the start"),
        pytest.param("2021-11-16/17", id="half a day"),
        pytest.param("tbc", id="to be confirmed, but what?"),
    ],
)
def test_what_has_two_meanings_is_left(written: str) -> None:
    assert refusal(lambda: parse_when(written, zone="Europe/Brussels")).instead is None


def test_each_place_of_a_date_offers_its_own_form() -> None:
    assert refusal(lambda: parse_day("2021/09/07")).instead == ("2021/09/07", "2021-09-07")
    assert refusal(lambda: parse_moment("2021-09-07T18:00")).instead == (
        "2021-09-07T18:00",
        "2021-09-07 18:00",
    )
    assert refusal(lambda: parse_agenda_time("9.30")).instead == ("9.30", "9:30")
    assert refusal(lambda: parse_agenda_time("2021/09/07")).instead is None
    long = {"starts": "2021-09-07", "ends": "2021-9-8"}
    assert refusal(lambda: parse_when(long, zone="UTC")).instead == ("2021-9-8", "2021-09-08")


def test_a_hint_that_says_more_is_kept() -> None:
    error = refusal(lambda: parse_day("Tues 2021-11-16"))
    assert error.instead == ("Tues 2021-11-16", "Tuesday 2021-11-16")
    assert error.hint == 'did you mean "Tuesday"?'
