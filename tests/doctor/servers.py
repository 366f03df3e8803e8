"""Servers for the doctor, on loopback: one that does everything right, and what spoils it."""

import gzip
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.doctor.feeds import a_feed

PATH = "/feeds/all.ics"
MODIFIED = "Wed, 01 Jan 2020 09:00:00 GMT"
NOW = "Tue, 24 Nov 2026 12:00:00 GMT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it came; ``number`` counts those of the server from 1."""

    method: str
    path: str
    fields: Mapping[str, str]
    number: int

    @property
    def is_of_feed(self) -> bool:
        return self.path == PATH


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is sent, byte for byte; a field that is None is left out."""

    status: int = 200
    fields: Mapping[str, str | None] = field(default_factory=dict)
    body: bytes = b""

    def but(self, **fields: str | None) -> "Reply":
        """Return it with other fields; an underscore in a name stands for a hyphen."""
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        return replace(self, fields={**self.fields, **named})


Behaviour = Callable[[Asked, Reply], Reply]
"""What a server makes of a good reply."""


def good(asked: Asked, feed: bytes) -> Reply:
    """Return what a server that does everything right replies."""
    if asked.path == "/robots.txt":
        return Reply(body=b"User-agent: *\nAllow: /\n")
    if asked.path.partition("?")[0] != PATH:
        return Reply(status=404)
    cors = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag",
        "Access-Control-Allow-Headers": "If-None-Match",
    }
    if asked.method == "OPTIONS":
        return Reply(status=204, fields=cors)
    is_gzip = "gzip" in asked.fields.get("accept-encoding", "")
    body = gzip.compress(feed, mtime=0) if is_gzip else feed
    version = hashlib.sha256(feed).hexdigest()[:8]  # not of compressed bytes: zlibs differ
    reply = Reply(
        body=b"" if asked.method == "HEAD" else body,
        fields={
            **cors,
            "Date": NOW,
            "Content-Type": "text/calendar; charset=utf-8",
            "Content-Encoding": "gzip" if is_gzip else None,
            "Content-Length": str(len(body)),
            "Vary": "Accept-Encoding",
            "Cache-Control": "max-age=300",
            "ETag": f'"{version}-gzip"' if is_gzip else f'"{version}"',
            "Last-Modified": MODIFIED,
        },
    )
    return _unchanged(reply) if _is_held(asked, reply) else reply


def _is_held(asked: Asked, reply: Reply) -> bool:
    if "if-none-match" in asked.fields:
        return asked.fields["if-none-match"] == reply.fields["ETag"]
    return asked.fields.get("if-modified-since") == MODIFIED


def _unchanged(reply: Reply) -> Reply:
    return replace(reply, status=304, body=b"").but(Content_Length=None, Content_Encoding=None)


@contextmanager
def a_server(behaviour: Behaviour | None = None, feed: bytes | None = None) -> Iterator[str]:
    """Yield the address of a server that has *feed* at PATH, and does as *behaviour* says."""
    content = a_feed() if feed is None else feed
    numbers = iter(range(1, 1_000))

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            fields = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(method=self.command, path=self.path, fields=fields, number=next(numbers))
            reply = good(asked, content)
            reply = behaviour(asked, reply) if behaviour else reply
            self.send_response_only(reply.status)
            for name, value in reply.fields.items():
                if value is not None:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def do_GET(self) -> None:
            self.handle_any()

        def do_HEAD(self) -> None:
            self.handle_any()

        def do_OPTIONS(self) -> None:
            self.handle_any()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=[0.01], daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
