"""Sitemaps (sitemaps.org, version 0.9): every page with the moment it last changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from xml.sax.saxutils import escape

from calfeed.dates import stamp_text

MOST = 50_000
"""How many addresses one sitemap may have, by the protocol."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class Located(NamedTuple):
    """An absolute address, and when what is there last changed, in UTC and whole seconds."""

    url: str
    changed: datetime


def render(pages: Iterable[Located]) -> bytes:
    """Return the sitemap of *pages*, of which there are at most `MOST`."""
    return _written("urlset", "url", pages)


def render_index(sitemaps: Iterable[Located]) -> bytes:
    """Return the index of *sitemaps*, for a site of more pages than one may have."""
    return _written("sitemapindex", "sitemap", sitemaps)


def _written(root: str, element: str, located: Iterable[Located]) -> bytes:
    lines = (
        f"<{element}><loc>{escape(one.url)}</loc>"
        f"<lastmod>{stamp_text(one.changed)}</lastmod></{element}>"
        for one in located
    )
    return "\n".join([_HEAD, f"<{root} {_NAMESPACE}>", *lines, f"</{root}>", ""]).encode()
