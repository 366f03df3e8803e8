from dataclasses import replace
from datetime import date

import pytest

from calfeed.model import Event, Rule, Standing
from tests import shipped
from tests.builders import a_revision, an_event, an_override, at
from tests.formats.schema_org.telling import (
    AT_HOME,
    CANCELLED,
    DAY,
    ENGLISH,
    EVENTS,
    POSTPONED,
    RESCHEDULED,
    SCHEDULED,
    SCHEMA,
    WITHDRAWN,
    data_of,
    date_of,
)

CORNER = "living-in-eu-coffee-corner"


def a_corner(original: str, starts: str, ends: str, **state: object) -> dict[str, object]:
    """A date of the coffee corner as its series tells of it."""
    return {
        "@type": "Event",
        "@id": f"{EVENTS}/{CORNER}/{original}/",
        "url": f"{ENGLISH}/{CORNER}/{original}/",
        "name": "Living-in.EU coffee corner",
        "inLanguage": "en",
        "startDate": starts,
        "endDate": ends,
        "eventStatus": SCHEDULED,
        "eventAttendanceMode": AT_HOME,
        "location": {"@type": "VirtualLocation", "url": f"{ENGLISH}/{CORNER}/{original}/"},
        **state,
    }


SERIES: dict[str, object] = {
    "@type": "EventSeries",
    "@id": f"{EVENTS}/{CORNER}/",
    "url": f"{ENGLISH}/{CORNER}/",
    "name": "Living-in.EU coffee corner",
    "inLanguage": "en",
    "startDate": "2021-09-07T14:00:00+02:00",
    "endDate": "2021-12-07T15:00:00+01:00",
    "eventStatus": SCHEDULED,
    "eventAttendanceMode": AT_HOME,
    "location": {"@type": "VirtualLocation", "url": f"{ENGLISH}/{CORNER}/"},
}
NOVEMBER = a_corner("2021-11-02", "2021-11-02T14:00:00+01:00", "2021-11-02T15:00:00+01:00")
DECEMBER = a_corner("2021-12-07", "2021-12-07T14:00:00+01:00", "2021-12-07T15:00:00+01:00")
OCTOBER_MOVED = a_corner(
    "2021-10-05",
    "2021-10-12T14:00:00+02:00",
    "2021-10-12T15:00:00+02:00",
    previousStartDate="2021-10-05T14:00:00+02:00",
    eventStatus=RESCHEDULED,
)
OCTOBER_OFF = a_corner(
    "2021-10-05",
    "2021-10-05T14:00:00+02:00",
    "2021-10-05T15:00:00+02:00",
    previousStartDate="2021-10-05T14:00:00+02:00",
    eventStatus=POSTPONED,
)


@pytest.mark.parametrize(
    ("event", "day", "coming"),
    [
        pytest.param(
            shipped.COFFEE_CORNER_OFF,
            "2021-09-08",
            [OCTOBER_OFF, NOVEMBER, DECEMBER],
            id="one is postponed",
        ),
        pytest.param(
            shipped.COFFEE_CORNER_MOVED,
            "2021-10-12",
            [OCTOBER_MOVED, NOVEMBER, DECEMBER],
            id="one is moved, and stays until its new day is over",
        ),
        pytest.param(
            shipped.COFFEE_CORNER_MOVED, "2021-10-13", [NOVEMBER, DECEMBER], id="that is over"
        ),
    ],
)
def test_a_series_has_the_dates_that_are_not_over(
    event: Event, day: str, coming: list[dict[str, object]]
) -> None:
    data = data_of(event, day=date.fromisoformat(day))

    assert data == {"@context": SCHEMA, **SERIES, "subEvent": coming}


def test_a_series_that_is_over_has_no_dates_left() -> None:
    assert data_of(shipped.COFFEE_CORNER, day=date(2021, 12, 8)) == {"@context": SCHEMA, **SERIES}


def test_a_series_has_its_next_ten_dates_in_their_present_order() -> None:
    weekly = tuple(date.fromordinal(DAY.toordinal() + 7 * week) for week in range(20))
    course = an_event(
        when=at("2021-10-01"), rule=Rule(rrule="FREQ=WEEKLY", days=weekly, leaves_out=(weekly[3],))
    )
    moved = an_override(course, "2021-10-08", Standing(), when=at("2021-10-30"))

    data = data_of(replace(course, overrides=(moved,)), day=date(2021, 10, 2))

    assert [one["startDate"] for one in data["subEvent"]] == [
        "2021-10-15",
        *("2021-10-29", "2021-10-30", "2021-11-05", "2021-11-12", "2021-11-19"),
        *("2021-11-26", "2021-12-03", "2021-12-10", "2021-12-17"),
    ]
    assert data["subEvent"][2]["url"] == f"{ENGLISH}/summit/2021-10-08/"


def test_a_withdrawn_series_tells_which_dates_were_held() -> None:
    data = data_of(a_revision(shipped.COFFEE_CORNER, withdrawn=WITHDRAWN), day=date(2021, 10, 5))

    assert data["eventStatus"] == CANCELLED
    assert [one["eventStatus"] for one in data["subEvent"]] == [SCHEDULED, CANCELLED, CANCELLED]


@pytest.mark.parametrize(
    ("event", "original", "expected"),
    [
        pytest.param(shipped.COFFEE_CORNER_MOVED, "2021-10-05", OCTOBER_MOVED, id="moved"),
        pytest.param(shipped.COFFEE_CORNER_OFF, "2021-10-05", OCTOBER_OFF, id="postponed"),
        pytest.param(shipped.COFFEE_CORNER_MOVED, "2021-11-02", NOVEMBER, id="by the rule"),
    ],
)
def test_a_date_tells_its_own_state_and_its_series(
    event: Event, original: str, expected: dict[str, object]
) -> None:
    data = date_of(event, original)

    assert data == {"@context": SCHEMA, **expected, "superEvent": SERIES}


@pytest.mark.parametrize(
    ("event", "original"),
    [
        pytest.param(shipped.COFFEE_CORNER, "2021-10-06", id="another day"),
        pytest.param(shipped.EXPO, "2021-11-16", id="no series"),
    ],
)
def test_there_is_nothing_to_tell_of_a_day_that_is_no_date_of_a_series(
    event: Event, original: str
) -> None:
    with pytest.raises(KeyError):
        date_of(event, original)
