"""The static export on a real nginx: at every address the very answer that the server gives."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeAlias

import pytest
from starlette.types import Message

from calfeed.exporting import export
from calfeed.ledger.revision import Revision, encode_event
from calfeed.ledger.told import PictureFile
from calfeed.model import Picture
from calfeed.site import Table, table_of
from calfeed.web.application import Application, Health, application
from tests.house import SERIES, House
from tests.nginx import documented, get, nginx
from tests.spine import an_entry, events_file

pytestmark = pytest.mark.reader("nginx")

Reply: TypeAlias = tuple[int, list[tuple[str, str]], bytes]

HOSTILE = "\"}; return 200 'owned'; # $uri \\ <script>"
IMAGE = PictureFile(sha256="ab" * 32, extension="png", body=b"\x89PNG")
OF_ITS_OWN = {"accept-ranges", "connection", "date", "etag", "last-modified", "server"}
"""What nginx says of the file, and of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The same site twice: the server, and nginx on what it was exported to."""

    table: Table
    server: Application
    port: int


def a_table() -> Table:
    """Return a site with all that is answered in a way of its own."""
    house = House()
    site = {"embed_from": ["partner.example.org"], "name": HOSTILE}
    before = {
        "garden": an_entry(),
        "old-day": an_entry(title=HOSTILE),
        "withdrawn": an_entry(),
        "series": an_entry(**SERIES),
        "ics": an_entry(when="2026-11-10"),  # the name of a file as its ending is
    }
    house.publish(events_file(before, site=site))
    house.now += timedelta(hours=1)
    green = {"green": {"name": HOSTILE, "formerly": ["parks"]}}
    after = {
        "garden": an_entry(initiatives=["green"]),
        "new-day": an_entry(initiatives=["green"], title=HOSTILE, formerly=["old-day"]),
        "series": an_entry(**{**SERIES, "initiatives": ["green"]}),
        "ics": an_entry(when="2026-11-10", initiatives=["green"]),
    }
    house.publish(events_file(after, site=site, initiatives=green))
    with_picture = {uid: pictured(one) for uid, one in house.told.revisions.items()}
    house.told = replace(house.told, revisions=with_picture)
    shown = house.snapshot(house.now.date() + timedelta(days=402))
    return table_of(shown, picture={IMAGE.sha256[:16]: IMAGE}.get)


def pictured(revision: Revision) -> Revision:
    image = Picture(sha256=IMAGE.sha256, extension="png", alt={"en": HOSTILE})
    event = revision.event
    shown = replace(event, details=replace(event.details, image=image))
    return replace(revision, facts=encode_event(shown))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("nginx")
    table = a_table()
    export(table, folder / "out", for_nginx=folder / "site.conf")
    with nginx(documented(folder / "out", folder / "site.conf"), folder) as port:
        yield Pair(table=table, server=application(lambda: table, Health), port=port)


def asked(server: Application, paths: Sequence[str], headers: Mapping[str, str]) -> list[Reply]:
    """Return what the server answers at each of *paths*: status, headers, body."""
    sent = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def ask(path: str) -> Reply:
        messages: list[Message] = []

        async def send(message: Message) -> None:
            messages.append(message)

        async def receive() -> Message:
            return {"type": "http.request", "body": b""}

        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": b"",
            "headers": sent,
        }
        await server(scope, receive, send)
        start, body = messages
        fields = [(name.decode(), value.decode()) for name, value in start["headers"]]
        return start["status"], fields, body["body"]

    async def ask_all() -> list[Reply]:
        return [await ask(path) for path in paths]

    with ThreadPoolExecutor(1) as thread:  # in this one Playwright's loop may be running
        return thread.submit(asyncio.run, ask_all()).result()


def comparable(fields: Sequence[tuple[str, str]]) -> dict[str, object]:
    """Return the header *fields* by name, but for those that nginx has of its own."""
    found: dict[str, object] = {}
    for name, value in fields:
        if name.lower() not in OF_ITS_OWN:
            assert name.lower() == "vary" or name.lower() not in found, (name, fields)
            found[name.lower()] = value
    varies = {
        part for name, value in fields if name.lower() == "vary" for part in value.split(", ")
    }
    return {**found, "vary": varies}


def assert_same(pair: Pair, paths: Sequence[str], headers: Mapping[str, str]) -> None:
    for path, ours in zip(paths, asked(pair.server, paths, headers), strict=True):
        status, fields, body = get(pair.port, path, headers)
        assert (path, status, body) == (path, ours[0], ours[2])
        assert (path, comparable(fields.items())) == (path, comparable(ours[1]))


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_every_address_is_answered_by_nginx_as_by_the_server(pair: Pair, coding: str) -> None:
    paths = [*pair.table.paths(), *pair.table.farewells()]
    assert_same(pair, paths, {"Accept-Encoding": coding})


def test_all_kinds_of_answers_were_among_them(pair: Pair) -> None:
    made = {path: pair.table.make(path) for path in pair.table.paths()}
    statuses = {path: one.status for path, one in made.items() if one}
    assert set(statuses.values()) == {200, 301, 302, 404, 410}
    assert statuses["/en/parks/"] == statuses["/embed/fr/events/old-day/"] == 301
    assert statuses["/fr/events/withdrawn/"] == statuses["/embed/en/schools/"] == 410
    assert statuses["/feeds/parks.fr.visible.utc.ics"] == statuses["/events/old-day.ics"] == 200
    assert statuses["/media/abababababababab.png"] == 200
    assert statuses["/en/events/series/2026-12-01/"] == 200


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize(
    "path",
    [
        "/none/",
        "/fr/none/",
        "/fr/none",
        "/en/events/none/",
        "/events/none/",
        "/events/",
        "/fr/events/",
        "/embed/fr/none/",
        "/embed/",
        "/de/none/",
        "/feeds/",
        "/feeds/none.ics",
        "/feeds/none.fr.visible.ics",
        "/events/none.json",
        "/feeds/parks.de.ics",
        "/feeds/parks.ics.gz",
        "/media/0123456789abcdef.png",
        "/static/none.css",
        "/en/index.html",
        "/index.html",
        "/fr/none.html",
        "/favicon.ico",
    ],
)
def test_where_there_is_nothing(pair: Pair, path: str, coding: str) -> None:
    assert_same(pair, [path], {"Accept-Encoding": coding})


@pytest.mark.parametrize(
    "languages",
    [
        pytest.param("fr", id="the other"),
        pytest.param("fr-BE,fr;q=0.9,en;q=0.8", id="as browsers write it"),
        pytest.param("en-GB, fr;q=0.5", id="the site's own"),
        pytest.param("de-AT,de;q=0.9,fr;q=0.5,en;q=0.1", id="one that is not here first"),
        pytest.param("de, fra", id="none that is here"),
        pytest.param("", id="none"),
    ],
)
def test_a_reader_is_led_to_the_own_language(pair: Pair, languages: str) -> None:
    paths = [
        "/",
        "/developers/",
        "/green/",
        "/events/garden/",
        "/events/series/2026-12-01/",
        "/parks/",
    ]
    headers = {"Accept-Encoding": "identity", "Accept-Language": languages}
    assert_same(pair, paths, headers)


@pytest.mark.parametrize("path", ["/en", "/en/green", "/events/garden", "/embed/fr/green"])
def test_without_its_last_slash_an_address_leads_on(pair: Pair, path: str) -> None:
    ((status, ours, _),) = asked(pair.server, [path], {})
    theirs = get(pair.port, path, {})
    assert theirs[0] == status == 301
    assert theirs[1]["Location"] == dict(ours)["location"] == f"{path}/"


@pytest.mark.parametrize("path", ["/%0d%0aX:%20y", "//other.example.org/", "/..%2f..%2fetc/passwd"])
def test_what_a_stranger_asks_for_leads_nowhere(pair: Pair, path: str) -> None:
    status, fields, _ = get(pair.port, path, {})
    assert status in {400, 404}
    assert "Location" not in fields
    assert "X" not in fields
