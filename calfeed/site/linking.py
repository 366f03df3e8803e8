"""How answers name one another: the same feed in other forms and languages (RFC 8288)."""

from calfeed import addresses
from calfeed.model import Site
from calfeed.snapshot import Feed

CALENDAR = "text/calendar"


def link(address: str, relation: str, **parameters: str) -> str:
    """Return one value of Link."""
    said = "".join(f'; {name}="{value}"' for name, value in parameters.items())
    return f'<{address}>; rel="{relation}"{said}'


def calendar_of(feed: Feed, site: Site) -> str:
    """Return a link to the calendar that *feed* is."""
    path = addresses.event_feed_path(feed.key) if feed.key else addresses.feed_path(feed.slug)
    return link(site.url + path, "alternate", type=CALENDAR)
