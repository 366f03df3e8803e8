"""The schema that editors are given takes what calfeed takes, and marks the usual slips."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from jsonschema import Draft7Validator

from calfeed.cli.describing import schema_text
from calfeed.source.json_schema import json_schema
from tests.house import files
from tests.source.sources import EXAMPLE, GARDEN_DAY, HEAD, SERIES, events_file
from tests.source.yaml_core import Core

ROOT = Path(__file__).parents[2]


def complaints(text: str) -> list[str]:
    """Return what an editor with a YAML language server marks, as the paths of the culprits."""
    data: Any = yaml.load(text, Loader=Core)  # noqa: S506 - a safe loader
    errors = Draft7Validator(json_schema()).iter_errors(data)
    return [".".join(map(str, error.absolute_path)) for error in errors]


def test_it_is_a_schema_of_draft_7_and_explains_every_key() -> None:
    schema = json_schema()
    Draft7Validator.check_schema(schema)
    for name, definition in (("", schema), *schema["definitions"].items()):
        for key, value in definition["properties"].items():
            assert value["description"], f"{name}.{key}"


def test_the_file_beside_the_shipped_events_is_the_present_one() -> None:
    assert (ROOT / "events.schema.json").read_text(encoding="utf-8") == schema_text()
    assert (
        (ROOT / "events.yaml")
        .read_text(encoding="utf-8")
        .startswith("# yaml-language-server: $schema=./events.schema.json\n")
    )


@pytest.mark.parametrize("file", [ROOT / "events.yaml", EXAMPLE], ids=["shipped", "example"])
def test_what_is_right_is_not_marked(file: Path) -> None:
    assert complaints(file.read_text(encoding="utf-8")) == []


@given(files())
def test_no_file_that_can_be_published_is_marked(text: str) -> None:
    assert complaints(text) == []


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param("title: 2031\ninitiatives: [parks]\nwhen: 2031-05-08\n", id="a number"),
        pytest.param(GARDEN_DAY + "place: none\nonline: none\n", id="nowhere"),
        pytest.param(GARDEN_DAY + "free: true\nx-room: {a: [1]}\n", id="switches, own keys"),
        pytest.param(GARDEN_DAY + "organisers: [Parks, {name: A}]\n", id="names or groups"),
        pytest.param(SERIES, id="a series"),
        pytest.param(
            "title: A\ninitiatives: [parks]\nwhen: {starts: 2031-05-08, ends: 2031-05-09}\n",
            id="the long form of a date",
        ),
    ],
)
def test_all_forms_are_taken(fields: str) -> None:
    assert complaints(events_file(fields)) == []


@pytest.mark.parametrize(
    ("text", "culprit"),
    [
        pytest.param(events_file(GARDEN_DAY + "plcae: A\n"), "events.event-1", id="a key"),
        pytest.param(
            events_file(GARDEN_DAY + "updates: [{announced: 2026-01-01, change: delayed}]\n"),
            "events.event-1.updates.0.change",
            id="a change",
        ),
        pytest.param(
            events_file(GARDEN_DAY + "updates: [{change: postponed}]\n"),
            "events.event-1.updates.0",
            id="a day that is missing",
        ),
        pytest.param(
            events_file(GARDEN_DAY + "published: 1 May 2026\n"),
            "events.event-1.published",
            id="a day",
        ),
        pytest.param(
            events_file(GARDEN_DAY + "website: www.example.eu\n"),
            "events.event-1.website",
            id="an address",
        ),
        pytest.param(
            events_file(GARDEN_DAY, head=HEAD.replace("parks: {name", "Parks: {name")),
            "initiatives",
            id="a name with a capital",
        ),
        pytest.param(HEAD.replace("  language: en\n", ""), "site", id="a key that is missing"),
        pytest.param(events_file(GARDEN_DAY + "free: maybe\n"), "events.event-1.free", id="free"),
    ],
)
def test_usual_slips_are_marked(text: str, culprit: str) -> None:
    assert culprit in complaints(text)
