"""The JSON Schema: what an editor's YAML server accepts and refuses, against what calfeed does."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from jsonschema import Draft7Validator

from calfeed.source.json_schema import json_schema
from tests.house import files
from tests.source.sources import EXAMPLE, HEAD, events_file
from tests.spine import an_entry
from tests.spine import events_file as file_of

PROJECT = Path(__file__).parent.parent.parent
SHIPPED = PROJECT / "events.schema.json"


class Yaml12(yaml.SafeLoader):
    """YAML 1.2 as an editor's server reads it: no dates, no times, no switches but true, false."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - as its base has it


for tag, pattern in {
    "bool": "true|True|TRUE|false|False|FALSE",
    "int": "[-+]?[0-9]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
    "null": "null|Null|NULL|~|",
}.items():
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), None)
Yaml12.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))


@cache
def validator() -> Draft7Validator:
    return Draft7Validator(json.loads(json_schema()))


def refusals(text: str) -> list[str]:
    """Return where in *text* an editor shows something, and what."""
    data = yaml.load(text, Yaml12)  # noqa: S506 - it is a SafeLoader
    errors = validator().iter_errors(data)
    return [f"{'.'.join(map(str, one.absolute_path))}: {one.message}" for one in errors]


def test_the_shipped_file_is_what_the_models_say() -> None:
    assert SHIPPED.read_text(encoding="utf-8") == json_schema()


def test_it_is_a_schema_of_draft_07() -> None:
    schema = json.loads(json_schema())
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)


def test_every_key_says_what_it_is() -> None:
    schema = json.loads(json_schema())
    groups = [schema, *schema["definitions"].values()]
    keys = [(name, one) for group in groups for name, one in group.get("properties", {}).items()]
    assert [name for name, one in keys if "description" not in one] == []
    assert all("title" not in group for group in schema["definitions"].values())


@pytest.mark.parametrize("path", [PROJECT / "events.yaml", EXAMPLE], ids=["shipped", "example"])
def test_a_file_that_is_right_is_accepted(path: Path) -> None:
    assert refusals(path.read_text(encoding="utf-8")) == []


@given(files())
def test_any_right_file_is_accepted(text: str) -> None:
    assert refusals(text) == []


EVENT = {
    "title": "title: Day",
    "initiatives": "initiatives: [parks]",
    "when": "when: 2027-05-08",
}
ACCEPTED = [
    "title: 2030",
    "title: true",
    "title: {en: 2030, fr: Fête}",
    "when: Saturday,  2027-05-08",
    "when: 2027-05-08 TO 2027-05-09",
    "when: 2027-05-08 9:00–11:00",
    "when: 2027-05-08 9:00 — 2027-05-09 24:00",
    "when: To be announced",
    "when: {starts: 2027-05-08, ends: 2027-05-09}",
    "when: {starts: 2027-05-08 9:00, ends: 11:00}",
    "repeats: {every: month, by: [first Tuesday], times: 12, except: [2027-06-01]}",
    "repeats: {every: week, until: Monday 2027-06-07}",
    "repeats: {rrule: FREQ=DAILY;COUNT=3}",
    "place: Park",
    "place: 1190",
    "place: {name: Park, country: NO, geo: [50.8467, -4]}",
    "place: {name: Park, geo: ['50.8', '4']}",
    "organisers: [Parks, {name: We, email: a@b.eu}]",
    "agenda: [{at: 16:00, title: Tea}, {at: 2027-05-08 9:30, title: 7}]",
    "free: true",
    "free: 'false'",
    "draft: true",
    "uid: 4711",
    "sequence: 12",
    "tags: [2030, roses]",
    "formerly: [garden-2030, 2029]",
    "registration: {url: https://a.eu, closes: 2027-05-07 18:00}",
    "x-note: {anything: [at, all]}",
    "image: {file: a.jpg, alt: Roses, x-from: me}",
    "updates: [{announced: 2026-10-01, change: rescheduled, when: 2027-06-12}]",
    "updates: [{announced: 2026-10-01, change: moved-online, online: {url: https://a.eu}}]",
    "updates: [{announced: 2026-10-01, change: corrected, place: none, online: none}]",
    "updates: [{announced: 2026-10-01, change: cancelled, occurrence: 2027-05-08 onwards}]",
]


@pytest.mark.parametrize("line", ACCEPTED)
def test_what_calfeed_takes_is_accepted(line: str) -> None:
    kept = EVENT | {line.partition(":")[0]: line}
    assert refusals(events_file("\n".join(kept.values()) + "\n")) == []


REFUSED = [
    pytest.param("titel: Day", "titel", id="an unknown key"),
    pytest.param("colour: red", "colour", id="a key of another group"),
    pytest.param("title:", "None", id="no title"),
    pytest.param("title: {english: Day}", "english", id="an unknown language"),
    pytest.param("initiatives: parks", "parks", id="no list"),
    pytest.param("initiatives: []", "[]", id="an empty list"),
    pytest.param("when: 8 May 2027", "8 May 2027", id="a month by its name"),
    pytest.param("when: 2027-05-08T14:00", "T14:00", id="a T"),
    pytest.param("when: 2027-05-08-2027-05-09", "2027-05-08", id="days without blanks"),
    pytest.param("when: {start: 2027-05-08}", "start", id="a key of a date"),
    pytest.param("when: {starts: 2027-05-08, x-a: b}", "x-a", id="a key of one's own in a date"),
    pytest.param("published: soon", "soon", id="no day"),
    pytest.param("free: yes", "yes", id="another word for true"),
    pytest.param("website: www.example.eu", "www", id="no web address"),
    pytest.param("place: {country: BE}", "place", id="a place without name"),
    pytest.param("place: {name: A, country: belgium}", "belgium", id="no code of a country"),
    pytest.param("place: {name: A, geo: [91, 4]}", "91", id="too far north"),
    pytest.param("image: {file: a.jpg}", "alt", id="a picture without alt"),
    pytest.param("repeats: {every: week, times: many}", "many", id="no number"),
    pytest.param("agenda: [{at: noon, title: Tea}]", "noon", id="no time of day"),
    pytest.param("agenda: [{16:10: Panel}]", "at", id="a line that became a pair"),
    pytest.param("formerly: [Garden Day]", "Garden Day", id="no slug"),
    pytest.param("updates: [{change: postponed}]", "announced", id="no day of an update"),
    pytest.param(
        "updates: [{announced: 2026-10-01, change: delayed}]", "delayed", id="an unknown change"
    ),
    pytest.param(
        "updates: [{announced: 2026-10-01, change: rescheduled}]", "when", id="no new date"
    ),
    pytest.param(
        "updates: [{announced: 2026-10-01, change: postponed, when: 2027-06-12}]",
        "should not be valid",
        id="a new date of what is off",
    ),
    pytest.param(
        "updates: [{announced: 2026-10-01, change: relocated}]", "place", id="no new place"
    ),
    pytest.param(
        "updates: [{announced: 2026-10-01, change: moved-online}]", "online", id="no address"
    ),
    pytest.param(
        "updates: [{announced: 2026-10-01, change: corrected, draft: true}]",
        "draft",
        id="what an update cannot change",
    ),
]


@pytest.mark.parametrize(("line", "named"), REFUSED)
def test_a_slip_is_shown_where_it_is(line: str, named: str) -> None:
    kept = EVENT | {line.partition(":")[0]: line}
    found = refusals(events_file("\n".join(kept.values()) + "\n"))
    assert found
    assert any(named in one for one in found)
    assert all(one.startswith("events.event-1") for one in found)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        pytest.param("format: 1", "format: 2", "format", id="another format"),
        pytest.param("  language: en\n", "", "site", id="no language"),
        pytest.param("  name: Town", "  keep_past: long\n  name: Town", "site", id="no number"),
        pytest.param("parks:", "feeds:", "initiatives", id="a reserved slug"),
        pytest.param("parks:", "eu:", "initiatives", id="a slug that may be a language"),
        pytest.param("event-1:", "Event 1:", "events", id="no key of an event"),
        pytest.param("{name: Parks}", "{name: Parks, colour: red}", "initiatives", id="no colour"),
        pytest.param("site:", "sight: 1\nsite:", "", id="an unknown group"),
    ],
)
def test_a_slip_at_the_top(old: str, new: str, path: str) -> None:
    text = events_file("title: Day\ninitiatives: [parks]\nwhen: 2027-05-08\n")
    found = refusals(text.replace(old, new, 1))
    assert found
    assert all(one.startswith(path) for one in found)


def test_what_may_stand_without_a_value() -> None:
    assert refusals(f"{HEAD}events:\n") == []
    assert refusals("events:\n") == []
    assert refusals("x-mine: 1\n") == []


def test_all_settings_of_a_site_are_accepted() -> None:
    site: dict[str, Any] = {
        "keep_past": "forever",
        "refresh": "PT30M",
        "cache": 60,
        "prefixes": {"new_date": False},
        "compress_ics": True,
        "embed_from": ["*.example.eu", "a.eu:8000"],
        "links": {"privacy": "https://a.eu/privacy"},
        "ledger": "required",
    }
    assert refusals(file_of({"a": an_entry()}, site=site)) == []
