"""``calfeed doctor``: as somebody at a terminal meets it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.commands import Ran, run
from tests.conftest import GOLDEN
from tests.doctor.feeds import BEGIN, a_feed, an_event
from tests.doctor.saying import diagnosed, report
from tests.doctor.servers import PATH, Asked, Reply, a_server
from tests.spine import a_spine, an_entry, an_update, events_file

Run = Callable[..., Ran]

BAD = a_feed(
    an_event("STATUS:POSTPONED", "SUMMARY:Garden, day"),
    an_event("UID:2", "STATUS:CANCELLED", "SUMMARY:Tree day"),
    *[an_event(f"UID:m{day}", "STATUS:CANCELLED", f"SUMMARY:Day {day}") for day in range(12)],
    an_event("UID:3", "STATUS:TENTATIVE", "SUMMARY:POSTPONED: Pond day"),
    an_event("UID:4", "RECURRENCE-ID;TZID=Europe/Brussels:20310501T140000"),
    head=BEGIN[:-1],
    zones=(),
)


@pytest.fixture
def calfeed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")
    return lambda *arguments: run(capsys, monkeypatch, *arguments)


def spoilt(asked: Asked, reply: Reply) -> Reply:
    """Answer as many servers do."""
    if asked.path == "/robots.txt":
        return Reply(body=b"User-agent: *\nDisallow: /\n")
    if "Google" in asked.fields.get("user-agent", ""):
        return Reply(status=403)
    return reply.but(Content_Type="text/plain", ETag=None, Last_Modified=None)


def test_the_report_of_a_good_feed(golden: Callable[[str, bytes], None]) -> None:
    feed = (GOLDEN / "living-in-eu.ics").read_bytes()
    with a_server(feed=feed) as address:
        golden("doctor-good.txt", report(diagnosed(address + PATH)).encode())


def test_the_report_of_a_bad_feed(golden: Callable[[str, bytes], None]) -> None:
    with a_server(spoilt, BAD) as address:
        golden("doctor-bad.txt", report(diagnosed(address + PATH)).encode())


def test_calfeeds_own_feeds_have_nothing_to_hear(calfeed: Run, tmp_path: Path) -> None:
    events = {
        "garden": an_entry(updates=[an_update("postponed")]),
        "pond": an_entry(title="Pond day", updates=[an_update("cancelled")]),
        "trees": an_entry(
            title="Tree days",
            repeats={"every": "week", "times": 3},
            updates=[an_update("rescheduled", occurrence="2031-05-15", when="2031-05-16 14:00")],
        ),
    }
    with a_spine(tmp_path, events_file(events)) as spine:
        site = f"http://127.0.0.1:{spine.port}"
        for path in ("", "/feeds/parks.visible.ics", "/feeds/all.fr.active.utc.ics"):
            ran = calfeed("doctor", site + path, "--strict")
            assert (ran.status, ran.err) == (0, ""), ran.out
            assert ran.out.endswith("No problems found.\n")
        found = calfeed("doctor", site).out
        assert calfeed("doctor", f"{site}/feeds/schools.ics").out.count("[D405]") == 1
    assert found.startswith(f"{site}/feeds/all.ics\n")
    assert '    "POSTPONED: Garden day" (2031-05-08 14:00 Europe/Brussels)\n' in found
    assert "one date of a series, moved: 1 event\n" not in found  # its title says that it moved


def test_errors_are_status_1_and_warnings_are_with_strict(calfeed: Run) -> None:
    with a_server(lambda _, reply: reply.but(ETag=None)) as address:
        assert calfeed("doctor", address + PATH).status == 0
        ran = calfeed("doctor", address + PATH, "--strict")
    assert ran.status == 1
    assert ran.out.endswith("1 warning.\n")
    with a_server(feed=b"") as address:
        assert calfeed("doctor", address + PATH).status == 1


def test_for_programs(calfeed: Run) -> None:
    with a_server(spoilt, BAD) as address:
        ran = calfeed("doctor", address + PATH, "--json")
        good = json.loads(calfeed("doctor", address + "/none", "--json").out)
    data = json.loads(ran.out)
    assert ran.status == 1
    assert (data["address"], data["feed"]) == (address + PATH, address + PATH)
    assert (data["events"], data["bytes"], data["etag"]) == (16, len(BAD), None)
    assert data["errors"] == 2
    by_code = {one["code"]: one for one in data["findings"]}
    assert by_code["D505"]["level"] == "error"
    assert by_code["D505"]["cases"] == [
        {
            "detail": 'STATUS:POSTPONED of "Garden, day" (2031-05-08 14:00 Europe/Brussels)',
            "line": 11,
            "column": None,
        }
    ]
    assert [one["case"] for one in data["shown"]] == [
        "cancelled by STATUS, not by the title",
        "tentative by STATUS, off by the title",
        "one date of a series, moved",
    ]
    assert data["shown"][0]["clients"][0]["client"] == "Google Calendar"
    assert (good["feed"], good["events"], good["etag"]) == (None, None, None)


def test_a_run_is_saved_and_compared_with_the_next(calfeed: Run, tmp_path: Path) -> None:
    file = tmp_path / "run.json"
    with a_server() as address:
        assert calfeed("doctor", address + PATH, "--save", file).status == 0
        assert calfeed("doctor", address + PATH, "--since", file, "--save", file).status == 0
        file.write_text(file.read_text().replace("garden@town.example", "old@town.example"))
        ran = calfeed("doctor", address + PATH, "--since", file, "--save", file)
        assert (ran.status, "error[D701]" in ran.out) == (1, True)
        assert calfeed("doctor", address + PATH, "--since", file).status == 0


def test_a_saved_run_is_left_as_it_is_when_there_is_no_feed(calfeed: Run, tmp_path: Path) -> None:
    file = tmp_path / "run.json"
    file.write_text("kept")
    with a_server() as address:
        ran = calfeed("doctor", f"{address}/none", "--save", file)
    assert (ran.status, file.read_text()) == (1, "kept")
    assert ran.err == f"calfeed: {file} is left as it is: no feed was found to keep\n"


def test_a_run_that_cannot_be_written_is_said(calfeed: Run, tmp_path: Path) -> None:
    with a_server() as address:
        ran = calfeed("doctor", address + PATH, "--save", tmp_path / "no" / "run.json")
    assert ran.status == 1
    assert ran.err.endswith("cannot be written: No such file or directory\nName another file.\n")


def test_what_is_no_run_is_said_before_anything_is_asked(calfeed: Run, tmp_path: Path) -> None:
    file = tmp_path / "events.yaml"
    file.write_text("format: 1")
    ran = calfeed("doctor", "https://nobody.invalid/a.ics", "--since", file)
    assert (ran.status, ran.out) == (1, "")
    assert "is no run of calfeed doctor" in ran.err


def test_wrong_use_is_status_2(calfeed: Run) -> None:
    ran = calfeed("doctor", "file:///etc/passwd")
    assert ran.status == 2
    assert "this is no address on the web" in ran.err


def test_a_site_without_a_feed_is_said(calfeed: Run) -> None:
    with a_server(lambda *_: Reply(status=404)) as address:
        ran = calfeed("doctor", address)
    assert ran.status == 1
    assert f"no feed is found at {address}/" in ran.err
