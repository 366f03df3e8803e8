"""The commands that publish, check and build, as a shell meets them."""

from pathlib import Path

import pytest

from tests.cli.commands import Ran, spawn
from tests.cli.conftest import Run
from tests.spine import an_entry, an_update, events_file


@pytest.fixture
def events(tmp_path: Path) -> Path:
    file = tmp_path / "events.yaml"
    file.write_text(events_file({"garden": an_entry()}))
    return file


def test_publish_says_what_was_told_and_then_that_there_is_nothing(
    calfeed: Run, events: Path
) -> None:
    assert calfeed("publish", events) == Ran(
        status=0, out="Told, version 1:\n  garden: new (revision 0)\n", err=""
    )
    assert calfeed("publish", events) == Ran(status=0, out="There is nothing to tell.\n", err="")

    events.write_text(
        events_file({"garden": an_entry(updates=[an_update("postponed"), an_update("cancelled")])})
    )
    assert calfeed("publish", "--file", events).out == (
        "Told, version 2:\n  garden: postponed, cancelled (revision 2)\n"
    )


def test_publish_says_which_initiative_was_joined_and_which_left(
    calfeed: Run, events: Path
) -> None:
    calfeed("publish", events)
    events.write_text(events_file({"garden": an_entry(initiatives=["schools"])}))
    assert "garden: joined schools, left parks (revision 2)" in calfeed("publish", events).out


def test_publish_tells_of_settings_too(calfeed: Run, events: Path) -> None:
    calfeed("publish", events)
    events.write_text(events_file({"garden": an_entry()}, site={"name": "Village events"}))
    assert "  names and settings of the calendars\n" in calfeed("publish", events).out


def test_many_events_are_not_all_named(calfeed: Run, events: Path) -> None:
    many = {f"garden-{number}": an_entry(title=f"Day {number}") for number in range(15)}
    events.write_text(events_file(many))
    assert "  and 3 more\n" in calfeed("publish", events).out


def test_publish_guards_and_takes_a_number(calfeed: Run, events: Path) -> None:
    many = {f"garden-{number}": an_entry(title=f"Day {number}") for number in range(9)}
    events.write_text(events_file(many))
    calfeed("publish", events)
    events.write_text(events_file({"garden-0": many["garden-0"]}))

    stopped = calfeed("publish", events)
    assert stopped.status == 1
    assert "8 of 9 coming events are gone from the sources" in stopped.err
    assert "calfeed publish --withdraw 8" in stopped.err

    confirmed = calfeed("publish", events, "--withdraw", "8")
    assert confirmed.status == 0
    assert confirmed.out.count("withdrawn (revision 1)") == 8


def test_a_broken_file_is_reported_whole_and_nothing_is_told(calfeed: Run, events: Path) -> None:
    calfeed("publish", events)
    text = events.read_text()
    events.write_text(text.replace("when:", "whem:").replace("Europe/Brussels", "Europe/Brusels"))

    ran = calfeed("publish", events)

    assert (ran.status, ran.out) == (1, "")
    assert 'did you mean "when"?' in ran.err
    assert 'did you mean "Europe/Brussels"?' in ran.err
    events.write_text(text)
    assert calfeed("publish", events).out == "There is nothing to tell.\n"


def test_check_counts_what_is_there_and_writes_nothing(calfeed: Run, events: Path) -> None:
    entry = an_entry(updates=[an_update("postponed")])
    events.write_text(
        events_file(
            {
                "garden": entry,
                "off": an_entry(title="Off", updates=[an_update("cancelled")]),
                "draft": an_entry(title="Draft", draft=True),
                "moved": an_entry(
                    title="Moved", updates=[an_update("rescheduled", when="2031-09-09")]
                ),
                "online": an_entry(
                    title="Online",
                    updates=[an_update("moved-online", online={"url": "https://m.example.eu"})],
                ),
                "series": an_entry(
                    title="Series",
                    when="2031-05-06 14:00",
                    repeats={"every": "month", "by": "first Tuesday", "times": 3},
                ),
            }
        )
    )

    ran = calfeed("check", events)

    assert ran.status == 0
    assert ran.out == (
        f"{events}: 2 initiatives, 5 events (1 postponed, 1 with a new date, 1 cancelled, "
        "1 moved online, 1 series, 1 draft), 2 languages. 1 reminder.\n"
        "  hint: 5 events have no French title.  calfeed list --missing fr\n"
    )
    assert not (events.parent / ".calfeed").exists()


def test_check_strict_takes_warnings_for_errors(calfeed: Run, events: Path) -> None:
    calfeed("publish", events)
    events.write_text(events_file({"garden": an_entry(when="2031-06-12")}))
    ran = calfeed("check", events)
    assert (ran.status, "warning[W401]" in ran.err) == (0, True)
    assert "2 languages. 1 warning.\n" in ran.out
    strict = calfeed("check", events, "--strict")
    assert (strict.status, strict.err) == (1, ran.err)
    assert "2 languages. 1 warning. With --strict, warnings are errors.\n" in strict.out


def test_check_warns_of_a_calendar_too_large_for_google(calfeed: Run, events: Path) -> None:
    text = "Bring a spade. " * 4000
    many = {
        f"garden-{number}": an_entry(title=f"Day {number}", summary=text) for number in range(20)
    }
    events.write_text(events_file(many))
    ran = calfeed("check", events)
    assert 'warning[W406]: the calendar of "parks" has' in ran.err


def test_the_file_is_found_from_a_folder_below(
    calfeed: Run, events: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = events.parent / "images" / "small"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert calfeed("check").status == 0


def test_no_file_anywhere_is_said_with_a_next_step(
    calfeed: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = calfeed("check")
    assert ran.status == 1
    assert "there is no events.yaml here" in ran.err
    assert "--file PATH/TO/events.yaml\nOr begin one:  calfeed init" in ran.err


def test_wrong_use_is_status_2(calfeed: Run, events: Path) -> None:
    assert calfeed("check", events, "--loud").status == 2


def test_a_required_ledger_that_is_missing_stops_the_first_publication(
    calfeed: Run, events: Path
) -> None:
    events.write_text(events_file({"garden": an_entry()}, site={"ledger": "required"}))
    ran = calfeed("publish", events)
    assert ran.status == 1
    assert "calfeed ledger new" in ran.err
    assert not (events.parent / ".calfeed").exists()


def test_build_writes_the_site_and_takes_away_what_is_no_more(
    calfeed: Run, events: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    calfeed("publish", events)
    ran = calfeed("build", out, "--file", events, "--day", "2026-11-24")
    assert ran.status == 0
    assert "as of " in ran.out
    feed = out / "feeds" / "parks.ics"
    written = feed.stat().st_mtime_ns
    (out / "feeds" / "old.ics.gz").write_bytes(b"left over")

    calfeed("build", out, "--file", events)

    assert feed.stat().st_mtime_ns == written
    assert not (out / "feeds" / "old.ics.gz").exists()
    for suffix in (".gz", ".br", ".zst"):
        assert feed.with_name(feed.name + suffix).exists()


def test_build_before_anything_was_published(calfeed: Run, events: Path, tmp_path: Path) -> None:
    calfeed("ledger", "new", "--file", events)
    ran = calfeed("build", tmp_path / "out", "--file", events)
    assert ran.status == 1
    assert "nothing was published yet" in ran.err


def test_as_a_process_with_an_empty_environment(events: Path) -> None:
    ran = spawn("check", events, env={"LC_ALL": "C", "PYTHONUTF8": "1"})
    assert (ran.status, ran.err) == (0, "")


def test_help_names_every_command(calfeed: Run) -> None:
    said = calfeed("--help").out
    for command in ("serve", "publish", "check", "build", "ledger"):
        assert command in said
