"""Dates as data: what the change log and told updates keep of one."""

from dataclasses import replace

from hypothesis import given

from calfeed.dates import When, when_as_data, when_of_data
from tests.strategies import whens


@given(whens())
def test_a_date_is_read_from_what_it_was_written_as(when: When) -> None:
    one_day = when.end is not None and when.end == when.start
    assert when_of_data(when_as_data(when)) == (replace(when, end=None) if one_day else when)
