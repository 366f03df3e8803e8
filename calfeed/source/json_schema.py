"""The format of an events file as JSON Schema (draft-07), for editors that complete and check."""

import json
import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from pydantic.json_schema import models_json_schema

from calfeed.source.schema import EventEntry, FileEntry, UpdateEntry
from calfeed.source.shapes import INITIATIVE_SLUGS, NEEDS, SLUGS

Schema: TypeAlias = dict[str, Any]

_DIALECT = "http://json-schema.org/draft-07/schema#"
_REF = "#/definitions/{model}"
_REFERENCE = re.compile('"#/definitions/([^"]+)"')
_CLOSED = {"WhenEntry", "RepeatsEntry"}
"""Groups whose keys are all calfeed's: an editor has none of their own in them."""


def json_schema() -> str:
    """Return the schema as text: what passes it may be refused by calfeed, hardly ever the reverse.

    It is made of the models that read the file, so it knows the same keys.
    """
    _, found = models_json_schema(
        [(FileEntry, "validation"), (EventEntry, "validation")], ref_template=_REF
    )
    definitions: Schema = {name: _tidied(schema) for name, schema in sorted(found["$defs"].items())}
    for name, schema in definitions.items():
        if schema.get("type") == "object" and name not in _CLOSED:
            schema["patternProperties"] = {"^x-": {}}
    definitions[UpdateEntry.__name__]["allOf"] = [
        {"if": _has_change(change), "then": needs} for change, needs in NEEDS.items()
    ]
    file = definitions.pop(FileEntry.__name__)
    _name_entries(file["properties"]["events"], EventEntry.__name__, SLUGS)
    _name_entries(file["properties"]["initiatives"], "InitiativeEntry", INITIATIVE_SLUGS)
    used = _used_by(file, definitions)
    schema = {
        "$schema": _DIALECT,
        "title": "calfeed events file",
        **file,
        "definitions": {name: one for name, one in definitions.items() if name in used},
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _has_change(change: str) -> Schema:
    return {"properties": {"change": {"enum": [str(change)]}}, "required": ["change"]}


def _name_entries(schema: Schema, model: str, names: Mapping[str, Any]) -> None:
    """Let *schema*, which may stand without a value, be a group of *model* by *names*."""
    schema.pop("patternProperties", None)
    schema["type"] = ["object", "null"]
    schema["propertyNames"] = names
    schema["additionalProperties"] = {"$ref": _REF.format(model=model)}


def _used_by(schema: Schema, definitions: Mapping[str, Schema]) -> set[str]:
    """Return the names of all definitions that *schema* leads to."""
    used: set[str] = set()
    waiting = [schema]
    while waiting:
        named = set(_REFERENCE.findall(json.dumps(waiting.pop()))) - used
        used |= named
        waiting += [definitions[name] for name in named]
    return used


def _tidied(schema: Any) -> Any:
    """Return *schema* as draft-07 has it, without what says nothing to an editor.

    In a file there is no null, and beside a reference draft-07 reads nothing.
    """
    if isinstance(schema, list):
        return [_tidied(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept: Schema = {
        name: {key: _tidied(value) for key, value in inner.items()}
        if name in {"properties", "patternProperties"}
        else _tidied(inner)
        for name, inner in schema.items()
        if not (name == "title" or (name == "default" and inner in (None, (), [], {})))
    }
    if isinstance(kept.get("description"), str):
        kept["description"] = kept["description"].partition("\n\n")[0]
    if "prefixItems" in kept:
        kept["items"] = kept.pop("prefixItems")
    if "anyOf" in kept:
        kept = _without_null(kept)
    if "$ref" in kept and len(kept) > 1:
        kept["allOf"] = [{"$ref": kept.pop("$ref")}]
    return kept


def _without_null(schema: Schema) -> Schema:
    choices = [one for one in schema.pop("anyOf") if one != {"type": "null"}]
    return {**schema, **choices[0]} if len(choices) == 1 else {**schema, "anyOf": choices}
