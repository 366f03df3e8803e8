"""HTTP/1.1 on one connection: uvicorn's, with a deadline and a short way to what is ready."""

import time
from asyncio import BaseTransport, TimerHandle, Transport
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from typing import Literal, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from calfeed.representation import ON_ALL, Answer
from calfeed.web.application import Application

DEADLINE = 10.0
"""Seconds for a request, from its first byte, or a connection's beginning, to its last byte."""

KEEP_ALIVE = 75
"""Seconds that a connection may rest: more than the 60 after which proxies close it themselves."""

LIMIT = 64 * 1024
"""Bytes of a request, its head and the body that nothing here needs, to within a PIECE."""

PIECE = 4 * 1024


class Connection(HttpToolsProtocol):
    """One connection.

    A GET or HEAD of what is ready is answered where its head ends, with no task, no scope and no
    pass through ASGI. All else is uvicorn's, and so is what comes while an answer is under way or
    the client does not read: pipelined answers keep their order, and wait in no memory of ours.
    """

    _stage: Literal["rest", "head", "body", "over"] = "rest"
    _received = 0
    _deadline: float
    _watch: TimerHandle

    def connection_made(self, transport: BaseTransport) -> None:
        """Wait for a request."""
        super().connection_made(cast(Transport, transport))
        self.access_log = self.config.access_log  # whoever else may listen to its logger
        self._expect_by(self.loop.time() + DEADLINE)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._watch.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read *data* by pieces, so that no request outgrows its limit unseen."""
        for start in range(0, len(data), PIECE):
            if self.transport.is_closing() or self._stage == "over":
                return
            piece = data[start : start + PIECE]
            super().data_received(piece)
            if self._stage in {"head", "body"}:
                self._wait_for_more(len(piece))
        if self._stage == "rest":
            self._deadline = self.loop.time() + KEEP_ALIVE

    def on_message_begin(self) -> None:
        """Begin a request; its scope is made only if uvicorn has to answer it."""
        self._stage = "head"
        self._received = 0
        self.url = b""
        self.headers = []

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header field."""
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """Answer what is ready; leave the rest to uvicorn."""
        if self.transport.is_closing():  # the request before this one was the last
            return
        if not (self._is_free() and self._answer()):
            url, headers = self.url, self.headers
            super().on_message_begin()
            self.url = url
            for name, value in headers:
                super().on_header(name, value)
            super().on_headers_complete()
        self._stage = "body"

    def on_body(self, body: bytes) -> None:
        """Leave *body* to uvicorn, or unread."""
        if self.cycle is not None:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request."""
        self._stage = "rest"
        if self.cycle is not None:
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """Rest, unless more requests are waiting; the watch has uvicorn's timer's part."""
        super().on_response_complete()
        self._unset_keepalive_if_required()
        if self._stage == "rest":
            self._deadline = self.loop.time() + KEEP_ALIVE

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the status says it
        """Refuse what is no HTTP."""
        self._refuse(HTTPStatus.BAD_REQUEST)

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: an offer to upgrade may be ignored (RFC 9110 §7.8), and is answered."""

    def _is_busy(self) -> bool:
        return not getattr(self.cycle, "response_complete", True)  # None before uvicorn's first

    def _is_free(self) -> bool:
        return not (self._is_busy() or self.flow.write_paused or self.access_log)

    def _answer(self) -> bool:
        """Answer the request if all is ready for that; return whether it was."""
        method = self.parser.get_method()
        if method not in {b"GET", b"HEAD"}:
            return False
        now = time.time()
        path, _, query = self.url.partition(b"?")
        answer = cast(Application, self.app).ready(
            path.decode("latin-1"), self.headers, query=query, now=now
        )
        if answer is None:
            return False
        keep = self.parser.should_keep_alive() and self.parser.get_http_version() != "1.0"
        self._write(answer, now=now, keep=keep, with_body=method == b"GET")
        return True

    def _write(self, answer: Answer, *, now: float, keep: bool, with_body: bool = True) -> None:
        close = b"" if keep else b"connection: close\r\n"
        head = answer.head + close + _end_of_head(int(now))
        # not joined: who reads slowly holds a reference to the body, no copy of it
        self.transport.writelines((head, answer.body) if with_body else (head,))
        if not keep:
            self.transport.close()

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer with *status*, if that still has its place, and end the connection."""
        if self._is_busy():  # answers are under way, and no more will follow
            self.cycle.keep_alive = False
            self._stage = "over"
        elif self._stage == "body":  # it was answered already
            self.transport.close()
        else:
            self._write(_refusal(status), now=time.time(), keep=False)

    def _wait_for_more(self, size: int) -> None:
        """Count *size* bytes of a request that goes on, and see that it ends in time."""
        if self._received == 0:
            self._watch.cancel()
            self._expect_by(self.loop.time() + DEADLINE)
        self._received += size
        if self._received > LIMIT:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def _expect_by(self, deadline: float) -> None:
        self._deadline = deadline
        self._watch = self.loop.call_at(deadline, self._look)

    def _look(self) -> None:
        """End the connection when its time is over; look again when it may be."""
        now = self.loop.time()
        if self._is_busy():
            self._expect_by(now + DEADLINE)
        elif now < self._deadline:
            self._expect_by(self._deadline)
        elif self._stage == "head":
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.close()


@lru_cache(maxsize=1)
def _end_of_head(second: int) -> bytes:
    return b"date: %s\r\n\r\n" % formatdate(second, usegmt=True).encode()


def _refusal(status: HTTPStatus) -> Answer:
    body = f"{status.phrase}\n".encode()
    fields = {**ON_ALL, "content-type": "text/plain; charset=utf-8"}
    fields["content-length"] = str(len(body))
    return Answer(status, tuple((n.encode(), v.encode()) for n, v in fields.items()), body)
