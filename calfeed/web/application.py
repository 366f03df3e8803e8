"""The ASGI application: ready representations by a bare look-up, Starlette for all the rest."""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.utils import formatdate
from functools import partial
from http import HTTPStatus
from typing import Protocol

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from calfeed.problem_details import MEDIA_TYPE, NOTHING_HERE, problem_details
from calfeed.representation import NO_HEADERS, ON_ALL, Answer, Coding, Form, Representation
from calfeed.web.making import Once
from calfeed.web.negotiation import Headers, choose, in_language, prefers

THREADS = 4
"""How many first-time makings run at once: enough to go on beside a slow one, no more."""

RETRY_AFTER = "5"
SYNC_FIELDS = ("prefer", "sync-token")
UNKEPT = {**ON_ALL, "Cache-Control": "no-store"}
NO_BODY: dict[str, object] = {"type": "http.response.body", "body": b""}
ALLOWED = "GET, HEAD, OPTIONS"
PREFLIGHT = {
    "Allow": ALLOWED,
    "Access-Control-Allow-Methods": ALLOWED,
    "Access-Control-Allow-Headers": "Cache-Control, If-Modified-Since, If-None-Match, Prefer, "
    "Sync-Token",
    "Access-Control-Max-Age": "86400",
}


class SiteLike(Protocol):
    """All representations of one moment, by path."""

    def ready(self, path: str) -> Representation | None:
        """Return what is at *path* if it was made already: a look-up, nothing more."""

    def make(self, path: str) -> Representation | None:
        """Return what is at *path*, made now and kept; None if there is nothing.

        It is called in a thread, and remembers nothing of a path that does not exist.
        """

    def ask(self, path: str, query: str) -> Representation | None:
        """Return the answer to *query* at *path*; None where queries mean nothing.

        It is called in a thread, and what it remembers has a bound.
        """

    def sync(self, path: str, prefer: str, token: str) -> Representation | None:
        """Return the answer to a request with these Prefer and Sync-Token; None: as without them.

        It is called in a thread, believes neither, and what it remembers has a bound.
        """

    def missing(self, path: str) -> Representation | None:
        """Return what says to people that there is nothing at *path*; None: a few words do.

        It is called in a thread, too.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How publishing fares; ``degraded`` says since when and why, empty while all is well.

    Anybody may read it: a few words, no path, no address, no secret.
    """

    degraded: str = ""


class Application:
    """An ASGI application that answers with what the current site has.

    Starlette has no part in what is ready, which is nearly all that clients ask: a look-up,
    a comparison, and two messages that were made long before.
    """

    def __init__(
        self,
        current: Callable[[], SiteLike | None],
        health: Callable[[], Health],
        routes: Sequence[BaseRoute],
    ) -> None:
        self._current = current
        self._health = health
        threads = ThreadPoolExecutor(THREADS, thread_name_prefix="making")
        self._representations = Once[Representation | None](threads)
        self._forms = Once[Form](threads)
        self._otherwise = Starlette(
            routes=[
                *routes,
                Route("/{path:path}", _preflight, methods=["OPTIONS"]),
                Route("/healthz", self._tell_health),
                Route("/readyz", self._tell_readiness),
                Route("/{path:path}", self._make),
            ],
            exception_handlers={404: _not_found, 405: _not_allowed, Exception: _failed},
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        send, answer = _dated(send), None
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            query = scope["query_string"]
            answer = self.ready(scope["path"], scope["headers"], query=query, now=time.time())
        if answer is None:
            return await self._otherwise(scope, receive, send)
        return await _sending(answer)(scope, receive, send)

    def ready(
        self, path: str, headers: Headers, *, query: bytes = b"", now: float
    ) -> Answer | None:
        """Return the answer to a GET or HEAD of *path* at *now* if nothing has to be made."""
        site = self._current()
        representation = None if site is None else site.ready(path)
        if representation is None or (query and representation.heeds_query) or prefers(headers):
            return None
        if representation.translations:
            representation = in_language(representation, headers)
        chosen = choose(representation, headers, now=now)
        return chosen if isinstance(chosen, Answer) else None

    async def _make(self, request: Request) -> ASGIApp:
        site, path = self._current(), request.scope["path"]
        if site is None:
            return _not_yet("There is no calendar here yet.")
        query = request.scope["query_string"].decode("latin-1")
        representation = await self._sync(site, request) or site.ready(path)
        if representation is None or (query and representation.heeds_query):
            representation = await self._representations.make(
                site,
                f"{path}?{query}",
                lambda: site.ask(path, query) or site.make(path) or site.missing(path),
            )
        if representation is None:
            return await _not_found()
        return await self._answer(representation, request.scope["headers"])

    async def _sync(self, site: SiteLike, request: Request) -> Representation | None:
        if not prefers(request.scope["headers"]):
            return None
        path = request.scope["path"]
        prefer, token = (", ".join(request.headers.getlist(name)) for name in SYNC_FIELDS)
        return await self._representations.make(
            site, repr((path, prefer, token)), lambda: site.sync(path, prefer, token)
        )

    async def _answer(self, representation: Representation, headers: Headers) -> ASGIApp:
        representation = in_language(representation, headers)
        while isinstance(chosen := choose(representation, headers, now=time.time()), Coding):
            await self._forms.make(representation, chosen, partial(representation.form, chosen))
        return _not_acceptable() if chosen is None else _sending(chosen)

    async def _tell_health(self, _: Request) -> Response:
        degraded = " ".join(self._health().degraded.split())
        return _plain(f"degraded: {degraded}" if degraded else "ok")

    async def _tell_readiness(self, _: Request) -> Response:
        return _plain("ready") if self._current() else _not_yet("There is no calendar here yet.")


def application(
    current: Callable[[], SiteLike | None],
    health: Callable[[], Health],
    *,
    routes: Sequence[BaseRoute] = (),
) -> Application:
    """Return the application of what *current* and *health* say at the moment of each request.

    *routes* are what else it answers, where the site has nothing ready.
    """
    return Application(current, health, routes)


def _dated(send: Send) -> Send:
    """Return what sends with the Date of this moment.

    A server's own is up to a second old, and then Last-Modified of news would be later than it.
    """

    async def send_it(message: Message) -> None:
        if message["type"] == "http.response.start":
            date = (b"date", formatdate(time.time(), usegmt=True).encode())
            message = {**message, "headers": [*message["headers"], date]}
        await send(message)

    return send_it


def _sending(answer: Answer) -> ASGIApp:
    async def send_it(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - ASGI's
        await send(answer.start)
        await send(answer.message if scope["method"] == "GET" else NO_BODY)

    return send_it


async def _preflight(_: Request) -> Response:
    return Response(status_code=HTTPStatus.NO_CONTENT, headers={**ON_ALL, **PREFLIGHT})


async def _not_found(*_: object) -> Response:
    return _problem(HTTPStatus.NOT_FOUND, NOTHING_HERE)


async def _not_allowed(*_: object) -> Response:
    detail = f"Ask with one of {ALLOWED}."
    return _problem(HTTPStatus.METHOD_NOT_ALLOWED, detail, {"Allow": ALLOWED})


def _not_acceptable() -> Response:
    # RFC 9110 §12.5.3 has identity sent to those who refuse all else, unless they refuse it too
    headers = {"Vary": "Accept-Encoding"}
    detail = "No content coding that there is here is acceptable by Accept-Encoding."
    return _problem(HTTPStatus.NOT_ACCEPTABLE, detail, headers)


async def _failed(*_: object) -> Response:
    detail = "This is a defect of ours, and was noted. Try again later."
    return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail)


def _not_yet(detail: str) -> Response:
    return _problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, {"Retry-After": RETRY_AFTER})


def _problem(status: HTTPStatus, detail: str, headers: Mapping[str, str] = NO_HEADERS) -> Response:
    body = problem_details(status, detail)
    return Response(body, status, {**UNKEPT, **headers}, media_type=MEDIA_TYPE)


def _plain(text: str) -> Response:
    return PlainTextResponse(f"{text}\n", headers=UNKEPT)
