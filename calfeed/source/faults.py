"""What a document says against the schema, as problems with a place and a next step."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from calfeed.errors import FIXABLE, Mend, Place, Problem, mend_at
from calfeed.source import parts, schema
from calfeed.source.grammar import GrammarError, did_you_mean, shown
from calfeed.source.stated import Placing

Path: TypeAlias = tuple[str | int, ...]

_SURELY_MEANT = 0.85
"""How alike a key and the one that is meant must be to be mended without asking."""

_KEY = "[key]"  # how pydantic marks an error in a key
_IN_BRACKETS = re.compile(r"\w[\w .,/-]*")
_COMMENTED = re.compile(r":\s+(#.*?)\s*(?:\s#.*)?")

_MODELS: Mapping[str, type[BaseModel]] = {
    "agenda": parts.AgendaEntry,
    "events": schema.EventEntry,
    "image": parts.PictureEntry,
    "initiatives": schema.InitiativeEntry,
    "links": parts.LinkEntry,
    "logo": parts.LogoEntry,
    "online": parts.OnlineEntry,
    "organisers": parts.OrganiserEntry,
    "place": parts.PlaceEntry,
    "prefixes": parts.PrefixesEntry,
    "registration": parts.RegistrationEntry,
    "site": schema.SiteEntry,
    "updates": schema.UpdateEntry,
}

_EXAMPLES = {
    "alt": "alt: what the picture shows, for those who cannot see it",
    "announced": "announced: 2021-09-23",
    "at": "at: 16:00",
    "change": "change: postponed",
    "file": "file: images/mayors.jpg",
    "format": "format: 1",
    "initiatives": "initiatives: [living-in-eu]",
    "language": "language: en",
    "name": "name: Living-in.EU",
    "timezone": "timezone: Europe/Brussels",
    "title": "title: Meeting of the mayors",
    "url": "url: https://example.eu",
    "when": "when: 2021-12-02 14:30 to 16:30  or  when: to be announced",
}


def problem_of(error: GrammarError, place: Place, written: object = None) -> Problem:
    """Return the problem that *error* is where it stands.

    With *written*, the value that stands there, it can be mended if all of it is on that line.
    """
    mend = None
    if error.instead and isinstance(written, str) and place.length - len(written) in {0, 2}:
        mend = mend_at(place, error.instead)
    return Problem(
        code=error.code,
        message=error.message,
        place=place,
        hint=error.hint,
        help=error.help,
        notes=(FIXABLE,) if mend else (),
        mend=mend,
    )


def problems_of(
    error: ValidationError, path: Path, data: object, place: Placing
) -> Iterator[Problem]:
    """Yield each problem that *error* has gathered of *data*, which stands at *path*.

    Values that are empty are ``empty_values``' to tell. A key that is only misspelt is not told
    as missing too.
    """
    details = error.errors(include_url=False)
    unknown = [detail for detail in details if detail["type"] == "extra_forbidden"]
    meant = {(*path, *detail["loc"][:-1], _meant(path, detail)) for detail in unknown}
    for detail in details:
        if detail["type"] == "extra_forbidden":
            yield _unknown_key(path, detail, place)
        elif detail["type"] == "missing" and isinstance(detail["loc"][-1], str):
            if (*path, *detail["loc"]) not in meant:
                yield _missing((*path, *detail["loc"]), place)
        elif detail["input"] is not None:
            yield _wrong_value(path, detail, data, place)


def empty_values(data: object, path: Path, place: Placing) -> Iterator[Problem]:
    """Yield a problem for each key or item at or below *data* that has no value."""
    if data is None:
        yield _empty_value(path, place)
    elif isinstance(data, dict):
        for key, value in data.items():
            if not isinstance(value, str) and not key.startswith("x-"):
                yield from empty_values(value, (*path, key), place)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            if not isinstance(value, str):
                yield from empty_values(value, (*path, index), place)


def owner(path: Path) -> str:
    """Return what a message calls the mapping at *path*."""
    match path:
        case ():
            return "the file"
        case ("site",):
            return "the site"
        case ("events" | "initiatives", key):
            return shown(key)
        case ("events", key, "updates", int()):
            return f"an update of {shown(key)}"
    *above, name = _without_index(path)
    return f'"{name}" of {owner(tuple(above))}'


def _missing(path: Path, place: Placing) -> Problem:
    *above, key = path
    return Problem(
        code="E121",
        message=f'{owner(tuple(above))} has no "{key}"',
        place=place(*above, of="key"),
        help=(f"add for example  {_EXAMPLES[str(key)]}",),
    )


def _unknown_key(path: Path, detail: ErrorDetails, place: Placing) -> Problem:
    *above, key = (*path, *detail["loc"])
    model = _model_at(tuple(above))
    meant = _meant(path, detail)
    where = place(*above, key, of="key")
    is_sure = SequenceMatcher(a=str(key), b=meant).ratio() >= _SURELY_MEANT
    return Problem(
        code="E102",
        message=f"unknown key {shown(key)} in {owner(tuple(above))}",
        place=where,
        mend=mend_at(where, meant) if is_sure and where.length == len(str(key)) else None,
        hint=f'did you mean "{meant}"?' if meant else "",
        help=tuple(_help_for_key(str(key), meant, model, detail["input"])),
    )


def _help_for_key(key: str, meant: str, model: type[BaseModel], value: object) -> Iterator[str]:
    if meant == "announced":
        day = value if isinstance(value, str) and len(value) <= len("2021-09-28") else "2021-09-28"
        yield f"an update starts with the day you told the public, for example  announced: {day}"
    elif meant:
        yield f"{meant}: {model.model_fields[meant].description}"
    elif model is schema.UpdateEntry and key in schema.EventEntry.model_fields:
        yield f'an update cannot change "{key}": it stands with the event itself'
    else:
        yield f"there are: {', '.join(model.model_fields)}"
        yield "a key of your own begins with  x-"


def _meant(path: Path, detail: ErrorDetails) -> str:
    """Return the key that an unknown one was probably meant to be, or nothing."""
    *above, key = (*path, *detail["loc"])
    hint = did_you_mean(str(key), _model_at(tuple(above)).model_fields)
    return hint.partition('"')[2].rpartition('"')[0]


def _model_at(path: Path) -> type[BaseModel]:
    match path:
        case ():
            return schema.FileEntry
        case ("site", "links"):
            return parts.SiteLinksEntry
        case ("events" | "initiatives" as name, _):
            return _MODELS[name]
    return _MODELS[str(_without_index(path)[-1])]


def _without_index(path: Path) -> Path:
    """Return the path of the list, if *path* leads to one of its items."""
    return path[:-1] if isinstance(path[-1], int) else path


def _wrong_value(path: Path, detail: ErrorDetails, data: object, place: Placing) -> Problem:
    is_key = detail["loc"][-1:] == (_KEY,)
    inner = _written(detail["loc"][:-1] if is_key else detail["loc"], data)
    error = detail.get("ctx", {}).get("error")
    if not isinstance(error, GrammarError):
        error = _wrong_kind((*path, *inner), detail)
    if is_key:
        return problem_of(error, place(*path, *inner, of="key"))
    written = None if error.field else detail["input"]
    return problem_of(error, place(*path, *inner, *error.field), written)


def _written(path: Path, data: object) -> Path:
    """Return as much of *path* as the file has: a plain text has no language below it."""
    inner: Any = data
    for depth, step in enumerate(path):
        try:
            inner = inner[step]
        except (LookupError, TypeError):
            return path[:depth]
    return path


def _wrong_kind(path: Path, detail: ErrorDetails) -> GrammarError:
    """Return what is wrong with a value that is not even of the kind that was expected."""
    value, found = detail["input"], shown(detail["input"])
    match detail["type"]:
        case "tuple_type":
            if not isinstance(value, str):
                return GrammarError("E122", f"expected a list; found {found}")
            is_plain = _IN_BRACKETS.fullmatch(value) is not None
            instead = f"[{value}]" if is_plain else ""
            return GrammarError(
                "E122",
                f"expected a list; found {found}",
                f"write it in brackets:  [{value}]",
                instead=instead,
            )
        case "too_short":
            return GrammarError("E123", "the list is empty", "name at least one")
        case "too_long" | "missing":
            advice = ["write  geo: [50.8467, 4.3525]"]
            return GrammarError("E122", "expected latitude and longitude", *advice)
    first = next(iter(_model_at(path).model_fields))
    is_link = first in {"url", "file"} and isinstance(value, str)
    advice = [f"write for example  {{{first}: {value}}}"] if is_link else []
    return GrammarError("E122", f"expected keys with values; found {found}", *advice)


def _empty_value(path: Path, place: Placing) -> Problem:
    """An unquoted # begins a comment, so that a colour without quotes is none at all."""
    key = path[-1]
    if isinstance(key, int):
        return Problem(
            code="E123",
            message="an item of the list is empty",
            place=place(*path),
            help=("write it, or remove the line",),
        )
    where = place(*path, of="key")
    line = where.excerpt[-1]
    lost = _COMMENTED.fullmatch(line, where.column - 1 - where.cut + where.length)
    if lost is None:
        return Problem(
            code="E123",
            message=f'"{key}" has no value',
            place=where,
            help=("write it, or remove the line",),
        )
    what = "the colour" if key == "colour" else "the text"
    mend = None
    if not where.cut and '"' not in lost[1] and "\\" not in lost[1]:
        column = lost.start(1) + 1
        mend = Mend(line=where.line, column=column, length=len(lost[1]), text=f'"{lost[1]}"')
    return Problem(
        code="E120",
        message=f'"{key}" has no value',
        place=replace(where, excerpt=(*where.excerpt[:-1], line[: lost.end(1)])),
        hint="everything after # is a comment",
        help=(f'put {what} in quotes:  {key}: "{lost[1]}"',),
        notes=(FIXABLE,) if mend else (),
        mend=mend,
    )
