"""Dates as data: what the change log and told updates keep of one."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given

from calfeed.dates import When, moment_text, stamp_text, when_as_data, when_of_data
from tests.strategies import whens


@given(whens())
def test_a_date_is_read_from_what_it_was_written_as(when: When) -> None:
    one_day = when.end is not None and when.end == when.start
    assert when_of_data(when_as_data(when)) == (replace(when, end=None) if one_day else when)


@pytest.mark.parametrize(
    ("moment", "zone", "text"),
    [
        pytest.param(date(2021, 9, 30), "Europe/Brussels", "2021-09-30", id="a day"),
        pytest.param(
            datetime(2021, 12, 2, 14, 30),
            "Europe/Brussels",
            "2021-12-02T14:30:00+01:00",
            id="winter",
        ),
        pytest.param(datetime(2021, 7, 2, 9), "UTC", "2021-07-02T09:00:00+00:00", id="UTC"),
        pytest.param(
            datetime(1970, 1, 1, 12),
            "Africa/Monrovia",
            "1970-01-01T12:44:30+00:00",
            id="an offset that has seconds",
        ),
    ],
)
def test_a_moment_has_its_offset(moment: date | datetime, zone: str, text: str) -> None:
    assert moment_text(moment, zone) == text


def test_a_stamp_is_in_utc() -> None:
    assert stamp_text(datetime(2021, 9, 23, 8, 15, tzinfo=UTC)) == "2021-09-23T08:15:00Z"
