"""What docs/events.md says of keys, forms, limits and codes is what the code takes and tells."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from calfeed.cli.machine import as_json
from calfeed.cli.verdict import Verdict
from calfeed.errors import Place, Problem, SourceError
from calfeed.model import Change
from calfeed.source import building, characters, files, links, parts, rrule, schema, texts, values
from calfeed.source.fixing import fix
from calfeed.source.parse import parse_sources
from calfeed.source.reader import Reader
from calfeed.source.stated import Stated
from calfeed.source.yaml import parse_document

PROJECT = Path(__file__).parent.parent
EVENTS = PROJECT / "docs" / "events.md"
PAGES = (PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md")))
TODAY = date(2026, 11, 24)

FILE = """\
format: 1
site:
  name: Town events
  url: https://events.example.eu
  language: en
  languages: [en, fr]
  timezone: Europe/Brussels
initiatives:
  parks: {name: Parks}
  schools: {name: Schools}
  town: {name: Town}
events:
  garden-day: {title: Garden day, initiatives: [parks], when: 2027-05-04}
  coffee-corner:
    title: Coffee corner
    initiatives: [parks]
    when: 2027-01-05 14:00 to 15:00
    repeats: {every: month, by: first Tuesday, until: 2027-06-30}
"""


@dataclass(frozen=True)
class Group:
    """A group of keys: the model that reads it, and where an example of it stands in the file."""

    model: type[BaseModel]
    path: tuple[str | int, ...] = ()
    required: Mapping[str, str] = field(default_factory=dict)


GARDEN = ("events", "garden-day")
SERIES = ("events", "coffee-corner")
URL = {"url": "https://example.eu"}
PICTURE = {"file": "images/garden.jpg", "alt": "Roses"}
GROUPS = {
    "The file": Group(schema.FileEntry),
    "`site`": Group(schema.SiteEntry, ("site",)),
    "`prefixes` of the site": Group(parts.PrefixesEntry, ("site", "prefixes")),
    "`links` of the site": Group(parts.SiteLinksEntry, ("site", "links")),
    "An initiative": Group(schema.InitiativeEntry, ("initiatives", "town")),
    "`logo`": Group(parts.LogoEntry, ("initiatives", "town", "logo"), PICTURE),
    "An event": Group(schema.EventEntry, GARDEN),
    "`place`": Group(parts.PlaceEntry, (*GARDEN, "place"), {"name": "Park"}),
    "`online`": Group(parts.OnlineEntry, (*GARDEN, "online"), URL),
    "`image`": Group(parts.PictureEntry, (*GARDEN, "image"), PICTURE),
    "`organisers`": Group(parts.OrganiserEntry, (*GARDEN, "organisers", 0), {"name": "We"}),
    "`registration`": Group(parts.RegistrationEntry, (*GARDEN, "registration"), URL),
    "`agenda`": Group(parts.AgendaEntry, (*GARDEN, "agenda", 0), {"at": "9:00", "title": "Tea"}),
    "`links` of an event": Group(parts.LinkEntry, (*GARDEN, "links", 0), URL),
    "The long form of `when`": Group(
        parts.WhenEntry, (*GARDEN, "when"), {"starts": "2027-05-08 14:00"}
    ),
    "The keys of `repeats`": Group(parts.RepeatsEntry, (*SERIES, "repeats")),
    "An update": Group(
        schema.UpdateEntry,
        (*SERIES, "updates", 0),
        {"announced": "2026-10-01", "change": "cancelled"},
    ),
}
IN_PLACE_OF = {"times": ("until",), "rrule": ("every", "by")}


@dataclass(frozen=True)
class Table:
    """A table of docs/events.md: under which heading it stands, and its cells."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@cache
def tables() -> tuple[Table, ...]:
    found, heading = [], ""
    for block in EVENTS.read_text(encoding="utf-8").split("\n\n"):
        if block.startswith("#"):
            heading = block.lstrip("# ")
        if block.startswith("|"):
            columns, _, *rows = (
                tuple(cell.strip() for cell in line.strip("|").split("|"))
                for line in block.strip().splitlines()
            )
            found.append(Table(heading, columns, tuple(rows)))
    return tuple(found)


def tables_of(column: str) -> Iterator[Table]:
    return (table for table in tables() if table.columns[0] == column)


def first_cells(column: str, heading: str = "") -> list[str]:
    """Return the code of each first cell in the tables whose first column is *column*."""
    return [
        row[0].removeprefix("`").removesuffix("`")
        for table in tables_of(column)
        if heading in ("", table.heading)
        for row in table.rows
    ]


def read(file: Any, folder: Path | None = None) -> Stated:
    written = yaml.safe_dump(file, allow_unicode=True, sort_keys=False)
    document = replace(parse_document(written.encode(), name="events.yaml"), folder=folder)
    return parse_sources([document], today=TODAY)


def a_file() -> Any:
    return yaml.load(FILE, yaml.BaseLoader)  # noqa: S506 - it makes texts of all, as calfeed does


def loaded(text: str) -> Any:
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - the same


def with_example(group: Group, example: Mapping[str, Any]) -> Any:
    """Return a file in which *example* stands in its group, and what it excludes does not."""
    file = inner = a_file()
    for step, below in pairwise((*group.path, None)):
        if isinstance(step, str) and not isinstance(inner.get(step), dict):
            inner[step] = [{}] if below == 0 else {}
        inner = inner[step]
    inner.update({**group.required, **example})
    for key in example:
        for other in IN_PLACE_OF.get(key, ()):
            inner.pop(other)
    return file


def keys_of(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def test_each_group_has_one_table_of_its_keys() -> None:
    assert [table.heading for table in tables_of("key")] == list(GROUPS)


@pytest.mark.parametrize("heading", [heading for heading in GROUPS if heading != "An update"])
def test_the_keys_are_those_that_the_schema_knows(heading: str) -> None:
    keys = first_cells("key", heading)
    assert len(keys) == len(set(keys))
    assert set(keys) == keys_of(GROUPS[heading].model)


def test_an_update_has_its_own_keys_and_those_of_the_event_that_it_can_change() -> None:
    (sentence,) = re.findall("An update cannot change (.*)", EVENTS.read_text(encoding="utf-8"))
    fixed = set(re.findall("`([a-z_]+)`", sentence))
    own = set(first_cells("key", "An update"))
    assert own | (keys_of(schema.EventEntry) - fixed) == keys_of(schema.UpdateEntry)
    assert fixed == keys_of(schema.EventEntry) - keys_of(schema.UpdateEntry)


def key_rows() -> list[Any]:
    return [
        pytest.param(table.heading, row, id=f"{table.heading}-{row[0]}".replace("`", ""))
        for table in tables_of("key")
        for row in table.rows
    ]


@pytest.mark.parametrize(("heading", "row"), key_rows())
def test_the_example_of_a_key_is_read_without_a_problem(
    heading: str, row: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "images").mkdir()
    for name in ("garden.jpg", "parks.png"):
        (tmp_path / "images" / name).write_bytes(b"\xff\xd8\xff")
    example = loaded(row[-1].strip("`"))
    assert [f"`{key}`" for key in example] == [row[0]]
    assert not read(with_example(GROUPS[heading], example), tmp_path).problems


@pytest.mark.parametrize("heading", GROUPS)
def test_a_key_is_called_required_where_it_is(heading: str) -> None:
    table = next(table for table in tables_of("key") if table.heading == heading)
    called = {row[0].strip("`") for row in table.rows if row[2] == "required"}
    model = GROUPS[heading].model
    is_read_elsewhere = {"The keys of `repeats`", "The file"}
    if heading not in is_read_elsewhere:
        assert called == {name for name, one in model.model_fields.items() if one.is_required()}


@pytest.mark.parametrize("form", first_cells("form", "`when`"))
def test_a_form_of_when_is_read(form: str) -> None:
    assert not read(with_example(GROUPS["An event"], {"when": loaded(form)})).problems


@pytest.mark.parametrize("form", first_cells("form", "The keys of `repeats`"))
def test_a_form_of_repeats_is_read(form: str) -> None:
    file = with_example(GROUPS["An event"], {"repeats": loaded(form)})
    (garden,) = (one for one in read(file).statements if one.event.key == "garden-day")
    assert garden.event.rule
    assert len(garden.event.rule.days) > 1


@pytest.mark.parametrize("line", first_cells("line"))
def test_what_is_turned_down_is_refused(line: str) -> None:
    written = FILE.replace("garden-day: {", f"garden-day:\n    {line}\n  other: {{")
    rest = {"title": "Garden day", "initiatives": "[parks]", "when": "2027-05-04"}
    missing = (f"    {key}: {value}" for key, value in rest.items() if not line.startswith(key))
    written = written.replace(line, "\n".join((line, *missing)))
    with pytest.raises(SourceError) as caught:
        parse_sources([parse_document(written.encode(), name="events.yaml")], today=TODAY)
    assert {problem.place.line for problem in caught.value.problems} == {
        1 + written[: written.index(line)].count("\n")
    }


def test_the_changes_are_those_that_there_are() -> None:
    assert first_cells("change") == list(Change)


def examples() -> list[Any]:
    return [
        pytest.param(block, id=f"{page.name}-{number}")
        for page in PAGES
        for number, block in enumerate(
            re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
        )
    ]


@pytest.mark.parametrize("block", examples())
def test_an_example_is_read_without_a_problem(block: str) -> None:
    """What is no whole file, with its ``format``, has groups of one, and stands for those."""
    if not block.startswith("format:"):
        file = {**a_file(), "events": {}, **loaded(block)}
        assert not read(file).problems
        return
    stated = parse_sources([parse_document(block.encode(), name="events.yaml")], today=TODAY)
    assert stated.statements
    assert not stated.problems


def test_the_limits_are_those_of_the_code() -> None:
    told = {row[0].strip("`"): row[1] for table in tables_of("what") for row in table.rows}
    megabyte = 1024 * 1024
    limits = {
        "a file": f"{characters.FILE_LIMIT // megabyte} MB",
        "a picture": f"{files.LARGEST_PICTURE // megabyte} MB",
        "a text": f"{building.TEXT_LIMIT:,} characters",
        "a slug or a key": f"{texts.LONGEST_SLUG} letters",
        "an address": f"{links.LONGEST_URL:,} characters",
        "an e-mail address": f"{links.LONGEST_EMAIL} characters",
        "sequence": f"{values.LARGEST_SEQUENCE:,}",
        "lists and groups inside of one another": f"{building.DEPTH_LIMIT}",
        "dates of a series": f"{rrule.MOST_DATES:,}, within a hundred years",
        "keep_past": f"{values.MOST_DAYS_KEPT:,} days",
        "cache": f"{values.MOST_SECONDS_CACHED:,} seconds",
    }
    assert limits.items() <= told.items()
    assert f"up to {files.DEEPEST} deep" in EVENTS.read_text(encoding="utf-8")


AROUND = {
    "anounced": "updates: [{{{}, change: cancelled}}]",
    "change": "updates: [{{announced: 2026-10-20, {}}}]",
    "country": "place: {{name: Park, {}}}",
    "every": "repeats: {{{}, times: 3}}",
}
"""What stands around a line of the table of mends, where it is no line of an event."""


@pytest.mark.parametrize(
    ("wrong", "right"), [row for table in tables_of("what stands there") for row in table.rows]
)
def test_what_is_said_to_be_mended_is(wrong: str, right: str, tmp_path: Path) -> None:
    line, better = (cell.split("`")[1] for cell in (wrong, right))
    key = line.partition(":")[0]
    around = AROUND.get(key, "{}")
    line, better = around.format(line), around.format(better)
    text = FILE.replace("parks: {name: Parks}", f"parks:\n    name: Parks\n    {line}")
    if key != "colour":
        rest = {"title": "Garden day", "initiatives": "[parks]", "when": "2027-05-04"}
        missing = (f"    {name}: {value}\n" for name, value in rest.items() if name != key)
        head, _, series = FILE.partition("  garden-day:")
        series = series.partition("\n")[2]
        text = f"{head}  garden-day:\n{''.join(missing)}    {line}\n{series}"
    (tmp_path / "events.yaml").write_text(text)
    (file,) = fix(Reader(tmp_path / "events.yaml"), now=datetime(2026, 11, 24, tzinfo=UTC)).files
    assert file.texts == (text, text.replace(line, better))


def test_the_names_of_the_json_object_are_those_that_are_written() -> None:
    place = Place(file="events.yaml")
    problem = Problem(code="E112", message="empty", place=place)
    data = json.loads(as_json(Verdict(name="events.yaml", problems=(problem,))))
    text = EVENTS.read_text(encoding="utf-8")
    (sentence,) = re.findall("^Each problem has (.*)", text, re.MULTILINE)
    severities = {"error", "warning", "reminder"}
    assert first_cells("name") == list(data)
    assert set(re.findall("`([a-z_]+)`", sentence)) - severities == set(data["problems"][0])
    (counted,) = (row[1] for row in next(tables_of("name")).rows if "counts" in row[0])
    assert set(re.findall("`([a-z_]+)`", counted)) == set(data["counts"])


def codes_in_code() -> set[str]:
    return {
        node.value
        for path in (PROJECT / "calfeed").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch("[EWR][0-9]{3}", node.value)
    }


def test_the_codes_are_those_that_are_told() -> None:
    codes = first_cells("code")
    assert len(codes) == len(set(codes))
    assert set(codes) == codes_in_code()
