"""Incremental sync as a mirror asks for it: over HTTP, beside those who ask for nothing special."""

from collections.abc import Iterator

import pytest

from tests.house import House
from tests.site.sync.mirror import PREFER, events
from tests.spine import an_entry, events_file
from tests.web.live import Live, Reply, running

PARKS = "/feeds/parks.ics"
SYNC = ("Prefer", PREFER)


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    house = House()
    house.publish(events_file({"garden": an_entry(), "pond": an_entry(title="Pond day")}))
    with running(house.table()) as server:
        yield server


def token_of(reply: Reply) -> tuple[str, str]:
    return "Sync-Token", reply.headers["sync-token"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", [PARKS, "/feeds/all.fr.visible.utc.ics"])
def test_a_feed_says_that_it_can_be_mirrored(live: Live, path: str, method: str) -> None:
    first, *_ = live.ask(path, method=method).headers["link"].split(", ")
    assert first == f'<https://events.example.eu{path}>; rel="subscribe-enhanced-get"'


def test_one_event_alone_cannot_be_mirrored(live: Live) -> None:
    assert PREFER not in live.ask("/events/garden.ics").headers["link"]


def test_a_mirror_gets_all_once_and_then_nothing_until_something_changes(live: Live) -> None:
    whole = live.ask(PARKS, SYNC)
    again = live.ask(PARKS, SYNC, token_of(whole))

    assert (whole.status, len(events(whole.body))) == (200, 2)
    assert whole.headers["preference-applied"] == PREFER
    assert (again.status, again.body) == (304, b"")
    assert again.headers["sync-token"] == whole.headers["sync-token"]
    assert again.headers["vary"] == "Accept-Encoding, Prefer, Sync-Token"


def test_a_limit_brings_it_in_batches(live: Live) -> None:
    limited = ("Prefer", f"{PREFER}, limit=1")
    first = live.ask(PARKS, limited)
    second = live.ask(PARKS, limited, token_of(first))

    assert first.headers["preference-applied"] == f"{PREFER}, limit=1"
    assert second.headers["preference-applied"] == PREFER
    assert len(events(first.body) | events(second.body)) == 2


def test_the_same_wishes_on_several_lines_are_one_wish(live: Live) -> None:
    reply = live.ask(PARKS, ("Prefer", "respond-async"), SYNC, ("prefer", "limit=1"))
    assert reply.headers["preference-applied"] == f"{PREFER}, limit=1"


def test_a_mirror_that_holds_the_same_bytes_is_told_so_and_gets_its_token(live: Live) -> None:
    plain = live.ask(PARKS)
    reply = live.ask(PARKS, SYNC, ("If-None-Match", plain.headers["etag"]))
    assert reply.status == 304
    assert "sync-token" in reply.headers


def test_a_foreign_token_is_refused(live: Live) -> None:
    reply = live.ask("/feeds/all.ics", SYNC, token_of(live.ask(PARKS, SYNC)))
    assert reply.status == 409
    assert reply.headers["preference-applied"] == PREFER
    assert b"Drop what you hold" in reply.body


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param([], id="none"),
        pytest.param([("Sync-Token", '"data:,1"')], id="a token without Prefer"),
        pytest.param([("Prefer", "respond-async")], id="something else is preferred"),
        pytest.param([("Prefer", ",;=\\\xff")], id="nothing that can be read"),
    ],
)
def test_who_asks_for_no_sync_gets_the_feed(live: Live, headers: list[tuple[str, str]]) -> None:
    reply = live.ask(PARKS, *headers)
    assert (reply.status, len(events(reply.body))) == (200, 2)
    assert reply.headers["vary"] == "Accept-Encoding"
    assert reply.headers["cache-control"].startswith("public")
    assert reply.headers.keys().isdisjoint({"preference-applied", "sync-token"})


def test_head_has_the_fields_of_get(live: Live) -> None:
    get, head = (live.ask(PARKS, SYNC, method=method) for method in ("GET", "HEAD"))
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}
    assert head.body == b""


@pytest.mark.parametrize("path", ["/feeds/parks.json", "/events/garden.ics", "/en/"])
def test_all_else_is_as_without_the_wish(live: Live, path: str) -> None:
    assert live.ask(path, SYNC).body == live.ask(path).body
