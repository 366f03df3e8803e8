"""One day of an editor at a terminal: begin, add, check, postpone, look, reschedule, publish."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def updates(folder: Path) -> list[dict[str, Any]]:
    data = yaml.load((folder / "events.yaml").read_text(), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    found: list[dict[str, Any]] = data["events"]["mayors-meet"]["updates"]
    return found


def test_an_editor_begins_adds_checks_postpones_looks_and_reschedules(
    terminal: Terminal, tmp_path: Path
) -> None:
    answers = "Living-in.EU\nEU cities events\nhttps://events.example.eu\n\n\n"
    assert terminal.type("init", answers=answers) == 0
    assert "Whose events are they (an organisation or programme)? " in terminal.text
    assert "Wrote events.yaml, with an event to try things out on.\n" in terminal.text
    assert (tmp_path / "events.schema.json").exists()

    answers = "Mayors meet\n2031-09-30 10:00 to 12:00\nBrussels\n\ny\n"
    assert terminal.type("add", answers=answers) == 0
    assert "new: as planned, Tuesday 30 September 2031, 10:00–12:00, Brussels time" in terminal.text
    assert "\x1b[32m  + " in terminal.screen

    assert terminal.type("check") == 0
    assert (
        terminal.text == "events.yaml: 1 initiative, 1 event (1 draft), 1 language. No problems.\n"
    )
    assert terminal.type("publish") == 0
    assert "mayors-meet: new (revision 0)" in terminal.text
    before = (tmp_path / "events.yaml").read_text()

    notice = "The Commissioner is detained by urgent business."
    assert terminal.type("postpone", "mayors", "--notice", notice, answers="n\n") == 0
    assert terminal.text.endswith("Write this? [Y/n] Nothing was written.\n")
    assert (tmp_path / "events.yaml").read_text() == before
    assert terminal.type("postpone", "mayors", "--notice", notice, answers="\n") == 0
    assert (
        "  as planned, Tuesday 30 September 2031, 10:00–12:00, Brussels time  ->  "
        "postponed, no new date yet\n"
    ) in terminal.text
    assert "    POSTPONED: Mayors meet   (revision 0 -> 1)\n" in terminal.text
    assert terminal.text.endswith(
        "Saved. Everything else in the file is untouched.  "
        "Next:  calfeed preview, then publish as usual.\n"
    )

    assert terminal.type("diff") == 0
    assert "  ~ mayors-meet  as planned -> postponed  revision 0 -> 1  1 calendar" in terminal.text
    assert terminal.type("publish") == 0
    assert terminal.type("list", "--state", "postponed") == 0
    assert "mayors-meet" in terminal.text

    arguments = ("reschedule", "mayors-meet", "Tuesday 2031-12-02 14:30 to 16:30")
    assert terminal.type(*arguments, "--place", "Berlaymont building, Brussels", "--yes") == 0
    assert "note: nothing else of these calendars begins that day\n" in terminal.text
    assert terminal.type("publish") == 0
    assert "mayors-meet: new date (revision 2)" in terminal.text

    told = [(one["change"], one.get("notice"), one.get("when")) for one in updates(tmp_path)]
    assert told == [
        ("postponed", notice, None),
        ("rescheduled", None, "Tuesday 2031-12-02 14:30 to 16:30"),
    ]
    assert terminal.type("check", "--strict") == 0


def test_colours_are_left_out_where_nobody_wants_them(tmp_path: Path) -> None:
    (tmp_path / "events.yaml").write_text("events: [\n")
    terminal = Terminal(tmp_path)
    assert terminal.type("check") == 1
    assert "\x1b[1;31m" in terminal.screen
    plain = Terminal(tmp_path, {"NO_COLOR": "1"})
    assert plain.type("check") == 1
    assert "\x1b[3" not in plain.screen
    assert "error[E103]" in plain.screen
    assert plain.type("check", "--loud") == 2


def test_a_shell_completes_commands(tmp_path: Path) -> None:
    environment = {
        "_CALFEED_COMPLETE": "complete_bash",
        "COMP_WORDS": "calfeed post",
        "COMP_CWORD": "1",
    }
    terminal = Terminal(tmp_path, environment)
    terminal.type()
    assert "postpone" in terminal.text
