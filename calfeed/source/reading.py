"""How the schema reads single values: by parsers, in the language and the zone that hold there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Annotated, Any, NamedTuple, ParamSpec, TypeVar

from pydantic import PlainValidator, ValidationInfo, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError

from calfeed.dates import When
from calfeed.model import Rule
from calfeed.source import shapes
from calfeed.source.grammar import GrammarError, did_you_mean, shown
from calfeed.source.repeats import parse_rule
from calfeed.source.texts import parse_line, parse_words
from calfeed.source.values import parse_language, parse_switch
from calfeed.source.when import parse_day, parse_when
from calfeed.source.zones import check_zone

T = TypeVar("T")
P = ParamSpec("P")
Info = ValidationInfo[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What the site says that all texts and times of the sources are read by.

    Without ``languages`` a text may be in any.
    """

    language: str
    languages: tuple[str, ...]
    timezone: str


@dataclass(slots=True)
class Reading:
    """One reading of one event: its grounds, and the zone that holds where the reader stands.

    A zone that an update gives holds from there on: for the whole event, or for the one date
    that the update names.
    """

    grounds: Grounds
    zone: str
    _zones: dict[object, str] = field(default_factory=dict)

    @classmethod
    def of(cls, entry: object, grounds: Grounds) -> "Reading":
        """Return the reading of an event that begins with the zone of its *entry*."""
        return cls(grounds, own_zone(entry) or grounds.timezone)

    def go_to(self, update: object) -> None:
        """Let the zone that holds in *update*, as it stands in the file, hold from here on."""
        named = update.get("occurrence") if isinstance(update, Mapping) else None
        occurrence = named if isinstance(named, str) else None
        whole = self._zones.setdefault(None, self.zone)
        self.zone = own_zone(update) or self._zones.get(occurrence, whole)
        if occurrence is None:
            self._zones.clear()
        self._zones[occurrence] = self.zone


class Occurrence(NamedTuple):
    """Which dates of a series an update speaks of: one, by its original day, or all from it on."""

    day: date
    onwards: bool


class Repeats(NamedTuple):
    """A rule, and how it was written: it is read again where its first date is corrected."""

    rule: Rule
    written: Mapping[str, object]


def telling(read: Callable[P, T]) -> Callable[P, T]:
    """Return *read* with its GrammarError told in the way that pydantic gathers errors."""

    @wraps(read)
    def tell(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return read(*args, **kwargs)
        except GrammarError as error:
            raise PydanticCustomError("grammar", "not of its grammar", {"error": error}) from None

    return tell


def read_by(parse: Callable[[object], object], kind: Any) -> PlainValidator:
    """Return the validator that reads a value by *parse* alone; editors take it for a *kind*."""
    return PlainValidator(telling(parse), json_schema_input_type=kind)


def read_zone(value: object) -> str:
    """Return the name of a time zone."""
    if not isinstance(value, str):
        raise GrammarError("E122", f"expected a time zone; found {shown(value)}")
    check_zone(value)
    return value


def read_occurrence(value: object) -> Occurrence:
    """Return which dates of a series *value* names: ``DAY`` or ``DAY onwards``."""
    text = value.strip() if isinstance(value, str) else value
    onwards = isinstance(text, str) and text.endswith(" onwards")
    day = text.removesuffix(" onwards") if isinstance(text, str) else text
    return Occurrence(parse_day(day), onwards)


def own_zone(entry: object) -> str | None:
    """Return the zone that a mapping of the file gives, None where it gives none that exists."""
    zone = entry.get("timezone") if isinstance(entry, Mapping) else None
    try:
        return None if zone is None else read_zone(zone)
    except GrammarError:
        return None  # it is told where it stands


@telling
def read_when(value: object, info: Info) -> When | None:
    """Return the date that *value* states in the zone that holds there."""
    return parse_when(value, zone=info.context.zone)


@telling
def read_to_be_confirmed(value: object, info: Info) -> bool:
    """Return whether the time is open, which cannot be where the date has an hour."""
    is_open = parse_switch(value)
    when = info.data.get("when")
    if is_open and when is not None and when.is_timed:
        raise GrammarError(
            "E139",
            "the date has an hour, so its time is not to be confirmed",
            'write only the day in "when", or remove this line',
        )
    return is_open


@telling
def read_repeats(value: object, info: Info) -> Repeats | None:
    """Return the rule of a series from the date that stands before it; None if that is wrong."""
    if not isinstance(value, Mapping):
        advice = "for example  repeats: {every: month, by: first Tuesday, until: 2030-12-31}"
        raise GrammarError("E122", f"expected a rule; found {shown(value)}", advice)
    if "when" not in info.data:
        return None  # its first date is not known, and that is told
    first: When | None = info.data["when"]
    if first is None:
        advice = "write it as  when: 2021-09-07 14:00"
        raise GrammarError("E140", 'a series needs its first date, not "to be announced"', advice)
    return Repeats(parse_rule(value, first=first), value)


@telling
def _read_code(value: object, info: Info) -> str:
    grounds: Grounds = info.context.grounds
    if value in grounds.languages:
        return str(value)
    code = parse_language(value)
    if not grounds.languages:
        return code
    raise GrammarError(
        "E141",
        f'"{code}" is not among the languages of the site',
        f"they are: {', '.join(grounds.languages)}; add it there first (site.languages)",
        hint=did_you_mean(code, grounds.languages),
    )


@telling
def _read_text(value: object, read: ValidatorFunctionWrapHandler, info: Info) -> dict[str, str]:
    if isinstance(value, str):
        value = {info.context.grounds.language: value}
    if not isinstance(value, Mapping):
        raise GrammarError("E122", f"expected a text; found {shown(value)}")
    if not value:
        raise GrammarError("E123", "the text is empty", "write it, or remove the line")
    return dict(sorted(read(value).items()))


_Code = Annotated[str, PlainValidator(_read_code, json_schema_input_type=shapes.Language)]
_Line = Annotated[str, read_by(parse_line, shapes.PlainText)]
_Words = Annotated[str, read_by(parse_words, shapes.PlainText)]
_BY_LANGUAGE = WrapValidator(_read_text, json_schema_input_type=shapes.Text)
LineText = Annotated[dict[_Code, _Line], _BY_LANGUAGE]
ProseText = Annotated[dict[_Code, _Words], _BY_LANGUAGE]
