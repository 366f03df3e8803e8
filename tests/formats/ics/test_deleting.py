"""What a mirror reads when an event left its feed."""

import pytest

from calfeed.dates import When
from calfeed.formats.ics.deleting import deleted
from tests.builders import a_revision, an_event, at

DAYS = at("2027-03-19", "2027-03-21")


@pytest.mark.parametrize(
    ("when", "start"),
    [
        pytest.param(at("2027-05-08 14:00"), "DTSTART:20270508T120000Z", id="a time, in UTC"),
        pytest.param(DAYS, "DTSTART;VALUE=DATE:20270319", id="whole days"),
    ],
)
def test_an_event_that_left_is_a_skeleton(when: When, start: str) -> None:
    revision = a_revision(an_event(when=when), uid="garden@example.eu")
    assert deleted(revision).decode().splitlines() == [
        "BEGIN:VEVENT",
        "UID:garden@example.eu",
        "DTSTAMP:20210923T081500Z",
        start,
        "STATUS:DELETED",
        "END:VEVENT",
    ]


def test_an_event_that_never_had_a_date_was_never_there() -> None:
    assert deleted(a_revision(an_event(when=None))) == b""
