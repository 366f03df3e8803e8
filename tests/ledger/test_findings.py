"""What an editor hears when the file and what was told disagree."""

from typing import Any

import pytest

from calfeed.ledger.reconcile import reconcile
from calfeed.source.parse import parse_sources
from calfeed.source.yaml import parse_document
from tests.house import House
from tests.spine import an_entry, an_update, events_file

OTHER = an_entry(title="Market")


def warnings(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return what is said of *after* where *before* was told."""
    house = House()
    house.publish(events_file({"other": OTHER, **before}))
    document = parse_document(events_file({"other": OTHER, **after}).encode(), name="events.yaml")
    stated = parse_sources([document], today=house.now.date())
    reconciled = reconcile(house.told, stated, now=house.now)
    return [f"{one.code} {one.message} ({one.hint})" for one in reconciled.warnings]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            {"garden": an_entry(published="2026-02-03")},
            {"garden": an_entry(published="2026-02-03", when="2031-06-12")},
            "W401 the date of a published event was changed in place"
            " (published on 2026-02-03 as 2031-05-08 14:00 to 16:00)",
            id="a date edited in place",
        ),
        pytest.param(
            {"garden": an_entry()},
            {"garden": an_entry(when="to be announced")},
            'W402 the date of "garden" was taken back (published as 2031-05-08 14:00 to 16:00)',
            id="a date taken back",
        ),
        pytest.param(
            {"garden": an_entry()},
            {"garden-day": an_entry()},
            'W403 "garden" vanished, and "garden-day" has the same title (did you rename it?)',
            id="a new key with the same title",
        ),
        pytest.param(
            {"garden": an_entry()},
            {},
            'W404 "garden" was published and is not over, and now it is gone'
            " (Garden day will be shown as WITHDRAWN)",
            id="gone before it was over",
        ),
        pytest.param(
            {"garden": an_entry()},
            {"garden": an_entry(draft=True)},
            'W404 "garden" was published and is not over, and now it is gone'
            " (Garden day will be shown as WITHDRAWN)",
            id="a draft again",
        ),
        pytest.param(
            {"garden": an_entry(updates=[an_update("postponed")])},
            {"garden": an_entry()},
            'W405 an update of "garden" was removed after it was told'
            " (postponed of 2026-01-10 is missing)",
            id="an update taken out",
        ),
    ],
)
def test_warnings(before: dict[str, Any], after: dict[str, Any], expected: str) -> None:
    assert warnings(before, after) == [expected]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            an_entry(),
            an_entry(updates=[an_update("rescheduled", when="2031-06-12")]),
            id="a new date by an update",
        ),
        pytest.param(an_entry(), an_entry(summary="Bring a spade."), id="a text"),
        pytest.param(
            an_entry(when="2026-05-08"), None, id="an event that is over and then taken out"
        ),
    ],
)
def test_nothing_to_say(before: dict[str, Any], after: dict[str, Any] | None) -> None:
    assert warnings({"garden": before}, {"garden": after} if after else {}) == []


def test_an_initiative_that_is_gone_is_brought_to_mind() -> None:
    house = House()
    house.publish(events_file({"garden": an_entry()}))
    parks = {"parks": {"name": "Parks"}}
    text = events_file({"garden": an_entry()}, initiatives=parks)
    stated = parse_sources(
        [parse_document(text.encode(), name="events.yaml")], today=house.now.date()
    )

    (reminder,) = reconcile(house.told, stated, now=house.now).warnings

    assert (reminder.code, reminder.message) == ("R503", '"schools" is no longer in the file')
    assert reminder.hint == "its calendars end 400 days after their last event"


def test_a_date_edited_in_place_is_shown_where_it_stands() -> None:
    house = House()
    house.publish(events_file({"garden": an_entry()}))
    text = events_file({"garden": an_entry(when="2031-06-12")})
    stated = parse_sources(
        [parse_document(text.encode(), name="events.yaml")], today=house.now.date()
    )

    (warning,) = reconcile(house.told, stated, now=house.now).warnings

    line = text.splitlines()[warning.place.line - 1]
    assert line[warning.place.column - 1 :].startswith("'2031-06-12'")
    assert warning.help == (
        'better put the old line back and add an update:\ncalfeed reschedule garden "2031-06-12"',
    )
