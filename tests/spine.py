"""The whole of calfeed as a subscriber meets it: a real server on a real file, edited and asked."""

import http.client
import os
import queue
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any

import yaml

from tests.readers import icalendar_reader
from tests.readers.reading import ReadEvent

PATIENCE = 30.0
"""Seconds until a line that should come has not: a failure, never the speed of a machine."""

CALFEED = (sys.executable, "-m", "calfeed")

SITE: dict[str, Any] = {
    "name": "Town events",
    "url": "https://events.example.eu",
    "language": "en",
    "languages": ["en", "fr"],
    "timezone": "Europe/Brussels",
}
INITIATIVES: dict[str, Any] = {"parks": {"name": "Parks"}, "schools": {"name": "Schools"}}


def events_file(
    events: Mapping[str, Any],
    *,
    site: Mapping[str, Any] | None = None,
    initiatives: Mapping[str, Any] | None = None,
) -> str:
    """Return an events file with *events*; what of *site* is given replaces the usual."""
    return yaml.safe_dump(
        {
            "format": 1,
            "site": {**SITE, **(site or {})},
            "initiatives": dict(initiatives or INITIATIVES),
            "events": dict(events),
        },
        allow_unicode=True,
        sort_keys=False,
    )


def an_entry(**fields: Any) -> dict[str, Any]:
    """Return one event as an events file has it; a field that is None is left out."""
    entry = {
        "title": "Garden day",
        "initiatives": ["parks"],
        "when": "2031-05-08 14:00 to 16:00",
        "place": "Town park",
        **fields,
    }
    return {name: value for name, value in entry.items() if value is not None}


def an_update(change: str, **fields: Any) -> dict[str, Any]:
    """Return one update as an events file has it."""
    return {"announced": "2026-01-10", "change": change, **fields}


class Spine:
    """One ``calfeed serve``: its file, its lines, its answers."""

    def __init__(
        self, folder: Path, *options: str, has_file: bool = True, command: str = "serve"
    ) -> None:
        self._command = command
        self.file = folder / "events.yaml"
        self._arguments = [*([str(self.file)] if has_file else []), *options]
        self.port = free_port()
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()
        self.seen: list[str] = []

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._process = subprocess.Popen(
            [*CALFEED, self._command, *self._arguments, "--port", str(self.port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "200"},
        )
        self._listener = Thread(target=self._listen, args=(self._process,), daemon=True)
        self._listener.start()
        self.wait_for("Serving", "Showing")

    def stop(self) -> int:
        """Stop it as a service manager would; return its exit status."""
        assert self._process is not None
        self._process.terminate()
        try:
            status = self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise AssertionError(f"it does not stop after:\n{''.join(self.seen)}") from None
        with self._process:
            self._listener.join(PATIENCE)
        return status

    def restart(self) -> None:
        """Stop and start it: the same ledger, another process."""
        assert self.stop() == 0
        self.start()
        self.wait_for("all is published")

    def write(self, text: str) -> None:
        """Save *text* as editors do: a new file in the place of the old one."""
        beside = self.file.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(self.file)

    def edit(self, text: str) -> str:
        """Save *text* and wait until it was looked at; return the lines that say what of it."""
        before = len(self.seen)
        self.write(text)
        self.wait_for("all is published", "not published")
        return "".join(self.seen[before:])

    def wait_for(self, *words: str) -> str:
        """Return the next line that has one of *words*."""
        while True:
            try:
                line = self._lines.get(timeout=PATIENCE)
            except queue.Empty:
                raise AssertionError(f"no line with {words} after:\n{''.join(self.seen)}") from None
            self.seen.append(line)
            if any(word in line for word in words):
                return line

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, *, method: str = "GET"
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Return status, headers and body of one answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def vevents(self, path: str = "/feeds/parks.ics") -> list[ReadEvent]:
        """Return the VEVENTs of a feed, as another program reads them."""
        status, _, body = self.get(path)
        assert status == 200, (status, body)
        return icalendar_reader.read(body)

    def vevent(self, path: str = "/feeds/parks.ics") -> ReadEvent:
        """Return the one VEVENT of a feed."""
        (only,) = self.vevents(path)
        return only

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self._lines.put(line)


@contextmanager
def a_spine(folder: Path, text: str, *options: str) -> Iterator[Spine]:
    """Yield a server of a file with *text* in *folder*; it is stopped afterwards."""
    spine = Spine(folder, *options)
    spine.file.write_text(text, encoding="utf-8")
    try:
        spine.start()
        spine.wait_for("all is published")
        yield spine
    finally:
        spine.stop()


def number(event: ReadEvent) -> int:
    """Return the SEQUENCE of *event*, which must have one."""
    assert event.sequence is not None
    return event.sequence


def stamp(event: ReadEvent) -> datetime:
    """Return DTSTAMP of *event*, which LAST-MODIFIED must equal."""
    assert event.dtstamp is not None
    assert event.last_modified == event.dtstamp
    return event.dtstamp


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
