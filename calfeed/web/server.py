"""Serving an application: a listening socket, uvicorn on it, and an end that loses no answer."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from calfeed.errors import CalfeedError
from calfeed.web.application import Application
from calfeed.web.protocol import KEEP_ALIVE, Connection
from calfeed.web.signals import let_through

BACKLOG = 2048
DRAIN = 20
"""Seconds that running answers have to finish: less than what a container is given to stop."""


class AddressError(CalfeedError):
    """The address to serve on cannot be had."""


class Server(uvicorn.Server):
    """uvicorn's server, but one that ends in peace when it was told to stop.

    It calls *before_end* then, in its loop: answers that have no end of their own end by that.
    """

    def __init__(self, config: uvicorn.Config, *, before_end: Callable[[], None]) -> None:
        super().__init__(config)
        self._before_end = before_end

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen no more, and wait for the answers that are under way."""
        self._before_end()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take SIGTERM and SIGINT as the word to drain, and no more than that."""
        with super().capture_signals():
            let_through()
            yield
            self._captured_signals.clear()  # uvicorn would raise them anew, once all is done


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on *host* and *port*; port 0 takes a free one.

    Connections wait in it until they are served, so it may be had long before.

    Raises:
        AddressError: there is no such host, or the port is taken, or not ours to take.
    """
    if port not in range(65536):
        raise AddressError(f"cannot serve on {host}, port {port}: ports go from 0 to 65535")
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        family, *_, (address, _, *scope) = found[0]
        return socket.create_server(
            (address, port, *scope),
            family=family,
            backlog=BACKLOG,
            dualstack_ipv6=family == socket.AF_INET6 and socket.has_dualstack_ipv6(),
        )
    except (OSError, UnicodeError) as error:
        reason, *_ = str(getattr(error, "strerror", None) or error).split(" (")
        raise AddressError(f"cannot serve on {host}, port {port}: {reason}") from None


def server_of(
    app: Application,
    *,
    access_log: bool = False,
    before_end: Callable[[], None] = lambda: None,
) -> Server:
    """Return a server of *app*, not yet running; ``should_exit = True`` ends it."""
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=access_log,
        proxy_headers=False,
        server_header=False,
        date_header=False,  # the application has its own
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=DRAIN,
    )
    return Server(config, before_end=before_end)


def serve(
    app: Application,
    listener: socket.socket,
    *,
    access_log: bool = False,
    before_end: Callable[[], None] = lambda: None,
) -> None:
    """Serve *app* on *listener* until SIGTERM or SIGINT; return when all answers are out.

    With *access_log* every request is a line of the logger ``uvicorn.access``; *before_end* is
    called when it is told to stop.
    """
    server_of(app, access_log=access_log, before_end=before_end).run(sockets=[listener])
