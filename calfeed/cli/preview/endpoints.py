"""What a preview answers beside its site: the stream of its changes, and the choice of a day."""

import json
import re
from collections.abc import AsyncIterator, Callable
from datetime import date
from functools import partial
from http import HTTPStatus
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from calfeed.cli.preview.bar import CHANGES, DAY, FIRST_YEAR, LAST_YEAR, Bar
from calfeed.cli.preview.news import News

RETRY = 1000
"""Milliseconds after which a browser asks again for a stream that broke off."""

_OWN = frozenset({"none", "same-origin"})
_PATH = re.compile(r"(?:/[\w.-]+)*/?", re.ASCII)


def endpoints(
    bar: Callable[[], Bar], news: News, choose: Callable[[date | None], None]
) -> list[Route]:
    """Return the routes: *bar* is what pages have to say by now, *choose* takes another day."""
    return [
        Route(CHANGES, partial(_changes, bar=bar, news=news), methods=["GET"]),
        Route(DAY, partial(_day, choose=choose), methods=["POST"]),
    ]


async def _changes(_: Request, *, bar: Callable[[], Bar], news: News) -> Response:
    """Return a stream of events (HTML, Server-sent events): how it is now, then each change."""
    return StreamingResponse(
        _stream(bar, news), media_type="text/event-stream", headers={"cache-control": "no-store"}
    )


async def _stream(bar: Callable[[], Bar], news: News) -> AsyncIterator[str]:
    yield f"retry: {RETRY}\n\n"
    async for _ in news.each():
        yield f"data: {as_event(bar())}\n\n"


def as_event(bar: Bar) -> str:
    """Return what *bar* tells an open page, as JSON on one line."""
    return json.dumps({"shown": bar.shown, "told": bar.told(), "problems": bar.said()})


async def _day(request: Request, *, choose: Callable[[date | None], None]) -> Response:
    """Show another day, and lead back to the page; only a page of the preview may ask for it."""
    if request.headers.get("sec-fetch-site", "none") not in _OWN:
        return _refused("Only the preview itself may choose a day.", HTTPStatus.FORBIDDEN)
    asked = parse_qs((await request.body()).decode("latin-1"))
    day = None if "today" in asked else _parse(asked.get("day", [""])[0])
    if day is None and "today" not in asked:
        return _refused("Give a day as 2031-05-01.", HTTPStatus.BAD_REQUEST)
    await run_in_threadpool(choose, day)
    to = asked.get("to", ["/"])[0]
    return RedirectResponse(to if _PATH.fullmatch(to) else "/", HTTPStatus.SEE_OTHER)


def _parse(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _refused(why: str, status: HTTPStatus) -> Response:
    return PlainTextResponse(f"{why}\n", status)
