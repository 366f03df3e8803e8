"""How answers name one another: the same feed in other forms and languages (RFC 8288)."""

from collections.abc import Iterator

from calfeed import addresses
from calfeed.addresses import Form, FormPath
from calfeed.model import Site
from calfeed.snapshot import Feed

MEDIA_TYPES = {
    Form.LISTING: "application/json",
    Form.JCAL: "application/calendar+json",
    Form.FULLCALENDAR: "application/json",
}
CALENDAR = "text/calendar"


def link(address: str, relation: str, **parameters: str) -> str:
    """Return one value of Link."""
    said = "".join(f'; {name}="{value}"' for name, value in parameters.items())
    return f'<{address}>; rel="{relation}"{said}'


def forms_of(feed: Feed, site: Site, *, but: Form | None = None) -> Iterator[str]:
    """Yield a link to each form of *feed* that other programs read, *but* the one it stands on."""
    forms = (Form.LISTING,) if feed.key else Form
    for form in forms:
        if form is not but:
            path = addresses.form_path(FormPath(form=form, slug=feed.slug, key=feed.key))
            yield link(site.url + path, "alternate", type=MEDIA_TYPES[form])


def calendar_of(feed: Feed, site: Site) -> str:
    """Return a link to the calendar that *feed* is."""
    path = addresses.event_feed_path(feed.key) if feed.key else addresses.feed_path(feed.slug)
    return link(site.url + path, "alternate", type=CALENDAR)
