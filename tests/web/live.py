"""A real server on a real socket, and a client that sends what it is told and nothing else."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Thread
from typing import BinaryIO

from calfeed.representation import Representation, represent
from calfeed.web.application import Health, SiteLike, application
from calfeed.web.server import listen, server_of

PATIENCE = 20.0
"""Seconds until what should come has not: a failure, never the speed of a machine."""


NOON = datetime(2021, 9, 23, 12, 0, tzinfo=UTC)
FEED = b"BEGIN:VCALENDAR\r\n" * 60


def a_feed(
    body: bytes = FEED, *, modified: datetime = NOON, compress: bool = True
) -> Representation:
    return represent(
        body,
        media_type="text/calendar; charset=utf-8",
        modified=modified,
        cache_control="public, max-age=300",
        filename="feed.ics",
        links=('<https://events.example.eu/en/>; rel="alternate"',),
        compress=compress,
    )


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; header fields by their names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class ASite:
    """A site of what is ready, and of what has to be made, counting how often it was."""

    made: dict[str, Representation] = field(default_factory=dict)
    makers: dict[str, Callable[[], Representation]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    not_found: Representation | None = None
    answers: dict[tuple[str, str], Representation] = field(default_factory=dict)
    synced: dict[tuple[str, str, str], Representation] = field(default_factory=dict)

    def ready(self, path: str) -> Representation | None:
        return self.made.get(path)

    def make(self, path: str) -> Representation | None:
        if path not in self.makers:
            return None
        self.asked.append(path)
        self.made[path] = self.makers[path]()
        return self.made[path]

    def ask(self, path: str, query: str) -> Representation | None:
        return self.answers.get((path, query))

    def sync(self, path: str, prefer: str, token: str) -> Representation | None:
        return self.synced.get((path, prefer, token))

    def missing(self, path: str) -> Representation | None:
        return self.not_found if path.endswith("/") else None


@dataclass(frozen=True, slots=True)
class Live:
    """A server that runs."""

    port: int

    def ask(self, path: str, *headers: tuple[str, str], method: str = "GET") -> Reply:
        """Return the reply to one request with *headers* and Host, on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers:
                connection.putheader(name, value)
            connection.endheaders()
            return read(connection.getresponse())
        finally:
            connection.close()

    @contextmanager
    def connected(self) -> Iterator[socket.socket]:
        """Give a connection, to send any bytes on."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as connection:
            yield connection

    def tell(self, data: bytes) -> bytes:
        """Return all that comes, until the server ends the connection, when *data* is sent."""
        with self.connected() as connection:
            connection.sendall(data)
            return b"".join(iter(lambda: connection.recv(65536), b""))


def read(response: HTTPResponse) -> Reply:
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Reply(response.status, headers, response.read())


def a_reply(stream: BinaryIO, *, method: str = "GET") -> Reply:
    """Return the next reply that *stream* has."""
    status = int(stream.readline().split()[1])
    lines = iter(stream.readline, b"\r\n")
    headers = dict(line.decode().rstrip().lower().split(": ", 1) for line in lines)
    has_body = method != "HEAD" and status != 304
    return Reply(status, headers, stream.read(int(headers["content-length"])) if has_body else b"")


@contextmanager
def running(site: SiteLike | None, *, health: str = "", access_log: bool = False) -> Iterator[Live]:
    """Serve *site* on a free port, in a thread."""
    app = application(lambda: site, lambda: Health(degraded=health))
    server = server_of(app, access_log=access_log)
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        thread = Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield Live(port)
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def a_process(
    fifo: Path, *, workers: int = 0, work: str = "work"
) -> Iterator[tuple[subprocess.Popen[str], Live]]:
    """Run a server in a process of its own."""
    os.mkfifo(fifo)
    command = [sys.executable, "-m", "tests.web.a_process", str(fifo), str(workers), work]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield process, Live(int(process.stdout.readline()))
        finally:
            process.kill()


def until_refused(live: Live) -> None:
    """Connect until nobody listens any more."""
    while True:
        try:
            with live.connected() as connection:
                connection.recv(1)
        except ConnectionResetError:  # it waited in a socket that was closed
            continue
        except ConnectionRefusedError:
            return
