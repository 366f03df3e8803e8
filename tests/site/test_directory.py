"""What leads to all the rest: every address of it is there, and is what it is said to be."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from calfeed.addresses import Page, parse_page_path
from calfeed.representation import Coding, Representation
from calfeed.site import Table
from calfeed.site.directory import Directory
from tests import schemas
from tests.house import SERIES, House, body
from tests.spine import INITIATIVES, an_entry, an_update, events_file

BASE = "https://events.example.eu"
DIRECTORY = ("/feeds/catalog.json", "/feeds/catalog.opml", "/sitemap.xml")
EVENTS = {
    "garden": an_entry(title={"en": "Garden day", "fr": "Jour au jardin"}),
    "series": an_entry(**{**SERIES, "repeats": {**SERIES["repeats"], "except": ["2026-12-01"]}}),
    "some-day": an_entry(when="to be announced"),
}


def a_house() -> House:
    house = House()
    house.publish(events_file(EVENTS))
    return house


def made(table: Table, path: str) -> Representation:
    found = table.make(path)
    assert found is not None, path
    return found


def fields(representation: Representation) -> dict[str, str]:
    answer, _ = representation.form(Coding.IDENTITY).dated
    return {name.decode(): value.decode() for name, value in answer.fields}


def located(document: bytes) -> dict[str, str]:
    """Return what a sitemap or an index of some says: addresses with lastmod."""
    root = ElementTree.fromstring(document)  # noqa: S314 - our own bytes
    return {str(one[0].text): str(one[1].text) for one in root}


def test_every_address_of_the_catalogue_is_what_it_is_said_to_be() -> None:
    table = a_house().table()
    data = schemas.check("catalog", body(table, "/feeds/catalog.json"))
    assert [feed["id"] for feed in data["feeds"]] == ["all", "parks", "schools"]
    for feed in data["feeds"]:
        assert [one["name"] for one in feed["formats"]][:2] == ["ics", "json"]
        for one in feed["formats"]:
            representation = made(table, one["url"].removeprefix(BASE))
            headers = fields(representation)
            assert headers["content-type"].split(";")[0] == one["type"]
            assert headers["access-control-allow-origin"] == "*"
            assert headers["etag"] == representation.etag
            assert "last-modified" in headers


@pytest.mark.parametrize("expanded", ["", ".fr", ".visible", ".utc", ".fr.active.utc"])
def test_the_template_leads_to_every_calendar(expanded: str) -> None:
    table = a_house().table()
    (_, parks, _) = json.loads(body(table, "/feeds/catalog.json"))["feeds"]
    address = parks["calendar_template"].replace("{.language,show,utc}", expanded)
    assert made(table, address.removeprefix(BASE)).body.startswith(b"BEGIN:VCALENDAR")


def test_the_catalogue_counts_the_events_and_dates_the_last_change() -> None:
    house = a_house()
    house.now += timedelta(hours=1)
    house.publish(events_file({**EVENTS, "more": an_entry(initiatives=["schools"])}))
    feeds = json.loads(body(house.table(), "/feeds/catalog.json"))["feeds"]
    assert [(feed["id"], feed["events"], feed["updated"]) for feed in feeds] == [
        ("all", 4, "2026-11-23T13:00:00Z"),
        ("parks", 3, "2026-11-23T12:00:00Z"),
        ("schools", 1, "2026-11-23T13:00:00Z"),
    ]


def test_the_sitemap_has_every_page_and_when_it_last_changed() -> None:
    house = a_house()
    house.now += timedelta(hours=1)
    postponed = an_entry(when="to be announced", place="Library")
    house.publish(events_file({**EVENTS, "some-day": postponed}))
    found = located(body(house.table(), "/sitemap.xml"))
    first, second = "2026-11-23T12:00:00Z", "2026-11-23T13:00:00Z"
    assert found == {
        f"{BASE}/en/": second,
        f"{BASE}/fr/": second,
        f"{BASE}/en/parks/": second,
        f"{BASE}/fr/parks/": second,
        f"{BASE}/en/schools/": first,
        f"{BASE}/fr/schools/": first,
        f"{BASE}/en/events/garden/": first,
        f"{BASE}/fr/events/garden/": first,
        f"{BASE}/en/events/series/": first,
        f"{BASE}/en/events/series/2026-11-03/": first,
        f"{BASE}/en/events/series/2027-01-05/": first,
        f"{BASE}/en/events/some-day/": second,
    }
    assert all(made(house.table(), url.removeprefix(BASE)).status == 200 for url in found)
    pages = [parse_page_path(url.removeprefix(BASE)) for url in found]
    assert {page.page for page in pages if page} == {Page.INDEX, Page.INITIATIVE, Page.EVENT}


def test_pages_of_what_was_withdrawn_are_not_in_the_sitemap() -> None:
    house = a_house()
    house.publish(events_file({name: EVENTS[name] for name in ("series", "some-day")}))
    assert not [url for url in located(body(house.table(), "/sitemap.xml")) if "garden" in url]


def test_a_sitemap_that_grows_too_long_comes_in_parts() -> None:
    directory = Directory(a_house().snapshot(), most=5)
    index = directory.make("/sitemap.xml")
    assert index is not None
    assert list(directory.paths())[2:] == [
        "/sitemap.xml",
        *(f"/sitemap-{number}.xml" for number in (1, 2, 3)),
    ]
    assert [*located(index.body)] == [f"{BASE}/sitemap-{number}.xml" for number in (1, 2, 3)]
    parts = [directory.make(url.removeprefix(BASE)) for url in located(index.body)]
    whole = Directory(a_house().snapshot()).make("/sitemap.xml")
    assert whole is not None
    pages = [url for part in parts if part for url in located(part.body)]
    assert pages == [*located(whole.body)]
    assert directory.make("/sitemap-4.xml") is None


@pytest.mark.parametrize("path", ["/sitemap-1.xml", "/sitemap-0.xml", "/sitemap-x.xml"])
def test_a_sitemap_in_one_part_has_no_others(path: str) -> None:
    assert a_house().table().make(path) is None


@pytest.mark.parametrize("path", DIRECTORY)
def test_an_answer_has_a_strong_validator_and_is_made_anew_when_asked(path: str) -> None:
    house = a_house()
    table = house.table()
    before = made(table, path)
    house.publish(events_file({**EVENTS, "some-day": an_entry(updates=[an_update("postponed")])}))

    after = table.successor(house.snapshot())

    assert after.ready(path) is None
    assert before.etag.startswith('"')
    assert body(after, path) == body(house.table(), path)


def test_an_initiative_that_has_ended_is_in_none_of_them() -> None:
    house = a_house()
    house.publish(events_file(EVENTS, initiatives={"parks": INITIATIVES["parks"]}))
    table = house.table(house.now.date() + timedelta(days=402))
    assert not [path for path in DIRECTORY if b"schools" in body(table, path)]


def test_crawlers_are_led_to_the_sitemap() -> None:
    table = a_house().table()
    robots = body(table, "/robots.txt").decode()
    address = robots.rpartition("Sitemap: ")[2].strip()
    assert made(table, address.removeprefix(BASE)).body.startswith(b"<?xml")
