"""The commands that look at events and change nothing: list and show."""

import csv
import json
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.spine import an_entry, an_update, events_file

SERIES = an_entry(
    title="Coffee corner",
    initiatives=["schools"],
    when="2031-05-06 14:00",
    repeats={"every": "month", "by": "first Tuesday", "times": 3},
    updates=[
        an_update("cancelled", occurrence="2031-06-03"),
        an_update("rescheduled", occurrence="2031-07-01", when="2031-07-08 14:00"),
    ],
)
EVENTS: dict[str, Any] = {
    "garden": an_entry(published="2026-01-05", updates=[an_update("postponed")]),
    "open": an_entry(title={"en": "=Open", "fr": "Portes ouvertes"}, when="2031-06-06"),
    "old": an_entry(title="Old", when="2026-01-10"),
    "later": an_entry(title="Later", when="to be announced"),
    "gone": an_entry(title="Gone", when="2031-10-10"),
    "secret": an_entry(title="Secret", draft=True),
    "coffee": SERIES,
}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "events.yaml"
    path.write_text(events_file(EVENTS))
    return path


def keys(calfeed: Run, *arguments: str) -> list[str]:
    return [one["event"] for one in json.loads(calfeed("list", "--json", *arguments).out)]


@pytest.mark.usefixtures("file")
def test_events_are_listed_in_the_order_of_their_dates(calfeed: Run) -> None:
    lines = [line.rstrip() for line in calfeed("list").out.splitlines()]
    assert [line.split("  ")[0] for line in lines] == [
        "event",
        *("old", "coffee", "garden", "secret", "open", "gone", "later"),
        "7 events",
    ]
    assert "coffee  as planned  2031-05-06 14:00 … 2031-07-08, 3 dates  schools" in lines[2]
    assert "later   as planned  to be announced" in lines[7]


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(["--state", "postponed"], ["garden"], id="postponed"),
        pytest.param(["--state", "draft"], ["secret"], id="drafts"),
        pytest.param(["--state", "past"], ["old"], id="over"),
        pytest.param(
            ["--state", "coming"],
            ["coffee", "garden", "secret", "open", "gone", "later"],
            id="coming",
        ),
        pytest.param(
            ["--state", "as-planned"], ["old", "coffee", "open", "gone", "later"], id="as planned"
        ),
        pytest.param(["--initiative", "schools"], ["coffee"], id="of an initiative"),
        pytest.param(
            ["--missing", "fr"],
            ["old", "coffee", "garden", "secret", "gone", "later"],
            id="without French",
        ),
        pytest.param(["--state", "cancelled"], [], id="none"),
    ],
)
def test_a_list_is_narrowed(calfeed: Run, arguments: list[str], expected: list[str]) -> None:
    assert keys(calfeed, *arguments) == expected


@pytest.mark.usefixtures("file")
def test_a_list_for_programs_has_dates_and_numbers(calfeed: Run) -> None:
    calfeed("publish")
    one = next(one for one in json.loads(calfeed("list", "--json").out) if one["event"] == "open")
    assert one == {
        "event": "open",
        "state": "as planned",
        "title": {"en": "=Open", "fr": "Portes ouvertes"},
        "when": "2031-06-06",
        "timezone": "Europe/Brussels",
        "dates": 1,
        "initiatives": ["parks"],
        "updates": 0,
        "sequence": 0,
    }


@pytest.mark.usefixtures("file")
def test_a_list_for_spreadsheets_has_no_formulas(calfeed: Run) -> None:
    rows = list(csv.reader(StringIO(calfeed("list", "--csv").out, newline="")))
    assert rows[0] == ["event", "state", "date", "initiatives", "title"]
    assert ["open", "as planned", "2031-06-06", "parks", "'=Open"] in rows


def unstyled(said: str) -> list[str]:
    return re.sub("\x1b\\[[0-9;]*m", "", said).splitlines()


@pytest.mark.usefixtures("file")
def test_on_a_terminal_each_event_has_two_lines_that_fit(
    calfeed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # rich takes it for a terminal then
    monkeypatch.setenv("COLUMNS", "60")
    lines = unstyled(calfeed("list").out)
    assert lines[:6] == [
        "2026-01-10                 as planned  old",
        "  Old",
        "2031-05-06 14:00, 3 dates  as planned  coffee",
        "  Coffee corner",
        "2031-05-08 14:00           postponed   garden",
        "  Garden day",
    ]
    assert lines[-3].startswith("to be announced            as planned  later")
    monkeypatch.setenv("COLUMNS", "30")
    assert max(map(len, unstyled(calfeed("list").out))) == 30


@pytest.mark.usefixtures("file")
def test_an_empty_list_says_so(calfeed: Run) -> None:
    assert calfeed("list", "--state", "new-date").out == "0 events\n"


@pytest.mark.usefixtures("file")
def test_a_list_of_what_is_not_there_is_refused(calfeed: Run) -> None:
    assert calfeed("list", "--initiative", "park").err == (
        'calfeed: there is no initiative "park"\nDid you mean "parks"?\n'
    )
    assert calfeed("list", "--missing", "de").err == (
        'calfeed: there is no language of the site "de"\nThere are: en, fr\n'
    )


def shown(calfeed: Run, name: str) -> str:
    ran = calfeed("show", name)
    assert (ran.status, ran.err) == (0, "")
    return str(ran.out)


@pytest.mark.usefixtures("file")
def test_an_event_is_shown_with_its_history_and_what_is_sent(
    calfeed: Run, golden: Callable[[str, bytes], None]
) -> None:
    golden("show-postponed.txt", shown(calfeed, "garden").encode())
    golden("show-series.txt", shown(calfeed, "corner").encode())
    golden("show-draft.txt", shown(calfeed, "secret").encode())


def test_the_number_that_was_told_and_the_next_one_are_shown(calfeed: Run, file: Path) -> None:
    calfeed("publish")
    assert ", revision 0\n" in shown(calfeed, "open")
    file.write_text(events_file({**EVENTS, "open": an_entry(title="Open", when="2031-06-07")}))
    assert ", revision 0; publishing makes it 1\n" in shown(calfeed, "open")


def test_a_long_series_is_shown_in_short(calfeed: Run, file: Path) -> None:
    updates = [an_update("cancelled", occurrence=f"2031-05-{day:02}") for day in range(7, 15)]
    entry = an_entry(when="2031-05-06", repeats={"every": "day", "times": 20}, updates=updates)
    file.write_text(events_file({"daily": entry}))
    assert "           and 3 dates more\n" in shown(calfeed, "daily")


def test_old_dates_and_all_that_the_file_says_are_shown(calfeed: Run, file: Path) -> None:
    entry = an_entry(
        title={"en": "Moved", "fr": "Déplacé"},
        place=None,
        published="2026-01-01",
        summary="All about moving",
        website="https://moving.example.eu",
        registration={"url": "https://register.example.eu"},
        updates=[an_update("rescheduled", when="2031-06-07"), an_update("postponed")],
    )
    file.write_text(events_file({"moved": entry}))
    said = shown(calfeed, "moved")
    assert "Dates\n  was planned for Thursday 8 May 2031, 14:00–16:00, Brussels time\n" in said
    assert "title in fr   Déplacé\n" in said
    assert "summary       All about moving\n" in said
    assert "in fr    REPORTÉ\xa0: Déplacé\n" in said


def test_what_no_calendar_shows_is_said(calfeed: Run, file: Path) -> None:
    file.write_text(
        events_file(
            {
                "later": an_entry(title="Later", when="to be announced"),
                "old": an_entry(title="Old", when="2020-01-10"),
            }
        )
    )
    assert (
        "In no calendar now; it would be sent as\n  usual    nothing until it has a date\n"
        in shown(calfeed, "later")
    )
    assert "In no calendar now; it would be sent as\n  usual    CONFIRMED, " in shown(
        calfeed, "old"
    )


@pytest.mark.usefixtures("file")
def test_an_event_for_programs(calfeed: Run) -> None:
    data = json.loads(calfeed("show", "garden", "--json").out)
    assert (data["state"], data["stands"]) == ("postponed", "postponed, no new date yet")
    assert data["sequence"] == {"told": None, "next": 1}
    assert data["calendars"] == [{"slug": "parks", "name": "Parks"}]
    assert data["history"] == [
        {"announced": "2026-01-10", "change": "postponed", "occurrence": None, "notice": {}}
    ]
    assert "STATUS:CANCELLED" in data["sends"]["usual"][0]
    assert data["sends"]["active"] == []
    calfeed("publish")
    data = json.loads(calfeed("show", "coffee", "--json").out)
    assert data["sequence"] == {"told": 2, "next": 2}
    assert data["history"][0]["occurrence"] == "2031-06-03"
    assert json.loads(calfeed("show", "secret", "--json").out)["uid"] is None
