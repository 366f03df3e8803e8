"""Embeds by their paths: any site may frame them, old paths lead on, nothing is ever unknown."""

from dataclasses import replace

import pytest

from calfeed.representation import Representation
from calfeed.site import Table
from tests.formats.pages.states import a_house, a_table
from tests.house import House
from tests.spine import an_entry, events_file


@pytest.fixture(scope="module")
def table() -> Table:
    return a_table()


def fields(made: Representation) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in (*made.kept, *made.whole)}


def made(table: Table, path: str) -> Representation:
    found = table.make(path)
    assert found is not None, path
    return found


def test_any_site_may_frame_an_embed_and_no_crawler_keeps_it(table: Table) -> None:
    sent = fields(made(table, "/embed/en/parks/"))
    assert sent["content-type"] == "text/html; charset=utf-8"
    assert sent["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"
    )
    assert sent["x-robots-tag"] == "noindex"
    assert sent["referrer-policy"] == "no-referrer"
    assert {"x-frame-options", "set-cookie"}.isdisjoint(sent)


def test_a_site_can_say_who_may_frame_its_embeds() -> None:
    house = House()
    site = {"embed_from": ["partner.example.eu", "*.example.org"]}
    house.publish(events_file({"garden": an_entry()}, site=site))
    sent = fields(made(house.table(), "/embed/en/events/garden/"))
    policy = sent["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' partner.example.eu *.example.org")


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        pytest.param("/embed/en/all/", 200, None, id="all events"),
        pytest.param("/embed/fr/parks/", 200, None, id="an initiative"),
        pytest.param("/embed/en/events/planned/", 200, None, id="an event"),
        pytest.param("/embed/en/events/series/2027-01-05/", 200, None, id="a date"),
        pytest.param("/embed/en/parks", 301, "/embed/en/parks/", id="no slash"),
        pytest.param(
            "/embed/en/events/old-name/", 301, "/embed/en/events/new-name/", id="a former key"
        ),
        pytest.param("/embed/en/events/gone/", 410, None, id="a withdrawn event"),
    ],
)
def test_what_is_at_a_path(table: Table, path: str, status: int, location: str | None) -> None:
    answer = made(table, path)
    assert answer.status == status
    assert fields(answer).get("location") == location


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/embed/en/none/", id="no such initiative"),
        pytest.param("/embed/en/none", id="nor without a slash"),
        pytest.param("/embed/de/parks/", id="a language that was never offered"),
        pytest.param("/embed/en/events/none/", id="no such event"),
        pytest.param("/embed/en/events/planned/2031-05-08/", id="no series"),
        pytest.param("/embed/en/events/series/2027-01-12/", id="no date of the rule"),
        pytest.param("/embed/en/events/series/2027-13-45/", id="no day"),
        pytest.param("/embed/en/events/", id="reserved"),
        pytest.param("/embed/parks/", id="no language"),
        pytest.param("/embed/v1-0123456789abcdef.js", id="a script that never was"),
    ],
)
def test_what_is_not_there(table: Table, path: str) -> None:
    assert table.make(path) is None


def test_a_renamed_initiatives_embed_is_shown_even_where_nothing_can_lead_on() -> None:
    house = House()
    house.publish(events_file({"garden": an_entry()}))
    events = {"garden": an_entry(initiatives=["green"])}
    green = {"green": {"name": "Green", "formerly": ["parks"]}}
    house.publish(events_file(events, initiatives=green))
    table = house.table()
    former = made(table, "/embed/en/parks/")
    assert former.status == 301
    assert fields(former)["location"] == "/embed/en/green/"
    assert former.body == made(table, "/embed/en/green/").body


def test_an_initiative_that_has_ended_says_so() -> None:
    house = a_house()
    house.publish(events_file({}, initiatives={"schools": {"name": "Schools"}}))
    later = house.now.date().replace(year=2040)
    assert made(house.table(later), "/embed/en/parks/").status == 410


def test_an_export_has_all_embeds_and_scripts(table: Table) -> None:
    paths = list(table.paths())
    assert {
        "/embed/en/all/",
        "/embed/fr/parks/",
        "/embed/en/events/old-name/",
        "/embed/en/events/gone/",
        "/embed/en/events/series/2027-01-05/",
        "/embed/v1.js",
    } <= set(paths)
    assert all(table.make(path) for path in paths if path.startswith("/embed/"))


def test_the_script_for_partners_is_kept_for_a_while_and_each_version_for_ever(
    table: Table,
) -> None:
    newest = fields(made(table, "/embed/v1.js"))
    pinned = made(table, newest["content-location"])
    assert newest["cache-control"].startswith("public, max-age=300, ")
    assert fields(pinned)["cache-control"] == "public, max-age=31536000, immutable"
    assert pinned.body == made(table, "/embed/v1.js").body
    for sent in (newest, fields(pinned)):
        assert sent["content-type"] == "text/javascript; charset=utf-8"
        assert sent["access-control-allow-origin"] == "*"
        assert sent["cross-origin-resource-policy"] == "cross-origin"


def test_an_embed_follows_the_next_publication() -> None:
    house = House()
    house.publish(events_file({"garden": an_entry()}))
    before = house.table()
    paths = ("/embed/en/parks/", "/embed/v1.js", "/static/none-0123456789abcdef.js")
    shown = [before.make(path) for path in paths]
    house.publish(events_file({"garden": an_entry(title="Another")}))
    after = before.successor(house.snapshot())
    assert b"Another" in made(after, "/embed/en/parks/").body
    assert after.make("/embed/v1.js") is shown[1]
    settings = replace(after.snapshot.site, cache=60)
    later = after.successor(replace(after.snapshot, site=settings))
    assert "max-age=60" in fields(made(later, "/embed/v1.js"))["cache-control"]
