"""Feeds as VCALENDARs: what the calendar says of itself, its zones, then its events."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from calfeed import addresses
from calfeed.addresses import Variant
from calfeed.formats.ics.colours import nearest_name
from calfeed.formats.ics.contentlines import fold, parameter, text, uri
from calfeed.formats.ics.dates import utc_time
from calfeed.formats.ics.deleting import deleted
from calfeed.formats.ics.drawing import Drawn, draw
from calfeed.formats.timezones import vtimezone
from calfeed.ledger.revision import Revision
from calfeed.model import Site, Text
from calfeed.snapshot import Feed
from calfeed.words import choose

BEGIN = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//calfeed//calfeed//EN", "CALSCALE:GREGORIAN")
END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What changed of a feed, and what left it, for a mirror that has all the rest."""

    changed: Iterable[Revision]
    left: Iterable[Revision]


def render(
    feed: Feed,
    variant: Variant,
    *,
    site: Site,
    drawn: Callable[[Revision, Variant], Drawn | None] = draw,
    part: Part | None = None,
) -> bytes:
    """Return *feed* as a VCALENDAR: the same bytes for the same arguments, whenever it is asked.

    *drawn* may remember what ``draw`` returned; *part* is for a mirror, which has the rest. No
    UID at this level, though RFC 7986 §5.3 has one: vdirsyncer takes the first UID line for an
    item's and folds the feed into one event. No METHOD: libical then demands an ORGANIZER.
    """
    whole = [shown for revision in feed.revisions if (shown := drawn(revision, variant))]
    changed = [drawn(revision, variant) for revision in part.changed] if part else whole
    events = list(filter(None, changed))
    head = b"".join(map(fold, (*BEGIN, *_header(feed, variant, site))))
    bodies = (*(event.body for event in events), *(map(deleted, part.left) if part else ()))
    return b"".join((head, *_zones(events, whole), *bodies, END))


def _header(feed: Feed, variant: Variant, site: Site) -> Iterator[str]:
    yield from _twice("NAME", "X-WR-CALNAME", feed.name, variant, site)
    if feed.summary:
        yield from _twice("DESCRIPTION", "X-WR-CALDESC", feed.summary, variant, site)
    yield f"LAST-MODIFIED:{utc_time(feed.modified)}"
    yield f"URL:{uri(site.url + _page_path(feed, variant.language))}"
    yield f"SOURCE;VALUE=URI:{uri(site.url + _own_path(feed, variant, site))}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{text(site.refresh)}"
    yield f"X-PUBLISHED-TTL:{text(site.refresh)}"
    if feed.colour:
        yield f"COLOR:{nearest_name(feed.colour)}"
        yield f"X-APPLE-CALENDAR-COLOR:{text(feed.colour.upper())}"
    yield f"X-WR-TIMEZONE:{text(site.timezone)}"
    for name in _categories(feed):
        chosen = choose(name, variant.language, site.language)
        yield f"CATEGORIES;LANGUAGE={parameter(chosen.language)}:{text(chosen.text)}"


def _twice(name: str, older: str, said: Text, variant: Variant, site: Site) -> Iterator[str]:
    """A property of RFC 7986, and the name under which older clients know it."""
    chosen = choose(said, variant.language, site.language)
    value = text(" ".join(chosen.text.split()))
    yield f"{name};LANGUAGE={parameter(chosen.language)}:{value}"
    yield f"{older}:{value}"


def _categories(feed: Feed) -> Iterable[Text]:
    """The initiatives' names: of a feed its own, of an event's feed those of the event."""
    if not feed.key:
        return (feed.name,)
    return [name for revision in feed.revisions for name in revision.frame.initiatives.values()]


def _page_path(feed: Feed, language: str) -> str:
    if feed.key:
        return addresses.event_page_path(feed.key, language)
    if feed.slug == addresses.ALL:
        return addresses.index_page_path(language)
    return addresses.initiative_page_path(feed.slug, language)


def _own_path(feed: Feed, variant: Variant, site: Site) -> str:
    """The plain address for the site's own language: there the same bytes are."""
    language = "" if variant.language == site.language else variant.language
    if feed.key:
        return addresses.event_feed_path(feed.key, language=language, show=variant.show)
    return addresses.feed_path(feed.slug, language=language, show=variant.show, utc=variant.utc)


def _zones(events: Iterable[Drawn], whole: Iterable[Drawn]) -> Iterator[bytes]:
    """The zones of *events*, before these, since some readers resolve a TZID at once.

    Each is as wide as the *whole* feed needs: a mirror puts it in the place of the one it has.
    """
    named = {zone for event in events for zone in event.zones}
    spans: dict[str, tuple[datetime, datetime]] = {}
    for event in whole:
        for zone in named.intersection(event.zones):
            first, last = spans.get(zone, (event.first, event.last))
            spans[zone] = min(first, event.first), max(last, event.last)
    for zone, (first, last) in sorted(spans.items()):
        yield vtimezone(zone, first=first, last=last)
