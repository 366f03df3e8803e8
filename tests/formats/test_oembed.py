"""oEmbed's answers keep the rules of oEmbed 1.0, and hold nothing but the tags that are kept."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from calfeed.formats.oembed import Preview, Thumbnail, render

SITE = "https://events.example.eu"
KEPT = {
    "blockquote": set(),
    "a": {"href"},
    "iframe": {
        *("src", "width", "height", "frameborder", "marginwidth", "marginheight"),
        *("scrolling", "title"),
    },
}


def a_preview(**given: Any) -> Preview:
    usual: dict[str, Any] = {
        "title": "Garden day",
        "page": f"{SITE}/en/events/garden/",
        "frame": f"{SITE}/embed/en/events/garden/",
        "size": (600, 320),
        "provider": ("Town events", f"{SITE}/"),
    }
    return Preview(**{**usual, **given})


class Tags(HTMLParser):
    """What there is in HTML, in its order: tags with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_an_answer_is_whole() -> None:
    preview = a_preview(
        author=("Parks", f"{SITE}/en/parks/"),
        thumbnail=Thumbnail(address=f"{SITE}/media/9f86d081884c7d65.jpg", size=(1200, 630)),
    )
    assert json.loads(render(preview)) == {
        "version": "1.0",
        "type": "rich",
        "title": "Garden day",
        "provider_name": "Town events",
        "provider_url": f"{SITE}/",
        "author_name": "Parks",
        "author_url": f"{SITE}/en/parks/",
        "cache_age": 3600,
        "thumbnail_url": f"{SITE}/media/9f86d081884c7d65.jpg",
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
        "width": 600,
        "height": 320,
        "html": f'<blockquote><a href="{SITE}/en/events/garden/">Garden day</a></blockquote>'
        f'<iframe src="{SITE}/embed/en/events/garden/" width="600" height="320" '
        'frameborder="0" marginwidth="0" marginheight="0" scrolling="no" title="Garden day">'
        "</iframe>",
    }


def test_what_is_not_known_is_left_out() -> None:
    members = json.loads(render(a_preview()))
    assert not {name for name in members if name.startswith(("author", "thumbnail"))}


@given(st.text())
def test_any_title_is_text_and_nothing_else(title: str) -> None:
    found = json.loads(render(a_preview(title=title)))
    html = Tags(found["html"])
    assert found["title"] == title
    assert [tag for tag, _ in html.tags] == ["blockquote", "a", "iframe"]
    assert all(set(attributes) <= KEPT[tag] for tag, attributes in html.tags)
    assert html.tags[2][1]["src"] == f"{SITE}/embed/en/events/garden/"
    assert unescape(found["html"].split(">")[2].removesuffix("</a")) == title


def test_wordpress_finds_the_quote_and_the_frame() -> None:
    found = json.loads(render(a_preview(title="Garden >day<")))["html"]
    assert re.fullmatch("(<blockquote>.*?</blockquote>)(<iframe.*?></iframe>)", found)
