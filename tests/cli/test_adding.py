"""Events added, and the file that they are added to begun, by answers or by options."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml

from calfeed.source.keys import free_key
from tests.cli.conftest import Run
from tests.spine import an_entry, events_file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def file(folder: Path) -> Path:
    path = folder / "events.yaml"
    path.write_text(events_file({"garden": an_entry()}))
    return path


def answer(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("".join(f"{line}\n" for line in lines)))


def events(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(), Loader=yaml.BaseLoader)["events"]  # noqa: S506 - texts only
    return found


BEGIN = (
    "init",
    *("--name", "Town: events", "--url", "https://events.example.eu"),
    *("--language", "en", "--timezone", "Europe/Brussels", "--initiative", "Parks & Gardens"),
)


def test_a_file_begun_by_options_is_right_and_explained(calfeed: Run, folder: Path) -> None:
    ran = calfeed(*BEGIN)
    assert (ran.status, ran.err) == (0, "")
    text = (folder / "events.yaml").read_text()
    assert 'name: "Town: events"' in text
    assert 'parks-gardens:\n    name: "Parks & Gardens"\n' in text
    assert text.startswith("# yaml-language-server: $schema=./events.schema.json\n")
    assert (folder / "events.schema.json").read_text() == calfeed("schema").out
    checked = calfeed("check")
    assert (checked.status, checked.err) == (0, "")
    assert "1 initiative, 0 events (1 draft)" in checked.out


@pytest.mark.usefixtures("folder")
def test_a_file_is_begun_by_answers_with_usual_ones(
    calfeed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "Parks", "Town events", "https://events.example.eu", "", "")
    ran = calfeed("init", "calendar/events.yaml")
    assert ran.status == 0
    assert ran.out.endswith(
        "Wrote calendar/events.yaml, with an event to try things out on.\n"
        "Next:  calfeed add, or open the file in an editor; then  calfeed check\n"
    )
    assert calfeed("check", "calendar/events.yaml").status == 0


def test_a_file_that_is_there_is_not_begun_again(calfeed: Run, file: Path) -> None:
    text = file.read_text()
    ran = calfeed(*BEGIN)
    assert ran.err == "calfeed: events.yaml is there already\nAdd an event to it:  calfeed add\n"
    assert file.read_text() == text


def test_a_schema_that_is_there_is_left(calfeed: Run, folder: Path) -> None:
    (folder / "events.schema.json").write_text("mine")
    assert calfeed(*BEGIN).status == 0
    assert (folder / "events.schema.json").read_text() == "mine"


def test_a_wrong_answer_writes_nothing(calfeed: Run, folder: Path) -> None:
    ran = calfeed(*BEGIN, "--timezone", "Europe/Brusels")
    assert ran.status == 1
    assert 'did you mean "Europe/Brussels"?' in ran.err
    assert not (folder / "events.yaml").exists()


def test_an_event_is_added_by_options(calfeed: Run, file: Path) -> None:
    ran = calfeed(
        *("add", "--title", "Open door", "--title", "fr=Portes ouvertes", "--initiative", "parks"),
        *("--initiative", "schools", "--when", "2031-06-05 10:00", "--place", "Town hall", "--yes"),
    )
    assert (ran.status, ran.err) == (0, "")
    entry = events(file)["open-door"]
    assert len(entry.pop("published")) == len("2026-11-27")
    assert entry == {
        "title": {"en": "Open door", "fr": "Portes ouvertes"},
        "initiatives": ["parks", "schools"],
        "when": "2031-06-05 10:00",
        "place": "Town hall",
    }
    assert ran.out.startswith(
        "Open door\n  new: as planned, Thursday 5 June 2031, 10:00, Brussels time\n"
    )
    assert "    Open door   (revision 0)\n" in ran.out


def test_an_event_is_added_by_answers(
    calfeed: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "Open door", "parks, schools", "2031-06-05", "", "https://m.eu", "y")
    ran = calfeed("add", "door", "--draft")
    assert (ran.status, ran.err) == (0, "")
    assert events(file)["door"] == {
        "title": "Open door",
        "initiatives": ["parks", "schools"],
        "when": "2031-06-05",
        "online": {"url": "https://m.eu"},
        "draft": "true",
    }
    assert "  It is a draft: subscribers see it once you take out  draft: true\n" in ran.out


def test_the_only_initiative_is_not_asked_for(
    calfeed: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(events_file({"garden": an_entry()}, initiatives={"parks": {"name": "Parks"}}))
    answer(monkeypatch, "Open door", "2031-06-05", "", "", "y")
    assert calfeed("add").status == 0
    assert events(file)["open-door"]["initiatives"] == ["parks"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(
            ["garden"],
            'there is an event "garden" already\n'
            "Give the new one a name of its own:  calfeed add garden-2031 …",
            id="a name that is taken",
        ),
        pytest.param(
            ["--initiative", "prks"],
            'there is no initiative "prks"\nDid you mean "parks"?',
            id="a slip of the pen",
        ),
        pytest.param(
            ["--initiative", "zzz"],
            'there is no initiative "zzz"\nThere are: parks, schools',
            id="an unknown initiative",
        ),
        pytest.param(
            ["--into", "other.yaml"],
            "other.yaml is not among the events files\nThere are: events.yaml",
            id="a file elsewhere",
        ),
    ],
)
def test_what_cannot_be_added_is_said(
    calfeed: Run, file: Path, arguments: list[str], message: str
) -> None:
    text = file.read_text()
    usual = ("--title", "A", "--when", "2031-06-05", "--initiative", "parks")
    ran = calfeed("add", *usual, *arguments)
    assert (ran.status, ran.out, ran.err) == (1, "", f"calfeed: {message}\n")
    assert file.read_text() == text


def test_a_folder_gets_it_in_its_last_file_or_the_one_named(calfeed: Run, folder: Path) -> None:
    sources = folder / "events"
    sources.mkdir()
    (sources / "a.yaml").write_text(events_file({"garden": an_entry()}))
    (sources / "b.yaml").write_text(
        "events:\n  fair:\n    title: Fair\n    initiatives: [parks]\n    when: 2031-07-07\n"
    )
    usual = ("--title", "A", "--when", "2031-06-05", "--initiative", "parks", "--yes")
    assert calfeed("add", "one", *usual).status == 0
    assert calfeed("add", "two", *usual, "--into", "events/a.yaml").status == 0
    assert list(events(sources / "a.yaml")) == ["garden", "two"]
    assert list(events(sources / "b.yaml")) == ["fair", "one"]


@pytest.mark.parametrize(
    ("title", "taken", "key"),
    [
        pytest.param("Été à la ville!", (), "ete-a-la-ville", id="without accents"),
        pytest.param("Σύνοδος", (), "synodos", id="in Greek"),
        pytest.param("会议", (), "event", id="no letter of a to z"),
        pytest.param("Fair", ("fair",), "fair-2031", id="with its year"),
        pytest.param("Fair 2031", ("fair-2031",), "fair-2031-2", id="with a number"),
        pytest.param("Fair", ("fair", "fair-2031"), "fair-2031-2", id="with both"),
        pytest.param("a" * 100, (), "a" * 70, id="not too long"),
    ],
)
def test_a_name_is_made_of_the_title(title: str, taken: tuple[str, ...], key: str) -> None:
    assert free_key(title, "2031-06-05", taken) == key
