"""Sends one request as it is handed, and says what came: no redirect followed, nothing undone."""

import ssl
from collections.abc import Callable
from concurrent.futures import Future
from http.client import HTTPException, HTTPResponse, IncompleteRead
from socket import gaierror
from threading import Thread
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, UnknownHandler
from urllib.request import Request as Sent

from calfeed.cli.fetching import LIMIT, TIMEOUT
from calfeed.doctor.answers import Answer, Ask, Failure, Request, Trouble

DEADLINE = 90.0
"""Seconds for one request from its name's look-up to its last byte, however alive it is."""

STEP = 65_536


def asking(*, deadline: float = DEADLINE, timeout: float = TIMEOUT, limit: int = LIMIT) -> Ask:
    """Return what sends requests; each answer has at most *limit* bytes and *deadline* seconds.

    *timeout* is for how many of them a server may be silent.
    """
    opener = OpenerDirector()
    for handler in (ProxyHandler, HTTPHandler, HTTPSHandler, UnknownHandler):
        opener.add_handler(handler())  # none that follows a redirect, or judges a status

    def send(request: Request) -> Answer | Failure:
        try:
            with opener.open(_as_sent(request), timeout=timeout) as response:
                return _received(request, response, limit)
        except URLError as error:
            reason = error.reason
            return _failed(request, reason if isinstance(reason, Exception) else error)
        except (HTTPException, OSError, ValueError) as error:
            return _failed(request, error)

    def ask(request: Request) -> Answer | Failure:
        future: Future[Answer | Failure] = Future()
        # it is left alone when it takes too long: neither a look-up nor a trickle can be stopped
        Thread(target=_keep, args=(future, lambda: send(request)), daemon=True).start()
        try:
            return future.result(deadline)
        except TimeoutError:
            return Failure(
                url=request.url, trouble=Trouble.TOO_SLOW, detail=f"more than {deadline:g} seconds"
            )

    return ask


def _keep(future: Future[Answer | Failure], work: Callable[[], Answer | Failure]) -> None:
    try:
        future.set_result(work())
    except Exception as error:
        future.set_exception(error)


def _as_sent(request: Request) -> Sent:
    fields = dict(request.headers)
    return Sent(request.url, headers=fields, method=request.method)  # noqa: S310 - http and https alone have a handler


def _received(request: Request, response: HTTPResponse, limit: int) -> Answer | Failure:
    pieces, size = list[bytes](), 0
    while size <= limit and (piece := response.read(STEP)):
        pieces.append(piece)
        size += len(piece)
    if size > limit:
        detail = f"more than {limit // 1_000_000} MB"
        return Failure(url=request.url, trouble=Trouble.TOO_LARGE, detail=detail)
    if response.length:
        detail = f"{size} bytes of {size + response.length}"
        return Failure(url=request.url, trouble=Trouble.CUT_OFF, detail=detail)
    return Answer(
        url=request.url,
        status=response.status,
        headers=tuple(response.headers.items()),
        body=b"".join(pieces),
    )


def _failed(request: Request, error: Exception) -> Failure:
    host = urlsplit(request.url).netloc
    match error:
        case gaierror():
            trouble, detail = Trouble.NO_SUCH_HOST, host
        case ssl.SSLCertVerificationError():
            trouble, detail = Trouble.CERTIFICATE, f"{host}: {error.verify_message}"
        case TimeoutError():
            trouble, detail = Trouble.TOO_SLOW, f"{host} is silent"
        case IncompleteRead():
            trouble, detail = Trouble.CUT_OFF, f"{len(error.partial)} bytes of the last piece"
        case ssl.SSLError() | HTTPException() | ValueError():
            trouble, detail = Trouble.NO_HTTP, f"{host}: {error}"
        case _:
            trouble, detail = Trouble.NOBODY_ANSWERS, f"{host}: {error}"
    return Failure(url=request.url, trouble=trouble, detail=detail)
