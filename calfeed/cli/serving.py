"""``calfeed serve``: publish, watch, and answer, until told to stop."""

import gc
import socket
import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from threading import Event
from typing import Annotated, Protocol

import typer

from calfeed.cli.finding import find_ledger, find_sources
from calfeed.cli.opening import File, Ledger, Sources, open_store
from calfeed.cli.start import start
from calfeed.cli.terminal import Terminal
from calfeed.errors import CalfeedError
from calfeed.follower import Follower
from calfeed.ledger.store import Store, open_ledger
from calfeed.publisher import Outcome, Publisher
from calfeed.source.reader import Reader
from calfeed.watching import Watcher
from calfeed.web.application import Health, application
from calfeed.web.server import listen
from calfeed.web.server import serve as answer
from calfeed.web.signals import hold
from calfeed.web.workers import run_workers

FAIR_SHARE = 0.0005
"""Seconds after which a publication lets a waiting request go first."""

AWAY = "the ledger is away; the last good site is served"
BROKEN = "the sources cannot be published as they are; the last good site is served"


class Flag(Protocol):
    """A fact that the publisher sets, and those who answer look at, perhaps in other processes."""

    def set(self) -> None:
        """Let it hold."""

    def clear(self) -> None:
        """Let it hold no more."""

    def is_set(self) -> bool:
        """Whether it holds."""


def serve(  # noqa: PLR0913, PLR0917 - each is an option of the command
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
    hold()  # who is told to stop meanwhile, stops when there is a server that drains
    named = file or sources
    path = None if ledger and not named else find_sources(named, start=Path.cwd())
    where = find_ledger(ledger, path) if path else str(ledger)
    reader = Reader(path) if path else None
    store = open_store(where, reader)
    listener = listen(host, port)
    terminal = Terminal(path, address=f"http://{host}:{listener.getsockname()[1]}")
    broken: Flag = Event() if workers == 1 else get_context("spawn").Event()
    follower = Follower(store)
    catch_up = follower.catch_up if workers == 1 else None
    watcher = _watcher(reader, store, terminal, broken, catch_up)
    terminal.begin(store)
    if watcher:
        watcher.start()
    try:
        if workers == 1:
            _answer(listener, follower, broken, access_log=access_log)
        else:
            arguments = (where, broken, access_log)
            run_workers(work, count=workers, listener=listener, arguments=arguments)
    finally:
        if watcher:
            watcher.stop()


def work(listener: socket.socket, ledger: str, broken: Flag, access_log: bool) -> None:
    """Answer on *listener* what *ledger* tells of, as one of several processes."""
    start()
    _answer(listener, Follower(open_ledger(ledger)), broken, access_log=access_log)


def _answer(listener: socket.socket, follower: Follower, broken: Flag, *, access_log: bool) -> None:
    sys.setswitchinterval(FAIR_SHARE)
    follower.step()  # before the first answer: who was served before a restart must not see 503
    follower.start()

    def health() -> Health:
        if follower.trouble:
            return Health(degraded=AWAY)
        return Health(degraded=BROKEN if broken.is_set() else "")

    answer(application(lambda: follower.table, health), listener, access_log=access_log)
    follower.stop()


def _watcher(
    reader: Reader | None,
    store: Store,
    terminal: Terminal,
    broken: Flag,
    catch_up: Callable[[], None] | None,
) -> Watcher | None:
    """Return what watches the sources, unless there are none or another process does already."""
    if reader is None:
        return None
    if not store.try_lock_watching():
        terminal.say("another calfeed watches these events already: following what it publishes")
        return None

    def on_told(outcome: Outcome) -> None:
        broken.clear()
        if catch_up:
            catch_up()  # so that what is said to be told is served
        gc.freeze()  # a collector that walks through all events again would stop every answer
        terminal.tell(outcome)

    def on_trouble(error: CalfeedError) -> None:
        broken.set()
        terminal.complain(error)

    publisher = Publisher(reader, store)
    return Watcher(publisher, reader.paths, on_told=on_told, on_trouble=on_trouble)
