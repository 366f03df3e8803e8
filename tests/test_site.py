"""The one table: what is at which path, and what it says of itself."""

from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files

import pytest

from calfeed.ledger.told import PictureFile
from calfeed.representation import Coding, Representation
from calfeed.site import Table, table_of
from tests.house import House, body, read
from tests.spine import INITIATIVES, an_entry, events_file

PICTURE = PictureFile(sha256="ab" * 32, extension="png", body=b"\x89PNG")


def a_house(**entry: object) -> House:
    house = House()
    house.publish(events_file({"garden": an_entry(**entry)}))
    return house


def made(table: Table, path: str) -> Representation:
    found = table.make(path)
    assert found is not None, path
    return found


def test_every_path_that_is_listed_is_there() -> None:
    table = a_house().table()
    paths = list(table.paths())
    assert len(paths) == len(set(paths))
    assert "/feeds/parks.fr.visible.utc.ics" in paths
    assert "/events/garden.fr.visible.ics" in paths
    assert all(table.make(path) for path in paths)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/feeds/none.ics", id="no such initiative"),
        pytest.param("/feeds/parks.de.ics", id="a language that was never published"),
        pytest.param("/feeds/parks.visible.fr.ics", id="parts in another order"),
        pytest.param("/feeds/parks.visible.active.ics", id="two ways to show"),
        pytest.param("/feeds/PARKS.ics", id="capitals"),
        pytest.param("/events/none.ics", id="no such event"),
        pytest.param("/events/garden.de.ics", id="no such language of an event"),
        pytest.param("/events/garden.active.ics", id="an event alone is never left out"),
        pytest.param("/events/garden.utc.ics", id="an event has no utc"),
        pytest.param("/media/0123456789abcdef.png", id="no such picture"),
        pytest.param("/media/abababababababab.svg", id="no kind of picture"),
        pytest.param("/nothing", id="nothing at all"),
    ],
)
def test_what_is_not_there_leaves_no_trace(path: str) -> None:
    table = a_house().table()
    assert table.make(path) is None
    assert table.ready(path) is None


def test_an_event_told_elsewhere_and_not_here_yet_has_no_address() -> None:
    house = House()
    house.publish(events_file({"garden": an_entry()}))
    house.told = replace(house.told, pins={**house.told.pins, "restored": "abc@calfeed"})
    assert "/events/restored.ics" not in set(house.table().paths())
    assert house.table().make("/events/restored.ics") is None


def test_what_was_made_is_ready_and_made_once() -> None:
    table = a_house().table()
    assert table.ready("/feeds/parks.ics") is None
    assert table.make("/feeds/parks.ics") is table.make("/feeds/parks.ics")
    assert table.ready("/feeds/parks.ics") is not None


def test_the_sites_own_language_has_the_bytes_of_the_plain_address() -> None:
    table = a_house().table()
    assert table.make("/feeds/parks.en.ics") is table.make("/feeds/parks.ics")
    assert table.make("/events/garden.en.ics") is table.make("/events/garden.ics")


def test_a_language_that_was_taken_out_goes_on() -> None:
    house = a_house()
    house.publish(events_file({"garden": an_entry()}, site={"languages": ["en"]}))
    assert read(house.table(), "/feeds/parks.fr.ics")[0].summary == "Garden day"
    assert read(house.table(), "/events/garden.fr.ics")[0].summary == "Garden day"


def test_a_retired_initiative_is_gone_for_good_in_the_end() -> None:
    house = a_house()
    house.publish(events_file({"garden": an_entry()}, initiatives={"parks": INITIATIVES["parks"]}))
    table = house.table(house.now.date() + timedelta(days=402))
    assert made(table, "/feeds/schools.ics").status == 410
    assert "/feeds/schools.ics" not in set(table.paths())


def test_every_address_of_a_feed_that_has_ended_is_known() -> None:
    house = a_house()
    assert not list(house.table().farewells())
    house.publish(events_file({"garden": an_entry()}, initiatives={"parks": INITIATIVES["parks"]}))
    table = house.table(house.now.date() + timedelta(days=402))
    ended = list(table.farewells())
    assert {
        "/feeds/schools.ics",
        "/feeds/schools.fr.visible.utc.ics",
        "/feeds/schools.json",
        "/feeds/schools.jcal.json",
        "/feeds/schools.fr.fullcalendar.json",
        "/feeds/schools.changes.atom",
    } <= set(ended)
    assert {made(table, path).status for path in ended} == {410}


def test_an_empty_feed_is_a_calendar_all_the_same() -> None:
    assert body(a_house().table(), "/feeds/schools.ics").startswith(b"BEGIN:VCALENDAR\r\n")


def fields(representation: Representation) -> dict[str, str]:
    answer, _ = representation.form(Coding.IDENTITY).dated
    return {name.decode(): value.decode() for name, value in answer.fields}


def test_a_feed_says_what_it_is_for_how_long_and_where_its_languages_are() -> None:
    headers = fields(made(a_house().table(), "/feeds/parks.visible.ics"))
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    assert headers["content-disposition"] == 'inline; filename="parks.ics"'
    assert headers["cache-control"].startswith("public, max-age=300, stale-while-revalidate=")
    assert headers["link"].split(", ") == [
        '<https://events.example.eu/feeds/parks.visible.ics>; rel="subscribe-enhanced-get"',
        *(
            f'<https://events.example.eu/feeds/parks.{form}>; rel="alternate"; type="{kind}"'
            for form, kind in (
                ("json", "application/json"),
                ("jcal.json", "application/calendar+json"),
                ("fullcalendar.json", "application/json"),
                ("changes.atom", "application/atom+xml"),
                ("changes.json", "application/feed+json"),
            )
        ),
        *(
            f'<https://events.example.eu/{path}>; rel="{relation}"; type="{kind}"'
            for path, relation, kind in (
                ("feeds/catalog.json", "index", "application/json"),
                ("openapi.json", "service-desc", "application/json"),
                ("developers/", "service-doc", "text/html"),
            )
        ),
        *(
            f'<https://events.example.eu/feeds/parks.{language}.visible.ics>; rel="alternate"; '
            f'type="text/calendar"; hreflang="{language}"'
            for language in ("en", "fr")
        ),
    ]


LANGUAGES = ["en", *sorted(path.name for path in (files("calfeed") / "locale").iterdir())]


def test_the_header_fields_of_a_feed_in_every_language_fit_a_proxy() -> None:
    slug = "a-programme-" * 6 + "of-parks"
    house = House()
    house.publish(
        events_file(
            {"garden": an_entry(initiatives=[slug])},
            site={"languages": LANGUAGES},
            initiatives={slug: {"name": "Parks"}},
        )
    )
    headers = fields(made(house.table(), f"/feeds/{slug}.visible.ics"))
    assert sum(len(name) + len(value) + 4 for name, value in headers.items()) < 3_500
    assert 'rel="service-desc"' in headers["link"]


def test_a_site_of_one_language_has_no_others_to_name() -> None:
    house = House()
    house.publish(events_file({"garden": an_entry()}, site={"languages": ["en"]}))
    assert "hreflang" not in fields(made(house.table(), "/feeds/parks.ics"))["link"]


def test_an_event_has_links_of_its_own() -> None:
    link = fields(made(a_house().table(), "/events/garden.ics"))["link"]
    assert "https://events.example.eu/events/garden.fr.ics" in link


def test_compression_of_calendars_can_be_turned_off() -> None:
    house = House()
    house.publish(events_file({"garden": an_entry()}, site={"compress_ics": False}))
    assert made(house.table(), "/feeds/parks.ics").codings == (Coding.IDENTITY,)


def test_a_picture_is_kept_for_ever_under_its_hash() -> None:
    table = table_of(a_house().snapshot(), picture={PICTURE.sha256[:16]: PICTURE}.get)
    picture = made(table, "/media/abababababababab.png")
    assert picture.body == PICTURE.body
    assert "immutable" in fields(picture)["cache-control"]
    assert table.make("/media/abababababababab.jpg") is None


def test_crawlers_may_read_the_feeds() -> None:
    assert body(a_house().table(), "/robots.txt") == (
        b"User-agent: *\nAllow: /\n\nSitemap: https://events.example.eu/sitemap.xml\n"
    )


def test_a_successor_has_ready_what_its_predecessor_was_asked_for() -> None:
    house = a_house()
    table = house.table()
    parks, schools = table.make("/feeds/parks.ics"), table.make("/feeds/schools.ics")
    assert parks is not None
    parks.note_asked(Coding.GZIP)
    for path in ("/events/garden.ics", "/robots.txt"):
        table.make(path)

    house.publish(events_file({"garden": an_entry(summary="Bring a spade.")}))
    following = table.successor(house.snapshot())

    renewed = following.ready("/feeds/parks.ics")
    assert renewed is not None
    assert renewed is not parks
    assert renewed.made(Coding.GZIP) is not None
    assert following.ready("/feeds/schools.ics") is schools
    assert following.ready("/robots.txt") is table.ready("/robots.txt")
    assert following.ready("/events/garden.ics") is not table.ready("/events/garden.ics")


def test_a_successor_of_another_setting_makes_all_anew() -> None:
    house = a_house()
    table = house.table()
    before = table.make("/feeds/parks.ics")
    house.publish(events_file({"garden": an_entry()}, site={"refresh": "PT2H"}))

    after = table.successor(house.snapshot()).ready("/feeds/parks.ics")

    assert before is not None
    assert after is not None
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT2H" in after.body
    assert after.etag != before.etag


def test_a_successor_forgets_what_is_no_more() -> None:
    house = House()
    renamed = {"gardens": {"name": "Gardens"}}
    house.publish(events_file({"g": an_entry(initiatives=["gardens"])}, initiatives=renamed))
    table = house.table()
    table.make("/feeds/gardens.ics")
    house.told = House().told
    house.publish(events_file({"garden": an_entry()}))
    assert table.successor(house.snapshot()).ready("/feeds/gardens.ics") is None


def test_a_feed_changes_at_midnight_when_an_event_leaves_it_by_age() -> None:
    house = House()
    entry = an_entry(when="2026-11-20")
    house.publish(events_file({"garden": entry}, site={"keep_past": 5}))
    table = house.table(date(2026, 11, 25))
    before = made(table, "/feeds/parks.ics")

    after = table.successor(house.snapshot(date(2026, 11, 26))).ready("/feeds/parks.ics")

    assert after is not None
    assert after.etag != before.etag
    assert after.modified == 1795647600  # midnight in Brussels
