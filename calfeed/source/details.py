"""What an entry of the file states of an event, as values of the domain."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from pydantic_core import to_jsonable_python

from calfeed.dates import When, when_as_data
from calfeed.model import (
    AgendaItem,
    Details,
    Link,
    Online,
    Organiser,
    Picture,
    Registration,
    Text,
    Venue,
)
from calfeed.source.parts import (
    AgendaEntry,
    LinkEntry,
    LogoEntry,
    OnlineEntry,
    OrganiserEntry,
    PictureEntry,
    PlaceEntry,
    RegistrationEntry,
)
from calfeed.source.pictures import FoundPicture
from calfeed.source.schema import Fields

Found = Mapping[str, FoundPicture]
"""Pictures by the path that the file names them by."""

TEXTS = ("title", "summary", "description")
"""The fields that updates change language by language."""

_NAMES = frozenset(field.name for field in fields(Details)) - {"when"}


def stated_fields(entry: Fields, pictures: Found) -> dict[str, Any]:
    """Return what *entry* gives of Details, but for its date; what it leaves out is not there."""
    return {
        name: _value_of(name, getattr(entry, name), pictures)
        for name in entry.model_fields_set
        if name in _NAMES
    }


def as_given(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that an update gives as JSON-ready data, in the order of their names."""
    return {name: _as_data(given[name]) for name in sorted(given)}


def overlay(details: Details, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what *given* makes of the fields of *details*: texts by language, others whole."""
    return {
        name: _overlaid(getattr(details, name), value) if name in TEXTS else value
        for name, value in given.items()
    }


def picture(entry: PictureEntry | LogoEntry, pictures: Found) -> Picture:
    """Return the picture that *entry* names, by the hash of its bytes."""
    found = pictures[entry.file]
    credit = entry.credit if isinstance(entry, PictureEntry) else None
    return Picture(
        sha256=found.sha256,
        extension=found.extension,
        alt=entry.alt,
        credit=credit,
        size=found.size,
    )


def _value_of(name: str, value: Any, pictures: Found) -> Any:
    if name == "image":
        return picture(value, pictures)
    parse = _VALUES.get(name)
    return parse(value) if parse and value is not None else value


def _overlaid(text: Text | None, given: Text) -> Text:
    return dict(sorted({**(text or {}), **given}.items()))


def _as_data(value: object) -> Any:
    if isinstance(value, When):
        return when_as_data(value)
    return to_jsonable_python(value)


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _venue(entry: PlaceEntry) -> Venue:
    return Venue(name=entry.name, address=entry.address, country=entry.country, geo=entry.geo)


def _online(entry: OnlineEntry) -> Online:
    return Online(url=entry.url, label=entry.label, private=entry.private)


def _organisers(entries: Iterable[OrganiserEntry]) -> tuple[Organiser, ...]:
    return tuple(Organiser(name=one.name, url=one.url, email=one.email) for one in entries)


def _registration(entry: RegistrationEntry) -> Registration:
    return Registration(url=entry.url, closes=entry.closes)


def _agenda(entries: Iterable[AgendaEntry]) -> tuple[AgendaItem, ...]:
    return tuple(AgendaItem(at=one.at, title=one.title) for one in entries)


def _links(entries: Iterable[LinkEntry]) -> tuple[Link, ...]:
    return tuple(Link(url=one.url, label=one.label) for one in entries)


_VALUES: Mapping[str, Callable[[Any], Any]] = {
    "agenda": _agenda,
    "languages": _sorted,
    "links": _links,
    "online": _online,
    "organisers": _organisers,
    "place": _venue,
    "registration": _registration,
    "related": _sorted,
    "tags": _sorted,
}
