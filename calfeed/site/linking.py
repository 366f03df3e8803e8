"""How answers name one another: the same feed in other forms and languages (RFC 8288)."""

from collections.abc import Iterator

from calfeed import addresses
from calfeed.addresses import Form, FormPath
from calfeed.formats.catalog import Format
from calfeed.model import Site
from calfeed.snapshot import Feed

CALENDAR = "text/calendar"
SYNC = "subscribe-enhanced-get"
"""The relation to where a feed can be mirrored by what changes of it alone."""

MEDIA_TYPES = {
    Form.LISTING: "application/json",
    Form.JCAL: "application/calendar+json",
    Form.FULLCALENDAR: "application/json",
    Form.ATOM: "application/atom+xml",
    Form.JSON_FEED: "application/feed+json",
}
NAMES = {
    Form.LISTING: "json",
    Form.JCAL: "jcal",
    Form.FULLCALENDAR: "fullcalendar",
    Form.ATOM: "atom",
    Form.JSON_FEED: "jsonfeed",
}


def link(address: str, relation: str, **parameters: str) -> str:
    """Return one value of Link."""
    said = "".join(f'; {name}="{value}"' for name, value in parameters.items())
    return f'<{address}>; rel="{relation}"{said}'


def formats_of(feed: Feed, site: Site) -> tuple[Format, ...]:
    """Return all ways in which *feed* is published, its calendar first."""
    return (
        Format(name="ics", media_type=CALENDAR, url=site.url + _calendar_path(feed)),
        *(
            Format(
                name=NAMES[form],
                media_type=MEDIA_TYPES[form],
                url=site.url
                + addresses.form_path(FormPath(form=form, slug=feed.slug, key=feed.key)),
            )
            for form in ((Form.LISTING,) if feed.key else Form)
        ),
    )


def others_of(feed: Feed, site: Site, *, but: str) -> Iterator[str]:
    """Yield a link to each way in which *feed* is published, *but* the one of that name."""
    for one in formats_of(feed, site):
        if one.name != but:
            yield link(one.url, "alternate", type=one.media_type)


def _calendar_path(feed: Feed) -> str:
    return addresses.event_feed_path(feed.key) if feed.key else addresses.feed_path(feed.slug)
