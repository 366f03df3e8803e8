"""The description of every address: a valid document, with all that there is and no more."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from calfeed import __version__
from calfeed.addresses import is_for_people
from calfeed.site import Table
from calfeed.site.choosing import KNOWN, MOST
from calfeed.states import Status
from tests import schemas
from tests.formats.pages import states
from tests.house import House, body
from tests.spine import an_entry, events_file

OF_PAGES = re.compile(r"/static/.*|/embed/v1-.*|.*404\.html")


def document(table: Table) -> Any:
    return json.loads(body(table, "/openapi.json"))


def a_house(**site: object) -> House:
    house = House()
    events = {"garden": an_entry(), "fair": an_entry(initiatives=["schools"])}
    house.publish(events_file(events, site=site))
    return house


def parameters(data: Any, path: str) -> dict[str, Any]:
    """Return the parameters of *path* that have a name of their own."""
    stated = data["paths"][path]["get"]["parameters"]
    return {one["name"]: one for one in stated if "name" in one}


def pattern(template: str, data: Any) -> re.Pattern[str]:
    """Return what fits the addresses that *template* describes, its parameters as stated."""
    known = parameters(data, template)

    def allowed(found: re.Match[str]) -> str:
        schema = known[found[1]]["schema"]
        if "enum" in schema:
            return "(?:" + "|".join(map(re.escape, schema["enum"])) + ")"
        return schema["pattern"].strip("^$") if "pattern" in schema else r"[1-9]\d*"

    return re.compile(re.sub(r"\{(\w+)\}", allowed, template.replace(".", r"\.")))


@pytest.mark.parametrize("languages", [["en"], ["en", "fr"]], ids=["one", "two"])
def test_the_document_is_one_of_openapi(languages: list[str]) -> None:
    validate(document(a_house(languages=languages).table()), cls=OpenAPIV31SpecValidator)


def test_a_site_without_events_has_one_too() -> None:
    house = House()
    house.publish(events_file({}))
    data = document(house.table())
    validate(data, cls=OpenAPIV31SpecValidator)
    assert "example" not in parameters(data, "/events/{event}.json")["event"]


def test_it_says_where_the_site_is_and_what_made_it() -> None:
    data = document(a_house().table())
    assert data["info"]["title"] == "Town events"
    assert data["info"]["version"] == __version__
    assert data["servers"] == [{"url": "https://events.example.eu"}]
    assert data["externalDocs"] == {"url": "https://events.example.eu/developers/"}


def test_everything_for_programs_is_described_once() -> None:
    house = states.a_house()
    house.publish(events_file({}, initiatives={"green": {"name": "Green", "formerly": ["parks"]}}))
    for table in (states.a_table(), house.table(house.now.date() + timedelta(days=402))):
        data = document(table)
        kinds = [pattern(one, data) for one in data["paths"]]
        paths = [*table.paths(), *table.farewells()]
        programs = [one for one in paths if not (is_for_people(one) or OF_PAGES.fullmatch(one))]
        assert len(programs) > 100
        programs = [one for one in programs if one not in data["paths"]]  # which go before kinds
        assert [one for one in programs if sum(bool(k.fullmatch(one)) for k in kinds) != 1] == []


def test_every_variant_that_is_described_is_there() -> None:
    table = states.a_table()
    data = document(table)
    for kind, name in (("feeds/{initiative}", "parks"), ("events/{event}", "planned")):
        path = f"/{kind}.{{variant}}.ics"
        variants = parameters(data, path)["variant"]["schema"]["enum"]
        assert len(variants) == {"parks": 17, "planned": 5}[name]
        stem = "/" + re.sub(r"\{.*\}", name, kind)
        assert all(table.make(f"{stem}.{one}.ics") for one in variants)


@pytest.mark.parametrize("path", ["/feeds/{initiative}.json", "/events/{event}.json"])
def test_a_query_is_described_as_it_is_read(path: str) -> None:
    known = parameters(document(a_house().table()), path)
    queried = {name: one["schema"] for name, one in known.items() if one["in"] == "query"}
    assert tuple(queried) == KNOWN
    assert queried["limit"]["maximum"] == MOST
    assert queried["status"]["items"]["enum"] == [*Status]


@pytest.mark.parametrize(
    ("name", "path", "query"),
    [
        ("jcal", "/feeds/parks.jcal.json", ""),
        ("oembed", "/oembed", "url=https://events.example.eu/en/events/garden/"),
        ("problem", "/oembed", "url=x"),
        ("problem", "/feeds/parks.json", "limit=0"),
    ],
    ids=["jcal", "oembed", "a page that is not", "a query that cannot be"],
)
def test_what_has_a_schema_is_as_it_says(name: str, path: str, query: str) -> None:
    table = a_house().table()
    answer = (query and table.ask(path, query)) or table.make(path)
    assert answer
    schemas.check(name, answer.body)


def test_it_stays_as_long_as_the_settings_and_its_example_do() -> None:
    house = a_house()
    table = house.table()
    before = table.make("/openapi.json")
    events = {"garden": an_entry(title="Another"), "fair": an_entry(initiatives=["schools"])}
    house.publish(events_file({**events, "more": an_entry()}))
    table = table.successor(house.snapshot())
    assert table.ready("/openapi.json") is before

    house.publish(events_file({"fair": events["fair"]}))
    table = table.successor(house.snapshot())
    assert table.ready("/openapi.json") is None
    assert parameters(document(table), "/events/{event}.json")["event"]["example"] == "fair"
