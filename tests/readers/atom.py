"""Atom as feed readers see it: feedparser, behind the grammar of RFC 4287."""

from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from time import struct_time

import feedparser  # type: ignore[import-untyped] # it comes without types
from lxml import etree  # type: ignore[import-untyped] # it comes without types

from tests.readers.reading import ReaderError

GRAMMAR = Path(__file__).with_name("atom.rng")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """One entry; ``content`` is HTML, ``link`` empty where there is none."""

    id: str
    title: str
    updated: datetime
    link: str
    tags: tuple[str, ...]
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFeed:
    """A feed, with its own addresses by relation."""

    id: str
    title: str
    updated: datetime
    author: str
    language: str
    links: dict[str, str]
    entries: tuple[ReadEntry, ...]


def read(data: bytes) -> ReadFeed:
    """Return what the feed *data* says.

    Raises:
        ReaderError: it is no Atom by the grammar, or feedparser complains of it.
    """
    _check(data)
    # as bytes from nowhere; its own cleaning is off, so that nothing dangerous is hidden from tests
    found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if found.bozo:
        raise ReaderError(str(found.bozo_exception))
    feed = found.feed
    return ReadFeed(
        id=feed.id,
        title=feed.title,
        updated=_moment(feed.updated_parsed),
        author=feed.author_detail.name,
        language=feed.language,
        links={link.rel: link.href for link in feed.links},
        entries=tuple(
            ReadEntry(
                id=entry.id,
                title=entry.title,
                updated=_moment(entry.updated_parsed),
                link=entry.get("link", ""),
                tags=tuple(tag.term for tag in entry.tags),
                content=entry.content[0].value,
            )
            for entry in found.entries
        ),
    )


def _check(data: bytes) -> None:
    try:
        document = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ReaderError(str(error)) from None
    grammar = _grammar()
    if not grammar.validate(document):
        raise ReaderError(str(grammar.error_log.last_error))


@cache
def _grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(GRAMMAR))


def _moment(parsed: struct_time) -> datetime:
    return datetime.fromtimestamp(timegm(parsed), UTC)
