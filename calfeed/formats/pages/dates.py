"""The dates of a series: the nearest on the event's page, all of them on pages of their own."""

from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup

from calfeed.addresses import Page, PagePath, event_page_path, page_path
from calfeed.agenda import Entry, dates_of, in_order
from calfeed.formats.pages.environment import fill
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.frame import frame_of, head_of
from calfeed.formats.pages.items import drawn_items, months_of
from calfeed.formats.pages.lists import PER_PAGE, PlainListPage
from calfeed.formats.pages.subject import Subject
from calfeed.formats.pages.voice import Voice
from calfeed.ledger.revision import Revision

NEAREST = 12
"""How many dates that lie ahead an event's page shows, and how many of those that are over."""


def nearest_dates(
    subject: Subject, facts: Facts, voice: Voice
) -> tuple[tuple[Markup, ...], tuple[Markup, ...], str]:
    """Return the next dates of a series, the last ones newest first, and where all of them are.

    That is empty where none is left out, and of all else but a series all three are.
    """
    if not subject.is_series:
        return (), (), ""
    day, zone = facts.snapshot.day, facts.site.timezone
    ahead: list[Entry] = []
    over: list[Entry] = []
    for entry in _all(subject.revision):
        (over if entry.is_over(day, zone) else ahead).append(entry)
    whole = PagePath(page=Page.DATES, language=voice.language, key=subject.revision.key)
    is_left_out = len(ahead) > NEAREST or len(over) > NEAREST
    return (
        drawn_items(ahead[:NEAREST], facts, voice),
        drawn_items(over[: -NEAREST - 1 : -1], facts, voice),
        page_path(whole) if is_left_out else "",
    )


def pages_of_dates(revision: Revision) -> int:
    """Return how many pages all dates of *revision* take; none unless it is a series."""
    return -(-len(_all(revision)) // PER_PAGE) if revision.event.rule else 0


def dates_page(parts: PagePath, revision: Revision, facts: Facts) -> bytes | None:
    """Return a page of all dates of a series; None where they end before, or it is none."""
    if parts.number > pages_of_dates(revision):
        return None
    voice = facts.voice(parts.language)
    heading, of = voice.say("All dates"), voice.text(revision.event.details.title)
    dates = _all(revision)
    start = (parts.number - 1) * PER_PAGE
    title = Markup(" | ").join((heading, of)).striptags()
    head = head_of(parts, facts, voice, title=title, description=title)
    page = PlainListPage(
        frame=frame_of(parts, facts, voice, head=replace(head, is_indexed=False)),
        heading=heading,
        up=(of, event_page_path(revision.key, voice.language)),
        items=(),
        months=months_of(dates[start : start + PER_PAGE], facts, voice, heading="h3"),
        newer=page_path(replace(parts, number=parts.number - 1)) if parts.number > 1 else "",
        older=page_path(replace(parts, number=parts.number + 1))
        if start + PER_PAGE < len(dates)
        else "",
        is_past=False,
    )
    return fill("list.html", page=page)


def _all(revision: Revision) -> list[Entry]:
    """Return all dates of *revision*, in order."""
    dates: Iterable[Entry] = dates_of(revision)
    return sorted(dates, key=in_order)
