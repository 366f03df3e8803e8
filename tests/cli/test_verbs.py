"""The commands that say what happened to an event, on files of every layout."""

from collections.abc import Callable, Mapping
from difflib import ndiff
from io import StringIO
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Run

TWO = dedent("""\
    format: 1
    site:
      name: Town events
      url: https://events.example.eu
      language: en
      languages: [en, fr]
      timezone: Europe/Brussels
    initiatives:
      parks:
        name: Parks
      schools:
        name: Schools
    events:
      garden-day:
        title: Garden day
        initiatives: [parks]
        when: 2031-05-08 14:00 to 16:00
        place: Town park

      open-door:
        title: Open door
        initiatives: [parks, schools]
        when: 2031-05-09 10:00 to 12:00
        place: Town hall
        updates:
          - announced: 2026-09-01
            change: postponed
            notice: The hall is being painted.

      coffee-corner:
        title: Coffee corner
        initiatives: [schools]
        when: 2031-01-07 14:00 to 15:00
        repeats: {every: month, by: first Tuesday, times: 4}
    """)
BEHIND_DASH = 8
HEAD, EVENTS = TWO[: TWO.index("events:\n")], TWO[TWO.index("events:\n") :]


def four(text: str) -> str:
    """Return *text* set in by four columns, but for what stands behind a dash."""
    lines = []
    for line in text.splitlines():
        bare = line.lstrip(" ")
        margin = len(line) - len(bare)
        lines.append(" " * (BEHIND_DASH + 6 if margin == BEHIND_DASH else 2 * margin) + bare)
    return "\n".join(lines) + "\n"


def compact(text: str) -> str:
    """Return *text* with the dashes of its lists below the name above them."""
    lines = text.splitlines(keepends=True)
    return "".join(line[2:] if line.startswith(" " * 6) else line for line in lines)


def commented(text: str) -> str:
    lines = ["# at the top"]
    for line in text.splitlines():
        bare = line.lstrip(" ")
        lines += [f"{line}   # of {bare[:8]}" if bare else line]
        if bare:
            lines += [" " * (len(line) - len(bare)) + f"# below {bare[:8]}"]
    return "\n".join([*lines, "", "# at the end", ""])


LAYOUTS: Mapping[str, Callable[[str], str]] = {
    "two columns": lambda text: text,
    "four columns": four,
    "compact lists": compact,
    "comments everywhere": commented,
    "CR LF": lambda text: text.replace("\n", "\r\n"),
}


@pytest.fixture(params=[*LAYOUTS, "a folder"])
def sources(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return the same events as a file of one of the layouts, or as a folder of two."""
    if request.param != "a folder":
        file = tmp_path / "events.yaml"
        file.write_bytes(LAYOUTS[request.param](TWO).encode())
        return file
    folder = tmp_path / "events"
    folder.mkdir()
    (folder / "2031.yaml").write_text(EVENTS)
    (folder / "site.yaml").write_text(HEAD)
    return folder


def files(sources: Path) -> list[Path]:
    return sorted(sources.glob("*.yaml")) if sources.is_dir() else [sources]


def texts(sources: Path) -> dict[str, str]:
    return {str(path): path.read_bytes().decode() for path in files(sources)}


def events(sources: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in files(sources):
        found |= yaml.load(path.read_text(), Loader=yaml.BaseLoader).get("events", {})  # noqa: S506 - texts only
    return found


@pytest.mark.parametrize(
    ("arguments", "event", "update"),
    [
        pytest.param(
            ["postpone", "garden-day", "--notice", "The garden is being dug: sorry."],
            "garden-day",
            {"change": "postponed", "notice": "The garden is being dug: sorry."},
            id="postpone",
        ),
        pytest.param(
            ["reschedule", "open-door", "Friday 2031-06-06 10:00 to 12:00", "--place", "Library"],
            "open-door",
            {
                "change": "rescheduled",
                "when": "Friday 2031-06-06 10:00 to 12:00",
                "place": "Library",
            },
            id="reschedule",
        ),
        pytest.param(
            ["cancel", "coffee", "--occurrence", "2031-03-04", "--notice", "fr=Malade."],
            "coffee-corner",
            {"occurrence": "2031-03-04", "change": "cancelled", "notice": {"fr": "Malade."}},
            id="cancel one date of a series",
        ),
        pytest.param(
            ["reinstate", "open-door", "--announced", "2026-09-02"],
            "open-door",
            {"announced": "2026-09-02", "change": "reinstated"},
            id="reinstate",
        ),
        pytest.param(
            ["move-online", "garden-day", "https://meet.example.eu/garden", "--label", "Join"],
            "garden-day",
            {
                "change": "moved-online",
                "online": {"url": "https://meet.example.eu/garden", "label": "Join"},
            },
            id="move online",
        ),
        pytest.param(
            ["relocate", "garden-day", "School", "--address", "Main St 1", "--country", "BE"],
            "garden-day",
            {
                "change": "relocated",
                "place": {"name": "School", "address": "Main St 1", "country": "BE"},
            },
            id="relocate",
        ),
        pytest.param(
            ["correct", "garden-day", "--title", "Garden days", "--title", "fr=Au jardin"],
            "garden-day",
            {"change": "corrected", "title": {"en": "Garden days", "fr": "Au jardin"}},
            id="correct",
        ),
    ],
)
def test_a_verb_adds_exactly_its_update_and_only_lines(
    calfeed: Run, sources: Path, arguments: list[str], event: str, update: dict[str, Any]
) -> None:
    before, stated = texts(sources), events(sources)

    ran = calfeed(*arguments, "--yes", "--file", sources)

    assert (ran.status, ran.err) == (0, "")
    told = {"announced": events(sources)[event]["updates"][-1]["announced"], **update}
    updates = [*stated[event].get("updates", []), told]
    assert events(sources) == {**stated, event: {**stated[event], "updates": updates}}
    for path, text in texts(sources).items():
        lines = ndiff(before[path].splitlines(keepends=True), text.splitlines(keepends=True))
        assert not [line for line in lines if line.startswith("- ")]
    assert calfeed("check", sources).status == 0


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "events.yaml"
    path.write_text(TWO)
    return path


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(text))


def test_what_will_be_is_shown_before_it_is_written(
    calfeed: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "y\n")
    ran = calfeed(
        *("reschedule", "open", "2031-05-08 10:00", "--announced", "2026-10-01"),
        *("--online", "https://meet.example.eu"),
    )

    assert ran.out.splitlines() == [
        "Open door",
        "  postponed (was Friday 9 May 2031, 10:00–12:00, Brussels time)  ->  "
        "new date, Thursday 8 May 2031, 10:00, Brussels time; in person and online",
        "",
        "  events.yaml",
        "    27 |         change: postponed",
        "    28 |         notice: The hall is being painted.",
        "  + 29 |       - announced: 2026-10-01",
        "  + 30 |         change: rescheduled",
        "  + 31 |         when: 2031-05-08 10:00",
        "  + 32 |         online:",
        "  + 33 |           url: https://meet.example.eu",
        "    34 | ",
        "    35 |   coffee-corner:",
        "",
        "  Subscribers of 2 calendars (Parks, Schools) will see, once it is published:",
        "    NEW DATE: Open door   (revision 1 -> 2)",
        "  note: the same day begins  garden-day",
        "Write this? [Y/n] Saved. Everything else in the file is untouched.  "
        "Next:  calfeed preview, then publish as usual.",
    ]
    assert "rescheduled" in file.read_text()


@pytest.mark.parametrize("answered", ["n\n", "no\n", "maybe\n"])
def test_nothing_is_written_without_a_yes(
    calfeed: Run, file: Path, monkeypatch: pytest.MonkeyPatch, answered: str
) -> None:
    answer(monkeypatch, answered)
    ran = calfeed("cancel", "garden-day")
    assert (ran.status, ran.out.endswith("Nothing was written.\n")) == (0, True)
    assert file.read_text() == TWO


def test_nobody_there_to_answer_is_said_with_a_next_step(
    calfeed: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "")
    ran = calfeed("cancel", "garden-day")
    assert ran.status == 1
    assert ran.err == (
        "calfeed: nobody answered, and nothing was written\n"
        "Answer in a terminal, or give all answers as options; --yes agrees to what is shown.\n"
    )
    assert file.read_text() == TWO


def test_a_dry_run_shows_all_and_writes_nothing(calfeed: Run, file: Path) -> None:
    ran = calfeed("cancel", "garden-day", "--dry-run")
    assert ran.status == 0
    assert "CANCELLED: Garden day   (revision 0 -> 1)" in ran.out
    assert ran.out.endswith("Nothing was written (--dry-run).\n")
    assert file.read_text() == TWO


def test_a_file_saved_meanwhile_is_not_overwritten(
    calfeed: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saves_first() -> str:
        file.write_text(TWO + "# saved\n")
        return "y"

    monkeypatch.setattr("builtins.input", saves_first)
    ran = calfeed("cancel", "garden-day")
    assert ran.status == 1
    assert "was changed by somebody else meanwhile" in ran.err
    assert file.read_text() == TWO + "# saved\n"


def test_a_byte_order_mark_stays_where_it_was(calfeed: Run, file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + TWO.encode())
    assert calfeed("cancel", "garden-day", "--yes").status == 0
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfformat: 1\n")
    assert data.count(b"\xef\xbb\xbf") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(
            ["cancel", "garden-dya"],
            'there is no event "garden-dya"\nDid you mean "garden-day"?',
            id="a slip of the pen",
        ),
        pytest.param(
            ["cancel", "zzz"],
            'there is no event "zzz"\nAll events:  calfeed list',
            id="nothing like it",
        ),
        pytest.param(
            ["cancel", "o"],
            '2 events have "o" in their title\nSay which one, by its name in the file:\n'
            "  coffee-corner  Coffee corner (4 dates from 7 January 2031, 14:00–15:00, Brussels "
            "time, to 1 April 2031)\n"
            "  open-door      Open door (Friday 9 May 2031, 10:00–12:00, Brussels time)",
            id="several",
        ),
        pytest.param(
            ["cancel", "garden-day", "--lang", "de"],
            '"de" is not among the languages of the site\nIt has: en, fr',
            id="another language",
        ),
        pytest.param(
            ["cancel", "garden-day", "--notice", "One.", "--notice", "Two."],
            'two texts for --notice in one language, "en"\n'
            'Write the others as  --notice "fr=…"  with the code of their language.',
            id="two notices",
        ),
    ],
)
def test_what_cannot_be_is_said_with_a_next_step(
    calfeed: Run, file: Path, arguments: list[str], message: str
) -> None:
    ran = calfeed(*arguments)
    assert (ran.status, ran.out, ran.err) == (1, "", f"calfeed: {message}\n")
    assert file.read_text() == TWO


def test_what_the_grammar_refuses_is_shown_where_it_would_stand(calfeed: Run, file: Path) -> None:
    ran = calfeed("reschedule", "garden-day", "Friday 2031-06-05 10:00")
    assert ran.status == 1
    assert "error[E302]: 2031-06-05 is a Thursday, not a Friday" in ran.err
    ran = calfeed("relocate", "garden-day", "Town park")
    assert 'error[E215]: the update "relocated" changes nothing' in ran.err
    assert file.read_text() == TWO


def test_what_else_there_is_to_know_is_said(calfeed: Run, file: Path) -> None:
    file.write_text(
        TWO.replace(
            "    place: Town park\n",
            "    place: Town park\n    registration: {url: https://register.example.eu}\n",
        )
    )
    ran = calfeed("postpone", "garden-day", "--dry-run")
    assert '  note: nobody learns why; say it with  --notice "…"\n' in ran.out
    assert (
        "  note: registration is somebody else's to close:  https://register.example.eu\n"
    ) in ran.out
    ran = calfeed("postpone", "garden-day", "--dry-run", "--notice", "Wet.")
    assert "  note: no notice in French: English will be shown\n" in ran.out
    both = ("--notice", "Wet.", "--notice", "fr=Mouillé.")
    assert "note: no" not in calfeed("postpone", "garden-day", "--dry-run", *both).out
    ran = calfeed("correct", "garden-day", "--contact", "parks@example.eu", "--dry-run")
    assert (
        "  as planned, Thursday 8 May 2031, 14:00–16:00, Brussels time, as before; new: contact\n"
    ) in ran.out


def test_a_new_place_is_named_and_so_are_the_dates_that_it_is_for(calfeed: Run, file: Path) -> None:
    file.write_text(TWO)
    ran = calfeed(
        "relocate", "coffee", "Library", "--occurrence", "2031-02-04 onwards", "--dry-run"
    )
    date = "Tuesday 4 February 2031, 14:00–15:00, Brussels time"
    assert (
        f"  all dates from 4 February 2031: as planned, {date}  ->  as planned, {date}; in person; "
        "at Library\n"
    ) in ran.out


@pytest.mark.usefixtures("file")
def test_numbers_go_on_from_what_was_told(calfeed: Run) -> None:
    calfeed("publish")
    calfeed("cancel", "garden-day", "--yes")
    ran = calfeed("reinstate", "garden-day", "--dry-run")
    assert "    Garden day   (revision 0 -> 2)\n" in ran.out

    calfeed("publish")
    ran = calfeed("reinstate", "garden-day", "--dry-run")
    assert "    Garden day   (revision 1 -> 2)\n" in ran.out


def test_an_event_that_was_not_told_yet_has_no_number_before(calfeed: Run, file: Path) -> None:
    calfeed("publish")
    file.write_text(
        TWO + "  fair:\n    title: Fair\n    initiatives: [parks]\n    when: 2031-07-07\n"
    )
    assert "    CANCELLED: Fair   (revision 1)\n" in calfeed("cancel", "fair", "--dry-run").out


def test_a_draft_is_nothing_that_subscribers_see(calfeed: Run, file: Path) -> None:
    file.write_text(TWO.replace("title: Garden day\n", "title: Garden day\n    draft: true\n"))
    ran = calfeed("cancel", "garden-day", "--dry-run")
    assert "  It is a draft: subscribers see it once you take out  draft: true\n" in ran.out


@pytest.mark.usefixtures("file")
def test_a_warning_that_the_edit_brings_is_shown(calfeed: Run) -> None:
    ran = calfeed("correct", "garden-day", "--title", "CANCELLED: Garden day", "--dry-run")
    assert "warning[W301]: a status word in the title" in ran.err


def test_many_calendars_are_not_all_named(calfeed: Run, file: Path) -> None:
    many = "".join(f"  group-{number}:\n    name: Group {number}\n" for number in range(7))
    names = ", ".join(f"group-{number}" for number in range(7))
    file.write_text(
        TWO.replace("initiatives:\n", f"initiatives:\n{many}", 1).replace("[parks]", f"[{names}]")
    )
    ran = calfeed("cancel", "garden-day", "--dry-run")
    assert (
        "Subscribers of 7 calendars (Group 0, Group 1, Group 2, Group 3, Group 4 and 2 more) will"
    ) in ran.out


def test_many_events_of_a_day_are_not_all_named(calfeed: Run, file: Path) -> None:
    more = "".join(
        f"  day-{number}:\n    title: Day {number}\n    initiatives: [parks]\n"
        "    when: 2031-08-08\n"
        for number in range(12)
    )
    file.write_text(TWO + more)
    ran = calfeed("reschedule", "garden-day", "2031-08-08", "--dry-run")
    assert (
        "  note: the same day begins  day-0, day-1, day-10, day-11, day-2 and 7 more\n" in ran.out
    )
    assert "  and 5 more" in calfeed("cancel", "day", "--dry-run").err


def test_what_no_calendar_shows_is_said(calfeed: Run, file: Path) -> None:
    text = TWO.replace("when: 2031-05-08 14:00 to 16:00", "when: to be announced")
    file.write_text(text.replace("when: 2031-05-09 10:00 to 12:00", "when: 2020-05-09"))
    corrected = calfeed("correct", "garden-day", "--title", "Garden days", "--dry-run")
    assert "  It is in no calendar yet: it has no date.\n" in corrected.out
    corrected = calfeed("correct", "open-door", "--title", "Open doors", "--dry-run")
    assert "  It is in no calendar any more: it is over.\n" in corrected.out
