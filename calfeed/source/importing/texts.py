"""Texts of other calendars as Markdown that says the same: HTML made plain, signs escaped."""

import re
from html.parser import HTMLParser

from calfeed.source.building import TEXT_LIMIT

_HTML = re.compile(r"<(?:p|br|a|b|i|u|ul|ol|li|div|span|strong|em|h[1-6]|html|body)\b[^>]*>", re.I)
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\ufff9-\uffff]")
_SIGNS = re.compile(r"([\\`*_\[\]<>])")
_BEGINNINGS = re.compile(r"^(\s*)([#>+-]|[0-9]+[.)])(?=\s|$)", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")
_BLOCKS = {"p", "div", "ul", "ol", "table", "tr", "blockquote", "section", "article", "hr"}
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_HIDDEN = {"script", "style", "head", "template"}


def plain(text: str) -> str:
    """Return *text* without what nobody can see, its line ends LF."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)).strip()


def one_line(text: str) -> str:
    """Return *text* on one line."""
    return " ".join(plain(text).split())


def as_markdown(text: str) -> str:
    """Return *text* as Markdown that says the same, from HTML if it is that."""
    text = plain(text)
    if _HTML.search(text):
        return from_html(text)
    return _cut(_BEGINNINGS.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", text)))


def from_html(text: str) -> str:
    """Return the Markdown of HTML: paragraphs, lists, emphasis and links; the rest is its text."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = "".join(reader.parts).split("\n")
    return _cut(_BLANK_LINES.sub("\n\n", "\n".join(line.strip() for line in lines)).strip())


def _cut(text: str) -> str:
    return text if len(text) <= TEXT_LIMIT else f"{text[: TEXT_LIMIT - 2].rstrip()} …"


class _Reader(HTMLParser):
    """Gathers the Markdown of what it is fed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what *tag* begins in Markdown."""
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in _MARKS:
            self.parts.append(_MARKS[tag])
        elif tag == "a":
            link = dict(attrs).get("href") or ""
            self._links.append(link if re.fullmatch(r"https?://[^\s<>()]+", link) else "")
            self.parts.append("[" if self._links[-1] else "")
        elif re.fullmatch("h[1-6]", tag):
            self.parts.append("\n\n## ")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        """End what *tag* began."""
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _MARKS:
            self.parts.append(_MARKS[tag])
        elif tag == "a" and self._links:
            link = self._links.pop()
            self.parts.append(f"]({link})" if link else "")
        elif tag in _BLOCKS or re.fullmatch("h[1-6]", tag):
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        """Take *data* as text."""
        if not self._hidden:
            self.parts.append(_SIGNS.sub(r"\\\1", re.sub(r"\s+", " ", data)))
