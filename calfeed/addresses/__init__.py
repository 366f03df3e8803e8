"""Every path that calfeed serves is built and read here, and nowhere else."""

from calfeed.addresses.feeds import (
    EventPath,
    FeedPath,
    Show,
    Variant,
    event_feed_path,
    feed_path,
    parse_event_path,
    parse_feed_path,
)
from calfeed.addresses.files import (
    PICTURE_PATTERN,
    ROBOTS,
    STATIC_PATTERN,
    picture_path,
    static_path,
)
from calfeed.addresses.grammar import ALL
from calfeed.addresses.pages import (
    Page,
    PagePath,
    event_page_path,
    index_page_path,
    initiative_page_path,
    is_for_people,
    key_of_page,
    missing_page_path,
    page_path,
    parse_page_path,
)

__all__ = [
    "ALL",
    "PICTURE_PATTERN",
    "ROBOTS",
    "STATIC_PATTERN",
    "EventPath",
    "FeedPath",
    "Page",
    "PagePath",
    "Show",
    "Variant",
    "event_feed_path",
    "event_page_path",
    "feed_path",
    "index_page_path",
    "initiative_page_path",
    "is_for_people",
    "key_of_page",
    "missing_page_path",
    "page_path",
    "parse_event_path",
    "parse_feed_path",
    "parse_page_path",
    "picture_path",
    "static_path",
]
