"""One date in a list: where it leads, what it is called, when and where, and its state."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from markupsafe import Markup

from calfeed import words
from calfeed.addresses import event_page_path
from calfeed.agenda import Entry
from calfeed.dates import moment_text
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.voice import Voice
from calfeed.model import Details
from calfeed.states import Label, labels_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A day as a leaf of a calendar shows it."""

    machine: str
    weekday: str
    day: str
    month: str
    year: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One date in a list, all said; ``data`` is what a filter goes by."""

    href: str
    title: Markup
    labels: tuple[tuple[Label, str], ...]
    leaf: Leaf | None
    hours: str
    places: tuple[Markup, ...]
    initiatives: tuple[Markup, ...]
    slug: str
    data: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The dates of one month, in order."""

    heading: str
    items: tuple[Item, ...]


def months_of(entries: Iterable[Entry], facts: Facts, voice: Voice) -> tuple[Month, ...]:
    """Return *entries*, which are in order, by the months in which they begin."""
    return tuple(
        Month(
            heading=words.say_month(first, voice.language),
            items=tuple(item_of(entry, facts, voice) for entry in group),
        )
        for first, group in groupby(entries, key=_month)
    )


def items_of(entries: Iterable[Entry], facts: Facts, voice: Voice) -> tuple[Item, ...]:
    """Return *entries* as items of a list."""
    return tuple(item_of(entry, facts, voice) for entry in entries)


def item_of(entry: Entry, facts: Facts, voice: Voice) -> Item:
    """Return *entry* as an item of a list."""
    revision, occurrence = entry.revision, entry.occurrence
    details = occurrence.details if occurrence else revision.event.details
    standing = occurrence.standing if occurrence else revision.event.standing
    when = occurrence.when if occurrence else None
    initiatives = facts.initiatives_of(revision)
    names = facts.names(voice.language)
    labels = labels_of(standing, when)
    return Item(
        href=event_page_path(revision.key, voice.language, entry.day),
        title=voice.text(details.title),
        labels=tuple((label, voice.label(label)) for label in labels),
        leaf=_leaf(when.first_day, moment_text(when.start, when.zone), voice) if when else None,
        hours=words.say_hours(when, voice.language) if when else "",
        places=tuple(places_of(details, voice)),
        initiatives=tuple(names[one.slug] for one in initiatives),
        slug=initiatives[0].slug if initiatives else "",
        data={
            "initiatives": " ".join(one.slug for one in initiatives),
            "languages": " ".join(details.languages),
            "presence": presence_of(details),
            "state": " ".join(labels) or "as-planned",
        },
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
    return Leaf(machine=machine, weekday=weekday, day=number, month=month, year=str(day.year))


def _month(entry: Entry) -> date:
    return entry.occurrence.when.first_day.replace(day=1) if entry.occurrence else date.max
