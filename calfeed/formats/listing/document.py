"""Feeds as JSON: what the feed says of itself, then its events, one on a line."""

from collections.abc import Iterable
from dataclasses import dataclass

from calfeed.addresses import (
    ALL,
    event_feed_path,
    event_listing_path,
    event_page_path,
    feed_path,
    index_page_path,
    initiative_page_path,
    listing_path,
)
from calfeed.dates import stamp_text
from calfeed.formats.listing.details import Data, each, one_line
from calfeed.formats.listing.items import as_json
from calfeed.model import Site
from calfeed.snapshot import Feed
from calfeed.words import say

WORDS = {"online": "Online", "to_be_announced": "Date to be announced"}
"""What whoever shows a listing has to say and cannot know, in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Which events of a feed are listed, drawn; ``following`` is where the next of them are.

    ``licence`` says under what terms its texts may be used, in the editor's words.
    """

    feed: Feed
    events: Iterable[str]
    licence: str | None = None
    following: str | None = None


def render(listed: Listed, *, site: Site) -> bytes:
    """Return *listed* as JSON, UTF-8: the same bytes for the same arguments."""
    head = as_json(_head(listed, site))
    events = ",\n".join(listed.events)
    return f'{head[:-1]},"events":[\n{events}\n]}}\n'.encode()


def _head(listed: Listed, site: Site) -> Data:
    feed = listed.feed
    return {
        "id": feed.key or feed.slug,
        "name": one_line(feed.name),
        "summary": each(feed.summary, str.strip),
        "url": {name: site.url + _page_path(feed, name) for name in site.languages},
        "feed_url": site.url + _own_path(feed),
        "calendar_url": site.url + _calendar_path(feed),
        "colour": feed.colour,
        "language": site.language,
        "languages": list(site.languages),
        "timezone": site.timezone,
        "updated": stamp_text(feed.modified),
        "license": listed.licence,
        "words": {
            name: {language: say(word, language) for language in site.languages}
            for name, word in WORDS.items()
        },
        "next": listed.following,
    }


def _page_path(feed: Feed, language: str) -> str:
    if feed.key:
        return event_page_path(feed.key, language)
    if feed.slug == ALL:
        return index_page_path(language)
    return initiative_page_path(feed.slug, language)


def _own_path(feed: Feed) -> str:
    return event_listing_path(feed.key) if feed.key else listing_path(feed.slug)


def _calendar_path(feed: Feed) -> str:
    return event_feed_path(feed.key) if feed.key else feed_path(feed.slug)
