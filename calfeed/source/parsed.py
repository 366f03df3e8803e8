"""One document -> what it states by itself: site, initiatives, events, and all its problems."""

import marshal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from calfeed.errors import Place, Problem, Severity, SourceError
from calfeed.model import Initiative, Site
from calfeed.source.bodies import initiative_of, site_of
from calfeed.source.comments import cut_texts
from calfeed.source.details import Found
from calfeed.source.emptiness import empty_values
from calfeed.source.event import Basis, ParsedEvent, parse_event
from calfeed.source.faults import problems_of
from calfeed.source.grammar import GrammarError
from calfeed.source.pictures import FoundPicture, look_up
from calfeed.source.reading import Grounds, Reading, own_zone
from calfeed.source.schema import FileEntry
from calfeed.source.stated import Placing, Statement
from calfeed.source.values import parse_language
from calfeed.source.yaml import Document

NO_SITE = Grounds(language="en", languages=(), timezone="UTC")
"""What texts and times are read by where there is no site, or none that can be read."""

_WITHOUT_REFERENCES = 2  # of marshal's formats, the last that writes equal data alike
_MAY_BE_EMPTY = {"events", "initiatives"}


class Named(NamedTuple):
    """An event, whether it has errors or not, and whom it names, in the order of the file."""

    key: str
    initiatives: tuple[str, ...]
    related: tuple[str, ...]
    formerly: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What one document came to, apart from all others.

    ``events`` and ``slugs`` name all its events and initiatives, also those that have an error
    and so do not stand in ``statements`` or ``initiatives``. ``pictures`` are by the path that the
    document names them by. ``is_read``: its file could be read, so all that it names is known;
    ``has_head``: so is what stands beside its events.
    ``plain`` are the statements that rest on the lines of their event alone, with a hash of what
    those say: they need no parsing when the rest of the document changes.
    """

    name: str
    place: Placing = field(repr=False)
    is_read: bool = True
    has_head: bool = True
    has_site: bool = False
    has_format: bool = False
    site: Site | None = None
    ledger_required: bool = False
    slugs: tuple[str, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    events: Mapping[str, Named] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    pictures: Found = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    plain: Mapping[str, tuple[bytes, Statement]] = field(default_factory=dict, repr=False)

    @property
    def has_error(self) -> bool:
        """Whether what it states cannot be published."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def has(self, path: Sequence[str | int]) -> bool:
        """Whether what stands at *path*, an event, an initiative or the site, is in it."""
        match path:
            case ("events", key, *_):
                return key in self.events
            case ("initiatives", slug, *_):
                return slug in self.slugs
        return self.has_site


def unread(name: str, error: SourceError) -> Parsed:
    """Return what a file came to that could not be read because of *error*."""
    return Parsed(
        name=name,
        place=lambda *_, of="value", part="": Place(file=name),  # noqa: ARG005 (a Placing)
        is_read=False,
        has_head=False,
        problems=error.problems,
    )


def grounds_of(document: Document) -> Grounds | None:
    """Return what the site in *document* says that all documents are read by; None: no site.

    What is wrong with it is told when it is parsed; here the next best is taken.
    """
    if "site" not in document.data:
        return None
    site = _mapping(document, "site")
    language = _language_or_none(site.get("language"))
    named = site.get("languages", [language])
    languages = [_language_or_none(code) for code in named] if isinstance(named, list) else [None]
    is_known = language in languages and None not in languages
    return Grounds(
        language=language or NO_SITE.language,
        languages=tuple(code for code in languages if code) if is_known else (),
        timezone=own_zone(site) or NO_SITE.timezone,
    )


def parse_one(document: Document, basis: Basis, *, before: Parsed | None = None) -> Parsed:
    """Return what *document* states, read by *basis*.

    *before* is what it was parsed to on the same basis: an event that stands as it did then is
    the same object again.
    """
    place = _placing(document)
    entries = _mapping(document, "events")
    known = before.plain if before else {}
    hashes = {key: _hash_of(entry) for key, entry in entries.items()}
    events = {
        key: _moved(known[key][1], place)
        if key in known and known[key][0] == hashes[key]
        else parse_event(key, entry, basis, place)
        for key, entry in entries.items()
    }
    head = _parse_head(document, basis, place)
    pictures = dict(head.pictures)
    for event in events.values():
        pictures.update(event.pictures)
    return replace(
        head,
        has_site="site" in document.data,
        has_format="format" in document.data,
        slugs=tuple(_mapping(document, "initiatives")),
        events={key: _named(key, entry) for key, entry in entries.items()},
        statements=tuple(event.statement for event in events.values() if event.statement),
        pictures=pictures,
        problems=(
            *head.problems,
            *(problem for event in events.values() for problem in event.problems),
            *cut_texts(document.name, document.text),
        ),
        plain={
            key: (hashes[key], event.statement)
            for key, event in events.items()
            if event.statement and not event.problems and not event.pictures
        },
    )


def _hash_of(entry: Any) -> bytes:
    """Return a hash by which equal data are known, its keys in the same order."""
    return sha256(marshal.dumps(entry, _WITHOUT_REFERENCES)).digest()


def _moved(statement: Statement, place: Placing) -> ParsedEvent:
    here = partial(place, "events", statement.event.key)
    return ParsedEvent(statement=replace(statement, place=here))


def _parse_head(document: Document, basis: Basis, place: Placing) -> Parsed:
    """Return what stands in *document* beside its events."""
    data = {
        key: value
        for key, value in document.data.items()
        if value is not None or key not in _MAY_BE_EMPTY
    }
    head = {key: value for key, value in data.items() if key != "events"}
    problems = list(empty_values(head, (), place))
    pictures: dict[str, FoundPicture] = {}
    parsed = Parsed(name=document.name, place=place)
    try:
        entry = FileEntry.model_validate(data, context=Reading.of(None, basis.grounds))
    except ValidationError as error:
        found = (*problems, *problems_of(error, (), data, place))
        return replace(parsed, has_head=False, problems=found)
    for slug, initiative in entry.initiatives.items():
        if initiative.logo:
            where = partial(place, "initiatives", slug, "logo")
            problems += look_up(initiative.logo.file, basis.find, pictures, where)
    if problems:
        return replace(parsed, has_head=False, problems=tuple(problems), pictures=pictures)
    return replace(
        parsed,
        site=site_of(entry.site) if entry.site else None,
        ledger_required=entry.site is not None and entry.site.ledger is not None,
        initiatives=tuple(
            initiative_of(slug, initiative, pictures)
            for slug, initiative in entry.initiatives.items()
        ),
        pictures=pictures,
    )


def _named(key: str, entry: object) -> Named:
    named = (_texts(entry, field) for field in ("initiatives", "related", "formerly"))
    return Named(key, *named)


def _texts(entry: object, key: str) -> tuple[str, ...]:
    value = entry.get(key) if isinstance(entry, dict) else None
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _placing(document: Document) -> Placing:
    """Return what finds places in *document*; only its text stays in memory for it."""
    light = replace(document, data={})

    def place(
        *path: str | int, of: Literal["key", "value", "entry"] = "value", part: str = ""
    ) -> Place:
        return light.place(path, of=of, part=part)

    return place


def _mapping(document: Document, key: str) -> Mapping[str, object]:
    value = document.data.get(key)
    return value if isinstance(value, dict) else {}


def _language_or_none(value: object) -> str | None:
    try:
        return parse_language(value)
    except GrammarError:
        return None
