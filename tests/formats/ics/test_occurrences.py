from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from calfeed.addresses import Show
from calfeed.formats.ics.occurrences import Shown, shown
from calfeed.model import Change, Event, Override, Standing
from calfeed.occurrences import Occurrence
from tests.builders import a_revision, an_event, an_override, an_update, at
from tests.shipped import COFFEE_CORNER, COFFEE_CORNER_MOVED, COFFEE_CORNER_OFF, DATE_POSTPONED

FIRST = date(2021, 9, 7)
OCTOBER, NOVEMBER, DECEMBER = date(2021, 10, 5), date(2021, 11, 2), date(2021, 12, 7)


def called_off(
    announced: str,
    event: Event = COFFEE_CORNER,
    change: Change = Change.CANCELLED,
    overrides: tuple[Override, ...] | None = None,
) -> Event:
    """Return *event*, all of it called off on the day *announced*."""
    reason = an_update(change, announced)
    return replace(
        event,
        standing=replace(event.standing, off=change, reason=reason),
        updates=(*event.updates, reason),
        overrides=event.overrides if overrides is None else overrides,
    )


def state(occurrence: Occurrence) -> str:
    if occurrence.withdrawn:
        return "withdrawn"
    if occurrence.standing.off:
        return occurrence.standing.off
    return "moved" if occurrence.standing.is_moved else "on"


def states(event: Event, *, withdrawn: str = "", show: Show = Show.STRUCK) -> dict[str, str]:
    """Return the state of the master, and of each date that differs from it."""
    moment = datetime.fromisoformat(withdrawn).replace(tzinfo=UTC) if withdrawn else None
    seen = shown(a_revision(event, withdrawn=moment), show)
    assert seen
    return {
        "master": state(seen.master),
        **{f"{one.original.start:%m-%d}": state(one) for one in seen.overrides if one.original},
    }


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        pytest.param(COFFEE_CORNER, {"master": "on"}, id="as planned"),
        pytest.param(
            COFFEE_CORNER_OFF, {"master": "on", "10-05": "postponed"}, id="one date is off"
        ),
        pytest.param(
            COFFEE_CORNER_MOVED, {"master": "on", "10-05": "moved"}, id="one date is moved"
        ),
        pytest.param(
            called_off("2021-08-25"), {"master": "cancelled"}, id="called off before it began"
        ),
        pytest.param(
            called_off("2021-09-07"), {"master": "cancelled"}, id="on the day of its first date"
        ),
        pytest.param(
            called_off("2021-09-08"),
            {"master": "on", "10-05": "cancelled", "11-02": "cancelled", "12-07": "cancelled"},
            id="dates that were held stay as they were",
        ),
        pytest.param(
            called_off("2021-11-02", change=Change.POSTPONED),
            {"master": "on", "11-02": "postponed", "12-07": "postponed"},
            id="the day it was announced on counts as not held",
        ),
        pytest.param(
            called_off("2021-10-20", COFFEE_CORNER_MOVED),
            {"master": "on", "10-05": "moved", "11-02": "cancelled", "12-07": "cancelled"},
            id="a date that was moved and held stays moved",
        ),
        pytest.param(
            called_off(
                "2021-08-25", overrides=(an_override(COFFEE_CORNER, "2021-12-07", Standing()),)
            ),
            {"master": "cancelled", "12-07": "on"},
            id="one date is reinstated",
        ),
        pytest.param(
            replace(
                COFFEE_CORNER,
                overrides=(an_override(COFFEE_CORNER, "2021-10-05", Standing()),),
            ),
            {"master": "on", "10-05": "on"},
            id="a reinstated date keeps its override",
        ),
        pytest.param(
            replace(COFFEE_CORNER, standing=Standing(off=Change.CANCELLED)),
            {"master": "cancelled"},
            id="off, nobody says since when",
        ),
    ],
)
def test_the_dates_of_a_series(event: Event, expected: dict[str, str]) -> None:
    assert states(event) == expected


@pytest.mark.parametrize(
    ("withdrawn", "event", "expected"),
    [
        pytest.param(
            "2021-09-06T21:59", COFFEE_CORNER, {"master": "withdrawn"}, id="before it began"
        ),
        pytest.param(
            "2021-10-05T12:30",
            COFFEE_CORNER,
            {"master": "on", "10-05": "withdrawn", "11-02": "withdrawn", "12-07": "withdrawn"},
            id="from the day on which it was told",
        ),
        pytest.param(
            "2021-10-04T22:30",
            COFFEE_CORNER,
            {"master": "on", "10-05": "withdrawn", "11-02": "withdrawn", "12-07": "withdrawn"},
            id="the day of its own zone",
        ),
        pytest.param(
            "2021-10-13T09:00",
            COFFEE_CORNER_MOVED,
            {"master": "on", "10-05": "moved", "11-02": "withdrawn", "12-07": "withdrawn"},
            id="a moved date was held",
        ),
        pytest.param(
            "2021-10-12T09:00",
            COFFEE_CORNER_MOVED,
            {"master": "on", "10-05": "withdrawn", "11-02": "withdrawn", "12-07": "withdrawn"},
            id="a moved date was to come",
        ),
        pytest.param(
            "2021-11-20T09:00",
            called_off("2021-10-20"),
            {"master": "on", "11-02": "cancelled", "12-07": "withdrawn"},
            id="after it was called off",
        ),
    ],
)
def test_a_series_that_was_withdrawn(
    withdrawn: str, event: Event, expected: dict[str, str]
) -> None:
    assert states(event, withdrawn=withdrawn) == expected


def test_a_series_called_off_keeps_what_held_before_for_its_past_dates() -> None:
    online = an_update(Change.MOVED_ONLINE, "2021-09-01")
    moved = replace(COFFEE_CORNER, standing=Standing(online=True, reason=online), updates=(online,))
    seen = shown(a_revision(called_off("2021-10-01", moved)), Show.STRUCK)

    assert seen
    assert seen.master.standing == moved.standing


def active(event: Event) -> Shown:
    seen = shown(a_revision(event), Show.ACTIVE)
    assert seen
    return seen


def test_in_an_active_feed_a_date_that_is_off_is_left_out() -> None:
    seen = active(COFFEE_CORNER_OFF)

    assert seen.series
    assert seen.series.leaves_out == (OCTOBER,)
    assert seen.overrides == ()


def test_in_an_active_feed_a_moved_date_stays() -> None:
    assert states(COFFEE_CORNER_MOVED, show=Show.ACTIVE) == {"master": "on", "10-05": "moved"}


def test_in_an_active_feed_a_series_begins_with_its_first_date_that_is_on() -> None:
    override = an_override(COFFEE_CORNER, "2021-09-07", Standing(off=Change.CANCELLED))
    rule = COFFEE_CORNER.rule
    assert rule
    seen = active(
        replace(COFFEE_CORNER, overrides=(override,), rule=replace(rule, leaves_out=(NOVEMBER,)))
    )

    assert seen.master.when == at("2021-10-05 14:00", "2021-10-05 15:00")
    assert seen.series
    assert seen.series.days == (OCTOBER, NOVEMBER, DECEMBER)
    assert seen.series.leaves_out == (NOVEMBER,)


def test_in_an_active_feed_what_is_on_of_a_series_that_is_off_remains() -> None:
    override = an_override(COFFEE_CORNER, "2021-12-07", Standing())
    event = called_off("2021-08-25", overrides=(override,))
    seen = active(event)

    assert states(event, show=Show.ACTIVE) == {"master": "on", "12-07": "on"}
    assert seen.series
    assert seen.series.days == (DECEMBER,)


def test_a_series_of_which_nothing_is_on_is_in_no_active_feed() -> None:
    assert shown(a_revision(called_off("2021-08-25")), Show.ACTIVE) is None


def test_a_date_without_a_date_of_its_own_keeps_that_of_the_rule() -> None:
    override = an_override(COFFEE_CORNER, "2021-10-05", Standing(reason=DATE_POSTPONED), when=None)
    seen = shown(a_revision(replace(COFFEE_CORNER, overrides=(override,))), Show.STRUCK)

    assert seen
    assert seen.overrides[0].when == at("2021-10-05 14:00", "2021-10-05 15:00")


def test_an_update_for_a_date_that_the_series_leaves_out_shows_nothing() -> None:
    rule = COFFEE_CORNER_OFF.rule
    assert rule

    assert states(replace(COFFEE_CORNER_OFF, rule=replace(rule, leaves_out=(OCTOBER,)))) == {
        "master": "on"
    }


def test_an_event_that_is_no_series_is_one_occurrence() -> None:
    assert states(an_event()) == {"master": "on"}
    assert states(an_event(), withdrawn="2021-09-06T10:00") == {"master": "withdrawn"}
