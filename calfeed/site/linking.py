"""How answers name one another: the same feed in other forms and languages (RFC 8288)."""

from collections.abc import Iterable, Iterator
from itertools import accumulate

from calfeed import addresses
from calfeed.addresses import Page, PagePath
from calfeed.forms import formats_of
from calfeed.model import Site
from calfeed.snapshot import Feed

SYNC = "subscribe-enhanced-get"
"""The relation to where a feed can be mirrored by what changes of it alone."""


MOST = 2048
"""Characters of Link: a header that fills a proxy's buffer, often 4 kB, would be refused there."""


def within(links: Iterable[str]) -> tuple[str, ...]:
    """Return as many of *links* as a header has room for, the first ones."""
    every = tuple(links)
    lengths = accumulate(len(one) + len(", ") for one in every)
    return tuple(one for one, length in zip(every, lengths, strict=True) if length <= MOST)


def link(address: str, relation: str, **parameters: str) -> str:
    """Return one value of Link."""
    said = "".join(f'; {name}="{value}"' for name, value in parameters.items())
    return f'<{address}>; rel="{relation}"{said}'


def others_of(feed: Feed, site: Site, *, but: str) -> Iterator[str]:
    """Yield a link to each way in which *feed* is published, *but* the one of that name.

    Then those that lead to all the rest: the catalogue, and what describes every address.
    """
    for one in formats_of(feed, site):
        if one.name != but:
            yield link(one.url, "alternate", type=one.media_type)
    yield link(site.url + addresses.CATALOG, "index", type="application/json")
    yield from descriptions(site)


def descriptions(site: Site) -> Iterator[str]:
    """Yield a link to what describes every address, for programs and for people (RFC 8631)."""
    page = addresses.page_path(PagePath(page=Page.DEVELOPERS))
    yield link(site.url + addresses.OPENAPI, "service-desc", type="application/json")
    yield link(site.url + page, "service-doc", type="text/html")
