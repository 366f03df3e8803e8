"""``calfeed serve``: publish, watch, and answer, until told to stop."""

import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from calfeed.cli import saying
from calfeed.cli.finding import find_ledger, find_sources
from calfeed.cli.opening import File, Ledger, Sources
from calfeed.cli.report import print_problems
from calfeed.errors import CalfeedError, SourceError
from calfeed.follower import Follower
from calfeed.ledger.store import Store, open_ledger
from calfeed.ledger.told import Told
from calfeed.publisher import Outcome, Publisher
from calfeed.site import Table
from calfeed.source.reader import Reader
from calfeed.watching import Watcher
from calfeed.web.application import Health, application
from calfeed.web.server import listen
from calfeed.web.server import serve as answer

GIL_SHARE = 0.0005
"""Seconds after which a publication lets a waiting request go first."""


def serve(
    sources: Sources = None,
    file: File = None,
    ledger: Ledger = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that answer.", min=1, max=64)] = 1,
    access_log: Annotated[bool, typer.Option("--access-log", help="Log every request.")] = False,
) -> None:
    """Publish the events, watch them for changes, and serve their calendars.

    Without events, but with a ledger named, only serve what others publish to it.
    """
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    named = file or sources
    path = None if ledger and not named else find_sources(named, start=Path.cwd())
    where = find_ledger(ledger, path) if path else str(ledger)
    store = open_ledger(where)
    listener = listen(host, port)
    serving = Serving(store, path, address=f"http://{host}:{listener.getsockname()[1]}")
    serving.start()
    sys.setswitchinterval(GIL_SHARE)
    try:
        answer(application(serving.table, serving.health), listener, access_log=access_log)
    finally:
        serving.stop()


class Serving:
    """Publisher and follower of one process, and what they say on the terminal."""

    def __init__(self, store: Store, path: Path | None, *, address: str) -> None:
        self._store = store
        self._path = path
        self._address = address
        self._out = Console(highlight=False)
        self._complaints = Console(stderr=True, highlight=False)
        self._follower = Follower(store)
        self._watcher = self._watching(path) if path else None
        self._greeted = False

    def table(self) -> Table | None:
        """Return the site that is served now."""
        return self._follower.table

    def health(self) -> Health:
        """Return whether publishing is in trouble, in words that anybody may read."""
        if self._follower.trouble:
            return Health(degraded="the ledger is away; the last good site is served")
        if self._watcher and self._watcher.trouble:
            return Health(degraded="the sources have problems; the last good site is served")
        return Health()

    def start(self) -> None:
        """Serve what was told last, then publish what the files say now."""
        if self._store.is_new:
            self._out.print("Beginning a new ledger: nothing was told before.", style="bold yellow")
        self._follower.step()
        self._follower.start()
        if self._watcher:
            self._watcher.start()
        self._out.print(f"Serving {self._address}")
        if self._follower.table:
            self._greet(self._follower.table.snapshot.told)

    def stop(self) -> None:
        """End both threads."""
        if self._watcher:
            self._watcher.stop()
        self._follower.stop()

    def _watching(self, path: Path) -> Watcher:
        publisher = Publisher(Reader(path), self._store)
        return Watcher(publisher, [path], on_told=self._tell, on_trouble=self._complain)

    def _tell(self, outcome: Outcome) -> None:
        self._follower.nudge()
        print_problems(outcome.warnings, self._complaints)
        if not self._greeted:
            self._greet(outcome.told)
        lines = saying.news(outcome)
        if not lines:
            self._say(f"{self._path}: nothing to tell")
        for line in lines:
            self._say(f"told: {line}")

    def _greet(self, told: Told) -> None:
        self._greeted = True
        addresses = list(saying.feeds(told, site=self._address))
        width = max((len(name) for name, _ in addresses), default=0)
        for name, address in addresses:
            self._out.print(f"  {name:<{width}}  {address}", soft_wrap=True)

    def _complain(self, error: CalfeedError) -> None:
        if isinstance(error, SourceError):
            print_problems(error.problems, self._complaints)
        else:
            self._complaints.print(str(error), style="red", markup=False)
        self._say(f"{self._path}: not published; what was published before stays")

    def _say(self, line: str) -> None:
        self._out.print(
            f"{datetime.now(UTC).astimezone():%H:%M:%S}  {line}", markup=False, soft_wrap=True
        )
