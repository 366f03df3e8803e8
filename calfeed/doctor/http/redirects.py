"""Where the address leads, and whether every subscriber is led there."""

from collections.abc import Iterator
from http import HTTPStatus

from calfeed.doctor.answers import Trip, is_web_page
from calfeed.doctor.findings import Finding, Kind, Level
from calfeed.doctor.http.reaching import page_of, says
from calfeed.doctor.targets import is_encrypted, is_loopback
from calfeed.doctor.visiting import Visit

FOR_GOOD = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})

NOT_FOLLOWED = Kind(
    "D120",
    Level.ERROR,
    "a redirect leads nowhere",
    "every client: nobody can subscribe, and who did so gets no news",
    "let it lead straight to the feed, on http or https",
)
DOWNGRADE = Kind(
    "D121",
    Level.ERROR,
    "a redirect leads from https to http",
    "every client that follows it can be shown another calendar on its way, and those that "
    "refuse it get none (by RFC 9110 and common practice; not measured)",
    "let it lead to https; behind a proxy, tell the application its outside address",
)
TO_A_PAGE = Kind(
    "D122",
    Level.ERROR,
    "a redirect leads to a web page",
    "Thunderbird and Evolution empty the calendar; no client fills in a login",
    "serve the feed without a login, at an address that is hard to guess if it is not for all",
)
MOVED = Kind(
    "D123",
    Level.HINT,
    "the feed has moved for good",
    "new subscribers take the old address, and every poll is two requests",
    "publish the new address, and keep the redirect for those who have the old one",
)
TEMPORARY = Kind(
    "D124",
    Level.HINT,
    "a temporary redirect at every poll",
    "every client asks twice, and keeps the old address",
    "serve the feed at its address, or say for good (301 or 308) where it is",
)
CLEAR = Kind(
    "D125",
    Level.WARNING,
    "the feed is not encrypted",
    "every client can be shown another calendar on its way, and anybody there sees who reads it",
    "serve it by https, and redirect http to it",
)
NO_WAY_FROM_HTTP = Kind(
    "D126",
    Level.HINT,
    "http does not lead to https",
    "apps that take webcal: for http, and people who type the address without https (not measured)",
    "redirect http to https with 301",
)


def check(visit: Visit) -> Iterator[Finding]:
    """Yield what is wrong with where the address leads, by https and by http."""
    trip = visit.plain
    if trip.refused:
        yield Finding(NOT_FOLLOWED, f"{trip.end.url}: {trip.refused}")
    yield from _hops(trip)
    if not is_encrypted(trip.end.url) and not is_loopback(trip.end.url):
        yield Finding(CLEAR, trip.end.url)
    if visit.in_the_clear:
        yield from _from_http(visit.in_the_clear)


def _hops(trip: Trip) -> Iterator[Finding]:
    places = [*(hop.url for hop in trip.hops), trip.end.url]
    for hop, there in zip(trip.hops, places[1:], strict=True):
        way = f"{hop.url} -> {there} ({says(hop)})"
        if is_encrypted(hop.url) and not is_encrypted(there):
            yield Finding(DOWNGRADE, way)
        elif not is_encrypted(hop.url) and is_encrypted(there):
            continue
        elif hop.status in FOR_GOOD:
            yield Finding(MOVED, way)
        else:
            yield Finding(TEMPORARY, way)
    if trip.hops and trip.answer and is_web_page(trip.answer.content or b""):
        yield Finding(TO_A_PAGE, f"{trip.hops[0].url}: {page_of(trip.answer)}")


def _from_http(trip: Trip) -> Iterator[Finding]:
    answer = trip.answer
    if answer is None:
        yield Finding(NO_WAY_FROM_HTTP, f"{trip.end.url} is not answered")
    elif not answer.has_calendar:
        yield Finding(NO_WAY_FROM_HTTP, f"{trip.end.url}: {says(answer)}")
    elif not is_encrypted(answer.url):
        yield Finding(NO_WAY_FROM_HTTP, f"{answer.url} has the feed too, not encrypted")
