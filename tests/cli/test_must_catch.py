"""What `check` must catch: one row for each thing, with the smallest file and the code told."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.spine import an_entry, an_update, events_file

AGO, NEXT = "2026-01-10", "2031-06-12 14:00 to 16:00"
PIXELS = b"\xff\xd8\xff a picture"
SERIES = {
    "when": "2031-01-07 14:00",
    "repeats": {"every": "month", "by": "first Tuesday", "times": 3},
}
LARGE = {
    f"e{number}": an_entry(
        title=f"Day {number}",
        initiatives=["parks" if number % 2 else "schools"],
        summary="Spade. " * 8000,
    )
    for number in range(20)
}
ANOTHER = "events: {garden: {title: A, initiatives: [parks], when: to be announced}}\n"
WOODS = {"woods": {"name": "Woods"}}
IN_THE_WOODS = {"roses": an_entry(initiatives=["woods"])}


def of(**fields: Any) -> str:
    """Return a file of one event with *fields*."""
    return events_file({"garden": an_entry(**fields)})


def updated(*updates: Mapping[str, Any], **fields: Any) -> str:
    return of(updates=list(updates), **fields)


def having(line: str, *, below: str = "garden:") -> str:
    """Return a file with *line*, as it is, as the first below a name."""
    text = of()
    indent = " " * (2 + text.index(below) - text.rindex("\n", 0, text.index(below)) - 1)
    return text.replace(f"{below}\n", f"{below}\n{indent}{line}\n", 1)


def pictured(file: str, **fields: str) -> str:
    return of(image={"file": file, "alt": "Roses", **fields})


ERRORS = [
    pytest.param({"a": of(), "b": ANOTHER}, "E401", id="two events with one key, in two files"),
    pytest.param(
        having("garden: {}", below="events:"), "E104", id="two events with one key, in one file"
    ),
    pytest.param(of(initiatives=["park"]), "E400", id="an unknown initiative"),
    pytest.param(of(colour="red"), "E102", id="an unknown key"),
    pytest.param(updated(an_update("delayed")), "E137", id="an unknown change"),
    pytest.param(of(title={"english": "Day"}), "E132", id="an unknown language"),
    pytest.param(of(title={"de": "Tag"}), "E141", id="a language that the site has not"),
    pytest.param(events_file({"Garden Day": an_entry()}), "E130", id="a slug outside the grammar"),
    pytest.param(
        events_file({}, initiatives={"feeds": {"name": "A"}}), "E131", id="a reserved slug"
    ),
    pytest.param(of(when="2031-05-08 16:00 to 14:00"), "E303", id="an end before the start"),
    pytest.param(of(when="2031-02-29"), "E301", id="a day that does not exist"),
    pytest.param(of(when="2031-03-30 02:30"), "E304", id="a time that is skipped"),
    pytest.param(of(when="2031-10-26 02:30"), "E305", id="a time that comes twice"),
    pytest.param(of(when="Monday 2031-05-08"), "E302", id="a weekday that does not match"),
    pytest.param(
        updated(
            an_update("postponed", announced=AGO), an_update("cancelled", announced="2026-01-09")
        ),
        "E201",
        id="updates out of order",
    ),
    pytest.param(
        updated(an_update("postponed", announced="2199-12-31")),
        "E202",
        id="an update of the future",
    ),
    pytest.param(
        updated(an_update("cancelled", occurrence="2031-02-05"), **SERIES),
        "E205",
        id="an occurrence that there is not",
    ),
    pytest.param(updated(an_update("rescheduled")), "E212", id="rescheduled without a date"),
    pytest.param(updated(an_update("relocated")), "E213", id="relocated without a place"),
    pytest.param(updated(an_update("moved-online")), "E214", id="moved online without an address"),
    pytest.param(
        updated(an_update("rescheduled", when=NEXT), **SERIES),
        "E203",
        id="rescheduled without its occurrence",
    ),
    pytest.param(
        updated(an_update("corrected", title="Garden day")), "E215", id="an update without effect"
    ),
    pytest.param(updated(an_update("postponed", when=NEXT)), "E210", id="postponed with a date"),
    pytest.param(updated(an_update("cancelled", when=NEXT)), "E211", id="cancelled with a date"),
    pytest.param(
        updated(an_update("postponed"), an_update("reinstated"), when="2025-05-08"),
        "E216",
        id="reinstated on a past date",
    ),
    pytest.param(pictured("images/none.jpg"), "E150", id="a picture that is missing"),
    pytest.param(pictured("images/large.jpg"), "E151", id="a picture that is too large"),
    pytest.param(pictured("images/garden.svg"), "E152", id="a picture of another kind"),
    pytest.param(of(image={"file": "images/garden.jpg"}), "E121", id="a picture without alt"),
    pytest.param(having("summary: Day: one"), "E110", id="an unquoted colon"),
    pytest.param(
        of(agenda=[{"16:10 Panel": "services"}]), "E110", id="an agenda line that became a pair"
    ),
    pytest.param(having("colour: #0e47cb", below="parks:"), "E120", id="a colour without quotes"),
    pytest.param(having("\tfree: true"), "E109", id="a tab"),
    pytest.param(of(website="ftp://example.eu"), "E126", id="an address that is no web address"),
    pytest.param(of(repeats={"every": "week"}), "E311", id="a rule that never ends"),
    pytest.param(
        of(repeats={"rrule": "FREQ=DAILY;BYHOUR=9,15;COUNT=4"}), "E319", id="two dates on one day"
    ),
    pytest.param(
        of(repeats={"every": "day", "until": "2040-01-01"}), "E315", id="more than 1,000 dates"
    ),
    pytest.param(
        events_file({"a": an_entry(uid="x@y"), "b": an_entry(uid="x@y")}),
        "E404",
        id="two events with one UID",
    ),
    pytest.param(
        events_file({"a": an_entry(), "b": an_entry(formerly=["a"])}),
        "E403",
        id="one event with two UIDs",
    ),
]

AGAINST_THE_LEDGER = [
    pytest.param(of(uid="a@b"), of(uid="c@d"), "E411", id="a uid against the ledger's"),
    pytest.param(
        of(when="2025-05-08"),
        of(title="Market", when="2031-05-08"),
        "E413",
        id="a key that returns as another event",
    ),
    pytest.param(
        of(published=AGO), of(published=AGO, when=NEXT), "W401", id="a date edited in place"
    ),
    pytest.param(of(), of(when="to be announced"), "W402", id="a date taken back"),
    pytest.param(of(), events_file({"roses": an_entry()}), "W403", id="a key that was renamed"),
    pytest.param(
        of(),
        events_file({"roses": an_entry(title="Rose day")}),
        "W404",
        id="an event that vanished",
    ),
    pytest.param(updated(an_update("postponed")), of(), "W405", id="an update taken out"),
    pytest.param(
        events_file(IN_THE_WOODS, initiatives={"parks": {"name": "Parks"}, **WOODS}),
        events_file(IN_THE_WOODS, initiatives=WOODS),
        "R503",
        id="a retired initiative",
    ),
]

DOUBTS = [
    pytest.param(of(title="POSTPONED: Day"), "W301", id="a status word in a title"),
    pytest.param(
        of(description="At https://zoom.us/j/1"), "W302", id="a join link in a description"
    ),
    pytest.param(events_file(LARGE), "W406", id="a feed near 1 MB"),
    pytest.param(
        of(when="2021-05-08", time_to_be_confirmed=True),
        "R501",
        id="past, and still to be confirmed",
    ),
    pytest.param(updated(an_update("postponed")), "R502", id="postponed for over 90 days"),
]


def write(folder: Path, files: str | Mapping[str, str]) -> None:
    for old in folder.glob("*.yaml"):
        old.unlink()
    for name, text in ({"a": files} if isinstance(files, str) else files).items():
        (folder / f"{name}.yaml").write_text(text)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    events = tmp_path / "events"
    (events / "images").mkdir(parents=True)
    (events / "images" / "garden.jpg").write_bytes(PIXELS)
    (events / "images" / "garden.svg").write_text("<svg/>")
    (events / "images" / "large.jpg").write_bytes(PIXELS + bytes(2 * 1024 * 1024))
    monkeypatch.chdir(tmp_path)
    return events


def codes(calfeed: Run, *options: str) -> tuple[int, list[str]]:
    ran = calfeed("check", "--format", "json", *options)
    return ran.status, [problem["code"] for problem in json.loads(ran.out)["problems"]]


@pytest.mark.parametrize(("files", "code"), ERRORS)
def test_an_error(calfeed: Run, folder: Path, files: str | Mapping[str, str], code: str) -> None:
    write(folder, files)
    assert codes(calfeed) == (1, [code])


@pytest.mark.parametrize(("before", "after", "code"), AGAINST_THE_LEDGER)
def test_what_speaks_against_the_ledger(
    calfeed: Run, folder: Path, before: str, after: str, code: str
) -> None:
    write(folder, before)
    assert calfeed("publish").status == 0
    write(folder, after)
    assert codes(calfeed) == (code.startswith("E"), [code])
    assert codes(calfeed, "--strict")[0] == (not code.startswith("R"))


@pytest.mark.parametrize(("files", "code"), DOUBTS)
def test_a_warning_or_a_reminder(calfeed: Run, folder: Path, files: str, code: str) -> None:
    write(folder, files)
    assert codes(calfeed) == (0, [code])
    assert codes(calfeed, "--strict")[0] == code.startswith("W")


def test_a_slip_that_has_a_near_neighbour_is_guessed(calfeed: Run, folder: Path) -> None:
    for text, meant in (
        (of(initiatives=["park"]), "parks"),
        (of(titel="Day"), "title"),
        (updated(an_update("cancled")), "cancelled"),
        (of(timezone="Europe/Brusels"), "Europe/Brussels"),
    ):
        write(folder, text)
        assert f'did you mean "{meant}"?' in calfeed("check").err
