"""The format of an events file, as models that read it: every key, and what it may be."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from calfeed.dates import When
from calfeed.model import Change
from calfeed.source import shapes
from calfeed.source.grammar import GrammarError
from calfeed.source.links import parse_host, parse_site_url
from calfeed.source.parts import (
    AgendaEntry,
    Entry,
    Line,
    LinkEntry,
    LogoEntry,
    OnlineEntry,
    OrganiserEntry,
    PictureEntry,
    PlaceEntry,
    PrefixesEntry,
    RegistrationEntry,
    RepeatsEntry,
    SiteLinksEntry,
    Switch,
    Url,
    WhenEntry,
)
from calfeed.source.reading import (
    Info,
    LineText,
    Occurrence,
    ProseText,
    Repeats,
    read_by,
    read_occurrence,
    read_repeats,
    read_to_be_confirmed,
    read_when,
    read_zone,
    telling,
)
from calfeed.source.texts import parse_initiative_slug, parse_pin, parse_slug
from calfeed.source.values import (
    parse_cache,
    parse_colour,
    parse_keep_past,
    parse_language,
    parse_only,
    parse_refresh,
    parse_sequence,
    parse_spoken_language,
)
from calfeed.source.when import parse_day

Slug = Annotated[str, read_by(parse_slug, shapes.Slug)]
InitiativeSlug = Annotated[str, read_by(parse_initiative_slug, shapes.InitiativeSlug)]
Zone = Annotated[str, read_by(read_zone, shapes.Zone)]
Language = Annotated[str, read_by(parse_language, shapes.Language)]
Day = Annotated[date, read_by(parse_day, shapes.Day)]
Moment = Annotated[
    When | None, PlainValidator(read_when, json_schema_input_type=shapes.Date | WhenEntry)
]
ToBeConfirmed = Annotated[
    bool, PlainValidator(read_to_be_confirmed, json_schema_input_type=shapes.Switch)
]
Series = Annotated[
    Repeats | None, PlainValidator(read_repeats, json_schema_input_type=RepeatsEntry)
]

REMOVABLE = "none"
"""What an update writes to take a place, a join link or a registration away."""


def _read_change(value: object) -> Change:
    return Change(parse_only(*Change)(value))


def _of_name(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


def _unless_none(value: object) -> object:
    return None if value == REMOVABLE else value


def _place(value: object) -> object:
    return None if value == REMOVABLE else _of_name(value)


def _or_text(read: Callable[[object], object], model: Any) -> BeforeValidator:
    return BeforeValidator(read, json_schema_input_type=model | shapes.PlainText)


def _unless(model: Any) -> BeforeValidator:
    return BeforeValidator(_unless_none, json_schema_input_type=model | shapes.Nothing)


class Fields(Entry):
    """What an event states and an update may state anew."""

    title: LineText | None = Field(default=None, description="the event's name, without its state")
    timezone: Zone | None = Field(default=None, description="zone of its times; default the site's")
    when: Moment = Field(
        default=None, description="the date: a day, days, a time, or: to be announced"
    )
    time_to_be_confirmed: ToBeConfirmed = Field(
        default=False, description="true: only the day is known"
    )
    place: Annotated[
        PlaceEntry | None,
        BeforeValidator(_place, json_schema_input_type=PlaceEntry | shapes.PlainText),
    ] = Field(default=None, description="where it takes place; none: nowhere")
    online: Annotated[OnlineEntry | None, _unless(OnlineEntry)] = Field(
        default=None, description="where it is joined; none: not online"
    )
    image: PictureEntry | None = Field(default=None, description="its picture")
    summary: ProseText | None = Field(default=None, description="one or two sentences")
    description: ProseText | None = Field(default=None, description="the whole text, in Markdown")
    organisers: tuple[
        Annotated[
            OrganiserEntry,
            _or_text(_of_name, OrganiserEntry),
        ],
        ...,
    ] = Field(default=(), description="who holds it: names, or mappings with name, url and email")
    contact: Line | None = Field(default=None, description="whom to ask: a name, address or number")
    website: Url | None = Field(default=None, description="its own site")
    languages: tuple[Annotated[str, read_by(parse_spoken_language, shapes.Language)], ...] = Field(
        default=(), description="spoken or interpreted there"
    )
    registration: Annotated[RegistrationEntry | None, _unless(RegistrationEntry)] = Field(
        default=None, description="where one registers; none: no longer"
    )
    agenda: tuple[AgendaEntry, ...] = Field(default=(), description="what happens when")
    tags: tuple[Line, ...] = Field(default=(), description="subjects")
    related: tuple[Line, ...] = Field(default=(), description="keys of other events")
    links: tuple[LinkEntry, ...] = Field(default=(), description="recording, report and the like")
    free: Switch | None = Field(default=None, description="true: there is no charge")


class UpdateEntry(Fields):
    """What happened to an event after it was published."""

    announced: Day = Field(description="the day you told the public")
    change: Annotated[Change, read_by(_read_change, shapes.ChangeName)] = Field(
        description="what it does to the event"
    )
    occurrence: Annotated[Occurrence, read_by(read_occurrence, shapes.Occurrence)] | None = Field(
        default=None,
        description="which date of a series, by its original day; DAY onwards: all from it",
    )
    notice: ProseText | None = Field(default=None, description="what to tell people, in Markdown")

    @model_validator(mode="before")
    @classmethod
    def _enter_its_zone(cls, data: object, info: Info) -> object:
        info.context.go_to(data)
        return data


class EventEntry(Fields):
    """One event, as it was first announced, and what happened to it afterwards."""

    title: LineText = Field(description="the event's name, without its state")
    when: Moment = Field(description="the date: a day, days, a time, or: to be announced")
    initiatives: tuple[Line, ...] = Field(min_length=1, description="whose event it is")
    published: Day | None = Field(default=None, description="the day it was first published")
    repeats: Series = Field(default=None, description="the rule of a series")
    draft: Switch = Field(default=False, description="true: not published yet")
    formerly: tuple[Slug, ...] = Field(default=(), description="earlier keys of this event")
    uid: Annotated[str, read_by(parse_pin, shapes.Pin)] | None = Field(
        default=None, description="UID of an import"
    )
    sequence: Annotated[int, read_by(parse_sequence, shapes.Sequence)] | None = Field(
        default=None, description="SEQUENCE of an import"
    )
    updates: tuple[UpdateEntry, ...] = Field(default=(), description="its history, oldest first")


class InitiativeEntry(Entry):
    """The body whose events are published, or a union of such."""

    name: LineText = Field(description="its name")
    short_name: LineText | None = Field(default=None, description="a short form of its name")
    url: Url | None = Field(default=None, description="its site")
    colour: Annotated[str, read_by(parse_colour, shapes.Colour)] | None = Field(
        default=None, description="six digits in quotes, for example '#0e47cb'"
    )
    summary: ProseText | None = Field(default=None, description="one or two sentences")
    logo: LogoEntry | None = Field(default=None, description="its logo")
    contact: Line | None = Field(default=None, description="whom to ask")
    licence: Line | None = Field(default=None, description="under which its texts may be used")
    formerly: tuple[InitiativeSlug, ...] = Field(
        default=(), description="its earlier names in addresses"
    )
    of: tuple[Line, ...] = Field(
        default=(), description="initiatives whose events it gathers; has none itself"
    )


@telling
def _check_languages(value: object, info: Info) -> object:
    own = info.data.get("language")
    if isinstance(value, list) and own is not None and own not in value:
        raise GrammarError(
            "E142",
            f'"{own}" is the language of the site, and not among its languages',
            f"write it first:  languages: [{', '.join([own, *map(str, value)])}]",
        )
    return value


class SiteEntry(Entry):
    """What holds for all calendars."""

    name: LineText = Field(description="what the site is called")
    url: Annotated[str, read_by(parse_site_url, shapes.Address)] = Field(
        description="its public address"
    )
    language: Language = Field(description="of plain texts")
    languages: Annotated[
        tuple[Language, ...],
        BeforeValidator(_check_languages, json_schema_input_type=tuple[Language, ...]),
    ] = Field(default=(), description="all that are published; default the one")
    timezone: Zone = Field(description="zone of all times, unless an event has its own")
    keep_past: Annotated[int | None, read_by(parse_keep_past, shapes.KeepPast)] = Field(
        default=400, description="days that past events stay in the calendars, or forever"
    )
    refresh: Annotated[str, read_by(parse_refresh, shapes.Duration)] = Field(
        default="PT1H", description="how often subscribers should look"
    )
    cache: Annotated[int, read_by(parse_cache, shapes.Seconds)] = Field(
        default=300, description="seconds that an answer may be kept"
    )
    prefixes: PrefixesEntry = Field(default=PrefixesEntry(), description="words before titles")
    compress_ics: Switch = Field(default=True, description="false: calendars are sent uncompressed")
    embed_from: tuple[Annotated[str, read_by(parse_host, shapes.Host)], ...] = Field(
        default=(), description="hosts that may frame embeds; default all"
    )
    contact: Line | None = Field(default=None, description="whom to ask")
    licence: Line | None = Field(default=None, description="under which the texts may be used")
    links: SiteLinksEntry = Field(default=SiteLinksEntry(), description="statements to link to")
    ledger: Annotated[str, read_by(parse_only("required"), shapes.Required)] | None = Field(
        default=None, description="required: never begin a new ledger by itself"
    )


class FileEntry(Entry):
    """A file: the site and the initiatives stand in one of them, events in any.

    Each event is read apart, by ``EventEntry``, in its own zone.
    """

    format: Annotated[str, read_by(parse_only("1"), shapes.Format)] | None = Field(
        default=None, description="the version of this format: 1"
    )
    site: SiteEntry | None = Field(default=None, description="what holds for all calendars")
    initiatives: dict[InitiativeSlug, InitiativeEntry] = Field(
        default={}, description="the bodies whose events are published, by their name in addresses"
    )
    events: dict[Slug, Any] = Field(default={}, description="the events, by their permanent key")
