"""The news of a feed as Atom (RFC 4287) and as JSON Feed 1.1, in the site's language."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from calfeed.addresses import event_page_path
from calfeed.changelog import Entry
from calfeed.dates import stamp_text
from calfeed.formats.news.telling import tell
from calfeed.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsFeed:
    """What a feed of news says of itself; ``page`` is that of its initiative, for people.

    ``id`` is the same for ever; ``updated`` moves with every change, in UTC and whole seconds.
    """

    id: str
    title: str
    summary: str
    author: str
    language: str
    page: str
    address: str
    licence: str
    updated: datetime


def draw_atom(entry: Entry, site: Site) -> str:
    """Return *entry* as an Atom entry in the language of *site*."""
    telling, page = tell(entry, site), _page(entry, site)
    return "\n".join(
        [
            "<entry>",
            f"<id>{entry.id}</id>",
            f"<title>{escape(telling.title)}</title>",
            f"<updated>{stamp_text(entry.row.dated)}</updated>",
            *([_link("alternate", page, "text/html")] if page else []),
            f"<category term={quoteattr(entry.row.kind)}/>",
            f'<content type="html">{escape(telling.html)}</content>',
            "</entry>",
        ]
    )


def render_atom(feed: NewsFeed, entries: Iterable[str]) -> bytes:
    """Return *feed* with *entries*, as `draw_atom` drew them."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(feed.language)}>',
        f"<id>{feed.id}</id>",
        f"<title>{escape(feed.title)}</title>",
        *([f"<subtitle>{escape(feed.summary)}</subtitle>"] if feed.summary else []),
        f"<updated>{stamp_text(feed.updated)}</updated>",
        f"<author><name>{escape(feed.author)}</name><uri>{escape(feed.page)}</uri></author>",
        *([f"<rights>{escape(feed.licence)}</rights>"] if feed.licence else []),
        _link("self", feed.address, "application/atom+xml"),
        _link("alternate", feed.page, "text/html"),
        *entries,
        "</feed>",
    ]
    return "\n".join([*lines, ""]).encode()


def draw_json(entry: Entry, site: Site) -> str:
    """Return *entry* as an item of a JSON Feed in the language of *site*."""
    telling, page = tell(entry, site), _page(entry, site)
    item = {
        "id": entry.id,
        **({"url": page} if page else {}),
        "title": telling.title,
        "content_html": telling.html,
        "content_text": telling.text,
        "date_published": stamp_text(entry.row.dated),
        "tags": [entry.row.kind],
    }
    return _as_json(item)


def render_json(feed: NewsFeed, items: Iterable[str]) -> bytes:
    """Return *feed* with *items*, as `draw_json` drew them."""
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        **({"description": feed.summary} if feed.summary else {}),
        "authors": [{"name": feed.author, "url": feed.page}],
        "language": feed.language,
    }
    listed = ",\n".join(items)
    return f'{_as_json(head)[:-1]},"items":[\n{listed}\n]}}\n'.encode()


def _page(entry: Entry, site: Site) -> str:
    """Return the address of the page of what was told of; empty where there is none any more."""
    revision = entry.revision
    if revision.withdrawn:
        return ""
    day, rule = entry.occurrence, revision.event.rule
    is_shown = rule is not None and day in rule.days and day not in rule.leaves_out
    path = event_page_path(revision.key, site.language, day if is_shown else None)
    return site.url + path


def _link(relation: str, address: str, media_type: str) -> str:
    return f'<link rel="{relation}" type="{media_type}" href={quoteattr(address)}/>'


def _as_json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
