"""`calfeed explain` and `calfeed schema`: what the codes mean, and what the format is."""

import json

import pytest

from calfeed import explanations
from tests.cli.conftest import Run
from tests.test_docs import commands

PAGE = """\
E202: an update of the future

`announced` is the day on which you told the public, and that day has not come yet.
If it counted now, subscribers would hear the news before you tell it.

Wrong:
    updates:
      - announced: 2027-02-01
        change: cancelled

Right:
    updates:
      - announced: 2026-11-20
        change: cancelled

Is it to be told now? Write today.
Is it to wait? Save the update on that day; a whole event can wait with `draft: true`.
"""


@pytest.mark.parametrize("code", ["E202", "e202"])
def test_a_page(calfeed: Run, code: str) -> None:
    ran = calfeed("explain", code)
    assert (ran.status, ran.out, ran.err) == (0, PAGE, "")


def test_a_page_on_a_terminal(calfeed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("COLUMNS", "60")

    said = calfeed("explain", "W401").out

    assert "\x1b[1;31mWrong:\x1b[0m" in said
    assert "\x1b[1mchange: corrected\x1b[0m" in said
    assert "`" not in said
    assert "they will be told the new date, as NEW DATE, but not why;" not in said


def test_every_code_is_listed(calfeed: Run) -> None:
    lines = calfeed("explain").out.splitlines()
    assert lines[0] == "E100  the file cannot be opened"
    assert [line.split()[0] for line in lines] == list(explanations.titles())
    assert max(map(len, lines)) < 80


@pytest.mark.parametrize(
    ("code", "message"),
    [
        pytest.param("E2100", 'there is no code "E2100"\nDid you mean "E210"?', id="near to one"),
        pytest.param("dates", 'there is no code "dates"\nAll codes:  calfeed explain', id="a word"),
    ],
)
def test_an_unknown_code(calfeed: Run, code: str, message: str) -> None:
    ran = calfeed("explain", code)
    assert (ran.status, ran.out) == (1, "")
    assert message in ran.err


def test_pages_name_only_commands_that_there_are() -> None:
    known = commands()
    later = {"list"}  # comes with the commands that look
    for code in explanations.titles():
        for line in explanations.page(code).split("`calfeed ")[1:]:
            words = line.partition("`")[0].split()
            assert words[0] in known or words[0] in later, code
            options = {word for word in words if word.startswith("--")}
            assert options <= known.get(words[0], set()), code


def test_the_schema(calfeed: Run) -> None:
    ran = calfeed("schema")
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out)["$schema"].startswith("http://json-schema.org/draft-07/")
