"""What ``calfeed check`` says, in each of its formats, and what it mends."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calfeed.cli.fixing import ROUNDS
from calfeed.errors import Mend, SourceError
from calfeed.source.mending import mended
from calfeed.source.parse import parse_sources
from calfeed.source.yaml import parse_document
from tests.cli.conftest import Run
from tests.source.sources import GARDEN_DAY, HEAD, TODAY, events_file

SLIPS = """\
title: Garden: a day
initiatives: parks
when: 2031-05-08..2031-05-09
free: yes
place: {name: Park, country: Belgium}
updates:
  - anounced: 2026-09-01
    change: relocated
    place: Hall
"""
MENDED = """\
title: "Garden: a day"
initiatives: [parks]
when: 2031-05-08 to 2031-05-09
free: true
place: {name: Park, country: BE}
updates:
  - announced: 2026-09-01
    change: relocated
    place: Hall
"""
COLOURS = HEAD.replace(
    "parks: {name: Parks}", "parks:\n    name: Parks\n    colour: #0e47cb  # blue"
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "events.yaml"


def test_errors_come_before_warnings_and_reminders_and_are_counted(
    calfeed: Run, file: Path
) -> None:
    file.write_text(
        events_file(
            "title: 'CANCELLED: Garden day'\ninitiatives: [parks]\nwhen: 2031-05-08\n",
            GARDEN_DAY + "updates: [{announced: 2026-01-01, change: postponed}]\n",
            "title: A\ninitiatives: [park]\nwhen: 2031-05-08\n",
        )
    )
    ran = calfeed("check")
    assert ran.status == 1
    assert [line.split("]")[0] for line in ran.err.splitlines() if "]: " in line] == [
        "error[E400",
        "warning[W301",
        "reminder[R502",
    ]
    assert ran.out == (
        "events.yaml: 1 error, 1 warning, 1 reminder.\nMore on a code:  calfeed explain E400\n"
    )


def test_a_file_against_its_ledger_has_its_own_warnings_told_too(calfeed: Run, file: Path) -> None:
    file.write_text(events_file(GARDEN_DAY + "uid: a@example.eu\n"))
    calfeed("publish")
    file.write_text(
        events_file(GARDEN_DAY.replace("Garden day", "Garden day (cancelled)") + "uid: b@c.eu\n")
    )
    ran = calfeed("check")
    assert ran.status == 1
    assert "error[E411]" in ran.err
    assert "warning[W301]" in ran.err


def test_missing_titles_are_brought_to_mind(calfeed: Run, file: Path) -> None:
    file.write_text(events_file(GARDEN_DAY, GARDEN_DAY))
    assert calfeed("check").out.endswith(
        "2 languages. No problems.\n"
        "  hint: 2 events have no French title.  calfeed list --missing fr\n"
    )
    file.write_text(events_file(GARDEN_DAY))
    assert "hint: 1 event has no French title." in calfeed("check").out


def test_for_github_each_problem_is_a_command(calfeed: Run, file: Path) -> None:
    file.write_text(events_file("title: 'A: 50 %\n\n  b'\ninitiatives: [parks]\nwhen: soon\n"))
    ran = calfeed("check", "--format", "github")
    assert (ran.status, ran.err) == (1, "")
    first, second = ran.out.splitlines()
    assert first.startswith(
        "::error file=events.yaml,line=13,col=12,endColumn=20,title=E125::this text has more"
    )
    assert "%0A" in first
    assert second.startswith("::error file=events.yaml,line=17,col=11,endColumn=15,title=E300::")


def test_what_would_end_a_command_of_github_is_escaped(calfeed: Run, file: Path) -> None:
    odd = file.parent / "a,b:c%.yaml"
    odd.write_text(events_file("title: 5 %\ninitiatives: ['a%0A::error::b']\nwhen: 2031-05-08\n"))
    (line,) = calfeed("check", odd, "--format", "github").out.splitlines()
    assert line.startswith("::error file=a%2Cb%3Ac%25.yaml,line=14,")
    assert '"a%250A::error::b"' in line


def test_for_programs_all_is_one_object(calfeed: Run, file: Path) -> None:
    file.write_text(events_file(GARDEN_DAY + "free: yes\n", head=COLOURS))
    ran = calfeed("check", "--format", "json")
    assert ran.status == 1
    said = json.loads(ran.out)
    assert said["counts"] == {"error": 2, "warning": 0, "reminder": 0}
    assert said["problems"][0] == {
        "code": "E120",
        "severity": "error",
        "message": '"colour" has no value',
        "file": "events.yaml",
        "line": 11,
        "column": 5,
        "length": 6,
        "hint": "everything after # is a comment",
        "help": ['put the colour in quotes:  colour: "#0e47cb"'],
        "notes": ["calfeed check --fix can do this for you"],
        "fix": {"line": 11, "column": 13, "length": 7, "text": '"#0e47cb"'},
    }


def test_what_has_one_meaning_is_mended_and_shown(calfeed: Run, file: Path) -> None:
    file.write_text(events_file(SLIPS, head=COLOURS), newline="\r\n")
    ran = calfeed("check", "--fix")
    assert (ran.status, ran.err) == (0, "")
    good = events_file(MENDED, head=COLOURS.replace("#0e47cb", '"#0e47cb"'))
    assert file.read_bytes() == good.replace("\n", "\r\n").encode()
    assert "  - 15 |     title: Garden: a day\n" in ran.out
    assert '  + 15 |     title: "Garden: a day"\n' in ran.out
    assert "Mended 1 file: look at what changed.\n" in ran.out

    again = calfeed("check", "--fix")
    assert "Mended" not in again.out
    assert file.read_bytes() == good.replace("\n", "\r\n").encode()


def test_what_takes_a_person_is_left_and_told(calfeed: Run, file: Path) -> None:
    file.write_text(events_file(GARDEN_DAY + "free: yes\nwebsite: www.example.eu\n"))
    ran = calfeed("check", "--fix")
    assert ran.status == 1
    assert "error[E126]" in ran.err
    assert "E134" not in ran.err
    assert "    free: true\n" in file.read_text()


def test_for_programs_what_was_mended_is_no_result(calfeed: Run, file: Path) -> None:
    file.write_text(events_file(GARDEN_DAY + "free: yes\n"))
    ran = calfeed("check", "--fix", "--format", "json")
    assert json.loads(ran.out)["problems"] == []
    assert "free: true" in ran.err


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("2031-05-08-2031-05-09", "2031-05-08 to 2031-05-09", id="a bare hyphen"),
        pytest.param("2031-05-08 until 2031-05-09", "2031-05-08 to 2031-05-09", id="until"),
        pytest.param("2031-05-08…2031-05-09", "2031-05-08 to 2031-05-09", id="dots"),
        pytest.param("2031-05-08T09:00", "2031-05-08 09:00", id="a T"),
        pytest.param("2031/05/08 9.30 bis 11h00", "2031-05-08 9:30 to 11:00", id="in German"),
        pytest.param('"2031-05-08T09:00"', "2031-05-08 09:00", id="in quotes"),
    ],
)
def test_dates_of_one_meaning(calfeed: Run, file: Path, written: str, meant: str) -> None:
    file.write_text(events_file(f"title: A\ninitiatives: [parks]\nwhen: {written}\n"))
    assert calfeed("check", "--fix").status == 0
    assert file.read_text() == events_file(f"title: A\ninitiatives: [parks]\nwhen: {meant}\n")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("when: 2031/02/30", id="a day that does not exist"),
        pytest.param("when: 08.05.2031", id="which is the month?"),
        pytest.param("when: 2031-05-08 2pm", id="another clock"),
        pytest.param("when: 2031-05-09 to 2031-05-08", id="the wrong way round"),
        pytest.param("when: >-\n      2031-05-08T09:00", id="a text that goes on below"),
        pytest.param("when: Friday 2031-05-08", id="another weekday"),
        pytest.param("when: 2031-05-08\nfreee_of: true", id="an unlike key"),
        pytest.param("when: 2031-05-08\norganisers: 'A: B'", id="a list of what it may be"),
        pytest.param('when: 2031-05-08\nsummary: # "so" he said', id="quotes in a lost text"),
    ],
)
def test_what_has_several_meanings_is_left_alone(calfeed: Run, file: Path, line: str) -> None:
    text = events_file(f"title: A\ninitiatives: [parks]\n{line}\n")
    file.write_text(text)
    assert calfeed("check", "--fix").status == 1
    assert file.read_text() == text


def test_with_very_many_slips_the_command_says_to_be_run_again(calfeed: Run, file: Path) -> None:
    slips = "".join(f"x-{number}: a: b\n" for number in range(ROUNDS + 1))
    file.write_text(events_file(GARDEN_DAY + slips))
    assert "There may be more: run the command again.\n" in calfeed("check", "--fix").out
    assert calfeed("check", "--fix").status == 0


def test_of_two_mends_at_one_place_the_first_is_made() -> None:
    mends = [Mend(line=1, column=1, length=3, text="d"), Mend(line=1, column=2, length=1, text="e")]
    assert mended("abc\n", mends) == "d\n"


LINES = st.sampled_from(
    [
        "free: yes",
        "free: off",
        "free: true",
        "summary: Come: bring a spade",
        "summary: #1 in town",
        "sumary: Bring a spade",
        "websit: https://example.eu",
        "tags: roses",
        "timezone: Europe/Brusels",
        "x-own: 'a: b'",
        "online: https://meet.example.eu",
        "contact: Ann: Park office  # ask her",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(LINES, unique_by=lambda line: line.partition(":")[0], max_size=5))
def test_mending_ends_and_changes_nothing_but_the_slips(lines: list[str]) -> None:
    text = events_file(GARDEN_DAY + "".join(f"{line}\n" for line in lines))
    for _ in range(20):
        try:
            found = parse_sources([parse_document(text.encode(), name="e")], today=TODAY).problems
        except SourceError as error:
            found = error.problems
        mends = [problem.mend for problem in found if problem.mend]
        after = mended(text, mends)
        if not mends:
            break
        touched = {mend.line for mend in mends}
        pairs = zip(text.splitlines(), after.splitlines(), strict=True)
        for number, (old, new) in enumerate(pairs, 1):
            assert (old != new) == (number in touched)
            assert old.split("#")[-1] == new.split("#")[-1] or number in touched
        text = after
    assert not mends
