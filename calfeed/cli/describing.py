"""``calfeed schema``: the format of an events file, for the editor that one writes it in."""

import json

import typer

from calfeed.source.json_schema import json_schema


def schema() -> None:
    """Print the JSON Schema of events files, which helps editors to complete and to check.

    Keep it beside the file:  calfeed schema > events.schema.json
    """
    typer.echo(schema_text(), nl=False)


def schema_text() -> str:
    """Return the JSON Schema as the text of a file."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
