"""In which forms a feed is published: the name, the media type and the address of each."""

from dataclasses import dataclass

from calfeed.addresses import Form, FormPath, event_feed_path, feed_path, form_path
from calfeed.model import Site
from calfeed.snapshot import Feed

CALENDAR = "text/calendar"
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
TITLES = {
    Form.LISTING: "JSON",
    Form.JCAL: "jCal",
    Form.FULLCALENDAR: "FullCalendar",
    Form.ATOM: "Atom",
    Form.JSON_FEED: "JSON Feed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way in which a feed is published: its short name, media type and absolute address.

    ``title`` is what people call it, the same in every language.
    """

    name: str
    media_type: str
    url: str
    title: str = ""


def formats_of(feed: Feed, site: Site, *, language: str = "") -> tuple[Format, ...]:
    """Return all ways in which *feed* is published, its calendar first.

    Those that have one text for each thing are in *language*, if given, else in the site's own.
    """
    other = "" if language == site.language else language
    return _calendar(feed, site, other), *(
        _format(form, feed, site, other) for form in ((Form.LISTING,) if feed.key else Form)
    )


def _calendar(feed: Feed, site: Site, language: str) -> Format:
    path = (
        event_feed_path(feed.key, language=language)
        if feed.key
        else feed_path(feed.slug, language=language)
    )
    return Format(name="ics", title="iCalendar", media_type=CALENDAR, url=site.url + path)


def _format(form: Form, feed: Feed, site: Site, language: str) -> Format:
    spoken = language if form is Form.FULLCALENDAR else ""
    path = form_path(FormPath(form=form, slug=feed.slug, key=feed.key, language=spoken))
    return Format(
        name=NAMES[form],
        title=TITLES[form],
        media_type=MEDIA_TYPES[form],
        url=site.url + path,
    )
