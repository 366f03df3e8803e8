"""The document as a whole: what the site is, its addresses, and what they share."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from calfeed.formats.openapi.addresses import Address, Parameter, Place
from calfeed.formats.openapi.answers import (
    CONDITIONS,
    HEADERS,
    PROBLEM,
    SHARED,
    SYNC,
    SYNCED,
    conditions,
    other,
    responses,
)
from calfeed.formats.openapi.schemas import components

Json = Mapping[str, object]

VERSION = "3.1.0"
ABOUT = """\
Every event in all its languages, with the state that it is in, what it was before, and why.

- No key, no registration; `Access-Control-Allow-Origin: *`. HEAD and OPTIONS work at every address.
- Ask every 15 minutes or less often, and with the `ETag` that you were given.
- A UID is an event's for ever, and addresses stay: former ones go on.
- JSON only grows. Members are added, none is taken away or changes its meaning; ignore what you \
do not know.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A site as its document has it; ``docs`` is the address of the page for people."""

    title: str
    version: str
    url: str
    docs: str
    addresses: tuple[Address, ...]


def render(described: Described) -> bytes:
    """Return the OpenAPI document of what is *described*, JSON in UTF-8."""
    document = {
        "openapi": VERSION,
        "info": {
            "title": described.title,
            "version": described.version,
            "description": ABOUT,
        },
        "servers": [{"url": described.url}],
        "externalDocs": {"url": described.docs},
        "paths": {one.path: {"get": _operation(one)} for one in described.addresses},
        "components": {
            "schemas": _schemas(described.addresses),
            "headers": {**HEADERS, **SYNCED},
            "parameters": {**CONDITIONS, **SYNC},
            "responses": {name: other(one) for name, one in SHARED.items()},
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _operation(address: Address) -> Json:
    about = {"description": address.about} if address.about else {}
    return {
        "operationId": address.operation,
        "summary": address.summary,
        **about,
        "parameters": [*map(_parameter, address.parameters), *conditions(address)],
        "responses": responses(address),
    }


def _parameter(one: Parameter) -> Json:
    example = {} if one.example is None else {"example": one.example}
    return {
        "name": one.name,
        "in": one.place,
        "description": one.about,
        "required": one.is_required or one.place is Place.PATH,
        "schema": one.schema,
        **example,
    }


def _schemas(addresses: Iterable[Address]) -> Json:
    names = dict.fromkeys([*_named(addresses), PROBLEM])
    return {key: schema for name in names for key, schema in components(name).items()}


def _named(addresses: Iterable[Address]) -> Iterator[str]:
    for one in addresses:
        yield from filter(None, one.contents.values())
