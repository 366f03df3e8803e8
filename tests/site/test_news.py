"""The news of feeds on the site: where they are, what HTTP says of them, how long they stay."""

import json
from datetime import timedelta
from typing import Any

import pytest

from calfeed.representation import Coding, Representation
from calfeed.site import Table
from tests.house import House, body
from tests.spine import an_entry, an_update, events_file

ATOM, JSON = "/feeds/parks.changes.atom", "/feeds/parks.changes.json"


def a_house(**file: Any) -> House:
    house = House()
    house.publish(events_file({"garden": an_entry(), "pond": an_entry(title="Pond day")}, **file))
    return house


def made(table: Table, path: str) -> Representation:
    found = table.make(path)
    assert found is not None
    return found


def fields(representation: Representation) -> dict[str, str]:
    answer, _ = representation.form(Coding.IDENTITY).dated
    return {name.decode(): value.decode() for name, value in answer.fields}


@pytest.mark.parametrize(
    ("path", "media_type"),
    [(ATOM, "application/atom+xml"), (JSON, "application/feed+json")],
)
def test_news_say_what_they_are_and_where_the_feed_itself_is(path: str, media_type: str) -> None:
    found = made(a_house().table(), path)
    headers = fields(found)
    assert headers["content-type"] == media_type
    assert headers["content-disposition"] == f'inline; filename="{path.removeprefix("/feeds/")}"'
    assert headers["cache-control"].startswith("public, max-age=300,")
    assert headers["access-control-allow-origin"] == "*"
    assert headers["last-modified"] == "Mon, 23 Nov 2026 12:00:00 GMT"
    links = headers["link"].split(", ")
    assert links[0] == (
        '<https://events.example.eu/feeds/parks.ics>; rel="alternate"; type="text/calendar"'
    )
    assert f'<https://events.example.eu{path}>; rel="alternate"; type="{media_type}"' not in links
    assert found.codings == tuple(Coding)


def test_the_catalogue_and_the_feed_lead_to_the_news() -> None:
    table = a_house().table()
    feeds = json.loads(body(table, "/feeds/catalog.json"))["feeds"]
    addresses = [one["url"] for feed in feeds for one in feed["formats"]]
    for path in (ATOM, JSON, "/feeds/all.changes.atom"):
        assert f"https://events.example.eu{path}" in addresses
    assert f"<https://events.example.eu{ATOM}>" in fields(made(table, "/feeds/parks.ics"))["link"]
    assert (
        f'xmlUrl="https://events.example.eu{ATOM}"' in body(table, "/feeds/catalog.opml").decode()
    )


def test_the_news_of_a_feed_without_any_is_a_feed() -> None:
    data = json.loads(body(a_house().table(), "/feeds/schools.changes.json"))
    assert (data["title"], data["items"]) == ("Schools: Recent changes", [])


def test_the_news_keep_their_bytes_until_something_is_told() -> None:
    house = a_house()
    table = house.table()
    before = made(table, ATOM)
    tomorrow = table.successor(house.snapshot(house.now.date() + timedelta(days=1)))
    assert tomorrow.ready(ATOM) is before

    house.now += timedelta(days=1)
    house.publish(events_file({"garden": an_entry(updates=[an_update("cancelled")])}))
    after = table.successor(house.snapshot())
    assert after.ready(ATOM) is None
    assert made(after, ATOM).body == body(house.table(), ATOM) != before.body


def test_a_former_slug_has_the_news_of_the_present_one_under_the_same_id() -> None:
    house = a_house()
    before = json.loads(body(house.table(), JSON))["items"]
    feed_id = body(house.table(), ATOM).decode().splitlines()[2]
    greens = {"greens": {"name": "Greens", "formerly": ["parks"]}}
    entry = an_entry(initiatives=["greens"])
    house.publish(
        events_file({"garden": entry, "pond": {**entry, "title": "Pond day"}}, initiatives=greens)
    )
    table = house.table()
    assert made(table, JSON) is made(table, "/feeds/greens.changes.json")
    assert json.loads(body(table, JSON))["items"] == before
    assert body(table, ATOM).decode().splitlines()[2] == feed_id


def test_the_news_of_one_that_has_ended_are_gone() -> None:
    house = a_house()
    events = {"garden": an_entry(), "pond": an_entry(title="Pond day")}
    house.publish(events_file(events, initiatives={"parks": {"name": "Parks"}}))
    table = house.table(house.now.date() + timedelta(days=402))
    assert made(table, "/feeds/schools.changes.atom").status == 410


@pytest.mark.parametrize(
    "path", ["/feeds/none.changes.atom", "/feeds/parks.fr.changes.atom", "/feeds/parks.atom"]
)
def test_what_is_not_there(path: str) -> None:
    assert a_house().table().make(path) is None


def test_the_licence_of_the_initiative_stands_in_atom() -> None:
    parks = {"parks": {"name": "Parks", "licence": "CC BY 4.0"}}
    atom = body(a_house(initiatives=parks).table(), ATOM).decode()
    assert "<rights>CC BY 4.0</rights>" in atom
    assert "<rights>" not in body(a_house().table(), ATOM).decode()


def test_a_withdrawn_event_has_no_page_to_lead_to() -> None:
    house = a_house()
    house.publish(events_file({"pond": an_entry(title="Pond day")}))
    first, *_ = json.loads(body(house.table(), JSON))["items"]
    assert first["title"] == "Withdrawn: Garden day"
    assert "url" not in first
