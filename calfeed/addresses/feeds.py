"""The paths of calendars: an initiative's feed, one event's, and their variants."""

import re
from dataclasses import dataclass
from enum import StrEnum

from calfeed.addresses.grammar import LANGUAGE, SLUG


class Show(StrEnum):
    """How a feed shows events that are off: struck through, visible, or left out."""

    STRUCK = ""
    VISIBLE = "visible"
    ACTIVE = "active"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One way to draw events; ``language`` is always named, the site's own too."""

    language: str
    show: Show = Show.STRUCK
    utc: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPath:
    """The parts of a feed's path; ``language`` empty for the site's own."""

    slug: str
    language: str = ""
    show: Show = Show.STRUCK
    utc: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPath:
    """The parts of the path of one event's own feed."""

    key: str
    language: str = ""
    show: Show = Show.STRUCK


FEED_PATTERN = re.compile(
    rf"/feeds/(?P<slug>{SLUG})(?:\.(?!utc\.)(?P<language>{LANGUAGE}))?"
    r"(?:\.(?P<show>visible|active))?(?P<utc>\.utc)?\.ics"
)
EVENT_PATTERN = re.compile(
    rf"/events/(?P<key>{SLUG})(?:\.(?P<language>{LANGUAGE}))?(?:\.(?P<show>visible))?\.ics"
)


def feed_path(slug: str, *, language: str = "", show: Show = Show.STRUCK, utc: bool = False) -> str:
    """Return the path of a feed, its variants always in this order."""
    return f"/feeds/{slug}{_dotted(language)}{_dotted(show)}{'.utc' if utc else ''}.ics"


def feed_template(slug: str) -> str:
    """Return the paths of all variants of a feed as a URI template (RFC 6570, level 3)."""
    return f"/feeds/{slug}{{.language,show,utc}}.ics"


def event_feed_path(key: str, *, language: str = "", show: Show = Show.STRUCK) -> str:
    """Return the path of the feed that has one event alone."""
    return f"/events/{key}{_dotted(language)}{_dotted(show)}.ics"


def parse_feed_path(path: str) -> FeedPath | None:
    """Return the parts of a feed's path; None if it is none. Existence is not looked at."""
    found = FEED_PATTERN.fullmatch(path)
    if found is None:
        return None
    return FeedPath(
        slug=found["slug"],
        language=found["language"] or "",
        show=Show(found["show"] or ""),
        utc=bool(found["utc"]),
    )


def parse_event_path(path: str) -> EventPath | None:
    """Return the parts of the path of one event's feed; None if it is none."""
    found = EVENT_PATTERN.fullmatch(path)
    if found is None:
        return None
    return EventPath(
        key=found["key"], language=found["language"] or "", show=Show(found["show"] or "")
    )


def _dotted(part: str) -> str:
    return f".{part}" if part else ""
