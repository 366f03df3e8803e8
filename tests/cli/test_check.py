"""`calfeed check`: what it says to people, to programs and to GitHub, and what it mends."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.source.sources import EXAMPLE
from tests.spine import an_entry, an_update, events_file


@pytest.fixture
def events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "events.yaml"
    file.write_text(events_file({"garden": an_entry()}, site={"languages": ["en"]}))
    return file


def add(file: Path, *lines: str) -> None:
    with file.open("a", encoding="utf-8") as opened:
        opened.writelines(f"{line}\n" for line in lines)


def test_the_example(calfeed: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(EXAMPLE.parent / "images", tmp_path / "images")
    shutil.copy(EXAMPLE, tmp_path / "events.yaml")
    monkeypatch.chdir(tmp_path)

    ran = calfeed("check")

    assert (ran.status, ran.out) == (
        0,
        "events.yaml: 2 initiatives, 5 events (1 postponed, 1 moved online, 1 series), "
        "4 languages. 1 reminder.\n"
        "  hint: 4 events have no French title.  calfeed list --missing fr\n",
    )
    assert "reminder[R502]" in ran.err


def test_a_file_without_a_problem(calfeed: Run, events: Path) -> None:
    ran = calfeed("check", events)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "events.yaml: 2 initiatives, 1 event, 1 language. No problems.\n"


def test_the_hint_is_about_the_first_language_that_is_missing(calfeed: Run, events: Path) -> None:
    titles = {"en": "Garden day", "fr": "Jardin"}
    entries = {"a": an_entry(title=titles), "b": an_entry(title=titles | {"el": "Κήπος"})}
    events.write_text(events_file(entries, site={"languages": ["fr", "en", "el", "de"]}))
    assert calfeed("check").out.endswith(
        "  hint: 1 event has no Greek title.  calfeed list --missing el\n"
    )


def test_errors_stand_before_warnings_and_reminders(calfeed: Run, events: Path) -> None:
    entries = {
        "a": an_entry(title="CANCELLED: Day", updates=[an_update("postponed")]),
        "b": an_entry(when="2031-02-30"),
        "c": an_entry(when="2020-05-05", time_to_be_confirmed=True),
        "d": an_entry(colour="red"),
        "e": an_entry(free="yes"),
    }
    events.write_text(events_file(entries, site={"languages": ["en"]}))

    ran = calfeed("check")

    heads = [line.split(":")[0] for line in ran.err.splitlines() if "[" in line.split(":")[0]]
    assert heads == [
        "error[E301]",
        "error[E102]",
        "error[E134]",
        "warning[W301]",
        "reminder[R502]",
        "reminder[R501]",
    ]
    assert (ran.status, ran.out) == (
        1,
        "events.yaml: 3 errors, 1 warning, 2 reminders. It cannot be published like this.\n"
        "  1 of them can be mended for you:  calfeed check --fix\n"
        "  More on a code:  calfeed explain E301\n",
    )


def test_only_one_error_that_can_be_mended(calfeed: Run, events: Path) -> None:
    add(events, "    free: yes")
    assert "  It can be mended for you:  calfeed check --fix\n" in calfeed("check").out


def test_errors_do_not_hide_what_the_ledger_has_to_say(calfeed: Run, events: Path) -> None:
    site = {"languages": ["en"]}
    entries = {name: an_entry(title=f"Day {name}") for name in ("moved", "gone", "broken", "old")}
    events.write_text(events_file(entries, site=site))
    calfeed("publish")
    del entries["gone"]
    entries["moved"]["when"] = "2031-06-12"
    entries["broken"] |= {"when": "2031-02-30", "formerly": ["old"]}
    del entries["old"]
    events.write_text(events_file(entries, site=site))

    said = json.loads(calfeed("check", "--format", "json").out)

    assert [(one["code"], one["message"].split()[0]) for one in said["problems"]] == [
        ("E301", "2031-02-30"),
        ("W404", '"gone"'),
        ("W401", "the"),
    ]


def test_errors_of_the_file_and_against_the_ledger_are_told_together(
    calfeed: Run, events: Path
) -> None:
    site = {"languages": ["en"]}
    entries = {"a": an_entry(uid="a@x"), "b": an_entry()}
    events.write_text(events_file(entries, site=site))
    calfeed("publish")
    entries["a"]["uid"], entries["b"]["free"] = "b@x", "maybe"
    events.write_text(events_file(entries, site=site))

    said = json.loads(calfeed("check", "--format", "json").out)

    assert [one["code"] for one in said["problems"]] == ["E411", "E134"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("name: Parks", "name: Parks\n    colour: red", id="an initiative"),
        pytest.param("parks:", "parks:\n    of: [parks]", id="a union of itself"),
        pytest.param("events:", "evnts:", id="a name at the top"),
        pytest.param("site:", "site: [", id="a file that cannot be read"),
    ],
)
def test_nothing_is_held_against_the_ledger_where_too_much_is_wrong(
    calfeed: Run, events: Path, old: str, new: str
) -> None:
    calfeed("publish")
    events.write_text(events.read_text().replace(old, new, 1))
    said = json.loads(calfeed("check", "--format", "json").out)
    assert said["problems"]
    assert all(one["severity"] == "error" for one in said["problems"])


def test_json_says_all_of_a_problem(calfeed: Run, events: Path) -> None:
    add(events, "    free: yes")

    ran = calfeed("check", "--format", "json")

    assert (ran.status, ran.err) == (1, "")
    assert json.loads(ran.out) == {
        "format": 1,
        "sources": "events.yaml",
        "ok": False,
        "counts": {"errors": 1, "warnings": 0, "reminders": 0, "fixable": 1, "fixed": 0},
        "stated": None,
        "problems": [
            {
                "code": "E134",
                "severity": "error",
                "message": 'expected true or false; found "yes"',
                "file": "events.yaml",
                "line": len(events.read_text().splitlines()),
                "column": 11,
                "length": 3,
                "hint": "write  true",
                "help": [],
                "notes": ["calfeed check --fix can do this for you"],
                "fix": {
                    "line": len(events.read_text().splitlines()),
                    "column": 11,
                    "length": 3,
                    "text": "true",
                },
            }
        ],
    }


def test_json_says_what_is_there_and_what_was_mended(calfeed: Run, events: Path) -> None:
    entries = {"a": an_entry(free="yes"), "b": an_entry(draft=True)}
    events.write_text(events_file(entries, site={"languages": ["en"]}))

    ran = calfeed("check", "--format", "json", "--fix")

    assert json.loads(ran.out) == {
        "format": 1,
        "sources": "events.yaml",
        "ok": True,
        "counts": {"errors": 0, "warnings": 0, "reminders": 0, "fixable": 0, "fixed": 1},
        "stated": {"initiatives": 2, "events": 1, "drafts": 1, "languages": ["en"]},
        "problems": [],
    }
    assert "Mended 1 problem." in ran.err


@pytest.mark.parametrize("style", ["text", "github", "json"])
def test_strict_makes_warnings_fail_in_each_format(calfeed: Run, events: Path, style: str) -> None:
    events.write_text(
        events_file({"a": an_entry(title="Day (cancelled)")}, site={"languages": ["en"]})
    )
    assert calfeed("check", "--format", style).status == 0
    assert calfeed("check", "--format", style, "--strict").status == 1


def test_github_is_told_by_workflow_commands(calfeed: Run, events: Path) -> None:
    add(events, "    free: yes", "    website: 'www.example.eu/100%'")
    line = len(events.read_text().splitlines())

    ran = calfeed("check", "--format", "github")

    assert (ran.status, ran.err) == (1, "")
    first, second, *rest = ran.out.splitlines()
    assert first == (
        f"::error file=events.yaml,line={line - 1},col=11,endColumn=14,title=calfeed E134"
        '::expected true or false; found "yes": write  true'
        "%0Anote: calfeed check --fix can do this for you"
    )
    assert second.endswith(
        'title=calfeed E126::"www.example.eu/100%25" is not a web address'
        "%0Ahelp: write it with its beginning:  https://www.example.eu/100%25"
    )
    assert rest[0].startswith("events.yaml: 2 errors.")


def test_github_knows_files_from_the_folder_of_the_repository(
    calfeed: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site: a,b"
    folder.mkdir()
    (folder / "events.yaml").write_text(
        events_file({"a": an_entry(title="Day (cancelled)", updates=[an_update("cancelled")])})
    )
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert calfeed("check", "--format", "github").out.startswith(
        "::warning file=site%3A a%2Cb/events.yaml,line="
    )


def test_github_is_told_of_a_whole_file(calfeed: Run, events: Path) -> None:
    events.write_bytes(b"\x89PNG\0\0")
    assert calfeed("check", "--format", "github").out.startswith(
        "::error file=events.yaml,title=calfeed E101::the file is no text%0A"
    )


def test_github_is_told_of_reminders_too(calfeed: Run, events: Path) -> None:
    events.write_text(events_file({"a": an_entry(updates=[an_update("postponed")])}))
    assert calfeed("check", "--format", "github").out.startswith("::notice file=events.yaml,")


def test_what_is_mended_is_shown_and_what_remains_is_told(calfeed: Run, events: Path) -> None:
    add(events, "    free: yes", "    colour: red")
    events.chmod(0o640)

    ran = calfeed("check", "--fix")

    assert ran.status == 1
    assert ran.out.startswith("  events.yaml\n")
    assert "|     free: yes\n" in ran.out
    assert "|     free: true\n" in ran.out
    assert "\nMended 1 problem. Everything else is untouched.\n\n" in ran.out
    assert ran.out.endswith(
        "events.yaml: 1 error. It cannot be published like this.\n"
        "  More on a code:  calfeed explain E102\n"
    )
    assert 'unknown key "colour"' in ran.err
    assert "    free: true\n    colour: red\n" in events.read_text()
    assert events.stat().st_mode & 0o777 == 0o640
    assert calfeed("check", "--fix").out.startswith("events.yaml: 1 error.")


def test_no_events_anywhere_is_a_problem_in_each_format(calfeed: Run, tmp_path: Path) -> None:
    ran = calfeed("check", tmp_path, "--format", "json")
    assert (ran.status, json.loads(ran.out)["problems"][0]["code"]) == (1, "E163")
