"""Markdown as editors write it, to plain text and to HTML that is safe anywhere."""

import re
from functools import cache, lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

REMEMBERED = 2048
HEADING = re.compile(r"(</?h)[1-6](?=>)")
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
TAGS = HEADINGS | {
    "a",
    "blockquote",
    "br",
    "code",
    "em",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "ul",
}


@lru_cache(REMEMBERED)
def as_html(markdown: str, *, below: int = 0) -> str:
    """Return *markdown* as HTML: HTML inside it is shown as text, links are http(s) or mailto.

    All its headings are of the level after *below*, if that is given: an outline stays one.
    """
    html = nh3.clean(
        _parser().render(markdown),
        tags=TAGS,  # no pictures: a calendar that fetches one says who reads it
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    ).strip()
    return HEADING.sub(rf"\g<1>{below + 1}", html) if below else html


@lru_cache(REMEMBERED)
def as_plain_text(markdown: str) -> str:
    """Return *markdown* as text for people: blocks apart by an empty line, links with addresses."""
    writer = _PlainText()
    for token in _parser().parse(markdown):
        writer.take(token)
    return "".join(writer.written).strip("\n")


class _PlainText:
    """Writes block tokens as lines, while it holds which lists they stand in."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.counters: list[int | None] = []  # the next number of each open list; None: a dash
        self.marker = ""

    def take(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._separate()
                self.counters.append(None)
            case "ordered_list_open":
                self._separate()
                self.counters.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self.counters.pop()
                self._separate()
            case "list_item_open":
                self.marker = self._next_marker()
            case "inline":
                self._write(_inline(token.children or []))
            case "fence" | "code_block":
                self._write(token.content.rstrip("\n"))

    def _next_marker(self) -> str:
        number = self.counters[-1]
        if number is None:
            return "- "
        self.counters[-1] = number + 1
        return f"{number}. "

    def _write(self, text: str) -> None:
        if not self.counters:
            self._separate()
        depth = "  " * len(self.counters)
        first = (depth[2:] + self.marker) if self.counters else ""
        if self.counters and not self.marker:
            first = depth
        self.written.append(first + text.replace("\n", "\n" + depth) + "\n")
        self.marker = ""

    def _separate(self) -> None:
        if self.written and self.written[-1] != "\n" and not self.counters:
            self.written.append("\n")


def _inline(tokens: list[Token]) -> str:
    written: list[str] = []
    links: list[tuple[str, int]] = []
    for token in tokens:
        match token.type:
            case "softbreak":
                written.append(" ")
            case "hardbreak":
                written.append("\n")
            case "link_open":
                links.append((str(token.attrs["href"]), len(written)))
            case "link_close":
                address, begin = links.pop()
                if address.removeprefix("mailto:") != "".join(written[begin:]):
                    written.append(f" ({address})")
            case _:
                written.append(token.content)  # "" for what only opens or closes
    return "".join(written)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})
