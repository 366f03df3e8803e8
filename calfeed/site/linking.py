"""How answers name one another: the same feed in other forms and languages (RFC 8288)."""

from collections.abc import Iterator

from calfeed.forms import formats_of
from calfeed.model import Site
from calfeed.snapshot import Feed


def link(address: str, relation: str, **parameters: str) -> str:
    """Return one value of Link."""
    said = "".join(f'; {name}="{value}"' for name, value in parameters.items())
    return f'<{address}>; rel="{relation}"{said}'


def others_of(feed: Feed, site: Site, *, but: str) -> Iterator[str]:
    """Yield a link to each way in which *feed* is published, *but* the one of that name."""
    for one in formats_of(feed, site):
        if one.name != but:
            yield link(one.url, "alternate", type=one.media_type)
