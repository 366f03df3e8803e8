"""What docs/aggregators.md shows is what its events file gives, address by address."""

import json
import re
import shlex
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from calfeed.representation import Representation
from calfeed.site import Table
from tests.house import House

PAGE = (Path(__file__).parent.parent / "docs" / "aggregators.md").read_text(encoding="utf-8")
SHOWN = re.findall(
    r"^```console\n\$ curl -s (\S+)\n```\n\n```json\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE
)
ADDRESS = re.compile(r"https://events\.example\.eu(/[^\s'\"`{}]*\.(?:json|ics|opml))")


@pytest.fixture(scope="module")
def table() -> Table:
    """Return the site of the page's events file."""
    (file,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    house = House()
    house.publish(file)
    return house.table()


def asked(table: Table, address: str) -> Representation:
    parts = urlsplit(address)
    answer = table.ask(parts.path, parts.query) or table.make(parts.path)
    assert answer is not None, address
    return answer


def is_within(shown: Any, answer: Any) -> bool:
    """Whether *answer* says all that *shown* does: members left out, items in the same order."""
    if isinstance(shown, dict) and isinstance(answer, dict):
        return all(name in answer and is_within(said, answer[name]) for name, said in shown.items())
    if isinstance(shown, list) and isinstance(answer, list):
        rest = iter(answer)
        return all(any(is_within(one, other) for other in rest) for one in shown)
    return bool(shown == answer)


def test_the_page_shows_answers() -> None:
    assert len(SHOWN) == 8


@pytest.mark.parametrize(("word", "body"), [pytest.param(*one, id=one[0]) for one in SHOWN])
def test_what_an_address_gives_is_what_the_page_shows(word: str, body: str, table: Table) -> None:
    (address,) = shlex.split(word)
    answer = json.loads(asked(table, address).body)
    shown = json.loads(body)
    assert is_within(shown, answer), json.dumps(answer, ensure_ascii=False, indent=1)


def test_every_address_on_the_page_is_there(table: Table) -> None:
    paths = set(ADDRESS.findall(PAGE))
    assert len(paths) > 5
    assert all(asked(table, path).status == 200 for path in paths)


def test_every_kind_of_address_in_the_table_is_there(table: Table) -> None:
    kinds = re.findall(r"`(/[^`]+)`", PAGE.split("\n## ")[0])
    names = {"{initiative}": "parks", "{event}": "garden-day", "[.{language}]": ".fr"}
    assert len(kinds) > 8
    for kind in kinds:
        path = kind
        for name, value in names.items():
            path = path.replace(name, value)
        assert asked(table, path).status == 200


def test_every_parameter_in_the_table_means_something(table: Table) -> None:
    rows = re.findall(r"^\| `(\w+)=([^`]+)` \|", PAGE, re.MULTILINE)
    assert [name for name, _ in rows] == ["from", "to", "status", "tag", "limit", "cursor"]
    for name, value in rows:
        answer = table.ask("/feeds/parks.json", f"{name}={value}")
        assert answer is not None
        assert answer.status == (400 if value == "…" else 200)


@pytest.mark.parametrize(
    ("shown", "answer", "within"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, True),
        ({"a": 1}, {"b": 2}, False),
        ([1, 3], [1, 2, 3], True),
        ([3, 1], [1, 2, 3], False),
        ([[], [{"a": 1}]], [[1], [{"a": 1, "b": 2}]], True),
        ({"a": [1]}, {"a": {"0": 1}}, False),
    ],
)
def test_what_is_within(shown: Any, answer: Any, within: bool) -> None:
    assert is_within(shown, answer) is within
