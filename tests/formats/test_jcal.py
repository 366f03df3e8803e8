"""jCal: what a reader of it finds is what it finds in the calendar."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.addresses import Variant
from calfeed.formats import ics, jcal
from calfeed.ledger.revision import Revision
from calfeed.snapshot import Feed
from tests.builders import a_feed, a_site
from tests.house import House, body
from tests.readers import icaljs
from tests.shipped import revisions
from tests.spine import an_entry, an_update, events_file
from tests.strategies import revisions as any_revisions

ENGLISH = Variant(language="en")


def both(feed: Feed) -> tuple[bytes, bytes]:
    """Return *feed* as a calendar and as jCal."""
    whole = ics.render(feed, ENGLISH, site=a_site())
    around = whole[: whole.find(b"BEGIN:VEVENT")] + b"END:VCALENDAR\r\n"
    drawings = [ics.draw(revision, ENGLISH) for revision in feed.revisions]
    return whole, jcal.render(around, [jcal.draw(drawn.body) for drawn in drawings if drawn])


def test_the_shipped_events(golden: Callable[[str, bytes], None]) -> None:
    _, made = both(a_feed(*revisions(), summary={"en": "Cities, communities; both"}))
    shown = json.dumps(json.loads(made), ensure_ascii=False, indent=1)
    golden("living-in-eu.jcal.json", shown.encode() + b"\n")


@pytest.mark.reader("icaljs")
@settings(max_examples=15)
@given(st.lists(any_revisions(), max_size=3))
def test_a_reader_finds_what_the_calendar_says(drawn: list[Revision]) -> None:
    calendar, made = both(a_feed(*drawn))
    assert icaljs.read_jcal(made) == icaljs.read(calendar)


@pytest.mark.reader("icaljs")
def test_the_site_has_in_both_forms_the_same() -> None:
    house = House()
    series = an_entry(
        when="2026-11-24 10:00 to 11:00",
        repeats={"every": "week", "times": 3},
        updates=[an_update("cancelled", occurrence="2026-12-01")],
    )
    house.publish(events_file({"a": an_entry(updates=[an_update("postponed")]), "b": series}))
    table = house.table()
    found = icaljs.read_jcal(body(table, "/feeds/parks.jcal.json"))
    assert found == icaljs.read(body(table, "/feeds/parks.ics"))
    assert sorted(one.status for one in found) == ["CANCELLED", "CANCELLED", "CONFIRMED"]


def test_a_calendar_without_events_is_one_all_the_same() -> None:
    house = House()
    house.publish(events_file({"a": an_entry()}))
    name, properties, components = json.loads(body(house.table(), "/feeds/schools.jcal.json"))
    assert name == "vcalendar"
    assert ["x-wr-calname", {}, "unknown", "Schools"] in properties
    assert components == []
