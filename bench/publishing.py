"""What a publication costs: the first, a restart without one, and an edit until it is served."""

import http.client
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.commands import Sources
from bench.machine import (
    HOST,
    PATIENCE,
    TooLongError,
    free_port,
    get,
    peak_megabytes,
    running,
    wait_for,
)

KEY = "event-11"
EDITS = 5
QUIET_SECONDS = 2.0
LOOK_EVERY = 10
"""One of so many requests asks whether the edit is served; the others are conditional GETs."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """What was measured on one events file or folder of them: seconds and megabytes."""

    first: float
    restart: float
    edits: tuple[float, ...]
    quiet: tuple[float, ...]
    busy: tuple[float, ...]
    peak: float


@dataclass(kw_only=True)
class Subscriber:
    """One connection that asks again and again with its ETag, and notes how long each took."""

    port: int
    path: str
    etag: str
    took: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        self._connection.connect()

    def ask(self) -> None:
        """Send one conditional GET; a 200 brings a new ETag."""
        started = time.perf_counter()
        answer, _ = self._get(self.path, {"If-None-Match": self.etag})
        self.took.append(time.perf_counter() - started)
        self.etag = answer.headers["etag"]

    def sees(self, path: str, text: str) -> bool:
        """Return whether *path* has *text* now."""
        return text.encode() in self._get(path, {})[1]

    def ask_until(self, is_over: Callable[[], bool]) -> None:
        """Ask until *is_over*, which is looked at from time to time."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for _ in range(LOOK_EVERY):
                self.ask()
            if is_over():
                return
        raise TooLongError("an edit until it is served")

    def _get(self, path: str, headers: dict[str, str]) -> tuple[http.client.HTTPResponse, bytes]:
        self._connection.request("GET", path, headers=headers)
        answer = self._connection.getresponse()
        return answer, answer.read()


def measure(sources: Sources, *, log: Path) -> Published:
    """Return what publishing *sources* costs, from an empty ledger to the last of some edits."""
    first = sources.publish()
    port = free_port()
    started = time.perf_counter()
    with running(sources.serve(port), log=log) as process:
        wait_for("/readyz", port=port, process=process)
        restart = time.perf_counter() - started
        subscriber = subscribe("/feeds/initiative-49.ics", port=port)
        quiet_until = time.monotonic() + QUIET_SECONDS
        subscriber.ask_until(lambda: time.monotonic() > quiet_until)
        quiet = tuple(subscriber.took)
        subscriber.took.clear()
        edits = tuple(edit(sources, subscriber, mark=f"edit {n}") for n in range(1, EDITS + 1))
        return Published(
            first=first,
            restart=restart,
            edits=edits,
            quiet=quiet,
            busy=tuple(subscriber.took),
            peak=peak_megabytes(process.pid),
        )


def subscribe(path: str, *, port: int) -> Subscriber:
    """Return a subscriber who has fetched *path* once."""
    _, headers, _ = get(path, port=port)
    return Subscriber(port=port, path=path, etag=headers["etag"])


def edit(sources: Sources, subscriber: Subscriber, *, mark: str) -> float:
    """Edit one event while *subscriber* asks, and return the seconds until it is served."""
    sources.edit(KEY, mark)
    started = time.perf_counter()
    subscriber.ask_until(lambda: subscriber.sees(f"/events/{KEY}.ics", f"({mark})"))
    took = time.perf_counter() - started
    settled = time.monotonic() + 0.5  # a second look of the watcher falls into this time
    subscriber.ask_until(lambda: time.monotonic() > settled)
    return took


def percentile(values: tuple[float, ...], part: int) -> float:
    """Return the value under which *part* percent of *values* lie."""
    return statistics.quantiles(values, n=100)[part - 1]
