"""The forms that libraries read, on the site: where they are, how long they are kept."""

import json
from datetime import timedelta

import pytest

from calfeed.representation import Coding, Representation
from calfeed.site import Table
from tests.house import House, body
from tests.spine import INITIATIVES, an_entry, an_update, events_file

JCAL, FULLCALENDAR = "/feeds/parks.jcal.json", "/feeds/parks.fullcalendar.json"
BASE = "https://events.example.eu"


def a_house(**entry: object) -> House:
    house = House()
    house.publish(events_file({"garden": an_entry(**entry)}))
    return house


def made(table: Table, path: str) -> Representation:
    found = table.make(path)
    assert found is not None, path
    return found


def links(table: Table, path: str) -> set[tuple[str, str]]:
    """Return address and media type of all that Link names."""
    answer, _ = made(table, path).form(Coding.IDENTITY).dated
    link = dict(answer.fields)[b"link"].decode()
    values = [value.split("; ") for value in link.split(", ")]
    return {
        (parts[0].strip("<>"), part.split('"')[1])
        for parts in values
        for part in parts
        if part.startswith("type=")
    }


@pytest.mark.parametrize(
    ("path", "media_type", "filename"),
    [
        (JCAL, "application/calendar+json", "parks.jcal.json"),
        (FULLCALENDAR, "application/json", "parks.fullcalendar.json"),
    ],
)
def test_a_form_says_what_it_is(path: str, media_type: str, filename: str) -> None:
    answer, _ = made(a_house().table(), path).form(Coding.IDENTITY).dated
    headers = {name.decode(): value.decode() for name, value in answer.fields}
    assert headers["content-type"] == media_type
    assert headers["content-disposition"] == f'inline; filename="{filename}"'
    assert headers["access-control-allow-origin"] == "*"
    assert "etag" in headers
    assert "last-modified" in headers


def test_every_form_of_a_feed_names_the_others_and_they_are_there() -> None:
    table = a_house().table()
    forms = {
        (BASE + "/feeds/parks.ics", "text/calendar"),
        (BASE + "/feeds/parks.json", "application/json"),
        (BASE + JCAL, "application/calendar+json"),
        (BASE + FULLCALENDAR, "application/json"),
    }
    for address, media_type in forms:
        named = links(table, address.removeprefix(BASE))
        assert forms - {(address, media_type)} <= named
        assert all(made(table, path.removeprefix(BASE)) for path, _ in named)


def test_the_calendar_of_an_event_names_its_listing() -> None:
    listing = (f"{BASE}/events/garden.json", "application/json")
    assert listing in links(a_house().table(), "/events/garden.ics")


def test_the_sites_own_language_has_the_bytes_of_the_plain_address() -> None:
    table = a_house().table()
    assert table.make("/feeds/parks.en.fullcalendar.json") is table.make(FULLCALENDAR)
    assert table.make("/feeds/parks.de.fullcalendar.json") is None
    (french,) = json.loads(body(table, "/feeds/parks.fr.fullcalendar.json"))
    assert french["url"] == f"{BASE}/fr/events/garden/"


@pytest.mark.parametrize("form", ["jcal", "fullcalendar"])
def test_a_query_is_ignored(form: str) -> None:
    assert a_house().table().ask(f"/feeds/parks.{form}.json", "start=2026-01-01&end=x") is None


@pytest.mark.parametrize("form", ["jcal", "fullcalendar"])
def test_what_is_not_there_and_what_is_gone(form: str) -> None:
    house = a_house()
    house.publish(events_file({"garden": an_entry()}, initiatives={"parks": INITIATIVES["parks"]}))
    table = house.table(house.now.date() + timedelta(days=402))
    assert table.make(f"/feeds/none.{form}.json") is None
    assert made(table, f"/feeds/schools.{form}.json").status == 410
    assert f"/feeds/schools.{form}.json" not in set(table.paths())


@pytest.mark.parametrize("path", [JCAL, FULLCALENDAR])
def test_a_publication_keeps_what_is_the_same_and_forgets_the_rest(path: str) -> None:
    house = a_house()
    table = house.table()
    before = made(table, path)
    schools = made(table, path.replace("parks", "schools"))
    house.publish(events_file({"garden": an_entry(updates=[an_update("postponed")])}))

    after = table.successor(house.snapshot())

    assert after.ready(path.replace("parks", "schools")) is schools
    assert after.ready(path) is None
    assert made(after, path).etag != before.etag
    assert body(after, path) == body(house.table(), path)
