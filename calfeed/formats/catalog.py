"""What there is to subscribe to: every feed with its facts and addresses, as JSON and as OPML."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from calfeed.addresses import (
    ALL,
    feed_template,
    index_page_path,
    initiative_page_path,
    picture_path,
)
from calfeed.dates import stamp_text
from calfeed.forms import Format
from calfeed.model import Initiative, Picture, Site, Text
from calfeed.snapshot import Feed
from calfeed.words import choose

ATOM = "application/atom+xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One feed; ``initiative`` is whose it is, None for everybody's."""

    feed: Feed
    initiative: Initiative | None
    formats: tuple[Format, ...]


def render_json(entries: Sequence[Entry], *, site: Site) -> bytes:
    """Return the catalogue as JSON: what holds for the site, then its feeds, one on a line."""
    head = {
        "name": _one_line(site.name),
        "url": {name: site.url + index_page_path(name) for name in site.languages},
        "language": site.language,
        "languages": list(site.languages),
        "timezone": site.timezone,
        "license": site.licence,
        "contact": site.contact,
    }
    feeds = ",\n".join(_as_json(_entry(one, site)) for one in entries)
    return f'{_as_json(head)[:-1]},"feeds":[\n{feeds}\n]}}\n'.encode()


def render_opml(entries: Sequence[Entry], *, site: Site) -> bytes:
    """Return the catalogue as OPML 2.0, in the site's own language.

    A feed with news of its changes is an outline that feed readers follow; the ways in which it
    is published stand below it as links.
    """
    title = escape(_said(site.name, site))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0"><head><title>{title}</title></head><body>',
        *(line for one in entries for line in _outlines(one, site)),
        "</body></opml>",
    ]
    return "\n".join([*lines, ""]).encode()


def _entry(entry: Entry, site: Site) -> Mapping[str, object]:
    feed, initiative = entry.feed, entry.initiative
    return {
        "id": feed.slug,
        "name": _one_line(feed.name),
        "summary": feed.summary and _one_line(feed.summary),
        "url": {name: site.url + _page_path(feed, name) for name in site.languages},
        "website": initiative and initiative.url,
        "colour": feed.colour,
        "logo": _picture(initiative.logo, site) if initiative and initiative.logo else None,
        "license": (initiative and initiative.licence) or site.licence,
        "contact": (initiative and initiative.contact) or site.contact,
        "of": list(initiative.of) if initiative else [],
        "events": len(feed.revisions),
        "updated": stamp_text(feed.modified),
        "formats": [
            {"name": one.name, "type": one.media_type, "url": one.url} for one in entry.formats
        ],
        "calendar_template": site.url + feed_template(feed.slug),
    }


def _outlines(entry: Entry, site: Site) -> Iterator[str]:
    feed = entry.feed
    page = site.url + _page_path(feed, site.language)
    said = {"text": _said(feed.name, site), "htmlUrl": page, "language": site.language}
    if feed.summary:
        said["description"] = _said(feed.summary, site)
    for news in (one for one in entry.formats if one.media_type == ATOM):
        said |= {"type": "rss", "version": "ATOM", "xmlUrl": news.url}
    yield f"<outline{_attributes(said)}>"
    for one in entry.formats:
        yield f"<outline{_attributes({'text': one.name, 'type': 'link', 'url': one.url})}/>"
    yield "</outline>"


def _attributes(said: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in said.items())


def _picture(picture: Picture, site: Site) -> Mapping[str, object]:
    path = picture_path(picture.sha256, picture.extension)
    return {"url": site.url + path, "alt": _one_line(picture.alt)}


def _page_path(feed: Feed, language: str) -> str:
    if feed.slug == ALL:
        return index_page_path(language)
    return initiative_page_path(feed.slug, language)


def _said(text: Text, site: Site) -> str:
    return " ".join(choose(text, site.language, site.language).text.split())


def _one_line(text: Text) -> Mapping[str, str]:
    return {name: " ".join(said.split()) for name, said in text.items()}


def _as_json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
