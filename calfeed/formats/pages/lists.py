"""Pages of lists: the index, an initiative's page, further coming events, past ones, feeds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from markupsafe import Markup

from calfeed.addresses import Page, PagePath, initiative_page_path, page_path
from calfeed.agenda import Entry, Listed, last_entry
from calfeed.formats.pages.environment import fill
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.frame import Frame, frame_of, head_of, linked
from calfeed.formats.pages.generator import Generator, generator_of
from calfeed.formats.pages.items import Month, drawn_items, months_of
from calfeed.formats.pages.news import News, news_of
from calfeed.formats.pages.picture import Shown, shown_picture
from calfeed.formats.pages.subscribe import Panel, panel_of
from calfeed.formats.pages.voice import Voice, plain
from calfeed.forms import formats_of
from calfeed.states import WORDS

PER_PAGE = 40
"""How many dates one page lists: it stays within 60 kB."""

UNDATED = 12
"""How many of the undated stand on the first page already; the others follow the coming dates."""

Listable = TypeVar("Listable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An initiative on the index."""

    name: Markup
    slug: str
    href: str
    summary: Markup | None
    logo: Shown | None
    coming: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a filter offers: words, without marks, for each value that an item's data can have."""

    initiatives: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, Markup], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The coming dates on one page, by month, and where the list goes on."""

    months: tuple[Month, ...]
    undated: tuple[Markup, ...]
    further: str
    past: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage:
    """All that the template of the index needs."""

    frame: Frame
    heading: Markup
    names: tuple[tuple[str, Markup], ...]
    cards: tuple[Card, ...]
    news: tuple[News, ...]
    listing: Listing
    choices: Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativePage:
    """All that the template of an initiative needs."""

    frame: Frame
    name: Markup
    slug: str
    summary: Markup | None
    logo: Shown | None
    website: str
    contact: Markup | None
    panel: Panel
    news: tuple[News, ...]
    listing: Listing
    formats: tuple[tuple[str, str], ...]
    licence: str
    told: Markup
    generator: Generator


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainListPage:
    """A page that has nothing but a list, of what is further ahead or of what is over."""

    frame: Frame
    heading: Markup
    up: tuple[Markup, str] | None
    items: tuple[Markup, ...]
    months: tuple[Month, ...]
    newer: str
    older: str
    is_past: bool


def index_page(parts: PagePath, facts: Facts) -> bytes:
    """Return the index: initiatives, what changed lately, what lies ahead."""
    voice = facts.voice(parts.language)
    name = voice.choose(facts.site.name).text
    description = voice.say("Coming events, and calendars to subscribe to.")
    head = head_of(parts, facts, voice, title=name, description=f"{name}. {description}")
    page = IndexPage(
        frame=frame_of(parts, facts, voice, head=head, scripts=("filter.js",)),
        heading=voice.text(facts.site.name),
        names=tuple(_names(facts, voice)) if facts.has_many else (),
        cards=() if facts.has_many else tuple(_cards(facts, voice)),
        news=tuple(news_of(facts, voice)),
        listing=listing_of(parts.slug, facts, voice),
        choices=_choices(facts, voice),
    )
    return fill("index.html", page=page)


def initiative_page(parts: PagePath, facts: Facts) -> bytes:
    """Return an initiative's page: how to subscribe, what lies ahead, what changed lately."""
    voice, told = facts.voice(parts.language), facts.snapshot.told
    one = told.initiatives[parts.slug].initiative
    name = voice.choose(one.name).text
    summary = voice.choose(one.summary).text if one.summary else ""
    about = voice.say("Coming events, and a calendar to subscribe to.")
    head = head_of(
        parts,
        facts,
        voice,
        title=name,
        description=f"{summary} {about}".strip(),
        slug=parts.slug,
    )
    feed = facts.snapshot.feeds[parts.slug]
    scripts = ("copy.js", "platform.js", "embed-generator.js")
    page = InitiativePage(
        frame=frame_of(parts, facts, voice, head=head, scripts=scripts),
        name=voice.text(one.name),
        slug=one.slug,
        summary=voice.text(one.summary) if one.summary else None,
        logo=shown_picture(one.logo, voice),
        website=one.url or "",
        contact=linked(one.contact) if one.contact else None,
        panel=panel_of(one.slug, one.name, facts, voice),
        news=tuple(news_of(facts, voice, one.slug)),
        listing=listing_of(parts.slug, facts, voice),
        formats=tuple(
            (form.title, form.url.removeprefix(facts.site.url))
            for form in formats_of(feed, facts.site, language=voice.language)
        ),
        licence=plain(one.licence or facts.site.licence or ""),
        told=voice.day(feed.modified.date()),
        generator=generator_of(one, facts, voice),
    )
    return fill("initiative.html", page=page)


def coming_page(parts: PagePath, facts: Facts) -> bytes | None:
    """Return a further page of what lies ahead; None where the list has ended before."""
    voice = facts.voice(parts.language)
    listed = facts.agenda.of(parts.slug)
    all_of_it = in_pages(listed)
    entries = _nth(all_of_it, parts.number)
    dated = _nth(listed.coming, parts.number)
    if not entries:
        return None
    heading = voice.say("Coming events, page {number}", number=parts.number)
    page = PlainListPage(
        frame=_plain_frame(parts, facts, voice, heading),
        heading=heading,
        up=_up(parts, facts, voice),
        items=drawn_items(entries[len(dated) :], facts, voice),
        months=months_of(dated, facts, voice, heading="h3"),
        newer=page_path(replace(parts, number=parts.number - 1)),
        older=_next(parts, all_of_it),
        is_past=False,
    )
    return fill("list.html", page=page)


def past_page(parts: PagePath, facts: Facts) -> bytes | None:
    """Return a page of past events, the newest first; None where the list has ended before."""
    voice = facts.voice(parts.language)
    past = facts.agenda.of(parts.slug).past
    revisions = _nth(past, parts.number)
    if not revisions and parts.number > 1:
        return None
    heading = voice.say("Past events")
    if parts.number > 1:
        heading = voice.say("Past events, page {number}", number=parts.number)
    page = PlainListPage(
        frame=_plain_frame(parts, facts, voice, heading),
        heading=heading,
        up=_up(parts, facts, voice),
        items=drawn_items(map(last_entry, revisions), facts, voice, heading="h2"),
        months=(),
        newer=page_path(replace(parts, number=parts.number - 1)) if parts.number > 1 else "",
        older=_next(parts, past),
        is_past=True,
    )
    return fill("list.html", page=page)


def in_pages(listed: Listed) -> Sequence[Entry]:
    """Return what the first page and the further ones list, one after the other."""
    return (*listed.coming, *listed.undated[UNDATED:])


def _plain_frame(parts: PagePath, facts: Facts, voice: Voice, heading: Markup) -> Frame:
    title = heading.unescape()
    if one := facts.snapshot.told.initiatives.get(parts.slug):
        title = f"{title} | {voice.choose(one.initiative.name).text}"
    head = head_of(parts, facts, voice, title=title, description=title)
    return frame_of(parts, facts, voice, head=replace(head, is_indexed=parts.number == 1))


def _up(parts: PagePath, facts: Facts, voice: Voice) -> tuple[Markup, str] | None:
    one = facts.snapshot.told.initiatives.get(parts.slug)
    if one is None:
        return None
    return voice.text(one.initiative.name), initiative_page_path(parts.slug, voice.language)


def listing_of(slug: str, facts: Facts, voice: Voice) -> Listing:
    """Return what the first page of an initiative lists; of all events if *slug* is empty."""
    listed = facts.agenda.of(slug)
    coming = PagePath(page=Page.COMING, language=voice.language, slug=slug)
    past = PagePath(page=Page.PAST, language=voice.language, slug=slug)
    return Listing(
        months=months_of(_nth(listed.coming, 1), facts, voice, heading="h4"),
        undated=drawn_items(listed.undated[:UNDATED], facts, voice, heading="h4"),
        further=_next(coming, in_pages(listed)),
        past=page_path(past),
    )


def _nth(entries: Sequence[Listable], number: int) -> Sequence[Listable]:
    return entries[(number - 1) * PER_PAGE : number * PER_PAGE]


def _next(parts: PagePath, entries: Sequence[object]) -> str:
    has_more = len(entries) > parts.number * PER_PAGE
    return page_path(replace(parts, number=parts.number + 1)) if has_more else ""


def _names(facts: Facts, voice: Voice) -> Iterator[tuple[str, Markup]]:
    for one in facts.initiatives.values():
        yield initiative_page_path(one.slug, voice.language), voice.text(one.name)


def _cards(facts: Facts, voice: Voice) -> Iterator[Card]:
    for one in facts.initiatives.values():
        coming = facts.agenda.of(one.slug).coming
        yield Card(
            name=voice.text(one.name),
            slug=one.slug,
            href=initiative_page_path(one.slug, voice.language),
            summary=voice.text(one.summary) if one.summary else None,
            logo=shown_picture(one.logo, voice),
            coming=voice.say("Coming events: {count}", count=len(coming)),
        )


def _choices(facts: Facts, voice: Voice) -> Choices:
    shown = facts.agenda.all.coming[:PER_PAGE]
    spoken = {code for one in shown if one.occurrence for code in one.occurrence.details.languages}
    return Choices(
        initiatives=tuple(
            (slug, voice.choose(one.short_name or one.name).text)
            for slug, one in facts.initiatives.items()
        ),
        languages=tuple(sorted((code, voice.name(code)) for code in spoken)),
        states=tuple((label.value, voice.say(word)) for label, word in WORDS.items()),
    )
