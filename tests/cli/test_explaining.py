"""Every code has a page; its wrong example has the problem, its right one does not."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import calfeed as package
from calfeed.cli.explaining import codes, examples, page, title_of
from calfeed.errors import SourceError
from calfeed.source.parse import parse_sources
from calfeed.source.yaml import parse_document
from tests.cli.conftest import Run
from tests.source.sources import TODAY

BLOCKS = {
    "format": "format: 1\n",
    "site": "site:\n  name: Town events\n  url: https://events.example.eu\n  language: en\n"
    "  languages: [en, fr]\n  timezone: Europe/Brussels\n",
    "initiatives": "initiatives:\n  parks: {name: Parks}\n  schools: {name: Schools}\n",
    "events": "events: {}\n",
}
FIELDS = {
    "title": "    title: Garden day\n",
    "initiatives": "    initiatives: [parks]\n",
    "when": "    when: 2031-05-08 14:00 to 16:00\n",
}
NOT_SHOWN = {  # what a few lines of a file cannot show: other files, bytes, size, or a ledger
    *("E100", "E101", "E106", "E107", "E109", "E111", "E112", "E113", "E136", "E151", "E152"),
    *("E161", "E163", "E401", "E402", "E410", "E411", "E412", "E413"),
    *("W401", "W402", "W403", "W404", "W405", "W406", "R503"),
}


def whole_file(lines: str) -> str:
    """Return a file that has *lines*: at its top if they are of there, else in its only event."""
    names = set(re.findall(r"^([a-z_]+):", lines, re.MULTILINE))
    if "format" in names:
        return lines
    if names & {"site", "events"} or "initiatives:\n" in lines:
        return "".join(block for name, block in BLOCKS.items() if name not in names) + lines
    head = "".join(block for name, block in BLOCKS.items() if name != "events")
    fields = "".join(line for name, line in FIELDS.items() if name not in names)
    body = "".join(f"    {line}\n" if line else "\n" for line in lines.splitlines())
    return f"{head}events:\n  garden-day:\n{fields}{body}"


def told(lines: str) -> list[str]:
    try:
        document = parse_document(whole_file(lines).encode(), name="events.yaml")
        document = replace(document, folder=Path(__file__).parent)
        problems = parse_sources([document], today=TODAY).problems
    except SourceError as error:
        problems = error.problems
    return [problem.code for problem in problems]


def test_every_code_that_can_be_told_has_a_page_and_no_page_is_left_over() -> None:
    house = Path(package.__file__).parent
    sources = "".join(path.read_text(encoding="utf-8") for path in house.rglob("*.py"))
    assert set(codes()) == set(re.findall(r'"([EWR][0-9]{3})"', sources))


@pytest.mark.parametrize("code", codes())
def test_a_page_has_a_title_and_shows_what_it_can(code: str) -> None:
    text = page(code)
    assert re.fullmatch(rf"{code}: [A-Z].*[^.]", title_of(text))
    assert len(text.split("```")[0].split("\n\n", 1)[1].strip()) > 0, "no more than a title"
    kinds = {kind for kind, _ in examples(text)}
    assert ("wrong" in kinds) != (code in NOT_SHOWN)


@pytest.mark.parametrize(
    ("code", "kind", "lines"),
    [
        pytest.param(code, kind, lines, id=f"{code}-{kind}")
        for code in codes()
        for kind, lines in examples(page(code))
    ],
)
def test_the_wrong_example_has_the_problem_and_the_right_one_has_none(
    code: str, kind: str, lines: str
) -> None:
    if kind == "wrong":
        assert code in told(lines)
    else:
        assert told(lines) == []


def test_a_code_is_explained_with_its_examples(calfeed: Run) -> None:
    ran = calfeed("explain", "e302")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "E302: The weekday does not match the day\n"
        "One of the two is a slip, and calfeed cannot know which. A weekday is written in English\n"
        "and in full, or left out.\n"
        "\nWrong:\n  when: Friday 2031-05-08\n"
        "\nRight:\n  when: Thursday 2031-05-08\n"
    )


def test_without_a_code_all_are_listed(calfeed: Run) -> None:
    lines = calfeed("explain").out.splitlines()
    assert len(lines) == len(codes())
    assert lines[0] == "E100: The file cannot be opened"
    assert lines[-1].startswith("R503: ")


def test_an_unknown_code_is_said_with_a_next_step(calfeed: Run) -> None:
    ran = calfeed("explain", "E2100")
    assert ran.status == 1
    assert ran.err == 'calfeed: there is no code "E2100"\nDid you mean "E210"?\n'
    assert calfeed("explain", "xyz").err.endswith("All codes:  calfeed explain\n")
