"""Which requests are made of a feed, in which order: few, and each for one question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from calfeed import __version__
from calfeed.doctor.answers import Answer, Ask, Headers, Request, Trip
from calfeed.doctor.clients import CLIENTS, ORIGIN, THUNDERBIRD, Client
from calfeed.doctor.targets import (
    Target,
    at_root,
    beside,
    in_the_clear,
    is_same_origin,
    led_to,
    with_query,
)

MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
CODINGS = ("gzip", "br", "zstd")
PLAIN: Headers = (
    ("User-Agent", f"calfeed/{__version__}"),
    ("Accept", "text/calendar"),
    ("Accept-Encoding", "identity"),
)
MADE_UP = '"calfeed-doctor-has-never-seen-this"'
UNKNOWN = "calfeed-doctor-asks-for-what-is-not-there.ics"
QUERY = "utm_source=calfeed-doctor"

Say = Callable[[str], None]
"""Is told in a few words what is asked next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """All that was asked of one feed and what came of it; None where it made no sense to ask.

    ``held`` asked with the ETag, ``made_up`` with one that nobody ever had, ``dated`` with
    Last-Modified; ``thunderbird_again`` is its second poll, with the ETag that it got.
    """

    target: Target
    plain: Trip
    again: Trip | None = None
    clients: Mapping[str, Trip] = field(default_factory=lambda: MappingProxyType({}))
    thunderbird_again: Trip | None = None
    codings: Mapping[str, Trip] = field(default_factory=lambda: MappingProxyType({}))
    head: Trip | None = None
    held: Trip | None = None
    made_up: Trip | None = None
    dated: Trip | None = None
    preflight: Trip | None = None
    robots: Trip | None = None
    in_the_clear: Trip | None = None
    queried: Trip | None = None
    unknown: Trip | None = None

    @property
    def feed(self) -> Answer | None:
        """The first answer that has a calendar: the plain one, or what some client was given."""
        trips = (self.plain, *self.clients.values())
        answers = (trip.answer for trip in trips)
        return next((one for one in answers if one and one.has_calendar), None)


def visit(target: Target, ask: Ask, say: Say) -> Visit:
    """Return what came of asking for *target*; where it has no calendar, only the clients ask."""
    visitor = _Visitor(target, ask, say)
    say("the feed")
    plain = visitor.get(target.url, PLAIN)
    if plain.answer is None:
        return Visit(target=target, plain=plain)
    clients = {client.name: visitor.as_client(client) for client in CLIENTS}
    robots = visitor.robots(plain.answer.url)
    known = Visit(target=target, plain=plain, clients=clients, robots=robots)
    if not plain.answer.has_calendar:
        return known
    again = visitor.get(plain.answer.url, PLAIN)
    known = replace(known, again=again)
    if again.answer is None or not again.answer.has_calendar:
        return known  # there is a limit, and all else would only tell of that
    return visitor.in_full(known, plain.answer)


class _Visitor:
    """Asks for one target, and says what."""

    def __init__(self, target: Target, ask: Ask, say: Say) -> None:
        self._target = target
        self._ask = ask
        self._say = say

    def get(self, url: str, headers: Headers, *more: tuple[str, str], method: str = "GET") -> Trip:
        """Ask, and follow redirects."""
        return follow(self._ask, self._request(url, (*headers, *more), method), self._authorized)

    def as_client(self, client: Client) -> Trip:
        """Ask as *client* does when somebody has just subscribed."""
        self._say(f"as {client.name} asks")
        return self.get(self._target.url, client.headers)

    def robots(self, url: str) -> Trip:
        """Ask what crawlers may have."""
        self._say("robots.txt")
        return self.get(at_root(url, "/robots.txt"), PLAIN)

    def in_full(self, known: Visit, answer: Answer) -> Visit:
        """Ask all else, where the feed is after its redirects."""
        url, etag = answer.url, answer.field("ETag")
        modified = answer.field("Last-Modified")
        codings = {coding: self._coded(url, coding) for coding in CODINGS}
        self._say("what has not changed")
        return replace(
            known,
            thunderbird_again=self._thunderbird_again(known.clients[THUNDERBIRD.name]),
            codings=codings,
            head=self.get(url, PLAIN, method="HEAD"),
            held=self.get(url, PLAIN, ("If-None-Match", etag)) if etag else None,
            made_up=self.get(url, PLAIN, ("If-None-Match", MADE_UP)),
            dated=self.get(url, PLAIN, ("If-Modified-Since", modified)) if modified else None,
            preflight=self._preflight(url),
            in_the_clear=self._in_the_clear(),
            queried=self.get(with_query(url, QUERY), PLAIN),
            unknown=self.get(beside(url, UNKNOWN), PLAIN),
        )

    def _coded(self, url: str, coding: str) -> Trip:
        self._say(f"the feed in {coding}")
        fields = dict(PLAIN) | {"Accept-Encoding": coding}
        return self.get(url, tuple(fields.items()))

    def _thunderbird_again(self, first: Trip) -> Trip | None:
        etag = first.answer.field("ETag") if first.answer else ""
        if not etag or first.answer is None:
            return None
        return self.get(first.answer.url, THUNDERBIRD.headers, ("If-None-Match", etag))

    def _preflight(self, url: str) -> Trip:
        self._say("as a web page asks")
        fields = (
            ("User-Agent", dict(PLAIN)["User-Agent"]),
            ("Accept", "*/*"),
            ("Origin", ORIGIN),
            ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", "if-none-match"),
        )
        return Trip(end=self._ask(self._request(url, fields, "OPTIONS")))

    def _in_the_clear(self) -> Trip | None:
        url = in_the_clear(self._target.url)
        if url is None:
            return None
        self._say("the same by http")
        return follow(self._ask, Request(url=url, headers=PLAIN), self._authorized)

    def _request(self, url: str, headers: Headers, method: str) -> Request:
        return self._authorized(Request(url=url, method=method, headers=headers))

    def _authorized(self, request: Request) -> Request:
        """Return *request* with the password, if it goes to where that belongs."""
        authorization = self._target.authorization
        if not authorization or not is_same_origin(request.url, self._target.url):
            return request
        headers = (*request.headers, ("Authorization", authorization))
        return Request(url=request.url, method=request.method, headers=headers)


def follow(ask: Ask, request: Request, authorized: Callable[[Request], Request]) -> Trip:
    """Return the way that *request* is led: to an answer, or to a redirect that is not followed."""
    hops: list[Answer] = []
    seen = {request.url}
    end = ask(request)
    while isinstance(end, Answer) and end.status in REDIRECTS:
        there = led_to(end.url, end.field("Location"))
        refused = _refused(end, there, seen, len(hops))
        if refused or there is None:
            return Trip(hops=tuple(hops), end=end, refused=refused)
        hops.append(end)
        seen.add(there)
        kept = tuple(field for field in request.headers if field[0] != "Authorization")
        end = ask(authorized(Request(url=there, method=request.method, headers=kept)))
    return Trip(hops=tuple(hops), end=end)


def _refused(answer: Answer, there: str | None, seen: set[str], hops: int) -> str:
    if not answer.field("Location"):
        return "it does not say where to"
    if there is None:
        return "it leads to what is no address on the web"
    if there in seen:
        return "it leads in a circle"
    return f"more than {MOST_REDIRECTS} of them" if hops == MOST_REDIRECTS else ""
