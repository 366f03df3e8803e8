"""The JSON Schemas that calfeed ships of what it publishes, read strictly: no member they lack."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator


def check(name: str, body: bytes) -> Any:
    """Return what *body* says; it must be as the schema *name* has it, and have nothing more."""
    data = json.loads(body)
    _validator(name).validate(data)
    return data


@cache
def _validator(name: str) -> Draft202012Validator:
    text = (files("calfeed") / "formats" / "schemas" / f"{name}.schema.json").read_text("utf-8")
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(_closed(schema))


def _closed(schema: Any) -> Any:
    """Return *schema* without room for members that it does not name: new ones are to be added."""
    if isinstance(schema, list):
        return [_closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(one) for name, one in schema.items()}
    return {"additionalProperties": False, **closed} if "properties" in schema else closed
