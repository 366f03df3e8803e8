"""Importing calfeed's own feed and publishing it again gives the same events."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given

from calfeed.errors import SourceError
from calfeed.source.importing.assembling import assemble
from calfeed.source.importing.calendar import read_calendar
from tests.house import NOON, House, body, files
from tests.readers.reading import ReadEvent
from tests.source.importing.calendars import TERMS, quiet
from tests.spine import events_file


def seen(events: list[ReadEvent]) -> dict[tuple[str, Any], tuple[Any, ...]]:
    """Return what a subscriber sees of each date: when, which state, which title and place.

    A date of a series that is as the whole of it is no other date.
    """
    masters = {event.uid: facts(event) for event in events if event.recurrence_id is None}
    return {
        (event.uid, event.recurrence_id): (event.dtstart, event.dtend, *facts(event))
        for event in events
        if event.recurrence_id is None
        or event.dtstart != event.recurrence_id
        or facts(event) != masters[event.uid]
    }


def facts(event: ReadEvent) -> tuple[Any, ...]:
    title = event.summary.removeprefix("NEW DATE: ")
    return event.status, title, event.location if event.status == "CONFIRMED" else None


def live(events: list[ReadEvent]) -> list[ReadEvent]:
    gone = {event.uid for event in events if event.summary.startswith("WITHDRAWN: ")}
    return [event for event in events if event.uid not in gone]


def numbers(events: list[ReadEvent]) -> Mapping[str, int]:
    return {event.uid: event.sequence or 0 for event in events}


@given(files())
def test_what_is_imported_and_published_again_is_the_same(text: str) -> None:
    house = House()
    try:
        house.publish(text)
    except SourceError:
        return
    feed = body(house.table(), "/feeds/all.ics")
    terms = replace(TERMS, own_names=frozenset({"Parks", "Schools", "schools", "parks"}))
    imported = assemble(read_calendar(feed, terms, name="all.ics", progress=quiet), terms)

    again = House(now=NOON)
    again.publish(events_file(imported.entries))

    before, after = live(house.vevents()), again.vevents()
    assert seen(after) == seen(before)
    assert all(number <= numbers(after)[uid] for uid, number in numbers(before).items())
