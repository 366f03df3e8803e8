"""Documents for frames on partner sites: the coming dates of an initiative, or one event."""

from dataclasses import dataclass

from markupsafe import Markup

from calfeed.addresses import (
    ALL,
    Page,
    PagePath,
    event_page_path,
    index_page_path,
    initiative_page_path,
    page_path,
)
from calfeed.formats.pages.environment import fill
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.items import Item, items_of, places_of
from calfeed.formats.pages.notice import Message, message_of
from calfeed.formats.pages.statics import path_of
from calfeed.formats.pages.subject import Subject
from calfeed.formats.pages.voice import Voice
from calfeed.states import Label

MOST = 50
"""How many dates an embed can show."""

USUAL = 10
"""How many it shows unless its address asks for another number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedPage:
    """All that the template of an initiative's embed needs."""

    voice: Voice
    heading: Markup
    items: tuple[Item, ...]
    undated: tuple[Item, ...]
    usual: int
    canonical: str
    page: str
    feeds: str
    style: str
    colours: str
    script: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedEventPage:
    """All that the template of one event's embed needs."""

    voice: Voice
    title: Markup
    labels: tuple[tuple[Label, str], ...]
    message: Message | None
    when: Markup | None
    is_struck: bool
    places: tuple[Markup, ...]
    canonical: str
    page: str
    style: str
    colours: str
    script: str


def embed_page(parts: PagePath, facts: Facts) -> bytes:
    """Return the coming dates of an initiative, or of all, for a frame."""
    voice = facts.voice(parts.language)
    is_all = parts.slug == ALL
    listed = facts.agenda.of("" if is_all else parts.slug)
    told = facts.snapshot.told.initiatives.get(parts.slug)
    page = (
        index_page_path(voice.language)
        if is_all
        else initiative_page_path(parts.slug, voice.language)
    )
    feeds = page_path(PagePath(page=Page.FEEDS, language=voice.language))
    waiting = [entry for entry in listed.undated if entry not in listed.coming[:MOST]]
    shown = EmbedPage(
        voice=voice,
        heading=voice.text(told.initiative.name if told else facts.site.name),
        items=items_of(listed.coming[:MOST], facts, voice),
        undated=items_of(waiting[:USUAL], facts, voice),
        usual=USUAL,
        canonical=facts.site.url + page,
        page=page,
        feeds=feeds if is_all else f"{page}#subscribe",
        style=path_of("embed.css"),
        colours=facts.colours.path,
        script=path_of("embedded.js"),
    )
    return fill("embed.html", page=shown)


def embedded_event_page(parts: PagePath, subject: Subject, facts: Facts) -> bytes:
    """Return one event, or one date of a series, for a frame."""
    voice = facts.voice(parts.language)
    page = event_page_path(subject.revision.key, voice.language, subject.day)
    shown = EmbeddedEventPage(
        voice=voice,
        title=voice.text(subject.details.title),
        labels=tuple((label, voice.label(label)) for label in subject.labels),
        message=message_of(subject, voice),
        when=voice.when(subject.when) if subject.when else None,
        is_struck=subject.is_off,
        places=tuple(places_of(subject.details, voice)),
        canonical=facts.site.url + page,
        page=page,
        style=path_of("embed.css"),
        colours=facts.colours.path,
        script=path_of("embedded.js"),
    )
    return fill("embedded-event.html", page=shown)
