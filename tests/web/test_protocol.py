"""HTTP/1.1 as bytes on a connection: order, limits, deadlines, and what is no HTTP at all."""

import resource
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from itertools import pairwise
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.representation import Representation
from calfeed.web import protocol
from tests.web.live import FEED, PATIENCE, ASite, Live, a_feed, a_reply, running

NOTHING = b'{"title": "Not Found", "status": 404, "detail": "There is nothing at this address."}'
READY, LARGE = "/ready.ics", "/large.ics"
LARGE_FEED = b"BEGIN:VCALENDAR\r\n" * 60_000
AT_ONCE = 0.2
"""Seconds in the place of a deadline that a test waits for."""


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    with running(ASite(made={READY: a_feed(), LARGE: a_feed(LARGE_FEED)})) as live:
        yield live


def a_request(path: str = READY, *, method: str = "GET", more: str = "", body: str = "") -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: x\r\n{more}\r\n{body}".encode()


def a_slow_site(go_on: Event, begun: Event) -> ASite:
    """Return a site whose ``/slow.ics`` is made as soon as *go_on* is set."""

    def make() -> Representation:
        begun.set()
        go_on.wait(PATIENCE)
        return a_feed()

    return ASite(made={READY: a_feed(b"ready")}, makers={"/slow.ics": make})


def is_open(connection: socket.socket) -> bool:
    """Return whether the server neither answers nor ends *connection* for a moment."""
    connection.settimeout(2 * AT_ONCE)
    try:
        connection.recv(1)
    except TimeoutError:
        return True
    return False


KINDS = {
    "ready": (a_request(), "GET", 200, FEED),
    "head": (a_request(method="HEAD"), "HEAD", 200, b""),
    "with a body": (a_request(more="Content-Length: 4\r\n", body="body"), "GET", 200, FEED),
    "any": (a_request(more="If-None-Match: *\r\n"), "GET", 304, b""),
    "unknown": (a_request("/unknown"), "GET", 404, NOTHING),
    "post": (
        a_request(
            method="POST", more="Transfer-Encoding: chunked\r\n", body="3\r\nabc\r\n0\r\n\r\n"
        ),
        "POST",
        405,
        b'{"title": "Method Not Allowed", "status": 405, '
        b'"detail": "Ask with one of GET, HEAD, OPTIONS."}',
    ),
    "health": (a_request("/healthz"), "GET", 200, b"ok\n"),
}


@settings(max_examples=40)
@given(
    kinds=st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=12),
    cuts=st.lists(st.integers(0, 900), max_size=6),
)
def test_replies_come_in_the_order_of_requests_however_these_arrive(
    live: Live, kinds: list[str], cuts: list[int]
) -> None:
    data = b"".join(KINDS[kind][0] for kind in kinds)
    places = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    with live.connected() as connection, connection.makefile("rb") as stream:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start, end in pairwise(places):
            connection.sendall(data[start:end])
        for kind in kinds:
            _, method, status, body = KINDS[kind]
            reply = a_reply(stream, method=method)
            assert (reply.status, reply.body) == (status, body)


def test_what_is_ready_waits_for_the_answer_before_it() -> None:
    go_on, begun = Event(), Event()
    with (
        running(a_slow_site(go_on, begun)) as live,
        live.connected() as connection,
        connection.makefile("rb") as stream,
    ):
        connection.sendall(a_request("/slow.ics"))
        begun.wait(PATIENCE)
        connection.sendall(a_request() + a_request("/unknown") + a_request())
        go_on.set()
        bodies = [a_reply(stream).body for _ in range(4)]

    assert bodies == [FEED, b"ready", NOTHING, b"ready"]


def test_a_client_that_does_not_read_costs_no_memory_and_nobody_elses_time(live: Live) -> None:
    number = 300
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with live.connected() as connection, connection.makefile("rb") as stream:
        connection.sendall(a_request(LARGE) * number)
        meanwhile = live.ask(READY)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        lengths = {len(a_reply(stream).body) for _ in range(number)}

    assert meanwhile.status == 200
    assert lengths == {len(LARGE_FEED)}
    assert grown < 60_000  # KB; a fifth of what is on its way


@pytest.mark.parametrize("path", [READY, "/unknown", "/healthz"])
@pytest.mark.parametrize(
    "head",
    [
        pytest.param("GET {} HTTP/1.0\r\n\r\n", id="HTTP/1.0"),
        pytest.param("GET {} HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", id="and keep-alive"),
        pytest.param("GET {} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", id="close"),
    ],
)
def test_the_connection_ends_where_the_client_wants_it(live: Live, path: str, head: str) -> None:
    answer = live.tell(head.format(path).encode() + a_request())

    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"\r\nconnection: close\r\n" in answer


@pytest.mark.parametrize("path", [READY, "/unknown", "/healthz"])
def test_every_answer_has_one_date(live: Live, path: str) -> None:
    answer = live.tell(a_request(path, more="Connection: close\r\n"))

    assert answer.lower().count(b"\r\ndate: ") == 1


@pytest.mark.parametrize("path", [READY, "/unknown"])
@pytest.mark.parametrize("offer", ["websocket", "h2c"])
def test_an_offer_to_upgrade_is_not_taken(
    live: Live, path: str, offer: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = live.tell(a_request(path, more=f"Connection: Upgrade, close\r\nUpgrade: {offer}\r\n"))

    assert answer.startswith((b"HTTP/1.1 200 OK", b"HTTP/1.1 404 Not Found"))
    assert caplog.text == ""


def test_who_wants_to_send_a_body_is_told_at_once_that_nobody_wants_it(live: Live) -> None:
    more = "Content-Length: 100\r\nExpect: 100-continue\r\n"
    with live.connected() as connection, connection.makefile("rb") as stream:
        connection.sendall(a_request(method="POST", more=more))

        assert a_reply(stream).status == 405


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", id="TLS"),
        pytest.param(b"hello\r\n\r\n", id="a greeting"),
        pytest.param(b"GET\r\n\r\n", id="no path"),
        pytest.param(b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", id="raw bytes in the path"),
        pytest.param(b"GET / HTTP/1.1\r\nHost x\r\n\r\n", id="a field without a colon"),
        pytest.param(b"GET / HTTP/1.1\r\nX: \x00\r\n\r\n", id="NUL in a field"),
        pytest.param(b"GET / HTTP/9.9\r\n\r\n", id="another version"),
        pytest.param(
            b"GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            id="two lengths",
        ),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", id="no length"),
        pytest.param(b"CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", id="CONNECT"),
        pytest.param(b"GET http://x HTTP/1.1\r\nHost: x\r\n\r\n", id="no path in an address"),
    ],
)
def test_what_is_no_http_is_refused_or_not_found_and_never_500(live: Live, data: bytes) -> None:
    with live.connected() as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))

    assert answer.startswith((b"HTTP/1.1 400 Bad Request\r\n", b"HTTP/1.1 404 Not Found\r\n"))
    assert b"\r\nx-content-type-options: nosniff\r\n" in answer


@settings(max_examples=60)
@given(st.binary(max_size=120), st.sampled_from([b"", b"GET ", b"GET /ready.ics HTTP/1.1\r\n"]))
def test_no_bytes_bring_the_server_down(live: Live, data: bytes, before: bytes) -> None:
    with live.connected() as connection:
        connection.sendall(before + data)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))

    assert b"HTTP/1.1 500" not in answer
    assert live.ask(READY).status == 200


def test_nonsense_behind_a_request_leaves_its_answer_whole() -> None:
    go_on, begun = Event(), Event()
    with running(a_slow_site(go_on, begun)) as live, live.connected() as connection:
        connection.sendall(a_request("/slow.ics"))
        begun.wait(PATIENCE)
        connection.sendall(a_request() + b"nonsense\r\n\r\n")
        go_on.set()
        answer = b"".join(iter(lambda: connection.recv(65536), b""))

    assert answer.count(b"HTTP/1.1 200 OK\r\n") == 2
    assert answer.endswith(b"\r\nconnection: close\r\n\r\nready")


def test_what_comes_behind_a_request_may_not_be_larger_than_64_kb_either() -> None:
    go_on, begun = Event(), Event()
    with running(a_slow_site(go_on, begun)) as live, live.connected() as connection:
        connection.sendall(a_request("/slow.ics"))
        begun.wait(PATIENCE)
        connection.sendall(b"GET /ready.ics HTTP/1.1\r\nX: " + b"x" * 200_000)
        go_on.set()
        answer = connection.recv(15)

    assert answer == b"HTTP/1.1 200 OK"


@pytest.mark.parametrize("path", [READY, "/unknown"])
def test_a_head_may_be_large(live: Live, path: str) -> None:
    more = f"X: {'x' * 58_000}\r\nConnection: close\r\n"

    assert not live.tell(a_request(path, more=more)).startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("GET /ready.ics HTTP/1.1\r\nX: " + "x" * 80_000, id="one field"),
        pytest.param("GET /ready.ics HTTP/1.1\r\n" + "X: x\r\n" * 14_000, id="many fields"),
        pytest.param("GET /" + "x" * 80_000, id="a path"),
    ],
)
def test_a_head_may_not_be_larger_than_64_kb(live: Live, head: str) -> None:
    with live.connected() as connection:
        connection.sendall(head.encode())

        assert connection.recv(40).startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize(
    ("path", "status"), [(READY, b"HTTP/1.1 200 "), ("/unknown", b"HTTP/1.1 404 ")]
)
def test_a_body_without_end_is_not_read(live: Live, path: str, status: bytes) -> None:
    with live.connected() as connection, ThreadPoolExecutor(1) as threads:
        connection.sendall(a_request(path, more=f"Content-Length: {10**12}\r\n"))
        answer = connection.recv(13)
        ended = threads.submit(_send_until_it_ends, connection).result(PATIENCE)

    assert answer == status
    assert ended


def _send_until_it_ends(connection: socket.socket) -> bool:
    try:
        while True:
            connection.sendall(b"x" * 65536)
    except OSError as error:
        return isinstance(error, BrokenPipeError | ConnectionResetError)


def test_two_hundred_slow_heads_leave_honest_requests_alone(live: Live) -> None:
    with ExitStack() as opened:
        slow = [opened.enter_context(live.connected()) for _ in range(200)]
        for connection in slow:
            connection.sendall(b"GET /ready.ics HTTP/1.1\r\nX: ")
        statuses = {live.ask(path).status for path in (READY, "/healthz") for _ in range(20)}
        for connection in slow:
            connection.sendall(b"x\r\nHost: x\r\nConnection: close\r\n\r\n")
        answers = {connection.recv(15) for connection in slow}

    assert statuses == {200}
    assert answers == {b"HTTP/1.1 200 OK"}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """Give a server whose deadline for a request is over at once."""
    monkeypatch.setattr(protocol, "DEADLINE", AT_ONCE)
    with running(ASite(made={READY: a_feed()})) as live:
        yield live


def test_a_head_that_does_not_end_in_time_is_refused(impatient: Live) -> None:
    answer = impatient.tell(b"GET /ready.ics HTTP/1.1\r\nHost:")

    assert answer.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert b"\r\nconnection: close\r\n" in answer


def test_a_head_is_not_given_more_time_for_coming_in_small_pieces(impatient: Live) -> None:
    with impatient.connected() as connection, ThreadPoolExecutor(1) as threads:
        connection.sendall(b"GET /ready.ics HTTP/1.1\r\nX: ")
        answer = threads.submit(connection.recv, 12)
        while not wait([answer], timeout=AT_ONCE / 10).done:
            connection.sendall(b"x")

    assert answer.result() == b"HTTP/1.1 408"


def test_a_later_head_has_its_own_deadline(impatient: Live) -> None:
    answer = impatient.tell(a_request() + b"GET /ready.ics HTTP/1.1\r\nHost:")

    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"HTTP/1.1 408 Request Timeout\r\n" in answer


@pytest.mark.parametrize("path", [READY, "/unknown"])
def test_a_body_that_does_not_end_in_time_ends_the_connection(impatient: Live, path: str) -> None:
    answer = impatient.tell(a_request(path, more="Content-Length: 10\r\n", body="x"))

    assert answer.count(b"HTTP/1.1 ") == 1


def test_who_says_nothing_is_not_waited_for(impatient: Live) -> None:
    assert impatient.tell(b"") == b""


@pytest.mark.parametrize("path", [READY, "/unknown"])
def test_a_connection_may_rest_for_longer_than_a_request_may_take(
    impatient: Live, path: str
) -> None:
    with impatient.connected() as connection, connection.makefile("rb") as stream:
        connection.sendall(a_request(path))
        a_reply(stream)

        assert is_open(connection)


@pytest.mark.parametrize("path", [READY, "/unknown"])
def test_a_connection_may_not_rest_for_ever(
    monkeypatch: pytest.MonkeyPatch, impatient: Live, path: str
) -> None:
    monkeypatch.setattr(protocol, "KEEP_ALIVE", AT_ONCE)
    answer = impatient.tell(a_request(path))

    assert answer.count(b"HTTP/1.1 ") == 1


def test_an_answer_may_take_longer_than_a_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(protocol, "DEADLINE", AT_ONCE)
    go_on, begun = Event(), Event()
    with running(a_slow_site(go_on, begun)) as live, live.connected() as connection:
        connection.sendall(a_request("/slow.ics"))
        was_open = is_open(connection)
        go_on.set()
        connection.settimeout(PATIENCE)

        assert was_open
        assert connection.recv(15) == b"HTTP/1.1 200 OK"
