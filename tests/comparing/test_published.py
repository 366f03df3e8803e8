"""A feed that is out, read and compared with what the sources would have it be."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfeed.addresses import Show, Variant
from calfeed.comparing import (
    PublishedDifference,
    WhichFeed,
    compare_published,
    read_published,
    which_feed,
)
from calfeed.comparing.published import Published
from calfeed.dates import When
from calfeed.ledger.told import Told
from tests.builders import a_site
from tests.house import House, body, files
from tests.spine import an_entry, an_update, events_file

DAY = date(2026, 11, 23)
ENGLISH = Variant(language="en")
SERIES: dict[str, Any] = {
    "title": "Coffee",
    "when": "2031-05-06 14:00 to 15:00",
    "repeats": {"every": "month", "by": "first Tuesday", "times": 3},
}


def out(text: str, path: str = "/feeds/all.ics") -> dict[str, Published]:
    """Return what is published at *path* of a site with the events file *text*."""
    house = House()
    house.publish(text)
    return read_published(body(house.table(), path))


def compared(
    before: str, after: str, path: str = "/feeds/all.ics", *, day: date = DAY
) -> dict[str, PublishedDifference]:
    """Return what differs at *path*, by key, when the file was *before* and is *after*."""
    published = out(before, path)
    house = House(
        told=Told(ledger_id="", pins={one.key: one.uid for one in published.values() if one.key})
    )
    house.publish(after)
    assert house.told.site
    which = which_feed(path, house.told.site)
    keys = {uid: key for key, uid in house.told.pins.items()}
    keys |= {one.uid: one.key for one in published.values()}
    found = compare_published(published, house.told, which, day=day)
    return {keys[one.uid]: one for one in found}


def a_file(**events: Any) -> str:
    return events_file(events)


def test_an_event_is_read_with_its_key_its_number_its_state_and_its_date() -> None:
    text = a_file(garden=an_entry(updates=[an_update("postponed")]), coffee=an_entry(**SERIES))
    found = {one.key: one for one in out(text).values()}

    garden = found["garden"]
    assert (garden.sequence, garden.title) == (1, "POSTPONED: Garden day")
    assert garden.state("en") == "POSTPONED: "
    assert garden.when() == When(
        start=datetime(2031, 5, 8, 14), end=datetime(2031, 5, 8, 16), zone="Europe/Brussels"
    )
    assert found["coffee"].state("en") == ""
    assert not found["coffee"].is_over(date(2031, 7, 1))
    assert found["coffee"].is_over(date(2031, 7, 2))


@pytest.mark.parametrize(
    ("lines", "when"),
    [
        pytest.param(
            "DTSTART;VALUE=DATE:20310508\nDTEND;VALUE=DATE:20310509",
            When(start=date(2031, 5, 8), zone="UTC"),
            id="a day",
        ),
        pytest.param(
            "DTSTART;VALUE=DATE:20310508\nDTEND;VALUE=DATE:20310511",
            When(start=date(2031, 5, 8), end=date(2031, 5, 10), zone="UTC"),
            id="days",
        ),
        pytest.param(
            "DTSTART:20310508T140000Z", When(start=datetime(2031, 5, 8, 14), zone="UTC"), id="UTC"
        ),
        pytest.param("DTSTART;TZID=../etc:20310508T140000", None, id="no zone"),
        pytest.param("DTSTART:20311308", None, id="no day"),
        pytest.param("DTSTART:20310508T996000", None, id="no hour"),
        pytest.param(
            "DTSTART;VALUE=DATE:00010101\nDTEND;VALUE=DATE:00010101", None, id="too early"
        ),
        pytest.param("DTSTART:20310508\nDTEND:20310508T140000", None, id="of two kinds"),
        pytest.param("DTSTART:soon", None, id="no date"),
        pytest.param("SUMMARY:x", None, id="none"),
    ],
)
def test_dates_that_cannot_be_read_are_none(lines: str, when: When | None) -> None:
    written = f"BEGIN:VEVENT\nUID:a\n{lines}\nEND:VEVENT\n"
    assert read_published(written.encode())["a"].when() == when


def test_whole_days_are_over_the_day_after() -> None:
    written = (
        b"BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20310508\nDTEND;VALUE=DATE:20310510\nEND:VEVENT"
    )
    found = read_published(written)["a"]
    assert not found.is_over(date(2031, 5, 9))
    assert found.is_over(date(2031, 5, 10))
    junk = read_published(b"BEGIN:VEVENT\nUID:a\nDTEND:99999999\nEND:VEVENT\n")["a"]
    assert not junk.is_over(DAY)


def test_what_has_no_uid_or_no_number_is_taken_as_it_is() -> None:
    written = (
        b"BEGIN:VEVENT\nSUMMARY:none\nEND:VEVENT\n"
        b"BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20310508\nSUMMARY:A\\, \\n\nSEQUENCE:x\n"
        b"URL:http://[bad/en/events/a/\nEND:VEVENT\n"
    )
    (found,) = read_published(written).values()
    assert (found.uid, found.key, found.sequence, found.title) == ("a", "", 0, "A, \n")


def test_nothing_differs_from_what_the_same_file_published() -> None:
    text = a_file(
        garden=an_entry(updates=[an_update("postponed")]),
        coffee=an_entry(**SERIES),
        waiting=an_entry(title="Waiting", when="to be announced"),
        over=an_entry(title="Over", when="2020-01-01"),
    )
    for path in ("/feeds/all.ics", "/feeds/parks.fr.visible.utc.ics", "/events/garden.ics"):
        assert compared(text, text, path) == {}


def test_new_changed_and_missing_events_with_the_numbers_of_the_feed() -> None:
    found = compared(
        a_file(
            garden=an_entry(updates=[an_update("postponed")]),
            gone=an_entry(title="Gone"),
            held=an_entry(title="Held", when="2026-11-22"),
            dated=an_entry(title="Dated"),
        ),
        a_file(
            garden=an_entry(
                updates=[an_update("postponed"), an_update("rescheduled", when="2031-09-09")]
            ),
            fair=an_entry(title="Fair"),
            dated=an_entry(title="Dated", when="to be announced"),
        ),
    )
    assert sorted(found) == ["dated", "fair", "garden", "gone"]
    assert (found["fair"].before, found["fair"].sequence) == (None, 0)
    assert found["garden"].sequence == 2
    assert [feed.name for feed in found["garden"].feeds] == ["Parks"]
    names = [change.name for change in found["garden"].properties]
    assert "DTSTART" in names
    assert not {"SEQUENCE", "DTSTAMP", "CREATED", "LAST-MODIFIED"} & set(names)
    assert found["gone"].after is found["dated"].after is None
    assert found["gone"].sequence == 1


def test_one_feed_alone_knows_who_leaves_it() -> None:
    found = compared(
        a_file(garden=an_entry(), lesson=an_entry(title="Lesson", initiatives=["schools"])),
        a_file(garden=an_entry(initiatives=["schools"]), fair=an_entry(title="Fair")),
        "/feeds/parks.ics",
    )
    assert sorted(found) == ["fair", "garden"]
    assert [feed.slug for feed in found["garden"].leaves] == ["parks"]
    assert [feed.slug for feed in found["garden"].feeds] == ["schools"]


def test_what_was_withdrawn_already_is_no_news() -> None:
    house = House()
    house.publish(a_file(garden=an_entry(), fair=an_entry(title="Fair")))
    house.publish(a_file(fair=an_entry(title="Fair")))
    published = read_published(body(house.table(), "/feeds/all.ics"))
    assert len(published) == 2

    fresh = House()
    fresh.publish(a_file(fair=an_entry(title="Fair")))

    assert not list(compare_published(published, fresh.told, WhichFeed(variant=ENGLISH), day=DAY))


def test_a_feed_that_the_site_does_not_have_is_left_by_all() -> None:
    text = a_file(garden=an_entry())
    house = House()
    house.publish(text)
    which = WhichFeed(variant=ENGLISH, slug="sports")
    (found,) = compare_published(out(text), house.told, which, day=DAY)
    assert [(feed.slug, feed.name) for feed in found.leaves] == [("sports", "sports")]
    assert not list(
        compare_published({}, house.told, WhichFeed(variant=ENGLISH, key="no"), day=DAY)
    )


@pytest.mark.parametrize(
    ("path", "which"),
    [
        pytest.param("/feeds/all.ics", WhichFeed(variant=ENGLISH), id="of all"),
        pytest.param(
            "/town/feeds/parks.fr.visible.utc.ics",
            WhichFeed(variant=Variant(language="fr", show=Show.VISIBLE, utc=True), slug="parks"),
            id="a variant, below a folder",
        ),
        pytest.param(
            "/events/garden.visible.ics",
            WhichFeed(variant=Variant(language="en", show=Show.VISIBLE), key="garden"),
            id="of one event",
        ),
        pytest.param("/calendar.ics", WhichFeed(variant=ENGLISH), id="anything else"),
    ],
)
def test_which_feed_an_address_is(path: str, which: WhichFeed) -> None:
    assert which_feed(path, a_site()) == which


@given(files())
def test_a_feed_never_differs_from_what_was_published(text: str) -> None:
    house = House()
    house.try_to_publish(text)
    if house.told.version:
        published = read_published(body(house.table(), "/feeds/all.ics"))
        which = WhichFeed(variant=ENGLISH)
        assert not list(compare_published(published, house.told, which, day=DAY))


@given(st.binary() | st.text('BEGINEVT:;=\r\n D"0123456789TZ/').map(str.encode))
def test_whatever_a_page_holds_it_can_be_compared(junk: bytes) -> None:
    house = House()
    house.publish(a_file(garden=an_entry()))
    written = b"BEGIN:VEVENT\nUID:a\n" + junk + b"\nEND:VEVENT\n"
    published = read_published(written)
    for one in compare_published(published, house.told, WhichFeed(variant=ENGLISH), day=DAY):
        assert one.sequence >= 0
    for event in published.values():
        event.when()
