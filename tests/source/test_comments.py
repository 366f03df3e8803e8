"""Texts that an unquoted # cut short: told where that is likely, never where it is a comment."""

import pytest

from tests.source.sources import events_file, rendered, stated

EVENT = {
    "title": "title: Day",
    "initiatives": "initiatives: [parks]",
    "when": "when: 2031-05-08",
}


def told(line: str) -> list[str]:
    fields = {
        "title": "title: Day",
        "initiatives": "initiatives: [parks]",
        "when": "when: 2031-05-08",
    }
    fields[line.strip().partition(":")[0]] = line
    return rendered(stated(events_file("\n".join(fields.values()) + "\n")).problems)


def test_a_text_that_was_cut_as_a_whole_message() -> None:
    assert told("summary: Meet us at #roses2031 in town") == [
        "warning[W303]: a text that ends before a #\n"
        "  --> events.yaml:16:25\n"
        "   |\n"
        "15 |     when: 2031-05-08\n"
        "16 |     summary: Meet us at #roses2031 in town\n"
        "   |                         ^^^^^^^^^^^^^^^^^^"
        " this is a comment, and nobody will see it\n"
        "   |\n"
        "   = help: does it belong to the text? put all of it in quotes:"
        '  "Meet us at #roses2031 in town"\n'
        "   = help: is it a comment? write a blank after the #"
    ]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("title: We are #1", id="a title"),
        pytest.param("title: {en: We,\n      fr: Nous #1\n      }", id="in one of the languages"),
        pytest.param("title:\n      en: We are #1", id="below its name"),
        pytest.param("place: Hall #3", id="a place"),
        pytest.param("title: Hall #3\nx-a: &a {b: c}\nx-d: *a", id="beside what is repeated"),
        pytest.param(
            "updates:\n      - notice: Not #1\n        announced: 2026-01-01\n"
            "        change: cancelled",
            id="a notice, behind a dash",
        ),
        pytest.param("description: |\n  text\nsummary: Rose #1", id="behind a long text"),
    ],
)
def test_a_text_that_was_cut(line: str) -> None:
    assert [message[:13] for message in told(line) if "R502" not in message] == ["warning[W303]"]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("title: Day  # the first", id="a comment"),
        pytest.param("title: Day #", id="an empty one"),
        pytest.param("title: Day ##1", id="a line of signs"),
        pytest.param('title: "We are #1"', id="in quotes"),
        pytest.param("title: C#7", id="no blank before it"),
        pytest.param("website: https://example.eu #1", id="an address"),
        pytest.param("when: 2031-05-08 #todo", id="a date"),
        pytest.param("description: |\n      title: We are #1", id="inside a long text"),
        pytest.param("# title: We are #1", id="inside a comment"),
    ],
)
def test_what_is_no_cut_text(line: str) -> None:
    assert told(line) == []
