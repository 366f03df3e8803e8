"""The format of an events file as JSON Schema, from the same models that read it.

For editors with a YAML language server: it knows every key, explains it, and marks slips while one
writes. What only a grammar can say (a day that does not exist) is left to ``calfeed check``.
"""

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from calfeed.addresses import SLUG
from calfeed.source.schema import REMOVABLE, EventEntry, FileEntry

DRAFT = "http://json-schema.org/draft-07/schema#"

_TEXT = ["string", "number", "boolean"]
"""What a text may look like to a reader of YAML: a title of digits alone is a number there."""

_BY_LANGUAGE = {"type": "object", "additionalProperties": {"type": _TEXT}}
_SHORT_FORMS: Mapping[str, Any] = {
    "OnlineEntry": {"const": REMOVABLE},
    "OrganiserEntry": {"type": _TEXT},
    "PlaceEntry": {"type": _TEXT},
    "RegistrationEntry": {"const": REMOVABLE},
}
"""How some groups may also be written: by their name alone, or as not there."""

_UNSAID = frozenset({"title", "default"})


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft-07) of an events file."""
    _, made = models_json_schema(
        [(FileEntry, "validation"), (EventEntry, "validation")],
        ref_template="#/definitions/{model}",
    )
    definitions = {
        name: _adapted(schema)
        for name, schema in made["$defs"].items()
        if name.endswith("Entry")  # as a file has them, not what is made of them
    }
    definitions["FileEntry"]["properties"]["events"] |= {
        "additionalProperties": {"$ref": "#/definitions/EventEntry"},
        "propertyNames": {"pattern": f"^{SLUG}$"},
    }
    definitions["FileEntry"]["properties"]["initiatives"]["propertyNames"] = {
        "pattern": f"^{SLUG}$"
    }
    head = {"$schema": DRAFT, "title": "Events file of calfeed"}
    return {**head, **definitions.pop("FileEntry"), "definitions": definitions}


def _adapted(schema: Any) -> Any:
    """Return *schema*, of pydantic and draft 2020-12, as files are written and draft-07 has it."""
    if isinstance(schema, list):
        return [_adapted(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("additionalProperties") == {"type": "string"}:
        return _described(schema, {"anyOf": [{"type": _TEXT}, _BY_LANGUAGE]})
    if "anyOf" in schema:
        kinds = [_adapted(one) for one in schema["anyOf"] if one != {"type": "null"}]
        return _described(schema, {"anyOf": kinds} if len(kinds) > 1 else kinds[0])
    if "$ref" in schema:
        group = {"$ref": schema["$ref"]}
        short = _SHORT_FORMS.get(schema["$ref"].rpartition("/")[2])
        kind = {"anyOf": [short, group]} if short else {"allOf": [group]}
        return _described(schema, kind)
    return _plain(schema)


def _described(schema: Mapping[str, Any], kind: Mapping[str, Any]) -> dict[str, Any]:
    description = schema.get("description")
    return {**({"description": description} if description else {}), **kind}


def _plain(schema: Mapping[str, Any]) -> dict[str, Any]:
    adapted = {
        {"prefixItems": "items"}.get(key, key): _adapted(value)
        for key, value in schema.items()
        if key not in {*_UNSAID, "properties"}
    }
    if "properties" in schema:
        adapted["description"] = schema["description"].partition("\n")[0]
        adapted["properties"] = {
            name: _adapted(value) for name, value in schema["properties"].items()
        }
        adapted["patternProperties"] = {"^x-": {}}
    elif adapted.get("type") == "string" and not {"pattern", "enum", "const"} & adapted.keys():
        adapted["type"] = _TEXT
    return adapted
