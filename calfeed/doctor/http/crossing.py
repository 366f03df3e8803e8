"""Who is let in: web pages of other sites (CORS), and crawlers (robots.txt)."""

from collections.abc import Iterator
from http import HTTPStatus
from urllib.robotparser import RobotFileParser

from calfeed.doctor.answers import Answer
from calfeed.doctor.clients import ORIGIN, WEB_PAGE
from calfeed.doctor.findings import Finding, Kind, Level
from calfeed.doctor.http.reaching import says
from calfeed.doctor.visiting import Visit

ROBOTS = ("Google-Calendar-Importer", "Googlebot")
READ = 500_000
"""Bytes of robots.txt that are read, as Google says of itself."""

NO_ORIGIN = Kind(
    "D241",
    Level.HINT,
    "web pages may not read the feed",
    "FullCalendar, and every calendar that a page of another site draws: they get nothing at all",
    "send  Access-Control-Allow-Origin: *",
)
NO_PREFLIGHT = Kind(
    "D242",
    Level.HINT,
    "web pages may not ask whether the feed has changed",
    "scripts that send If-None-Match: the browser asks with OPTIONS first, and stops there",
    "answer OPTIONS with 204 and  Access-Control-Allow-Headers: If-None-Match",
)
NOT_EXPOSED = Kind(
    "D243",
    Level.HINT,
    "web pages cannot see the ETag",
    "scripts that want to poll with If-None-Match have nothing to send",
    "send  Access-Control-Expose-Headers: ETag",
)
SHUT_OUT = Kind(
    "D251",
    Level.WARNING,
    "robots.txt shuts Google out",
    "Google Calendar refuses such feeds with a word on robots.txt (by its users' experience; "
    "not measured)",
    "allow the feeds in robots.txt",
)
NO_ROBOTS = Kind(
    "D252",
    Level.WARNING,
    "robots.txt cannot be had",
    "Google takes an error of the server for a site that is shut (by its documentation; "
    "not measured)",
    "serve a robots.txt that allows the feeds, or answer 404",
)


def check(visit: Visit) -> Iterator[Finding]:
    """Yield who is shut out that need not be."""
    page = visit.clients[WEB_PAGE.name].answer if visit.clients else None
    if page and page.has_calendar:
        yield from _page(visit, page)
    feed, robots = visit.feed, visit.robots.answer if visit.robots else None
    if feed and visit.robots:
        if robots is None or robots.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            yield Finding(NO_ROBOTS, says(robots) if robots else "there is no answer")
        elif robots.status == HTTPStatus.OK:
            yield from _shut_out(robots, feed.url)


def _page(visit: Visit, page: Answer) -> Iterator[Finding]:
    if not _is_allowed(page):
        yield Finding(NO_ORIGIN)
        return
    preflight = visit.preflight.answer if visit.preflight else None
    if preflight and not _may_ask(preflight):
        yield Finding(NO_PREFLIGHT, f"OPTIONS: {says(preflight)}")
    exposed = _names(page, "Access-Control-Expose-Headers")
    if page.field("ETag") and not exposed & {"etag", "*"}:
        yield Finding(NOT_EXPOSED)


def _may_ask(preflight: Answer) -> bool:
    allowed = _names(preflight, "Access-Control-Allow-Headers") & {"if-none-match", "*"}
    is_ok = HTTPStatus.OK <= preflight.status < HTTPStatus.MULTIPLE_CHOICES
    return is_ok and _is_allowed(preflight) and bool(allowed)


def _is_allowed(answer: Answer) -> bool:
    return answer.field("Access-Control-Allow-Origin").strip() in {"*", ORIGIN}


def _names(answer: Answer, field: str) -> set[str]:
    return {name.strip().lower() for name in answer.field(field).split(",")}


def _shut_out(robots: Answer, url: str) -> Iterator[Finding]:
    rules = RobotFileParser()
    rules.parse((robots.content or b"")[:READ].decode("utf-8", "replace").splitlines())
    out = [robot for robot in ROBOTS if not rules.can_fetch(robot, url)]
    if out:
        yield Finding(SHUT_OUT, f"{' and '.join(out)} may not have {url}")
