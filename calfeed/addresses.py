"""Every path that calfeed serves is built and read here, and nowhere else."""

import re
from dataclasses import dataclass
from enum import StrEnum


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


SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ALL = "all"
FEED_PATTERN = re.compile(
    rf"/feeds/(?P<slug>{SLUG})(?:\.(?!utc\.)(?P<language>[a-z]{{2,3}}))?"
    r"(?:\.(?P<show>visible|active))?(?P<utc>\.utc)?\.ics"
)
EVENT_PATTERN = re.compile(
    rf"/events/(?P<key>{SLUG})(?:\.(?P<language>[a-z]{{2,3}}))?(?:\.(?P<show>visible))?\.ics"
)
EVENT_PAGE_PATTERN = re.compile(rf"/[a-z]{{2,3}}/events/(?P<key>{SLUG})/\Z")


def feed_path(slug: str, *, language: str = "", show: Show = Show.STRUCK, utc: bool = False) -> str:
    """Return the path of a feed, its variants always in this order."""
    return f"/feeds/{slug}{_dotted(language)}{_dotted(show)}{'.utc' if utc else ''}.ics"


def event_feed_path(key: str, *, language: str = "", show: Show = Show.STRUCK) -> str:
    """Return the path of the feed that has one event alone."""
    return f"/events/{key}{_dotted(language)}{_dotted(show)}.ics"


def event_page_path(key: str, language: str) -> str:
    """Return the path of an event's page in *language*."""
    return f"/{language}/events/{key}/"


def key_of_page(path: str) -> str:
    """Return the key of the event whose page *path* ends with; empty if it does with none."""
    found = EVENT_PAGE_PATTERN.search(path)
    return found["key"] if found else ""


def initiative_page_path(slug: str, language: str) -> str:
    """Return the path of an initiative's page in *language*."""
    return f"/{language}/{slug}/"


def index_page_path(language: str) -> str:
    """Return the path of the index in *language*."""
    return f"/{language}/"


def picture_path(sha256: str, extension: str) -> str:
    """Return the path of a picture: 16 hex digits of its hash name it."""
    return f"/media/{sha256[:16]}.{extension}"


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
