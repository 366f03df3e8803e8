"""What servers do wrong, one at a time, and all that the doctor says of it."""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from calfeed.cli.asking import asking
from tests.doctor.feeds import a_feed, an_event
from tests.doctor.saying import diagnosed, findings
from tests.doctor.servers import PATH, Asked, Behaviour, Reply, a_server, good

LARGE = a_feed(*(an_event(f"UID:{number}", f"SUMMARY:Day {number}") for number in range(60)))
HUGE = a_feed(*(an_event(f"UID:{number}", f"SUMMARY:Day {number}") for number in range(6000)))
PAGE = b'<!DOCTYPE html><a href="/feeds/parks.ics">Parks</a>'


def always(**fields: str | None) -> Behaviour:
    """Return what sends other fields with every answer that has the feed."""

    def behave(asked: Asked, reply: Reply) -> Reply:
        return reply.but(**fields) if asked.path.startswith(PATH) else reply

    return behave


def with_200(body: bytes, **fields: str | None) -> Behaviour:
    """Return what sends *body* instead of the feed."""

    def behave(asked: Asked, reply: Reply) -> Reply:
        changed = replace(reply, body=body).but(
            Content_Length=str(len(body)), Content_Encoding=None, **fields
        )
        return changed if asked.path.startswith(PATH) and reply.status == 200 else reply

    return behave


def with_status(status: int, **fields: str | None) -> Behaviour:
    """Return what refuses the feed."""
    return lambda asked, reply: Reply(status=status, fields=fields) if asked.is_of_feed else reply


def to(location: str, status: int = 302) -> Behaviour:
    """Return what sends everybody elsewhere who asks for the feed."""
    return with_status(status, Location=location)


def cut(_: Asked, reply: Reply) -> Reply:
    return reply.but(Content_Length="99999") if reply.body else reply


def robots(body: bytes = b"", status: int = 200) -> Behaviour:
    return lambda asked, reply: (
        Reply(status=status, body=body) if asked.path == "/robots.txt" else reply
    )


def by_method(method: str, changed: Callable[[Reply], Reply]) -> Behaviour:
    return lambda asked, reply: changed(reply) if asked.method == method else reply


def by_agent(agent: str, changed: Callable[[Reply], Reply]) -> Behaviour:
    return lambda asked, reply: (
        changed(reply) if agent in asked.fields.get("user-agent", "") else reply
    )


def numbered(asked: Asked, reply: Reply) -> Reply:
    return reply.but(ETag=f'"{asked.number}"') if reply.fields.get("ETag") else reply


def never_304(_: Asked, reply: Reply) -> Reply:
    return replace(reply, status=200, body=a_feed()) if reply.status == 304 else reply


def always_304(asked: Asked, reply: Reply) -> Reply:
    return replace(reply, status=304, body=b"") if "if-none-match" in asked.fields else reply


def counting(asked: Asked, reply: Reply) -> Reply:
    """One ETag for whatever is sent."""
    body = a_feed(an_event(f"SUMMARY:Garden day {asked.number}"))
    if asked.path.startswith(PATH) and reply.status == 200 and asked.method == "GET":
        return replace(reply, body=body).but(Content_Length=None, Content_Encoding=None, ETag='"1"')
    return reply.but(ETag='"1"')


def later(asked: Asked, reply: Reply) -> Reply:
    return reply.but(Last_Modified=f"Wed, 01 Jan 2020 09:00:{asked.number:02} GMT")


def twice_gzipped(_: Asked, reply: Reply) -> Reply:
    if reply.fields.get("Content-Encoding") and reply.body:
        body = zlib.compress(reply.body)
        return replace(reply, body=body).but(Content_Length=str(len(body)))
    return reply


def left_over(_: Asked, reply: Reply) -> Reply:
    if reply.fields.get("Content-Encoding") and reply.body:
        body = gzip.compress(a_feed(an_event("SUMMARY:Garden day of last year")))
        return replace(reply, body=body).but(Content_Length=str(len(body)))
    return reply


def soft_404(_: Asked, reply: Reply) -> Reply:
    return Reply(body=PAGE) if reply.status == 404 else reply


def no_query(asked: Asked, reply: Reply) -> Reply:
    return Reply(status=404) if "?" in asked.path else reply


def login(asked: Asked, reply: Reply) -> Reply:
    if asked.path == "/login":
        return Reply(body=PAGE)
    return Reply(status=302, fields={"Location": "/login"}) if asked.is_of_feed else reply


def moved(status: int) -> Behaviour:
    """Return what has the feed elsewhere: the address that is asked for is the old one."""

    def behave(asked: Asked, reply: Reply) -> Reply:
        return Reply(status=status, fields={"Location": PATH}) if asked.path == "/old" else reply

    return behave


def in_deflate(_: Asked, reply: Reply) -> Reply:
    if not reply.fields.get("Content-Encoding") or not reply.body:
        return reply
    body = zlib.compress(a_feed())
    return replace(reply, body=body).but(Content_Length=str(len(body)), Content_Encoding="deflate")


def for_everybody(asked: Asked, _: Reply) -> Reply:
    return good(replace(asked, fields={**asked.fields, "accept-encoding": "gzip"}), a_feed())


BEHAVIOURS: dict[str, Behaviour] = {
    "cut off": cut,
    "404": with_status(404),
    "503 and when to come back": with_status(503, Retry_After="120"),
    "a status of its own": with_status(599),
    "a web page": with_200(PAGE),
    "a web page without a link": with_200(b"<html>Log in</html>"),
    "nothing": with_200(b""),
    "something else": with_200(b"Hello \x1b[31m"),
    "a limit": lambda asked, reply: (
        Reply(status=429, fields={"Retry-After": "60"}) if asked.number > 10 else reply
    ),
    "a redirect to nowhere": with_status(302),
    "a redirect to a file": to("file:///etc/passwd"),
    "a redirect to what is no address": to("http://[/"),
    "a redirect to itself": to(PATH),
    "a login": login,
    "closed to Google": by_agent("Google-Calendar-Importer", lambda _: Reply(status=403)),
    "closed to programs": by_agent("calfeed/", lambda _: Reply(status=403)),
    "another feed for Outlook": by_agent(
        "Outlook",
        lambda reply: replace(reply, body=LARGE).but(Content_Length=None, Content_Encoding=None),
    ),
    "no HEAD": by_method("HEAD", lambda _: Reply(status=405)),
    "another HEAD": by_method("HEAD", lambda reply: reply.but(Content_Type="text/plain")),
    "no query": no_query,
    "all is 200": soft_404,
    "text/plain": always(Content_Type="text/plain"),
    "no media type": always(Content_Type=None),
    "Latin-1": always(Content_Type="text/calendar; charset=iso-8859-1"),
    "no charset": always(Content_Type="text/calendar"),
    "a download": always(Content_Disposition='attachment; filename="a.ics"'),
    "a cookie": always(Set_Cookie="session=secret; Path=/"),
    "no validators": always(ETag=None, Last_Modified=None),
    "a weak ETag": always(ETag='W/"1"'),
    "an ETag without quotes": always(ETag="1"),
    "a new ETag each time": numbered,
    "one ETag for all": counting,
    "no 304": never_304,
    "only 304": always_304,
    "one ETag for all codings": always(ETag='"1"'),
    "304 with another ETag": lambda _, reply: (
        reply.but(ETag='"2"') if reply.status == 304 else reply
    ),
    "Last-Modified is no date": always(Last_Modified="yesterday"),
    "Last-Modified is in the future": always(Last_Modified="Fri, 01 Jan 2100 09:00:00 -0000"),
    "Last-Modified is now": later,
    "If-Modified-Since is ignored": lambda asked, reply: (
        replace(reply, status=200) if "if-modified-since" in asked.fields else reply
    ),
    "kept for a week": always(Cache_Control="public, max-age=604800"),
    "never kept": always(Cache_Control="no-store"),
    "kept for ever so long": always(Cache_Control="max-age=forever"),
    "no Vary": always(Vary=None),
    "Vary by browser": always(Vary="Accept-Encoding, User-Agent"),
    "compressed for everybody": for_everybody,
    "said to be compressed": always(Content_Encoding="gzip"),
    "another coding than was asked for": in_deflate,
    "compressed twice": twice_gzipped,
    "compressed a year ago": left_over,
    "no web pages": always(Access_Control_Allow_Origin=None),
    "no preflight": by_method("OPTIONS", lambda _: Reply(status=405)),
    "an ETag that scripts cannot see": always(Access_Control_Expose_Headers=None),
    "robots.txt against Google": robots(b"User-agent: Googlebot\nDisallow: /feeds/\n"),
    "robots.txt against all": robots(b"User-agent: *\nDisallow: /\n"),
    "robots.txt is broken": robots(status=500),
}


def test_a_server_that_does_all_right_has_nothing_to_hear() -> None:
    with a_server() as address:
        assert diagnosed(address + PATH).findings == ()


def test_what_servers_do_wrong(golden: Callable[[str, bytes], None]) -> None:
    told = []
    for name, behaviour in BEHAVIOURS.items():
        with a_server(behaviour) as address:
            told.append(f"{name.upper()}\n{findings(diagnosed(address + PATH).findings)}")
    golden("doctor-http.txt", "\n\n".join(told).encode())


@pytest.mark.parametrize(
    ("status", "code"),
    [(301, "D123"), (308, "D123"), (302, "D124"), (303, "D124"), (307, "D124")],
)
def test_a_redirect_is_followed_and_told(status: int, code: str) -> None:
    with a_server(moved(status)) as address:
        (finding,) = diagnosed(f"{address}/old").findings
    assert finding.kind.code == code
    assert f"{address}/old -> {address}{PATH} ({status} " in finding.detail


@pytest.mark.parametrize(
    ("feed", "codes"), [(LARGE, {"D231"}), (HUGE, {"D231", "D135"})], ids=["large", "huge"]
)
def test_what_is_large_is_compressed(feed: bytes, codes: set[str]) -> None:
    def uncompressed(asked: Asked, _: Reply) -> Reply:
        fields = {**asked.fields, "accept-encoding": "identity"}
        return good(replace(asked, fields=fields), feed)

    with a_server(uncompressed, feed) as address:
        assert {one.kind.code for one in diagnosed(address + PATH).findings} == codes


def test_a_feed_without_end_is_not_read_on() -> None:
    with a_server(feed=HUGE) as address:
        (finding,) = diagnosed(address + PATH, asking(limit=1_000_000)).findings
    assert (finding.kind.code, finding.detail) == ("D106", "more than 1 MB")
