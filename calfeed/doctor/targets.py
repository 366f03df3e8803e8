"""Addresses: what a person typed, where redirects lead, and what of them may be shown."""

from base64 import b64encode
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from calfeed.errors import CalfeedError

SAFE = "%/:?#[]@!$&'()*+,;=~-._"
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address to ask: without user and password, which go into ``authorization``."""

    url: str
    authorization: str = ""


def parse_target(address: str) -> Target:
    """Return what *address* names; ``webcal:`` is asked by https, as calendar apps do.

    Raises:
        CalfeedError: it is no address on the web.
    """
    text = address.strip()
    if text.lower().startswith(("webcal:", "webcals:")):
        text = f"https:{text.partition(':')[2]}"
    elif "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        netloc = _netloc(text)
        is_web = parts.scheme in DEFAULT_PORTS and bool(netloc)
    except ValueError:
        is_web = False
    if not is_web:
        raise CalfeedError(
            "this is no address on the web\n"
            "Give one:  calfeed doctor https://events.example.eu/feeds/all.ics"
        )
    return Target(url=tidied(text), authorization=_authorization(parts.username, parts.password))


def tidied(url: str) -> str:
    """Return *url* as it is sent: in ASCII, without user, password and fragment.

    Raises:
        ValueError: it cannot be an address.
    """
    parts = urlsplit(url.strip())
    path = quote(parts.path or "/", safe=SAFE)
    return urlunsplit((parts.scheme, _netloc(url), path, quote(parts.query, safe=SAFE), ""))


def led_to(url: str, location: str) -> str | None:
    """Return where a redirect from *url* to *location* leads; None if not to the web."""
    try:
        there = tidied(urljoin(url, location))
        parts = urlsplit(there)
    except ValueError:
        return None
    return there if parts.scheme in DEFAULT_PORTS and parts.netloc else None


def is_same_origin(one: str, other: str) -> bool:
    """Whether both addresses have one scheme, host and port."""
    return _origin(one) == _origin(other)


def is_loopback(url: str) -> bool:
    """Whether *url* never leaves this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_encrypted(url: str) -> bool:
    """Whether *url* is asked by https."""
    return urlsplit(url).scheme == "https"


def in_the_clear(url: str) -> str | None:
    """Return *url* by http; None where it is so already, or has a port of its own."""
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.port is not None:
        return None
    return urlunsplit(parts._replace(scheme="http"))


def with_query(url: str, query: str) -> str:
    """Return *url* with *query* added to what it has."""
    parts = urlsplit(url)
    joined = f"{parts.query}&{query}" if parts.query else query
    return urlunsplit(parts._replace(query=joined))


def beside(url: str, name: str) -> str:
    """Return the address of *name* in the folder that *url* is in, without a query."""
    return urljoin(url, f"./{name}")


def at_root(url: str, path: str) -> str:
    """Return the address of *path* on the host of *url*."""
    return urljoin(url, path)


def _netloc(url: str) -> str:
    """Return host and port, in ASCII; a host that has other letters by their Punycode."""
    parts = urlsplit(url.strip())
    host = parts.hostname or ""
    ascii_host = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    if not all(character.isalnum() or character in "-._~[]:" for character in ascii_host):
        raise ValueError(host)
    return ascii_host if parts.port is None else f"{ascii_host}:{parts.port}"


def _authorization(user: str | None, password: str | None) -> str:
    if user is None:
        return ""
    both = f"{unquote(user)}:{unquote(password or '')}".encode()
    return f"Basic {b64encode(both).decode('ascii')}"


def _origin(url: str) -> tuple[str, str, int]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
