"""How the commands say where an event stands."""

from dataclasses import replace
from datetime import date

import pytest

from calfeed.cli.standing import say_date, say_presence, side_of, state_of
from calfeed.dates import When
from calfeed.model import Change, Details, Online, Rule, Standing, Venue
from tests.builders import an_event, an_override, at

SERIES = Rule(
    rrule="FREQ=MONTHLY;BYDAY=1TU",
    days=(date(2021, 9, 7), date(2021, 10, 5), date(2021, 11, 2)),
    leaves_out=(date(2021, 10, 5),),
)


@pytest.mark.parametrize(
    ("standing", "when", "words"),
    [
        pytest.param(
            Standing(),
            at("2021-09-30"),
            "as planned, Thursday 30 September 2021",
            id="as planned",
        ),
        pytest.param(
            Standing(off=Change.POSTPONED),
            at("2021-09-30"),
            "postponed, no new date yet",
            id="off",
        ),
        pytest.param(
            Standing(off=Change.CANCELLED),
            at("2021-09-30"),
            "cancelled",
            id="for good",
        ),
        pytest.param(
            Standing(old=(at("2021-09-30"),)),
            at("2021-12-02 14:30", "2021-12-02 16:30"),
            "new date, Thursday 2 December 2021, 14:30–16:30, Brussels time",
            id="moved",
        ),
        pytest.param(
            Standing(online=True),
            at("2021-11-16", "2021-11-18"),
            "moved online, 16–18 November 2021",
            id="online",
        ),
        pytest.param(Standing(), None, "as planned, to be announced", id="without a date"),
    ],
)
def test_state_and_date(standing: Standing, when: When | None, words: str) -> None:
    assert str(side_of(an_event(standing=standing, when=when))) == words


def test_a_time_that_is_open_is_said() -> None:
    when = When(start=date(2021, 9, 30), zone="Europe/Brussels", to_be_confirmed=True)
    assert say_date(when) == "Thursday 30 September 2021, time to be confirmed"


def test_a_series_is_said_by_its_first_and_last_date() -> None:
    event = an_event(when=at("2021-09-07 14:00", "2021-09-07 15:00"), rule=SERIES)
    assert str(side_of(event)) == (
        "as planned, 2 dates from 7 September 2021, 14:00–15:00, Brussels time, to 2 November 2021"
    )


def test_one_date_of_a_series_is_said_as_it_stands() -> None:
    event = an_event(when=at("2021-09-07 14:00", "2021-09-07 15:00"), rule=SERIES)
    off = Standing(off=Change.CANCELLED)
    event = replace(event, overrides=(an_override(event, "2021-11-02", off),))
    assert side_of(event, date(2021, 11, 2)).as_it_was() == (
        "cancelled (was Tuesday 7 September 2021, 14:00–15:00, Brussels time)"
    )
    assert str(side_of(event, date(2021, 9, 7))) == (
        "as planned, Tuesday 7 September 2021, 14:00–15:00, Brussels time"
    )


def test_what_was_withdrawn_is_that_whatever_else_it_is() -> None:
    assert state_of(Standing(off=Change.CANCELLED), withdrawn=True) == "withdrawn"


def test_where_people_meet() -> None:
    place, online = Venue(name={"en": "Hall"}), Online(url="https://meet.example.eu")
    title = {"en": "Summit"}
    assert say_presence(Details(title=title, when=None)) == ""
    assert say_presence(Details(title=title, when=None, place=place)) == "in person"
    assert say_presence(Details(title=title, when=None, place=place, online=online)) == (
        "in person and online"
    )
