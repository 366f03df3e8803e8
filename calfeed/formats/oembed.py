"""oEmbed 1.0: how other sites show one of our pages when somebody pastes its address there."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

CACHE_AGE = 3600
"""Seconds for which a site may keep the answer: what it frames stays true by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumbnail:
    """A picture of what the page is about; ``size`` is its width and height in pixels."""

    address: str
    size: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A page as other sites show it: a frame of ``size``, and a link for those without frames.

    All addresses are absolute. ``provider`` and ``author`` are a name and an address.
    """

    title: str
    page: str
    frame: str
    size: tuple[int, int]
    provider: tuple[str, str]
    author: tuple[str, str] | None = None
    thumbnail: Thumbnail | None = None


def render(preview: Preview) -> bytes:
    """Return *preview* as a response of type ``rich`` (oEmbed 1.0 §2.3.4.4), JSON in UTF-8."""
    return json.dumps(dict(_members(preview)), ensure_ascii=False).encode()


def _members(preview: Preview) -> Iterator[tuple[str, object]]:
    yield from (("version", "1.0"), ("type", "rich"), ("title", preview.title))
    yield from zip(("provider_name", "provider_url"), preview.provider, strict=True)
    if preview.author:
        yield from zip(("author_name", "author_url"), preview.author, strict=True)
    yield "cache_age", CACHE_AGE
    if preview.thumbnail:
        yield "thumbnail_url", preview.thumbnail.address
        yield from zip(("thumbnail_width", "thumbnail_height"), preview.thumbnail.size, strict=True)
    yield from zip(("width", "height"), preview.size, strict=True)
    yield "html", _html(preview)


def _html(preview: Preview) -> str:
    """Return what WordPress keeps of a site that it does not list: these tags and attributes."""
    title, page, frame = map(escape, (preview.title, preview.page, preview.frame))
    width, height = preview.size
    return (
        f'<blockquote><a href="{page}">{title}</a></blockquote>'
        f'<iframe src="{frame}" width="{width}" height="{height}" frameborder="0" '
        f'marginwidth="0" marginheight="0" scrolling="no" title="{title}"></iframe>'
    )
