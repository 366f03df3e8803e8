"""One date in a list: where it leads, what it is called, when and where, and its state."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from calfeed import words
from calfeed.addresses import event_page_path
from calfeed.agenda import Entry
from calfeed.dates import moment_text
from calfeed.formats.pages.environment import draw
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.voice import Voice
from calfeed.model import Details
from calfeed.states import Label, labels_of

REMEMBERED = 32_768
"""How many drawn items are kept, about a kilobyte each: those of two hundred lists, or frames."""


class Leaf(NamedTuple):
    """A day as a leaf of a calendar shows it; ``machine`` is the moment for programs."""

    machine: str
    weekday: str
    day: str
    month: str
    year: int


class Item(NamedTuple):
    """One date in a list, all said; a filter goes by the last four.

    ``awaited`` says that the date is still to be announced: there is no ``leaf`` then.
    """

    href: str
    title: Markup
    labels: tuple[tuple[Label, str], ...]
    leaf: Leaf | None
    awaited: Markup | None
    hours: str
    places: tuple[Markup, ...]
    names: tuple[Markup, ...]
    slugs: tuple[str, ...]
    languages: tuple[str, ...]
    presence: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The dates of one month, in order, drawn."""

    heading: str
    items: tuple[Markup, ...]


Initiatives = tuple[tuple[str, Markup], ...]
"""The slug of each, and what lists call it."""


def months_of(
    entries: Iterable[Entry], facts: Facts, voice: Voice, *, heading: str
) -> tuple[Month, ...]:
    """Return *entries*, which are in order, by the months in which they begin."""
    return tuple(
        Month(
            heading=words.say_month(first, voice.language),
            items=drawn_items(group, facts, voice, heading=heading),
        )
        for first, group in groupby(entries, key=_month)
    )


def drawn_items(
    entries: Iterable[Entry], facts: Facts, voice: Voice, *, heading: str = "h3"
) -> tuple[Markup, ...]:
    """Return *entries* as items of a list, drawn, the title of each a *heading*."""
    return tuple(drawn_item(entry, facts, voice, "parts.html", heading) for entry in entries)


def drawn_item(
    entry: Entry, facts: Facts, voice: Voice, template: str, *values: Hashable
) -> Markup:
    """Return *entry* as the macro ``item`` of *template* draws it of an `Item` and *values*."""
    names = facts.names(voice.language)
    initiatives = tuple((slug, names[slug]) for slug in facts.slugs_of(entry.revision))
    return _drawn(entry, initiatives, voice, template, *values)


@lru_cache(REMEMBERED)
def _drawn(
    entry: Entry, initiatives: Initiatives, voice: Voice, template: str, *values: Hashable
) -> Markup:
    """Return an item: most are the same on several pages, and in the snapshots that follow."""
    return draw(template, "item", _item(entry, initiatives, voice), *values)


def _item(entry: Entry, initiatives: Initiatives, voice: Voice) -> Item:
    revision, occurrence = entry.revision, entry.occurrence
    details = occurrence.details if occurrence else revision.event.details
    standing = occurrence.standing if occurrence else revision.event.standing
    when = occurrence.when if occurrence else None
    labels = labels_of(standing, when)
    return Item(
        href=event_page_path(revision.key, voice.language, entry.day),
        title=voice.text(details.title),
        labels=tuple((label, voice.label(label)) for label in labels),
        leaf=_leaf(when.first_day, moment_text(when.start, when.zone), voice) if when else None,
        awaited=None if when else voice.say("Date to be announced"),
        hours=words.say_hours(when, voice.language) if when else "",
        places=tuple(places_of(details, voice)),
        names=tuple(name for _, name in initiatives),
        slugs=tuple(slug for slug, _ in initiatives),
        languages=details.languages,
        presence=presence_of(details),
        state=" ".join(labels) or "as-planned",
    )


def places_of(details: Details, voice: Voice) -> Iterator[Markup]:
    """Yield where it takes place, in short: the place's name, and that it is online."""
    if details.place:
        yield voice.text(details.place.name)
    if details.online:
        yield voice.say("Online")


def presence_of(details: Details) -> str:
    """Return how one takes part: ``in-person``, ``online``, ``both`` or nothing that is known."""
    if details.place and details.online:
        return "both"
    return "in-person" if details.place else "online" if details.online else ""


def _leaf(day: date, machine: str, voice: Voice) -> Leaf:
    weekday, number, month = words.say_day_in_short(day, voice.language)
    return Leaf(machine=machine, weekday=weekday, day=number, month=month, year=day.year)


def _month(entry: Entry) -> date:
    return entry.occurrence.when.first_day.replace(day=1) if entry.occurrence else date.max
