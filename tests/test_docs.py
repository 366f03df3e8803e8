"""The documents keep their word: keys, examples, commands and links in them are real."""

import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import typer
import yaml
from pydantic import BaseModel
from typer.core import TyperGroup

from calfeed.cli.main import app
from calfeed.source import parts, schema
from calfeed.source.parse import parse_sources
from calfeed.source.yaml import parse_document

PROJECT = Path(__file__).parent.parent
PAGES = [
    PROJECT / "README.md",
    PROJECT / "CONTRIBUTING.md",
    *sorted((PROJECT / "docs").glob("*.md")),
]
TODAY = date(2026, 11, 24)


def text_of(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def keys_in(section: str) -> set[str]:
    """Return the keys that the first table of a section of docs/events.md names."""
    part = text_of("docs/events.md").split(f"\n## {section}\n")[1].split("\n## ")[0]
    table = part.split("|---", 1)[1].split("\n\n", 1)[0]
    cells = [line.split("|")[1] for line in table.splitlines()[1:]]
    return {key for cell in cells for key in re.findall(r"`([a-z_]+)`", cell)}


def fields_of(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


@pytest.mark.parametrize(
    ("section", "model"),
    [
        pytest.param("`site`", schema.SiteEntry, id="site"),
        pytest.param("`initiatives`", schema.InitiativeEntry, id="initiative"),
        pytest.param("`events`", schema.EventEntry, id="event"),
    ],
)
def test_the_keys_are_those_that_the_schema_knows(section: str, model: type[BaseModel]) -> None:
    assert keys_in(section) == fields_of(model)


def test_an_update_has_its_own_keys_and_those_of_the_event() -> None:
    own = {"announced", "change", "occurrence", "notice"}
    assert keys_in("`updates`") == own
    assert fields_of(schema.UpdateEntry) - fields_of(schema.EventEntry) == own


@pytest.mark.parametrize(
    "model",
    [
        getattr(parts, name)
        for name in dir(parts)
        if name.endswith("Entry") and issubclass(getattr(parts, name), BaseModel)
    ],
)
def test_every_key_of_a_smaller_group_is_named(model: type[BaseModel]) -> None:
    page = text_of("docs/events.md")
    assert {key for key in fields_of(model) if f"`{key}`" not in page} == set()


def examples() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        blocks = re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
        for number, block in enumerate(blocks):
            if "format:" in block:
                yield f"{page.name}-{number}", block


@pytest.mark.parametrize(("name", "example"), [pytest.param(*one, id=one[0]) for one in examples()])
def test_an_example_is_read_without_a_problem(name: str, example: str) -> None:
    stated = parse_sources([parse_document(example.encode(), name=name)], today=TODAY)
    assert stated.statements
    assert not stated.problems


def forms() -> list[str]:
    section = text_of("docs/events.md").split("\n## `when`\n")[1].split("\n## ")[0]
    return list(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))


@pytest.mark.parametrize("form", forms())
def test_a_form_of_when_is_read(form: str) -> None:
    file = yaml.safe_load(dict(examples())["events.md-0"])
    when = yaml.load(form, yaml.BaseLoader)  # noqa: S506 - it makes texts of all, as calfeed does
    file["events"] = {"garden": {"title": "Garden", "initiatives": ["parks"], "when": when}}
    written = yaml.safe_dump(file, allow_unicode=True)
    assert parse_sources([parse_document(written.encode(), name="form")], today=TODAY).statements


def commands() -> dict[str, set[str]]:
    """Return the options of each command."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    found = dict(group.commands)
    ledger = found["ledger"]
    assert isinstance(ledger, TyperGroup)
    found |= {f"ledger {name}": command for name, command in ledger.commands.items()}
    return {
        name: {option for parameter in command.params for option in parameter.opts}
        for name, command in found.items()
    }


def test_every_command_that_is_named_exists_with_its_options() -> None:
    known = commands()
    lines = [
        line
        for page in PAGES
        for line in re.findall(r"`calfeed ([^`]+)`", page.read_text(encoding="utf-8"))
    ]
    assert lines
    for line in lines:
        words = line.split()
        name = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
        assert name in known, line
        assert {word for word in words if word.startswith("--")} <= known[name] | {"--help"}, line


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert link.startswith("http") or (page.parent / link).exists(), (page.name, link)


def test_no_file_names_the_host_of_a_package_registry() -> None:
    hosts = "|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.(org|com)"))
    files = subprocess.run(
        ["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    for name in files.stdout.splitlines():
        data = (PROJECT / name).read_bytes().decode(errors="replace")
        assert re.search(hosts, data) is None, name
