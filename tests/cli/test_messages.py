"""The five messages that all others are modelled on, word for word, as a terminal has them."""

import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.source.sources import EXAMPLE

UPDATES = """\
    updates:
      - announced: 2021-09-23
        change: postponed
        notice:
          en: The Commissioner is detained by urgent business. The meeting with the mayors
            will take place in person on a later day, to be announced here.
          fr: Le commissaire est retenu par une affaire urgente. La rencontre avec les maires
            aura lieu plus tard, en personne ; la date sera annoncée ici.
"""

UNKNOWN_KEY = """\
error[E102]: unknown key "anounced" in an update of "living-in-eu-coffee-corner"
   --> events.yaml:109:9
    |
108 |     updates:
109 |       - anounced: 2021-09-28
    |         ^^^^^^^^ did you mean "announced"?
    |
    = help: an update starts with the day you told the public, for example  announced: 2021-09-28
"""

NO_VALUE = """\
error[E120]: "colour" has no value
  --> events.yaml:25:5
   |
24 |     url: https://living-in.eu
25 |     colour: #0e47cb
   |     ^^^^^^ everything after # is a comment
   |
   = help: put the colour in quotes:  colour: "#0e47cb"
   = note: calfeed check --fix can do this for you
"""

NEW_DATE = """\
error[E210]: a postponed event has no new date
  --> events.yaml:63:9
   |
62 |         change: postponed
63 |         when: 2021-12-02
   |         ^^^^^^^^^^^^^^^^ this is a new date
   |
   = help: is the new date known? then write  change: rescheduled
   = help: not known yet? then remove the line "when"; the old date is kept by itself
"""

STATUS_WORD = """\
warning[W301]: a status word in the title
  --> events.yaml:41:13
   |
40 |   commissioner-meets-eu-mayors:
41 |     title: "POSTPONED: Smart, Green and Resilient cities and communities - Commissioner Thierry Breton meets EU mayors"
   |             ^^^^^^^^^ calfeed adds this word itself, in every language
   |
   = help: remove it, and record the change as an update:
   =         calfeed postpone commissioner-meets-eu-mayors
   = note: left in the title, the word stays when the event gets its new date
"""  # noqa: E501 - as a terminal has it

EDITED_IN_PLACE = """\
warning[W401]: the date of a published event was changed in place
   --> events.yaml:123:11
    |
122 |     published: 2021-09-01
123 |     when: 2021-11-23 to 2021-11-25
    |           ^^^^^^^^^^^^^^^^^^^^^^^^ published on 2021-09-01 as 2021-11-16 to 2021-11-18
    |
    = note: subscribers will be told the new date, but not why
    = help: better put the old line back and add an update:
    =         calfeed reschedule smart-city-expo-2021 "2021-11-23 to 2021-11-25"
    = note: was it a typing error nobody saw? accept it with  change: corrected
"""

TITLE = "Smart, Green and Resilient cities and communities - Commissioner Thierry Breton meets"


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example, its picture beside it, in the folder where the commands are run."""
    shutil.copytree(EXAMPLE.parent / "images", tmp_path / "images")
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(EXAMPLE, tmp_path / "events.yaml"))


def edit(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            [("announced: 2021-09-28", "anounced: 2021-09-28")], UNKNOWN_KEY, id="a misspelt key"
        ),
        pytest.param([('colour: "#0e47cb"', "colour: #0e47cb")], NO_VALUE, id="no quotes"),
        pytest.param(
            [
                (
                    UPDATES,
                    "    updates:\n      - announced: 2021-09-23\n        change: postponed\n"
                    "        when: 2021-12-02\n",
                )
            ],
            NEW_DATE,
            id="a postponed event with a date",
        ),
        pytest.param(
            [
                (UPDATES, ""),
                (f"title: {TITLE} EU mayors", f'title: "POSTPONED: {TITLE} EU mayors"'),
            ],
            STATUS_WORD,
            id="a status word in a title",
        ),
    ],
)
def test_a_message_of_the_file(
    calfeed: Run, example: Path, changes: list[tuple[str, str]], message: str
) -> None:
    edit(example, *changes)
    assert message in calfeed("check").err


def test_a_message_of_what_was_published(calfeed: Run, example: Path) -> None:
    calfeed("publish")
    edit(example, ("when: 2021-11-16 to 2021-11-18", "when: 2021-11-23 to 2021-11-25"))
    assert EDITED_IN_PLACE in calfeed("check").err


def test_a_command_that_a_message_names_does_what_it_says(calfeed: Run, example: Path) -> None:
    calfeed("publish")
    edit(example, ("when: 2021-11-16 to 2021-11-18", "when: 2021-11-23 to 2021-11-25"))
    told = calfeed("check").err.splitlines()
    line = next(one for one in told if "calfeed reschedule smart" in one)
    edit(example, ("when: 2021-11-23 to 2021-11-25", "when: 2021-11-16 to 2021-11-18"))

    done = calfeed(*shlex.split(line)[2:], "--yes")

    assert done.status == 0
    assert "        change: rescheduled\n        when: 2021-11-23 to 2021-11-25\n" in (
        example.read_text(encoding="utf-8")
    )
    assert "W401" not in calfeed("check").err
