"""Values that cannot be built wrong."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from calfeed.dates import When
from calfeed.model import Details, Event, Rule

DAY = date(2031, 5, 8)
HOUR = datetime(2031, 5, 8, 14)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        pytest.param(
            lambda: When(start=HOUR, end=DAY, zone="UTC"), "two kinds", id="a time until a day"
        ),
        pytest.param(
            lambda: When(start=HOUR.replace(tzinfo=UTC), zone="UTC"), "wall-clock", id="an instant"
        ),
        pytest.param(
            lambda: When(start=HOUR, zone="UTC", to_be_confirmed=True),
            "to be confirmed",
            id="an hour that is to be confirmed",
        ),
        pytest.param(
            lambda: Event(key="a", initiatives=(), details=Details(title={"en": "A"}, when=None)),
            "no initiative",
            id="an event of nobody",
        ),
        pytest.param(
            lambda: Event(
                key="a",
                initiatives=("parks",),
                details=Details(title={"en": "A"}, when=None),
                rule=Rule(rrule="FREQ=DAILY", days=(DAY,)),
            ),
            "without a first date",
            id="a series of no date",
        ),
    ],
)
def test_what_makes_no_sense(build: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build()


def test_a_whole_day_and_an_hour_are_never_the_same_date() -> None:
    day, hour = When(start=DAY, zone="UTC"), When(start=HOUR, zone="UTC")
    assert not day.is_same_date(hour)
    assert not day.starts_with(hour)


def test_an_end_at_midnight_is_of_the_day_before() -> None:
    when = When(start=HOUR, end=datetime(2031, 5, 9), zone="UTC")
    assert when.last_day("UTC") == DAY
    assert when.last_day("Asia/Tokyo") == date(2031, 5, 9)
