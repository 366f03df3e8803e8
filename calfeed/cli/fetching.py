"""What a command is given by its address or its path: read whole, up to a limit."""

from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from calfeed import __version__
from calfeed.errors import CalfeedError

LIMIT = 64_000_000
"""Bytes of a feed: far above any that a calendar takes."""

TIMEOUT = 30.0
"""Seconds that a server may be silent."""

_HANDLERS = (
    ProxyHandler,
    HTTPHandler,
    HTTPSHandler,
    HTTPRedirectHandler,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    UnknownHandler,
)


def is_address(source: str) -> bool:
    """Whether *source* is the address of something on the web, webcal included."""
    return urlsplit(source).scheme.lower() in {"http", "https", "webcal"}


def fetch(address: str) -> bytes:
    """Return what the web server at *address* answers.

    Raises:
        CalfeedError: it does not, or it is too large.
    """
    opener = OpenerDirector()
    for handler in _HANDLERS:  # those for files and FTP are not among them, for redirects either
        opener.add_handler(handler())
    _, _, rest = address.partition(":")
    url = f"https:{rest}" if address.lower().startswith("webcal:") else address
    request = Request(  # noqa: S310 - no handler above opens anything but http and https
        url, headers={"User-Agent": f"calfeed/{__version__}", "Accept": "text/calendar"}
    )
    try:
        with opener.open(request, timeout=TIMEOUT) as answer:
            return _limited(answer.read(LIMIT + 1), address)
    except HTTPError as error:
        error.close()
        raise CalfeedError(f"{address} cannot be fetched: {error}") from error
    except (HTTPException, OSError, ValueError) as error:
        raise CalfeedError(f"{address} cannot be fetched: {error}") from error


def read(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        CalfeedError: it cannot be read, or is too large.
    """
    return _limited(read_head(path, LIMIT + 1), str(path))


def read_head(path: Path, length: int) -> bytes:
    """Return the first *length* bytes of a file, fewer if it has no more.

    Raises:
        CalfeedError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(length)
    except OSError as error:
        raise CalfeedError(f"{path} cannot be read: {error.strerror}") from error


def _limited(body: bytes, source: str) -> bytes:
    if len(body) > LIMIT:
        raise CalfeedError(f"{source} has more than {LIMIT // 1_000_000} MB: no feed is so large")
    return body
