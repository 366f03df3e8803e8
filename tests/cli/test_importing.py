"""``calfeed import`` as a shell meets it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Run
from tests.cli.web import a_web_server
from tests.source.importing.calendars import a_calendar, a_vevent
from tests.spine import an_entry, events_file

OLD = a_calendar(
    *a_vevent(),
    *a_vevent("SUMMARY:Save the date", start="", uid="2@old"),
    *a_vevent("SUMMARY:POSTPONED: Fair", uid="3@old"),
    *a_vevent("SUMMARY:Here already", uid="4@old"),
    *("BEGIN:VTODO", "UID:5", "END:VTODO"),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.ics").write_bytes(OLD)
    return tmp_path


@pytest.fixture
def events(folder: Path) -> Path:
    file = folder / "events.yaml"
    entry = an_entry(title="Here", uid="4@old")
    file.write_text(events_file({"garden-day": entry}))
    return file


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text())["events"]
    return found


@pytest.mark.usefixtures("events")
def test_a_calendar_becomes_a_file_that_can_be_checked(calfeed: Run, folder: Path) -> None:
    ran = calfeed("import", "old.ics", "--initiative", "parks")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == (
        "  2 new, 1 already here (same UID), 1 left out, 1 to look at, 1 task skipped:\n"
        '    line  9  no start date ("Save the date"): left out\n'
        '    line 13  it is postponed ("Fair"): imported with an update, change: postponed\n'
        "Wrote imported/parks.yaml  (not published: each has  draft: true).\n"
        "Next:  look at imported/parks.yaml; move it into your folder of events, or its events "
        "into your file, and take out  draft: true; then  calfeed check\n"
    )
    assert list(read(folder / "imported" / "parks.yaml")) == ["garden-day-2027", "fair"]

    (folder / "events").mkdir()
    (folder / "events.yaml").rename(folder / "events" / "site.yaml")
    (folder / "imported" / "parks.yaml").rename(folder / "events" / "parks.yaml")
    assert calfeed("check").status == 0
    assert calfeed("publish").status == 0
    again = calfeed("import", "old.ics", "--initiative", "parks")
    assert "  0 new, 3 already here (same UID), 1 left out" in again.err
    assert again.err.endswith("There is nothing to write.\n")


def test_without_events_here_a_file_of_its_own_is_made(calfeed: Run, folder: Path) -> None:
    ran = calfeed("import", "old.ics", "--initiative", "parks", "--no-draft", "--out", "new.yaml")
    assert ran.status == 0
    assert "Wrote new.yaml.\n" in ran.err
    assert "draft" not in read(folder / "new.yaml")["garden-day"]


@pytest.mark.usefixtures("folder")
def test_a_file_may_go_to_the_terminal_and_leave_out_what_is_over(calfeed: Run) -> None:
    ran = calfeed(
        *("import", "old.ics", "--initiative", "parks", "--out", "-", "--since", "2027-01-01")
    )
    assert yaml.safe_load(ran.out)["events"]["fair"]["uid"] == "3@old"


@pytest.mark.usefixtures("folder")
def test_a_feed_is_imported_by_its_address(calfeed: Run) -> None:
    with a_web_server({"/old.ics": OLD}) as address:
        ran = calfeed("import", f"{address}/old.ics", "--initiative", "parks", "--out", "-")
    assert "garden-day:" in ran.out


def test_a_table_is_imported(calfeed: Run, folder: Path) -> None:
    (folder / "old.csv").write_text("title,start\nFair,5/8/2027\n")
    ran = calfeed("import", "old.csv", "--initiative", "parks")
    assert ran.status == 1
    assert "Say it:  --dates day-first  or  --dates month-first\n" in ran.err
    ran = calfeed("import", "old.csv", "--initiative", "parks", "--dates", "day-first")
    assert "  1 new.\n" in ran.err
    assert str(read(folder / "imported" / "parks.yaml")["fair"]["when"]) == "2027-08-05"


def test_a_file_that_is_there_is_never_overwritten(calfeed: Run, folder: Path) -> None:
    (folder / "new.yaml").write_text("mine")
    ran = calfeed("import", "old.ics", "--initiative", "parks", "--out", "new.yaml")
    assert ran.status == 1
    assert "new.yaml is there already\nNothing was written." in ran.err
    assert (folder / "new.yaml").read_text() == "mine"


def test_an_unknown_initiative_is_said(calfeed: Run, events: Path) -> None:
    ran = calfeed("import", "old.ics", "--initiative", "park", "--file", events)
    assert ran.err == 'calfeed: there is no initiative "park"\nDid you mean "parks"?\n'


def test_many_notes_are_not_all_shown(calfeed: Run, folder: Path) -> None:
    many = [line for n in range(45) for line in a_vevent(start="", uid=f"{n}@old")]
    (folder / "old.ics").write_bytes(a_calendar(*many))
    ran = calfeed("import", "old.ics", "--initiative", "parks")
    assert "    and 5 more\n" in ran.err
