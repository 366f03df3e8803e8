"""What a page says of itself to browsers, search engines, and those who share it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote

from babel import Locale
from babel.core import get_global

from calfeed.addresses import OEMBED, picture_path
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.voice import Voice
from calfeed.model import Picture

DESCRIBED = 300
"""Characters of a description: more is cut by all who show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The same in another format: the media type, what it is called, its address."""

    type: str
    href: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture that previews show."""

    address: str
    alt: str
    size: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a page; addresses in it are absolute.

    ``translations`` are the addresses of the page by language, ``x-default`` the neutral one
    among them; ``data`` is JSON-LD that may stand in a script element.
    """

    title: str
    shared_title: str
    description: str
    canonical: str
    locale: str
    other_locales: tuple[str, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()
    alternates: tuple[Alternate, ...] = ()
    image: Image | None = None
    data: str = ""
    is_indexed: bool = True
    scripts: tuple[str, ...] = field(default=())


def in_short(text: str) -> str:
    """Return *text* on one line, cut at a word where it is longer than anybody shows."""
    line = " ".join(text.split())
    if len(line) <= DESCRIBED:
        return line
    return line[: DESCRIBED - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def oembed_of(address: str, title: str, facts: Facts) -> Alternate:
    """Return where other sites ask how to show the page at *address* (oEmbed 1.0 §4)."""
    asked = quote(address, safe="")
    return Alternate(
        type="application/json+oembed",
        title=in_short(title),
        href=f"{facts.site.url}{OEMBED}?url={asked}&format=json",
    )


def image_of(picture: Picture | None, facts: Facts, voice: Voice) -> Image | None:
    """Return *picture* as previews show it."""
    if picture is None:
        return None
    address = facts.site.url + picture_path(picture.sha256, picture.extension)
    return Image(address=address, alt=voice.choose(picture.alt).text, size=picture.size)


def locales_of(languages: Sequence[str], own: str) -> tuple[str, ...]:
    """Return the locales of all *languages* but the page's *own*."""
    return tuple(locale_of(language) for language in languages if language != own)


@cache
def locale_of(language: str) -> str:
    """Return a language as Open Graph names it, with the country that it is likeliest of."""
    if language == "en":
        return "en_GB"
    likely = get_global("likely_subtags").get(language, language)
    territory = Locale.parse(likely).territory
    return f"{language}_{territory}" if territory else language
