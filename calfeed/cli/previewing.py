"""``calfeed preview``: what the file would publish, on any day, on this machine alone."""

import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import Annotated

import typer
from rich.console import Console

from calfeed.cli.finding import find_sources
from calfeed.cli.opening import File, Sources
from calfeed.cli.preview.endpoints import endpoints
from calfeed.cli.preview.previewer import Previewer
from calfeed.watching import changes
from calfeed.web.application import Health, application
from calfeed.web.server import AddressError, listen
from calfeed.web.server import serve as answer


def preview(
    sources: Sources = None,
    file: File = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            metavar="DAY",
            formats=["%Y-%m-%d"],
            help="As it was, or will be, on that day: 2031-05-01.",
            show_default=False,
        ),
    ] = None,
    host: Annotated[
        str, typer.Option(help="The address to listen on; this one is of this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8000,
) -> None:
    """Show the site that the file would publish, and again whenever it is saved.

    Nothing is published, and the ledger is neither read nor written. Drafts are shown too.
    Problems stand above the page, with file and line, until they are mended.
    """
    path = find_sources(file or sources, start=Path.cwd())
    previewer = Previewer(path, as_of=as_of.date() if as_of else None)
    listener = _listen(host, port)
    address = f"http://{host}:{listener.getsockname()[1]}/"
    day = f"as of {as_of:%-d %B %Y}" if as_of else "as of today"
    Console(highlight=False).print(
        f"Showing the site {day} at {address}   (reloads when you save; Ctrl+C stops)",
        soft_wrap=True,
    )
    previewer.look()
    _follow_and_answer(previewer, listener)


def _follow_and_answer(previewer: Previewer, listener: socket.socket) -> None:
    """Show on *listener* what *previewer* makes of each save, until Ctrl+C."""
    stop = Event()
    watcher = Thread(
        target=_watch, args=(previewer.look, previewer.reader.paths, stop), daemon=True
    )
    watcher.start()
    routes = endpoints(previewer.bar, previewer.news, previewer.choose)
    app = application(lambda: previewer.site, Health, routes=routes)
    answer(app, listener, before_end=previewer.news.end)
    stop.set()
    watcher.join()


def _watch(look: Callable[[], None], paths: tuple[Path, ...], stop: Event) -> None:
    for _ in changes(paths, stop):
        look()


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        AddressError: it cannot be had; says what to do.
    """
    try:
        return listen(host, port)
    except AddressError as error:
        raise AddressError(f"{error}\nTake another one:  calfeed preview --port 0") from error
