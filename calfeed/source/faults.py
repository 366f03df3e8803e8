"""What a document says against the schema, as problems with a place and a next step."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from calfeed.errors import Place, Problem
from calfeed.source import parts, schema
from calfeed.source.grammar import UNKNOWN_KEY, GrammarError, did_you_mean, shown, surely_meant
from calfeed.source.mending import in_brackets, in_place_of, mendable
from calfeed.source.pairs import is_pair, is_pair_for_text, pair_for_agenda, pair_for_text
from calfeed.source.stated import Placing

Path: TypeAlias = tuple[str | int, ...]

_KEY = "[key]"  # how pydantic marks an error in a key

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

_LISTS_OF_TEXTS = {"agenda", "organisers"}
"""Whose items are groups, but look like a text that a colon made a pair of."""

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


def problem_of(error: GrammarError, place: Place) -> Problem:
    """Return the problem that *error* is where it stands, with a mend if there is only one."""
    problem = Problem(
        code=error.code, message=error.message, place=place, hint=error.hint, help=error.help
    )
    return mendable(problem, in_place_of(place, *error.instead) if error.instead else None)


def problems_of(
    error: ValidationError, path: Path, data: object, place: Placing
) -> Iterator[Problem]:
    """Yield each problem that *error* has gathered of *data*, which stands at *path*.

    Values that are empty are told by ``emptiness.py``. A key that is only misspelt is not told
    as missing too.
    """
    details = error.errors(include_url=False)
    unknown = [detail for detail in details if detail["type"] == "extra_forbidden"]
    pairs = {detail["loc"][:-1] for detail in unknown if _is_pair(path, detail, data)}
    meant = {(*path, *detail["loc"][:-1], _meant(path, detail)) for detail in unknown}
    for detail in details:
        if detail["loc"][:-1] in pairs:
            if detail["type"] == "extra_forbidden":
                yield _pair((*path, *detail["loc"][:-1]), _at(data, detail["loc"][:-1]), place)
        elif detail["type"] == "extra_forbidden":
            yield _unknown_key(path, detail, _at(data, detail["loc"][:-1]), place)
        elif detail["type"] == "missing" and isinstance(detail["loc"][-1], str):
            if (*path, *detail["loc"]) not in meant:
                yield _missing((*path, *detail["loc"]), place)
        elif detail["input"] is not None:
            yield _wrong_value(path, detail, data, place)


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


def _unknown_key(path: Path, detail: ErrorDetails, group: object, place: Placing) -> Problem:
    *above, key = (*path, *detail["loc"])
    model = _model_at(tuple(above))
    meant = _meant(path, detail)
    where = place(*above, key, of="key")
    sure = surely_meant(str(key), model.model_fields)
    is_free = isinstance(group, dict) and sure not in group
    return Problem(
        code=UNKNOWN_KEY,
        message=f"unknown key {shown(key)} in {owner(tuple(above))}",
        place=where,
        hint=f'did you mean "{meant}"?' if meant else "",
        help=tuple(_help_for_key(str(key), meant, model, detail["input"])),
        mend=in_place_of(where, str(key), sure) if sure and is_free else None,
    )


def _is_pair(path: Path, detail: ErrorDetails, data: object) -> bool:
    """Whether an item of a list is no group with an unknown key, but a text with a colon."""
    above = detail["loc"][:-1]
    is_item = bool(above) and isinstance(above[-1], int) and above[-2] in _LISTS_OF_TEXTS
    return is_item and is_pair(_at(data, above)) and not _meant(path, detail)


def _pair(path: Path, value: Any, place: Placing) -> Problem:
    if path[-2] == "agenda":
        return pair_for_agenda(value, place(*path))
    return pair_for_text(value, place(*path))


def _at(data: object, path: Path) -> Any:
    """Return what *data* has at *path*, which leads somewhere."""
    inner: Any = data
    for step in path:
        inner = inner[step]
    return inner


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
    value = detail["input"]
    if is_key and is_pair_for_text(group := _at(data, inner[:-1])):
        return pair_for_text(group, place(*path, *inner[:-1]))
    if inner and isinstance(inner[-1], int) and is_pair(value):
        return pair_for_text(value, place(*path, *inner))
    error = detail.get("ctx", {}).get("error")
    if not isinstance(error, GrammarError):
        where = place(*path, *inner)
        wrong = problem_of(_wrong_kind((*path, *inner), detail), where)
        is_text = detail["type"] == "tuple_type" and isinstance(value, str)
        return mendable(wrong, in_brackets(where, value) if is_text else None)
    if is_key or error.code == UNKNOWN_KEY:
        return problem_of(error, place(*path, *inner, *error.field, of="key"))
    return problem_of(error, place(*path, *inner, *error.field))


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
            advice = [f"write it in brackets:  [{value}]"] if isinstance(value, str) else []
            return GrammarError("E122", f"expected a list; found {found}", *advice)
        case "too_short":
            return GrammarError("E123", "the list is empty", "name at least one")
        case "too_long" | "missing":
            advice = ["write  geo: [50.8467, 4.3525]"]
            return GrammarError("E122", "expected latitude and longitude", *advice)
    first = next(iter(_model_at(path).model_fields))
    is_link = first in {"url", "file"} and isinstance(value, str)
    advice = [f"write for example  {{{first}: {value}}}"] if is_link else []
    return GrammarError("E122", f"expected keys with values; found {found}", *advice)
