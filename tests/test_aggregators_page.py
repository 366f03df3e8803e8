"""What docs/aggregators.md shows is what its events file gives, address by address."""

import json
import re
import shlex
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from calfeed.representation import Representation
from calfeed.site import Table
from tests.house import House
from tests.web.live import running

PAGE = (Path(__file__).parent.parent / "docs" / "aggregators.md").read_text(encoding="utf-8")


def shown(words: str, kind: str) -> list[tuple[str, str]]:
    """Return what the page shows behind ``curl -s``, with the block of that *kind* below it."""
    block = rf"^```console\n\$ curl -s ({words})\n```\n\n```{kind}\n(.*?)^```$"
    return re.findall(block, PAGE, re.DOTALL | re.MULTILINE)


SHOWN = shown(r"\S+", "json")
ADDRESS = re.compile(r"https://events\.example\.eu(/[^\s'\"`{}]*\.(?:json|ics|opml|atom))")


def file() -> str:
    """Return the page's events file."""
    (found,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return str(found)


@pytest.fixture(scope="module")
def table() -> Table:
    """Return the site of the page's events file."""
    house = House()
    house.publish(file())
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
    assert len(SHOWN) == 11


@pytest.mark.parametrize(("word", "body"), [pytest.param(*one, id=one[0]) for one in SHOWN])
def test_what_an_address_gives_is_what_the_page_shows(word: str, body: str, table: Table) -> None:
    (address,) = shlex.split(word)
    answer = json.loads(asked(table, address).body)
    shown = json.loads(body)
    assert is_within(shown, answer), json.dumps(answer, ensure_ascii=False, indent=1)


def are_within(shown: str, answer: str) -> bool:
    """Whether *answer* has the lines that *shown* has, in that order; … stands for anything."""
    lines = iter(answer.splitlines())
    patterns = [re.escape(line).replace("…", ".*") for line in shown.splitlines()]
    return all(any(re.fullmatch(pattern, line) for line in lines) for pattern in patterns)


def test_a_feed_reader_gets_what_the_page_shows(table: Table) -> None:
    ((word, body),) = shown(r"\S+", "xml")
    assert are_within(body, asked(table, word).body.decode())


def before_and_now() -> list[Table]:
    """Return the page's site before the postponement, with an event that is elsewhere now."""
    house, tables = House(), []
    for is_now in (False, True):
        stated = yaml.safe_load(file())
        if not is_now:
            del stated["events"]["garden-day"]["updates"]
        stated["initiatives"] |= {"parks": {"name": "Parks"}, "schools": {"name": "Schools"}}
        stated["events"]["picnic"] = {
            "title": "Picnic",
            "initiatives": ["schools" if is_now else "parks"],
            "when": "2027-04-10 14:00",
        }
        house.publish(yaml.safe_dump(stated, allow_unicode=True))
        tables.append(house.table())
        house.now += timedelta(hours=1)
    return tables


def test_a_mirror_gets_what_the_page_shows() -> None:
    token = ""
    exchanges = shown(r"[^\n]* https://events\.example\.eu/feeds/parks\.ics", "text")
    for table, (words, body) in zip(before_and_now(), exchanges, strict=True):
        with running(table) as live:
            reply = live.ask("/feeds/parks.ics", *fields(words, token))
        token = reply.headers["sync-token"]
        head = [f"{name}: {value}" for name, value in reply.headers.items()]
        answer = "\n".join([f"HTTP/1.1 {reply.status} OK", *head, "", reply.body.decode()])
        assert are_within(body, answer), answer


def fields(words: str, token: str) -> list[tuple[str, str]]:
    """Return the header fields that ``curl`` is given, *token* in the place of the one shown."""
    given = shlex.split(words)
    lines = [line for option, line in pairwise(given) if option == "-H"]
    pairs = [tuple(line.split(": ", 1)) for line in lines]
    return [(name, token if name == "Sync-Token" else value) for name, value in pairs]


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
