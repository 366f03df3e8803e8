"""Whoever follows what answers and pages lead to finds just what they were told is there."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from tests.formats.pages.states import a_table
from tests.web.live import Live, Reply, running

BASE = "https://events.example.eu"
LINK = re.compile(r'<([^>]+)>; rel="([^"]+)"((?:; \w+="[^"]*")*)')
ALTERNATE = re.compile(r'<link rel="alternate"([^>]*) href="([^"]+)">')
TYPE = re.compile(r'type="([^"]+)"')
FEED = (
    *("text/calendar", "application/json", "application/calendar+json", "application/json"),
    *("application/atom+xml", "application/feed+json"),
)
ONE = ("text/calendar", "application/json")
OEMBED = "application/json+oembed"


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    with running(a_table()) as server:
        yield server


def found(live: Live, address: str, media_type: str) -> Reply:
    """Return the answer at *address*, which must be of *media_type* and keep every promise."""
    assert address.startswith(f"{BASE}/"), address
    path = address.removeprefix(BASE)
    reply = live.ask(path)
    assert (reply.status, reply.headers["content-type"].split(";")[0]) == (200, media_type), path
    assert reply.headers["access-control-allow-origin"] == "*", path
    assert re.fullmatch(r'"[0-9a-f]{32}"', reply.headers["etag"]), path
    again = live.ask(path, ("If-None-Match", reply.headers["etag"]))
    assert (again.status, again.body) == (304, b""), path
    assert again.headers["etag"] == reply.headers["etag"], path
    return reply


def links(reply: Reply) -> list[tuple[str, str, str]]:
    """Return address, relation and media type of each link of an answer."""
    said = LINK.findall(reply.headers["link"])
    return [(address, relation, "".join(TYPE.findall(rest))) for address, relation, rest in said]


def alternates(live: Live, path: str) -> list[tuple[str, str]]:
    """Return media type and address of each other format that the page at *path* names."""
    said = ALTERNATE.findall(live.ask(path).body.decode())
    return [(kind, unescape(address)) for rest, address in said for kind in TYPE.findall(rest)]


def catalogue(live: Live) -> Any:
    return json.loads(found(live, f"{BASE}/feeds/catalog.json", "application/json").body)


def test_every_address_of_the_catalogue(live: Live) -> None:
    for feed in catalogue(live)["feeds"]:
        assert tuple(one["type"] for one in feed["formats"]) == FEED
        for one in feed["formats"]:
            found(live, one["url"], one["type"])
        for address in feed["url"].values():
            found(live, address, "text/html")


@pytest.mark.parametrize(
    "path",
    [
        *(f"/feeds/parks.{form}" for form in ("ics", "json", "jcal.json", "fullcalendar.json")),
        "/feeds/parks.changes.atom",
        "/feeds/parks.changes.json",
        "/feeds/all.fr.visible.utc.ics",
        "/feeds/parks.json?status=postponed",
        "/events/postponed.ics",
        "/events/postponed.json",
        "/feeds/catalog.json",
        "/feeds/catalog.opml",
        "/openapi.json",
    ],
)
def test_every_link_of_an_answer(live: Live, path: str) -> None:
    said = links(live.ask(path))
    assert {relation for _, relation, _ in said} >= {"service-desc", "service-doc"}
    for address, relation, media_type in said:
        if relation == "service-doc":
            lead = live.ask(address.removeprefix(BASE), ("Accept-Language", "fr"))
            assert (lead.status, lead.headers["location"]) == (302, "/fr/developers/")
            assert lead.headers["content-type"].startswith(media_type)
        else:
            found(live, address, media_type or "text/calendar")


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        pytest.param("/en/", [*FEED, OEMBED], id="index"),
        pytest.param("/fr/parks/", [*FEED, OEMBED], id="initiative"),
        pytest.param("/fr/events/postponed/", ["text/calendar", *ONE, OEMBED], id="event"),
        pytest.param("/en/events/planned/", ["text/calendar"] * 2 + [*ONE, OEMBED], id="of two"),
        pytest.param("/en/events/series/2027-01-05/", ["text/calendar", *ONE, OEMBED], id="date"),
        pytest.param(
            "/en/feeds/", ["text/calendar", "application/json", "text/x-opml"], id="calendars"
        ),
        pytest.param("/en/developers/", ["text/calendar", "application/json"], id="developers"),
        pytest.param("/en/parks/past/", ["text/calendar"], id="past"),
    ],
)
def test_every_format_that_a_page_names(live: Live, path: str, kinds: list[str]) -> None:
    said = alternates(live, path)
    assert [kind for kind, _ in said] == kinds
    for kind, address in said:
        found(live, address, "application/json" if kind == OEMBED else kind)


def test_a_page_names_the_feeds_in_its_language(live: Live) -> None:
    french = [address.removeprefix(BASE) for _, address in alternates(live, "/fr/parks/")]
    assert french[:4] == [
        "/feeds/parks.fr.ics",
        "/feeds/parks.json",
        "/feeds/parks.jcal.json",
        "/feeds/parks.fr.fullcalendar.json",
    ]


def test_the_page_of_an_initiative_has_its_formats_for_people(live: Live) -> None:
    page = live.ask("/en/parks/").body.decode()
    formats = page.partition('<ul class="formats">')[2].partition("</ul>")[0]
    for title, path in (("iCalendar", "ics"), ("JSON", "json"), ("jCal", "jcal.json")):
        assert f'<a href="/feeds/parks.{path}">{title}</a>' in formats
