"""What stands around every page: the site's name, its languages, and what is at its foot."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from calfeed.addresses import (
    ALL,
    CATALOG,
    CATALOG_OPML,
    OPENAPI,
    Page,
    PagePath,
    page_path,
)
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.head import Alternate, Head, in_short, locale_of, locales_of, oembed_of
from calfeed.formats.pages.statics import path_of
from calfeed.formats.pages.voice import Voice, plain
from calfeed.forms import CALENDAR, formats_of
from calfeed.model import Text
from calfeed.snapshot import Feed
from calfeed.words import own_name

EMAIL = re.compile(r"[A-Za-z0-9.!#$%*+/=^_{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
WEB = re.compile(r"https?://[^\s<>\"]+")
SCRIPTS = ("your-time.js",)
NEUTRAL = frozenset({Page.INDEX, Page.INITIATIVE, Page.EVENT, Page.DEVELOPERS})
"""The pages that also have an address without a language, which leads to the reader's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """A page's address in one language, for the menu."""

    code: str
    name: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the template of all pages needs beside the page itself."""

    say: Callable[..., Markup]
    language: str
    head: Head
    site_name: Markup
    home: str
    tongues: tuple[Tongue, ...]
    foot: tuple[Markup, ...]
    styles: tuple[str, ...]
    scripts: tuple[str, ...]


def frame_of(
    parts: PagePath,
    facts: Facts,
    voice: Voice,
    *,
    head: Head,
    scripts: tuple[str, ...] = (),
) -> Frame:
    """Return the frame of the page at *parts*."""
    return Frame(
        say=voice.say,
        language=voice.of_words,
        head=head,
        site_name=voice.text(facts.site.name),
        home=page_path(PagePath(page=Page.INDEX, language=voice.language)),
        tongues=tuple(
            Tongue(
                code=code,
                name=own_name(code),
                href=page_path(replace(parts, language=code)),
                is_current=code == voice.language,
            )
            for code in facts.languages
        ),
        foot=tuple(_foot(facts, voice)),
        styles=styles_of(facts),
        scripts=tuple(path_of(name) for name in (*SCRIPTS, *scripts)),
    )


def styles_of(facts: Facts) -> tuple[str, ...]:
    """Return the paths of the style sheets of every page."""
    return path_of("pages.css"), facts.colours.path


def head_of(  # noqa: PLR0913 - each is a fact of its own, named where it is called
    parts: PagePath, facts: Facts, voice: Voice, *, title: str, description: str, slug: str = ALL
) -> Head:
    """Return the usual head of the page at *parts*, which is about the feed of *slug*."""
    site = facts.site
    name = voice.choose(site.name).text
    canonical = site.url + page_path(parts)
    return Head(
        title=title if title == name else f"{title} | {name}",
        shared_title=title,
        description=in_short(description),
        canonical=canonical,
        locale=locale_of(voice.language),
        other_locales=locales_of(facts.languages, voice.language),
        translations=translations(parts, facts),
        alternates=tuple(_alternates(parts, facts, voice, slug, title)),
    )


def translations(parts: PagePath, facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return the page's address in each language, and as ``x-default`` the one that names none."""
    url = facts.site.url
    found = [(code, url + page_path(replace(parts, language=code))) for code in facts.languages]
    if parts.page in NEUTRAL:
        found.append(("x-default", url + page_path(replace(parts, language=""))))
    return tuple(found)


def calendar_of(slug: str, facts: Facts, voice: Voice) -> Alternate:
    """Return the calendar of *slug* in the page's language."""
    feed = facts.snapshot.feeds[slug]
    return forms_of(feed, feed.name, facts, voice)[0]


def forms_of(feed: Feed, name: Text, facts: Facts, voice: Voice) -> tuple[Alternate, ...]:
    """Return *feed*, which is called *name*, in each of its forms, its calendar first."""
    called = voice.choose(name).text
    return tuple(
        Alternate(
            type=one.media_type,
            title=called if one.media_type == CALENDAR else f"{called} ({one.title})",
            href=one.url,
        )
        for one in formats_of(feed, facts.site, language=voice.language)
    )


def _alternates(
    parts: PagePath, facts: Facts, voice: Voice, slug: str, title: str
) -> Iterator[Alternate]:
    """Yield what the page at *parts* is in other formats: all of them where it shows a feed."""
    url = facts.site.url
    if parts.page in {Page.INDEX, Page.INITIATIVE}:
        feed = facts.snapshot.feeds[slug]
        yield from forms_of(feed, feed.name, facts, voice)
        yield oembed_of(url + page_path(parts), title, facts)
    else:
        yield calendar_of(slug, facts, voice)
    if parts.page is Page.FEEDS:
        yield Alternate(type="application/json", title=title, href=url + CATALOG)
        yield Alternate(type="text/x-opml", title=title, href=url + CATALOG_OPML)
    if parts.page is Page.DEVELOPERS:
        yield Alternate(type="application/json", title="OpenAPI", href=url + OPENAPI)


def _foot(facts: Facts, voice: Voice) -> Iterator[Markup]:
    site = facts.site
    if site.contact:
        yield voice.say("Contact: {contact}", contact=linked(site.contact))
    links = [
        (voice.say("Accessibility statement"), site.links.get("accessibility", "")),
        (voice.say("Privacy"), site.links.get("privacy", "")),
        (voice.say("All calendars"), _page(Page.FEEDS, voice)),
        (voice.say("For developers"), _page(Page.DEVELOPERS, voice)),
    ]
    for word, href in links:
        if href:
            yield Markup('<a href="{}">{}</a>').format(href, word)


def _page(page: Page, voice: Voice) -> str:
    return page_path(PagePath(page=page, language=voice.language))


def linked(contact: str) -> Markup:
    """Return whom to ask, as a link where that is an address of mail or of the web."""
    if EMAIL.fullmatch(contact):
        return Markup('<a href="mailto:{0}">{0}</a>').format(contact)
    if WEB.fullmatch(contact):
        return Markup('<a href="{0}">{0}</a>').format(contact)
    return escape(plain(contact))
