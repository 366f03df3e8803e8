"""Listings on the site: where they are, what queries of them give, how long they are kept."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from calfeed.representation import Coding, Representation
from calfeed.site import Table
from tests import schemas
from tests.house import SERIES, House, body
from tests.spine import INITIATIVES, an_entry, an_update, events_file

EVENTS: dict[str, Any] = {
    "first": an_entry(when="2026-12-01", tags=["green"]),
    "off": an_entry(when="2026-12-10", updates=[an_update("postponed")], tags=["green", "blue"]),
    "series": an_entry(**SERIES, updates=[an_update("cancelled", occurrence="2026-12-01")]),
    "some-day": an_entry(when="to be announced"),
}
PARKS = "/feeds/parks.json"


def a_house(**site: Any) -> House:
    """Return a house that published the events one after the other, so that they have an order."""
    house = House()
    for number in range(len(EVENTS)):
        house.publish(events_file(dict(list(EVENTS.items())[: number + 1]), site=site))
        house.now += timedelta(hours=1)
    return house


def asked(table: Table, query: str, path: str = PARKS) -> Representation:
    answer = table.ask(path, query)
    assert answer is not None
    return answer


def found(table: Table, query: str) -> list[str]:
    data = schemas.check("listing", asked(table, query).body)
    return [event["id"] for event in data["events"]]


def fields(representation: Representation) -> dict[str, str]:
    answer, _ = representation.form(Coding.IDENTITY).dated
    return {name.decode(): value.decode() for name, value in answer.fields}


def test_a_listing_says_what_it_is_and_where_its_other_forms_are() -> None:
    made = a_house().table().make(PARKS)
    assert made is not None
    headers = fields(made)
    assert headers["content-type"] == "application/json"
    assert headers["content-disposition"] == 'inline; filename="parks.json"'
    assert headers["cache-control"].startswith("public, max-age=300,")
    assert headers["access-control-allow-origin"] == "*"
    assert headers["link"].split(", ")[0] == (
        '<https://events.example.eu/feeds/parks.ics>; rel="alternate"; type="text/calendar"'
    )
    assert made.codings == tuple(Coding)
    assert made.heeds_query


def test_an_event_alone_and_its_feed_have_the_same_item() -> None:
    table = a_house().table()
    alone = schemas.check("listing", body(table, "/events/off.json"))
    whole = schemas.check("listing", body(table, PARKS))
    assert alone["id"] == "off"
    assert alone["calendar_url"] == "https://events.example.eu/events/off.ics"
    assert alone["url"]["fr"] == "https://events.example.eu/fr/events/off/"
    assert alone["events"] == [whole["events"][1]]


def test_all_has_everything_since_the_beginning() -> None:
    house = a_house(keep_past=5)
    table = house.table(house.now.date() + timedelta(days=3000))
    assert [one["id"] for one in json.loads(body(table, "/feeds/all.json"))["events"]] == [*EVENTS]
    assert (
        json.loads(body(table, "/feeds/all.json"))["url"]["en"] == "https://events.example.eu/en/"
    )
    assert [one["id"] for one in json.loads(body(table, PARKS))["events"]] == ["some-day"]


def test_the_licence_is_the_initiatives_or_else_the_sites() -> None:
    parks = {**INITIATIVES, "parks": {"name": "Parks", "licence": "CC0"}}
    house = House()
    house.publish(events_file({"a": an_entry()}, site={"licence": "CC BY 4.0"}, initiatives=parks))
    table = house.table()
    paths = (PARKS, "/feeds/schools.json", "/feeds/all.json", "/events/a.json")
    licences = [json.loads(body(table, path))["license"] for path in paths]
    assert licences == ["CC0", "CC BY 4.0", "CC BY 4.0", "CC BY 4.0"]


def test_former_names_lead_to_what_is_there_now() -> None:
    house = House()
    house.publish(
        events_file(
            {"old": an_entry(initiatives=["gardens"])}, initiatives={"gardens": {"name": "G"}}
        )
    )
    parks = {"parks": {"name": "P", "formerly": ["gardens"]}}
    house.publish(events_file({"new": an_entry(formerly=["old"])}, initiatives=parks))
    table = house.table()
    assert table.make("/feeds/gardens.json") is table.make(PARKS)
    assert table.make("/events/old.json") is table.make("/events/new.json")
    assert {"/feeds/gardens.json", "/events/old.json"} <= set(table.paths())
    assert json.loads(asked(table, "limit=1", "/feeds/gardens.json").body)["id"] == "parks"


def test_a_withdrawn_event_is_in_the_initiative_under_its_present_slug() -> None:
    house = House()
    house.publish(
        events_file(
            {"a": an_entry(initiatives=["gardens"]), "b": an_entry(initiatives=["gardens"])},
            initiatives={"gardens": {"name": "G"}},
        )
    )
    parks = {"parks": {"name": "P", "formerly": ["gardens"]}}
    house.publish(events_file({"a": an_entry()}, initiatives=parks))
    (gone,) = json.loads(body(house.table(), "/events/b.json"))["events"]
    assert (gone["status"], gone["initiatives"]) == ("withdrawn", ["parks"])


def test_a_retired_initiative_is_gone_for_good_in_the_end() -> None:
    house = a_house()
    house.publish(events_file(EVENTS, initiatives={"parks": INITIATIVES["parks"]}))
    table = house.table(house.now.date() + timedelta(days=402))
    made = table.make("/feeds/schools.json")
    assert made is not None
    assert made.status == 410
    assert table.ask("/feeds/schools.json", "limit=1") is None


@pytest.mark.parametrize("path", ["/feeds/none.json", "/events/none.json", "/feeds/parks.ics"])
def test_where_there_is_no_listing_a_query_means_nothing(path: str) -> None:
    assert a_house().table().ask(path, "limit=x") is None


@pytest.mark.parametrize(
    ("query", "events"),
    [
        pytest.param(
            "from=2026-12-10",
            ["off", "series", "some-day"],
            id="any date from then on, and what has none",
        ),
        pytest.param("from=2031-01-01", ["off", "some-day"], id="what waits for a date"),
        pytest.param("from=2026-12-10&to=2031-01-01", ["off", "series"], id="what has one"),
        pytest.param("to=2026-11-30", ["series"], id="any date until then"),
        pytest.param("from=2026-12-02&to=2026-12-09", [], id="between the dates of a series"),
        pytest.param("status=postponed", ["off"], id="a state"),
        pytest.param("status=cancelled", ["series"], id="the state of one date"),
        pytest.param("status=cancelled&from=2027-01-01", [], id="the state of a date by then"),
        pytest.param("status=cancelled&status=postponed", ["off", "series"], id="either"),
        pytest.param("status=as-planned", ["first", "series", "some-day"], id="dated or not"),
        pytest.param("tag=blue", ["off"], id="a tag"),
        pytest.param("tag=blue&tag=green", ["first", "off"], id="either tag"),
        pytest.param("tag=blue&status=as-planned", [], id="both"),
        pytest.param("limit=2", ["first", "off"], id="the first few"),
        pytest.param("limit=100&utm_source=x", [*EVENTS], id="unknown names are ignored"),
    ],
)
def test_a_query_chooses(query: str, events: list[str]) -> None:
    assert found(a_house().table(), query) == events


@pytest.mark.parametrize(
    ("query", "parameter", "detail"),
    [
        ("from=tomorrow", "from", "from: expected a day such as 2026-11-24"),
        ("from=20261124", "from", "from: expected a day such as 2026-11-24"),
        ("from=2026-02-30", "from", "from: expected a day such as 2026-11-24"),
        ("to=", "to", "to: expected a day such as 2026-11-30"),
        (
            "from=2026-12-02&to=2026-12-01",
            "to",
            "to: expected a day that is not before from=2026-12-02",
        ),
        (
            "status=off",
            "status",
            "status: expected one of withdrawn, cancelled, postponed, rescheduled, moved-online, "
            "as-planned",
        ),
        ("limit=0", "limit", "limit: expected a number from 1 to 100"),
        ("limit=101", "limit", "limit: expected a number from 1 to 100"),
        ("limit=-1", "limit", "limit: expected a number from 1 to 100"),
        ("limit=9&limit=9", "limit", "limit: expected one value"),
        ("tag=", "tag", "tag: expected a text of 1 to 100 characters"),
        (f"tag={'x' * 101}", "tag", "tag: expected a text of 1 to 100 characters"),
        ("&".join(f"tag={n}" for n in range(11)), "tag", "tag: expected at most 10 values"),
        ("cursor=abc", "cursor", "cursor: expected what an answer gave as next"),
        ("cursor=%C3%A9", "cursor", "cursor: expected what an answer gave as next"),
        ("cursor=YQ", "cursor", "cursor: expected what an answer gave as next"),
        (f"cursor={'Y' * 2001}", "cursor", "cursor: expected what an answer gave as next"),
    ],
)
def test_a_bad_value_is_named(query: str, parameter: str, detail: str) -> None:
    answer = asked(a_house().table(), query)
    assert answer.status == 400
    assert fields(answer)["content-type"] == "application/problem+json"
    assert json.loads(answer.body) == {
        "title": "Bad Request",
        "status": 400,
        "detail": detail,
        "parameter": parameter,
    }


@pytest.mark.parametrize("query", ["", "utm_source=x", "From=tomorrow", "&&="])
def test_a_query_of_unknown_names_asks_for_the_whole(query: str) -> None:
    assert a_house().table().ask(PARKS, query) is None


def test_queries_that_ask_for_the_same_have_one_answer() -> None:
    table = a_house().table()
    one = table.ask(PARKS, "status=postponed&tag=blue&tag=green&x=1")
    assert table.ask(PARKS, "tag=green&tag=blue&tag=green&y=2&status=postponed") is one
    assert table.ask(PARKS, "tag=green") is not one


def test_a_cursor_leads_through_all_events_even_while_some_come() -> None:
    house = a_house()
    table, query, walked = house.table(), "limit=1&status=as-planned", []
    while query:
        data = json.loads(asked(table, query).body)
        walked += [event["id"] for event in data["events"]]
        following = data["next"]
        assert following is None or following.startswith("https://events.example.eu" + PARKS)
        query = urlsplit(following or "").query
        if len(walked) == 1:
            house.publish(events_file({**EVENTS, "a-new-one": an_entry()}))
            table = table.successor(house.snapshot())
    assert walked == ["first", "series", "some-day", "a-new-one"]


def test_a_publication_keeps_what_is_the_same_and_forgets_the_rest() -> None:
    house = a_house()
    table = house.table()
    schools, event = table.make("/feeds/schools.json"), table.make("/events/first.json")
    table.make(PARKS)
    before = asked(table, "limit=4")
    house.publish(events_file({**EVENTS, "off": an_entry(when="2026-12-11")}))

    after = table.successor(house.snapshot())

    assert after.ready("/feeds/schools.json") is schools
    assert after.ready("/events/first.json") is event
    assert after.ready(PARKS) is None
    assert b"2026-12-11" in body(after, PARKS)
    assert asked(after, "limit=4").etag != before.etag


def test_another_language_of_the_site_is_in_every_listing_at_once() -> None:
    house = a_house()
    table = house.table()
    table.make(PARKS)
    house.publish(events_file(EVENTS, site={"languages": ["en", "de"]}))
    (_, off, *_) = json.loads(body(table.successor(house.snapshot()), PARKS))["events"]
    assert sorted(off["label"]) == ["de", "en"]
