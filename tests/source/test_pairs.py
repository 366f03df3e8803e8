"""A colon that made a name and a value of a text, told as what it is."""

import pytest

from tests.source.sources import GARDEN_DAY, events_file, problems, rendered


def told(*lines: str) -> list[str]:
    return rendered(problems(events_file(GARDEN_DAY + "".join(f"{line}\n" for line in lines))))


def test_a_line_of_the_agenda_as_a_whole_message() -> None:
    assert told("agenda:", "  - 16:10 Panel: services") == [
        "error[E110]: a line of the agenda became a pair, by its colon\n"
        "  --> events.yaml:17:9\n"
        "   |\n"
        "16 |     agenda:\n"
        "17 |       - 16:10 Panel: services\n"
        "   |         ^^^^^^^^^^^^^^^^^^^^^ the hour and the words are two things\n"
        "   |\n"
        '   = help: write  at: 16:10  and, below it,  title: "Panel: services"'
    ]


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        pytest.param("  - 9.30: Tea", "write  at: 9:30  and, below it,  title: Tea", id="an hour"),
        pytest.param(
            "  - Panel: services",
            'write  at: 16:10  and, below it,  title: "Panel: services"',
            id="no hour",
        ),
    ],
)
def test_a_line_of_the_agenda(line: str, advice: str) -> None:
    assert told("agenda:", line)[0].endswith(f"help: {advice}")


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        pytest.param("organisers: [{nmae: We}]", {"E102"}, id="a key that is misspelt"),
        pytest.param("organisers: [{A: b, C: d}]", {"E102", "E121"}, id="two keys"),
        pytest.param("organisers: [{A: [b]}]", {"E102", "E121"}, id="no text"),
        pytest.param("summary: {english: Day}", {"E132"}, id="the name of a language"),
        pytest.param("summary: {xx: Day}", {"E132"}, id="what may be a code"),
        pytest.param("summary: {Note: Day, fr: Jour}", {"E132"}, id="beside a language"),
        pytest.param("summary: {Note: Day}", {"E110"}, id="a word"),
        pytest.param("place: {Hall: Brussels}", {"E102", "E121"}, id="a group of its own"),
    ],
)
def test_what_is_a_pair(line: str, codes: set[str]) -> None:
    assert {message.split("[")[1][:4] for message in told(line)} == codes
