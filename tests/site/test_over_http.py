"""What other programs read, as they read it: conditional requests, HEAD, codings, CORS, queries."""

import json
from collections.abc import Iterator

import pytest

from tests.house import House
from tests.spine import an_entry, an_update, events_file
from tests.web.live import Live, running

PATHS = (
    "/feeds/parks.json",
    "/feeds/all.json",
    "/feeds/parks.json?limit=1",
    "/events/garden.json",
    "/feeds/parks.jcal.json",
    "/feeds/parks.fr.fullcalendar.json",
    "/feeds/parks.changes.atom",
    "/feeds/all.changes.json",
    "/api/changes",
    "/api/changes?limit=1",
    "/feeds/catalog.json",
    "/feeds/catalog.opml",
    "/sitemap.xml",
)


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    house = House()
    events = {"garden": an_entry(updates=[an_update("postponed")]), "fair": an_entry()}
    house.publish(events_file(events))
    with running(house.table()) as server:
        yield server


@pytest.mark.parametrize("path", PATHS)
def test_who_asks_again_is_told_that_nothing_changed(live: Live, path: str) -> None:
    whole = live.ask(path, ("Accept-Encoding", "br"))
    assert (whole.status, whole.headers["content-encoding"]) == (200, "br")
    again = live.ask(path, ("Accept-Encoding", "br"), ("If-None-Match", whole.headers["etag"]))
    assert (again.status, again.body) == (304, b"")
    head = live.ask(path, ("Accept-Encoding", "br"), method="HEAD")
    assert {**head.headers, "date": ""} == {**whole.headers, "date": ""}
    assert whole.headers["access-control-allow-origin"] == "*"


def test_a_query_is_answered_though_the_whole_is_ready(live: Live) -> None:
    whole = live.ask("/feeds/parks.json")
    some = live.ask("/feeds/parks.json?status=postponed")
    assert len(json.loads(whole.body)["events"]) == 2
    assert [event["id"] for event in json.loads(some.body)["events"]] == ["garden"]
    assert live.ask("/feeds/parks.json?utm_source=x").body == whole.body


@pytest.mark.parametrize("form", ["jcal", "fullcalendar"])
def test_a_query_that_means_nothing_gives_what_is_there(live: Live, form: str) -> None:
    whole = live.ask(f"/feeds/parks.{form}.json")
    asked = live.ask(f"/feeds/parks.{form}.json?start=2026-01-01T00%3A00%3A00Z&end=x")
    assert asked.headers["etag"] == whole.headers["etag"]


def test_a_problem_is_readable_from_any_page_and_kept_by_nobody(live: Live) -> None:
    reply = live.ask("/feeds/parks.json?tag=a&limit=%F0%9F%8C%B3")
    assert reply.status == 400
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["access-control-allow-origin"] == "*"
    assert json.loads(reply.body)["parameter"] == "limit"


def test_a_query_of_a_feed_that_is_not_there_is_not_found(live: Live) -> None:
    assert live.ask("/feeds/none.json?limit=x").status == 404
