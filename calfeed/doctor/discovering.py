"""The feeds of a site: those that its page links to, or where calfeed has them."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from calfeed.addresses import ALL, feed_path
from calfeed.doctor.targets import at_root, led_to

READ = 500_000
"""Bytes of a page in which links are looked for."""

MOST_LINKS = 20
TAG = re.compile(r"<(?:a|link)\s([^<>]{1,4000})>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([a-z-]{1,40})\s?=\s?("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)


def is_site(url: str) -> bool:
    """Whether *url* is a site's own address, not that of something on it."""
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query


def usual_feed(url: str) -> str:
    """Return where calfeed has all events of the site at *url*."""
    return at_root(url, feed_path(ALL))


def linked_feeds(page: bytes, url: str) -> tuple[str, ...]:
    """Return the addresses of calendars that the HTML *page* at *url* links to, the first few."""
    tags = TAG.findall(page[:READ].decode("utf-8", "replace"))
    targets = [target for tag in tags for target in _calendar(_attributes(tag))]
    found = dict.fromkeys(there for one in targets if (there := led_to(url, one)))
    return tuple(found)[:MOST_LINKS]


def _attributes(tag: str) -> dict[str, str]:
    found = ATTRIBUTE.findall(tag)
    return {name.lower(): unescape(value.strip("\"'")).strip() for name, value in found}


def _calendar(attributes: dict[str, str]) -> Iterator[str]:
    """Yield the target of a link to a calendar: by webcal:, media type, or the name of a file."""
    target = attributes.get("href", "")
    path = target.partition("#")[0].partition("?")[0].lower()
    if target.lower().startswith("webcal:"):
        yield f"https:{target.partition(':')[2]}"
    elif "text/calendar" in attributes.get("type", "").lower() or path.endswith((".ics", ".ical")):
        yield target
