"""What a client gets for a path, over a real connection."""

import gc
import gzip
import json
import logging
import re
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from threading import Event
from typing import Any

import brotli  # type: ignore[import-untyped]  # it comes without types
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from calfeed.representation import Coding, Representation, represent
from calfeed.web.application import Health, application
from tests.web.live import FEED, PATIENCE, ASite, Live, Reply, a_feed, running

SAFE = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "access-control-allow-origin": "*",
}
PATHS = ("/feeds/living-in-eu.ics", "/feeds/icc.ics", "/events/talk.ics", "/media/logo.png")
DECODE = {
    None: bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": zstandard.ZstdDecompressor().decompress,
}


def problem_of(reply: Reply) -> Any:
    """Return what *reply* says to programs (RFC 9457)."""
    assert reply.headers["content-type"] == "application/problem+json"
    return json.loads(reply.body)


def a_site() -> ASite:
    """Return a site where one feed and a picture are ready, and the others have to be made."""
    site = ASite(made={PATHS[0]: a_feed(), PATHS[3]: a_feed(b"\x89PNG", compress=False)})
    site.makers = {PATHS[1]: lambda: a_feed(FEED * 2), PATHS[2]: lambda: a_feed(FEED * 3)}
    return site


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    with running(a_site()) as live:
        yield live


ACCEPTED = st.sampled_from([None, "", "gzip", "br", "zstd", "gzip, deflate, br, zstd", "*"])


@settings(max_examples=40)
@given(path=st.sampled_from(PATHS), accepted=ACCEPTED)
def test_get_then_get_with_its_etag_is_200_then_304_and_head_has_gets_headers(
    live: Live, path: str, accepted: str | None
) -> None:
    asked = [] if accepted is None else [("Accept-Encoding", accepted)]
    first = live.ask(path, *asked)
    second = live.ask(path, *asked, ("If-None-Match", first.headers["etag"]))
    head = live.ask(path, *asked, method="HEAD")

    assert (first.status, second.status, head.status) == (200, 304, 200)
    assert (second.body, head.body) == (b"", b"")
    assert head.headers.keys() == first.headers.keys()
    assert all(head.headers[name] == first.headers[name] for name in head.headers if name != "date")
    assert (
        second.headers.items()
        >= {
            name: value
            for name, value in first.headers.items()
            if name in {"etag", "cache-control", "vary", "last-modified", *SAFE}
        }.items()
    )
    assert int(first.headers["content-length"]) == len(first.body)
    assert DECODE[first.headers.get("content-encoding")](first.body) == live.ask(path).body


@pytest.mark.parametrize("path", [PATHS[0], "/unknown", "/healthz", "/readyz"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "DELETE"])
def test_every_answer_is_safe_to_show(live: Live, path: str, method: str) -> None:
    assert live.ask(path, method=method).headers.items() >= SAFE.items()


def test_no_answer_sets_a_cookie_or_names_the_server(live: Live) -> None:
    for path in (*PATHS, "/unknown", "/healthz"):
        assert live.ask(path).headers.keys().isdisjoint({"set-cookie", "server"})


def test_the_body_comes_in_the_best_coding(live: Live) -> None:
    reply = live.ask(PATHS[0], ("Accept-Encoding", "gzip, deflate"))

    assert reply.headers["content-encoding"] == "gzip"
    assert reply.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(reply.body) == FEED


def test_what_cannot_be_accepted_is_said(live: Live) -> None:
    reply = live.ask(PATHS[0], ("Accept-Encoding", "identity;q=0"))

    assert reply.status == 406
    assert reply.headers["vary"] == "Accept-Encoding"
    assert problem_of(reply)["title"] == "Not Acceptable"


def test_a_range_is_not_taken(live: Live) -> None:
    assert live.ask(PATHS[0], ("Range", "bytes=0-9")).body == FEED


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param([("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https")]),
        pytest.param([("Forwarded", "host=evil.example;proto=https;for=192.0.2.1")]),
        pytest.param([("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Prefix", "/evil")]),
        pytest.param([("User-Agent", "Google-Calendar-Importer")]),
    ],
    ids=["X-Forwarded-Host", "Forwarded", "X-Forwarded-For", "User-Agent"],
)
@pytest.mark.parametrize("path", [PATHS[0], "/unknown", "/healthz"])
def test_no_header_of_a_proxy_changes_a_byte(
    live: Live, path: str, headers: list[tuple[str, str]]
) -> None:
    plain, forwarded = live.ask(path), live.ask(path, *headers)

    assert forwarded.body == plain.body
    assert {**forwarded.headers, "date": ""} == {**plain.headers, "date": ""}


@pytest.mark.parametrize("host", [b"evil.example", b"", b"[::1", b"a b", b"\xff"])
@pytest.mark.parametrize("path", [PATHS[0].encode(), b"/unknown", b"/healthz"])
def test_no_host_changes_a_byte(live: Live, path: bytes, host: bytes) -> None:
    request = b"GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
    answers = {
        re.sub(rb"\r\ndate: [^\r]*", b"", live.tell(request % (path, name)), flags=re.IGNORECASE)
        for name in (host, b"events.example.eu")
    }

    assert len(answers) == 1


def test_a_query_is_ignored(live: Live) -> None:
    plain = live.ask(PATHS[0])

    for query in ("?", "?utm_source=x", "?a=/../&b=%00", "?" + "q" * 9000):
        assert live.ask(PATHS[0] + query).headers["etag"] == plain.headers["etag"]


def test_a_path_may_be_written_otherwise(live: Live) -> None:
    etag = live.ask(PATHS[0]).headers["etag"]
    answer = live.tell(
        b"GET http://evil.example%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        % PATHS[0].encode()
    )

    assert live.ask("/feeds/living%2Din%2deu.ics").headers["etag"] == etag
    assert etag.encode() in answer


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/", id="no page yet"),
        pytest.param("//feeds/living-in-eu.ics", id="two slashes"),
        pytest.param("/feeds//living-in-eu.ics", id="two slashes inside"),
        pytest.param("/feeds/../feeds/living-in-eu.ics", id="dot segments"),
        pytest.param("/feeds/%2e%2e/feeds/living-in-eu.ics", id="dot segments, encoded"),
        pytest.param("/feeds/living-in-eu.ics/", id="a slash at the end"),
        pytest.param("/Feeds/Living-in-eu.ics", id="capitals"),
        pytest.param("/feeds/living-in-eu.ics%00", id="NUL"),
        pytest.param("/feeds/%0d%0aset-cookie:%20a=b", id="line break"),
        pytest.param("/feeds/%C3%A9%E2%82%AC.ics", id="not ASCII"),
        pytest.param("/feeds/%ff%fe.ics", id="not UTF-8"),
        pytest.param("/feeds/%ed%a0%80.ics", id="a lone surrogate"),
        pytest.param("/feeds/%zz%.ics", id="no percent-encoding"),
        pytest.param("/" + "a" * 10_000, id="10 KB"),
        pytest.param("/" + "../" * 3000, id="thousands of dot segments"),
        pytest.param("/feeds/{path:path}", id="a template"),
        pytest.param("/etc/passwd", id="a file"),
    ],
)
def test_an_odd_path_is_not_found(live: Live, path: str) -> None:
    reply = live.ask(path)

    assert (reply.status, problem_of(reply)["status"]) == (404, 404)
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", [PATHS[0], PATHS[2], "/unknown", "/healthz"])
def test_other_methods_are_not_allowed(live: Live, method: str, path: str) -> None:
    reply = live.ask(path, method=method)

    assert (reply.status, problem_of(reply)["status"]) == (405, 405)
    assert reply.headers["allow"] == "GET, HEAD, OPTIONS"


def test_a_script_may_ask_with_conditions(live: Live) -> None:
    reply = live.ask(
        PATHS[0],
        ("Origin", "https://partner.example"),
        ("Access-Control-Request-Method", "GET"),
        ("Access-Control-Request-Headers", "if-none-match"),
        method="OPTIONS",
    )

    assert (reply.status, reply.body) == (204, b"")
    assert reply.headers["access-control-allow-origin"] == "*"
    assert reply.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert reply.headers["access-control-max-age"] == "86400"
    allowed = reply.headers["access-control-allow-headers"].lower().split(", ")
    assert {"if-none-match", "if-modified-since", "prefer", "sync-token"} <= set(allowed)


def test_a_script_may_read_the_validators(live: Live) -> None:
    exposed = live.ask(PATHS[0], ("Origin", "https://partner.example")).headers

    assert exposed["access-control-expose-headers"] == "ETag, Last-Modified, Link"


def test_last_modified_is_never_later_than_date() -> None:
    soon = datetime.now(UTC) + timedelta(hours=1)
    recent = datetime.now(UTC).replace(microsecond=0)
    site = ASite(made={"/soon.ics": a_feed(modified=soon), "/now.ics": a_feed(modified=recent)})
    with running(site) as live:
        early, now = live.ask("/soon.ics"), live.ask("/now.ics")

    assert "last-modified" not in early.headers
    date = parsedate_to_datetime(now.headers["date"])
    assert parsedate_to_datetime(now.headers["last-modified"]) == recent <= date


def test_what_many_ask_for_first_is_made_once() -> None:
    go_on = Event()

    def make() -> Representation:
        go_on.wait(PATIENCE)
        return a_feed()

    site = ASite(made={"/ready.ics": a_feed()}, makers={"/slow.ics": make})
    with running(site) as live, ThreadPoolExecutor(20) as clients:
        waiting = [clients.submit(live.ask, "/slow.ics") for _ in range(20)]
        meanwhile = live.ask("/ready.ics")
        go_on.set()
        replies = [one.result() for one in waiting]

    assert meanwhile.status == 200
    assert {reply.body for reply in replies} == {FEED}
    assert site.asked == ["/slow.ics"]


def test_a_form_that_nobody_had_asked_for_is_made_and_kept() -> None:
    feed = a_feed()
    with running(ASite(made={"/feed.ics": feed})) as live:
        replies = [live.ask("/feed.ics", ("Accept-Encoding", "zstd")) for _ in range(2)]

    assert {reply.headers["content-encoding"] for reply in replies} == {"zstd"}
    assert feed.codings_asked == {Coding.ZSTD}


def test_unknown_paths_leave_nothing_behind(live: Live) -> None:
    live.ask("/unknown")
    tracemalloc.start()
    try:
        statuses = {live.ask(f"/{number:010000}").status for number in range(200)}
        gc.collect()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert statuses == {404}
    assert kept < 1_000_000  # half of what the paths alone would be


def test_an_error_is_500_without_its_text_and_the_site_stays(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail() -> Representation:
        raise RuntimeError("secret")

    site = ASite(made={"/ready.ics": a_feed()}, makers={"/broken.ics": fail})
    with running(site) as live:
        replies = [live.ask("/broken.ics") for _ in range(2)]
        after = live.ask("/ready.ics")

    assert {(reply.status, problem_of(reply)["status"]) for reply in replies} == {(500, 500)}
    assert replies[0].headers.items() >= SAFE.items()
    assert after.status == 200
    assert "secret" in caplog.text


def test_503_only_while_there_has_never_been_a_site() -> None:
    with running(None) as live:
        feed, ready, health = (live.ask(path) for path in (PATHS[0], "/readyz", "/healthz"))
        options = live.ask(PATHS[0], method="OPTIONS")

    assert (feed.status, feed.headers["retry-after"]) == (503, "5")
    assert (ready.status, problem_of(ready)["status"]) == (503, 503)
    assert (health.status, health.body) == (200, b"ok\n")
    assert options.status == 204


def test_a_site_is_ready(live: Live) -> None:
    assert (live.ask("/readyz").status, live.ask("/readyz").body) == (200, b"ready\n")


def test_health_says_in_one_line_what_is_wrong() -> None:
    with running(a_site(), health="since 12:00:\nthe sources have 2 problems — é") as live:
        reply = live.ask("/healthz")

    assert reply.status == 200
    assert reply.body.decode() == "degraded: since 12:00: the sources have 2 problems — é\n"
    assert reply.headers["cache-control"] == "no-store"


def test_what_has_ended_is_gone() -> None:
    gone = represent(
        b"This calendar has ended.\n",
        media_type="text/plain; charset=utf-8",
        modified=None,
        cache_control="no-cache",
        status=410,
    )
    with running(ASite(made={"/feeds/old.ics": gone})) as live:
        replies = [live.ask("/feeds/old.ics", ("If-None-Match", "*")) for _ in range(2)]

    assert {(reply.status, reply.body) for reply in replies} == {
        (410, b"This calendar has ended.\n")
    }


def test_it_is_an_asgi_application_for_any_server() -> None:
    site = a_site()
    with TestClient(application(lambda: site, Health)) as client:
        first = client.get(PATHS[0], headers={"Accept-Encoding": "identity"})
        second = client.get(PATHS[0], headers={"Accept-Encoding": "identity"})
        head = client.head(PATHS[0])

    assert first.content == second.content == FEED
    assert (head.status_code, head.content) == (200, b"")


def test_each_request_is_a_line_of_the_access_log_if_one_is_wanted(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, logger="uvicorn.access")
    with running(a_site(), access_log=True) as live:
        assert live.ask(PATHS[0]).status == 200

    assert f'"GET {PATHS[0]} HTTP/1.1" 200' in caplog.text


def test_news_is_never_later_than_date_not_even_when_first_asked_for() -> None:
    paths = [f"/{number}.ics" for number in range(20)]
    site = ASite(makers=dict.fromkeys(paths, lambda: a_feed(modified=datetime.now(UTC))))
    with running(site) as live:
        for path in paths:
            headers = live.ask(path).headers
            date = parsedate_to_datetime(headers["date"])
            assert parsedate_to_datetime(headers["last-modified"]) <= date
        assert live.tell(b"GET /none HTTP/1.0\r\n\r\n").lower().count(b"\r\ndate: ") == 1


def in_languages() -> Representation:
    """Return an address that names no language, of a page that there is in English and French."""

    def to(language: str, **translations: Representation) -> Representation:
        return represent(
            "English, français".encode(),
            media_type="text/html; charset=utf-8",
            modified=None,
            cache_control="max-age=300",
            status=302,
            headers={
                "location": f"/{language}/",
                "vary": "Accept-Encoding, Accept-Language",
            },
            translations=translations,
        )

    return to("en", en=to("en"), fr=to("fr"))


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        pytest.param(None, "/en/", id="no word of it"),
        pytest.param("fr", "/fr/", id="a language that there is"),
        pytest.param("fr-BE, en;q=0.8", "/fr/", id="a language of one country"),
        pytest.param("de, fr;q=0.3, en;q=0.2", "/fr/", id="the best of those there are"),
        pytest.param("de-AT", "/en/", id="none of them"),
        pytest.param("fr;q=0, en", "/en/", id="one refused"),
        pytest.param("*", "/en/", id="any"),
        pytest.param(";;q=x,\xff", "/en/", id="no list of languages"),
    ],
)
def test_an_address_without_a_language_leads_to_the_readers_own(
    asked: str | None, location: str
) -> None:
    with running(ASite(made={"/": in_languages()})) as live:
        reply = live.ask("/", *([("Accept-Language", asked)] if asked else []))
    assert reply.status == 302
    assert reply.headers["location"] == location
    assert reply.headers["vary"] == "Accept-Encoding, Accept-Language"


def test_who_asks_for_a_page_that_is_not_there_gets_one_that_says_so() -> None:
    page = represent(
        b"<h1>Nothing here</h1>",
        media_type="text/html; charset=utf-8",
        modified=None,
        cache_control="max-age=300",
        status=404,
    )
    with running(ASite(not_found=page)) as live:
        assert live.ask("/en/nothing/").body == b"<h1>Nothing here</h1>"
        assert problem_of(live.ask("/feeds/nothing.ics"))["status"] == 404
        assert live.ask("/en/nothing/").status == 404


def test_a_query_is_answered_where_it_means_something() -> None:
    events = represent(
        b"all", media_type="text/plain", modified=None, cache_control="x", heeds_query=True
    )
    some = represent(b"some", media_type="text/plain", modified=None, cache_control="x")
    site = ASite(made={"/events": events}, answers={("/events", "limit=1"): some})
    with running(site) as live:
        assert live.ask("/events").body == b"all"
        assert live.ask("/events?limit=1").body == b"some"
