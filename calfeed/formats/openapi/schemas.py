"""The JSON Schemas that calfeed ships, as components of a document that has several."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import cast

Json = Mapping[str, object]

LOCAL = "#/$defs/"
COMPONENTS = "#/components/schemas/"


def components(name: str) -> Json:
    """Return the schema *name* and the definitions that it has, each a component of its own.

    A reference within a schema means the document that the schema stands in, so a definition
    ``place`` of ``listing`` becomes ``listing.place``, and what refers to it follows.
    """
    whole = dict(_shipped(name))
    definitions = cast(Json, whole.pop("$defs", {}))
    whole.pop("$schema")  # that of OpenAPI 3.1 is the same, and more
    all_of_them = {name: whole, **{f"{name}.{own}": one for own, one in definitions.items()}}
    return {key: _moved(one, name) for key, one in all_of_them.items()}


def reference(name: str) -> Json:
    """Return what refers to the schema *name*."""
    return {"$ref": COMPONENTS + name}


def _moved(schema: object, name: str) -> object:
    if isinstance(schema, list):
        return [_moved(one, name) for one in schema]
    if not isinstance(schema, dict):
        return schema
    moved = {key: _moved(one, name) for key, one in schema.items()}
    target = moved.get("$ref")
    if isinstance(target, str):
        moved["$ref"] = target.replace(LOCAL, f"{COMPONENTS}{name}.")
    return moved


@cache
def _shipped(name: str) -> Json:
    file = files("calfeed") / "formats" / "schemas" / f"{name}.schema.json"
    return cast(Json, json.loads(file.read_text("utf-8")))
