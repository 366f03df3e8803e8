"""What can be seen by https alone, on a web that is made up: addresses and their answers."""

from collections.abc import Callable, Mapping

import pytest

from calfeed.doctor.answers import Answer, Ask, Failure, Headers, Request, Trouble
from calfeed.doctor.arriving import find_feed
from calfeed.doctor.targets import parse_target
from calfeed.errors import CalfeedError
from tests.doctor.feeds import a_feed
from tests.doctor.saying import diagnosed, findings
from tests.doctor.servers import PATH, Asked, good

SITE = "https://town.example"
FEED = SITE + PATH
CLEAR = f"http://town.example{PATH}"

Web = Mapping[str, Answer | Failure]


def an_answer(url: str, status: int = 200, body: bytes = b"", **fields: str) -> Answer:
    headers = tuple((name.replace("_", "-"), value) for name, value in fields.items())
    return Answer(url=url, status=status, headers=headers, body=body)


def to(url: str, there: str, status: int = 301) -> Answer:
    return an_answer(url, status, Location=there)


def on(web: Web, seen: list[Request] | None = None) -> Ask:
    """Return what asks *web*; what it does not have is as a good server has it."""

    def ask(request: Request) -> Answer | Failure:
        if seen is not None:
            seen.append(request)
        if request.url in web:
            return web[request.url]
        fields = {name.lower(): value for name, value in request.headers}
        path = request.url.partition("://")[2].partition("/")[2]
        asked = Asked(method=request.method, path=f"/{path}", fields=fields, number=1)
        reply = good(asked, a_feed())
        headers: Headers = tuple((name, value) for name, value in reply.fields.items() if value)
        return Answer(url=request.url, status=reply.status, headers=headers, body=reply.body)

    return ask


GOOD: Web = {CLEAR: to(CLEAR, FEED)}
WEBS: dict[str, tuple[str, Web]] = {
    "all is well": (FEED, GOOD),
    "http goes to https": (CLEAR, GOOD),
    "no encryption": (CLEAR, {}),
    "http has the feed too": (FEED, {}),
    "http has a page": (FEED, {CLEAR: an_answer(CLEAR, body=b"<html>")}),
    "http is closed": (FEED, {CLEAR: Failure(url=CLEAR, trouble=Trouble.NOBODY_ANSWERS)}),
    "from https to http": (f"{SITE}/a", {f"{SITE}/a": to(f"{SITE}/a", CLEAR)}),
    "too many redirects": (
        f"{SITE}/0",
        {f"{SITE}/{n}": to(f"{SITE}/{n}", f"/{n + 1}") for n in range(9)},
    ),
    "robots.txt is away": (
        FEED,
        {
            **GOOD,
            f"{SITE}/robots.txt": Failure(
                url=f"{SITE}/robots.txt", trouble=Trouble.TOO_SLOW, detail="silent"
            ),
        },
    ),
    "queries are slow": (
        FEED,
        {
            **GOOD,
            f"{FEED}?utm_source=calfeed-doctor": Failure(url=FEED, trouble=Trouble.TOO_SLOW),
        },
    ),
}


def test_where_addresses_lead(golden: Callable[[str, bytes], None]) -> None:
    told = [
        f"{name.upper()}\n{findings(diagnosed(address, on(web)).findings)}"
        for name, (address, web) in WEBS.items()
    ]
    golden("doctor-https.txt", "\n\n".join(told).encode())


@pytest.mark.parametrize("trouble", list(Trouble))
def test_each_trouble_is_said_and_nothing_more_is_asked(trouble: Trouble) -> None:
    seen: list[Request] = []
    failure = Failure(url=FEED, trouble=trouble, detail="because")
    (finding,) = diagnosed(FEED, on({FEED: failure}, seen)).findings
    assert finding.detail == "because"
    assert finding.kind.code.startswith("D10")
    assert len(seen) == 1


def test_few_requests_are_made_and_only_of_this_feed() -> None:
    seen: list[Request] = []
    diagnosed(FEED, on(GOOD, seen))
    assert len(seen) < 30
    assert {request.url for request in seen} == {
        FEED,
        CLEAR,
        f"{SITE}/robots.txt",
        f"{FEED}?utm_source=calfeed-doctor",
        f"{SITE}/feeds/calfeed-doctor-asks-for-what-is-not-there.ics",
    }


def test_a_password_goes_to_its_own_host_and_is_not_said() -> None:
    seen: list[Request] = []
    secret = f"https://me:p%40ss@town.example{PATH}"
    elsewhere = f"https://other.example{PATH}"
    diagnosis = diagnosed(secret, on({FEED: to(FEED, elsewhere)}, seen))
    sent = {request.url: dict(request.headers).get("Authorization") for request in seen}
    assert sent[FEED] == "Basic bWU6cEBzcw=="
    assert sent[elsewhere] is None
    assert "p%40ss" not in findings(diagnosis.findings) + repr(diagnosis.run)


def test_a_password_is_kept_on_its_host() -> None:
    seen: list[Request] = []
    diagnosed(f"https://me@town.example{PATH}", on(GOOD, seen))
    assert {"Authorization" in dict(one.headers) for one in seen if one.url == FEED} == {True}
    assert {"Authorization" in dict(one.headers) for one in seen if one.url == CLEAR} == {False}


LINKING = b"""<link rel=alternate type='text/calendar' href="/parks.ics">
<a href="webcal://town.example/b">b</a><a href="https://other.example/c.ics?x#y">c</a>
<a href="http://[/d.ics">d</a><a href='/e'>e</a><a name=f>"""


def found(web: Web, address: str = SITE) -> str:
    return find_feed(parse_target(address), on(web), lambda _: None).url


def test_the_feed_of_a_site_is_found() -> None:
    assert found({f"{SITE}/": an_answer(f"{SITE}/", 404)}) == FEED
    assert found({f"{SITE}/": an_answer(f"{SITE}/", body=a_feed())}) == f"{SITE}/"
    linked: Web = {
        f"{SITE}/": an_answer(f"{SITE}/", body=LINKING),
        FEED: an_answer(FEED, 404),
        f"{SITE}/b": an_answer(f"{SITE}/b", body=a_feed()),
    }
    assert found(linked) == f"{SITE}/b"


def test_a_site_that_does_not_answer_is_said_by_its_trouble() -> None:
    failure = Failure(url=f"{SITE}/", trouble=Trouble.NO_SUCH_HOST)
    assert found({f"{SITE}/": failure}) == f"{SITE}/"
    assert found({}, FEED) == FEED


@pytest.mark.parametrize(
    ("page", "hint"),
    [
        (LINKING, "The page links to one:  calfeed doctor https://other.example/c.ics?x"),
        (b"", "Give the address of the feed itself, which often ends in .ics"),
    ],
)
def test_a_site_without_a_feed_is_said(page: bytes, hint: str) -> None:
    web: Web = {f"{SITE}/": an_answer(f"{SITE}/", body=page), FEED: an_answer(FEED, 404)}
    with pytest.raises(CalfeedError) as refused:
        found(web, "https://me:secret@town.example")
    assert str(refused.value) == f"no feed is found at {SITE}/\n{hint}"


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://town.example", "https://town.example/"),
        ("town.example/a.ics", "https://town.example/a.ics"),
        ("WEBCAL://town.example/a.ics", "https://town.example/a.ics"),
        ("webcals://town.example/a.ics", "https://town.example/a.ics"),
        ("http://[::1]:8000/a b.ics#top", "http://[::1]:8000/a%20b.ics"),
        ("https://städte.example/ä?b=ü", "https://xn--stdte-hra.example/%C3%A4?b=%C3%BC"),
        (" https://me:you@town.example/ ", "https://town.example/"),
    ],
)
def test_addresses(typed: str, url: str) -> None:
    assert parse_target(typed).url == url


@pytest.mark.parametrize(
    "typed", ["", "ftp://a/b", "file:///a", "https://", "https://[", "http://a:b/", "http://a b/"]
)
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(CalfeedError) as refused:
        parse_target(typed)
    assert str(refused.value) == (
        "this is no address on the web\n"
        "Give one:  calfeed doctor https://events.example.eu/feeds/all.ics"
    )
