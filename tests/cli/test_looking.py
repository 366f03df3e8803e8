"""The commands that look at events and change nothing: list, show, diff."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from calfeed.cli import differences as told_lines
from calfeed.cli.differences import Differences, Entry, as_markdown, escaped
from calfeed.comparing import PropertyChange
from tests.cli.conftest import Run
from tests.cli.web import a_web_server
from tests.repository import committed, git
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


@pytest.mark.usefixtures("file")
def test_an_event_is_shown_with_its_history_and_what_is_sent(calfeed: Run) -> None:
    lines = calfeed("show", "garden").out.splitlines()
    assert lines[:4] == [
        "garden: Garden day",
        "  postponed, no new date yet",
        "  in person: Town park",
        "  calendars: Parks",
    ]
    assert lines[4].startswith("  UID ")
    assert lines[4].endswith(", revision 1")
    assert lines[5:] == [
        "  2026-01-05  published",
        "  2026-01-10  postponed",
        "In its usual calendars:",
        "  STATUS:CANCELLED",
        "  SUMMARY;LANGUAGE=en:POSTPONED: Garden day",
        "  DTSTART;TZID=Europe/Brussels:20310508T140000",
        "  DTEND;TZID=Europe/Brussels:20310508T160000",
        "  LOCATION;LANGUAGE=en:Town park",
        "In its visible calendars:",
        "  STATUS:TENTATIVE",
        "  SUMMARY;LANGUAGE=en:POSTPONED: Garden day",
        "  DTSTART;TZID=Europe/Brussels:20310508T140000",
        "  DTEND;TZID=Europe/Brussels:20310508T160000",
        "  LOCATION;LANGUAGE=en:Town park",
        "In its active calendars:",
        "  nothing",
    ]


@pytest.mark.usefixtures("file")
def test_a_series_is_shown_with_its_single_dates(calfeed: Run) -> None:
    out = calfeed("show", "coffee").out
    assert "  2026-01-10  cancelled (2031-06-03)\n" in out
    assert "  2031-07-01: new date, Tuesday 8 July 2031, 14:00, Brussels time\n" in out
    assert "  RECURRENCE-ID;TZID=Europe/Brussels:20310701T140000\n" in out


def test_a_long_series_and_old_dates_are_shown_in_short(calfeed: Run, file: Path) -> None:
    updates = [an_update("cancelled", occurrence=f"2031-05-{day:02}") for day in range(7, 15)]
    file.write_text(
        events_file(
            {
                "daily": an_entry(
                    when="2031-05-06", repeats={"every": "day", "times": 20}, updates=updates
                ),
                "moved": an_entry(
                    title={"en": "Moved", "fr": "Déplacé"},
                    place=None,
                    updates=[
                        an_update("rescheduled", when="2031-06-07"),
                        an_update("postponed"),
                    ],
                ),
            }
        )
    )
    assert "  and 3 more dates\n" in calfeed("show", "daily").out
    out = calfeed("show", "moved").out
    assert "  title in fr: Déplacé\n" in out
    assert "  it was planned for Thursday 8 May 2031, 14:00–16:00, Brussels time\n" in out


@pytest.mark.usefixtures("file")
def test_a_draft_is_shown_as_one(calfeed: Run) -> None:
    out = calfeed("show", "secret").out
    assert "  a draft; as planned, " in out
    assert "UID" not in out


@pytest.mark.usefixtures("file")
def test_an_event_for_programs(calfeed: Run) -> None:
    data = json.loads(calfeed("show", "garden", "--json").out)
    assert (data["stands"], data["sequence"]) == ("postponed, no new date yet", 1)
    assert data["history"] == [
        {"announced": "2026-01-10", "change": "postponed", "occurrence": None, "notice": {}}
    ]
    assert "STATUS:CANCELLED" in data["sends"]["usual"][0]
    assert json.loads(calfeed("show", "secret", "--json").out)["uid"] is None


def diffed(calfeed: Run, *arguments: object) -> list[str]:
    ran = calfeed("diff", *arguments)
    assert ran.status == 0, ran.err
    return [line.rstrip() for line in str(ran.out).splitlines()]


CHANGED = {
    **EVENTS,
    "garden": an_entry(
        published="2026-01-05",
        updates=[an_update("postponed"), an_update("rescheduled", when="2031-06-12")],
    ),
    "open": an_entry(title={"en": "=Open", "fr": "Portes"}, when="2031-06-06"),
    "fair": an_entry(title="Fair", when="2031-09-09"),
    "coffee": {**SERIES, "initiatives": ["parks"]},
}
CHANGED.pop("gone")
EXPECTED = [
    "~ coffee  joined parks, left schools   revision 2 -> 4   2 calendars",
    "+ fair    new: as planned, Tuesday 9 September 2031   revision 0   1 calendar",
    "~ garden  postponed (was Thursday 8 May 2031, 14:00–16:00, Brussels time) -> "
    "new date, Thursday 12 June 2031   revision 1 -> 2   1 calendar",
    "! gone    missing here but published: WITHDRAWN will be told; cancel it instead?   "
    "revision 0 -> 1   1 calendar",
    "~ open    edited   revision 0 -> 1   1 calendar",
]


def test_what_would_be_told_beside_the_ledger(calfeed: Run, file: Path) -> None:
    assert "+ coffee  new: " in "\n".join(diffed(calfeed))
    calfeed("publish")
    assert diffed(calfeed) == ["Nothing would be told: subscribers have it all."]
    file.write_text(events_file(CHANGED, site={"name": "Village events"}))

    assert diffed(calfeed) == [
        *EXPECTED,
        "~ names and settings of the calendars",
        "5 events in 2 calendars, beside what was told:",
        "  Parks: coffee, fair, garden, gone, open",
        "  schools: coffee",
    ]
    detailed = diffed(calfeed, "--details", "--against", ".calfeed/ledger.sqlite")
    assert "-   STATUS:CANCELLED" in detailed
    assert "+   SUMMARY;LANGUAGE=en:NEW DATE: Garden day" in detailed
    assert calfeed("diff", "--exit-code").status == 1


def test_what_would_be_told_beside_an_older_file(calfeed: Run, file: Path) -> None:
    older = file.parent / "old.yaml"
    older.write_text(events_file(EVENTS))
    file.write_text(events_file(CHANGED))
    assert diffed(calfeed, "old.yaml")[:5] == EXPECTED


def test_what_would_be_told_beside_a_revision_of_git(calfeed: Run, file: Path) -> None:
    (file.parent / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    picture = {"file": "a.png", "alt": "A"}
    pictured = {"pictured": an_entry(title="Pictured", image=picture)}
    file.write_text(events_file({**EVENTS, **pictured}))
    (file.parent / "note.txt").write_text("not read")
    git(file.parent, "init", "--quiet")
    committed(file.parent)
    file.write_text(events_file({**CHANGED, **pictured}))
    lines = diffed(calfeed, "--against", "HEAD")
    assert lines[:5] == EXPECTED
    assert lines[5] == "5 events in 2 calendars, beside HEAD:"


@pytest.mark.parametrize("revision", ["nope", "-x", "--output=/tmp/x"])
def test_a_revision_that_is_none_is_said(calfeed: Run, file: Path, revision: str) -> None:
    git(file.parent, "init", "--quiet")
    ran = calfeed("diff", f"--against={revision}")
    assert ran.status == 1
    assert ran.err == (
        f'calfeed: "{revision}" is no ledger, no address, and no revision of git that has these '
        "events\nCompare for example with  --against main  or  --against https://events.example.eu\n"
    )


def test_a_revision_without_the_file_is_said(calfeed: Run, file: Path) -> None:
    git(file.parent, "init", "--quiet")
    file.rename(file.parent / "other.yaml")
    committed(file.parent)
    (file.parent / "other.yaml").rename(file)
    ran = calfeed("diff", "--against", "HEAD")
    assert "there is no events.yaml in HEAD" in ran.err


def test_no_git_is_said(calfeed: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(file.parent))
    assert "git cannot be run: No such file or directory" in calfeed("diff", "--against", "x").err


@pytest.mark.usefixtures("file")
def test_differences_for_a_pull_request_and_for_programs(calfeed: Run, file: Path) -> None:
    calfeed("publish")
    assert calfeed("diff", "--format", "markdown").out == (
        "### Calendars\n\nNothing would be told: subscribers have it all.\n"
    )
    file.write_text(events_file(CHANGED, site={"name": "Village events"}))
    text = calfeed("diff", "--format", "markdown").out
    assert text.startswith(
        "### Calendars: 5 events in 2 calendars\n\n"
        "- Parks: `coffee`, `fair`, `garden`, `gone`, `open`\n- schools: `coffee`\n\n"
        "- **Coffee corner** (`coffee`): joined parks, left schools; revision 2 \\-\\> 4; "
        "2 calendars\n"
    )
    assert "<details><summary>what calendar apps get</summary>\n\n  ```diff\n" in text
    assert text.endswith("- names and settings of the calendars\n")
    data = json.loads(calfeed("diff", "--format", "json").out)
    assert data["calendars"] == ["Parks", "schools"]
    assert data["names_and_settings"] is True
    assert data["events"][1]["sign"] == "+"


def test_hostile_titles_are_text_in_a_comment() -> None:
    title = "@all <script>alert(1)</script> [a](javascript:x) ![b](c) `d` | **e**\n# f"
    assert escaped(title) == (
        "\\@\u200ball \\<script\\>alert\\(1\\)\\</script\\> \\[a\\]\\(javascript:x\\) "
        "\\!\\[b\\]\\(c\\) \\`d\\` \\| \\*\\*e\\*\\* \\# f"
    )
    change = PropertyChange(occurrence="R", name="SUMMARY", before=(), after=("SUMMARY:````\x1b",))
    entry = Entry(
        sign="~", event="a", title=title, what="x", revision="1", calendars=(), properties=(change,)
    )
    text = as_markdown(Differences(against="x", entries=(entry,)))
    assert "  `````diff\n    R\n  +   SUMMARY:````␛\n  `````\n" in text


def test_names_numbers_and_addresses_are_no_links_in_a_comment() -> None:
    assert escaped("@ann #12 https://x.eu www.x.eu") == (
        "\\@\u200bann \\#\u200b12 https://\u200bx.eu www.\u200bx.eu"
    )


def test_a_comment_is_never_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told_lines, "MARKDOWN_LIMIT", 600)
    entries = tuple(
        Entry(sign="~", event=f"e-{n}", title="T" * 40, what="x", revision="1", calendars=("A",))
        for n in range(14)
    )
    text = as_markdown(Differences(against="x", entries=entries))
    assert text.startswith("### Calendars: 14 events in 1 calendar\n\n- A: `e-0`, ")
    assert "`and 2 more`" in text
    assert text.endswith(" more events\n")


def test_what_would_be_told_beside_a_published_site(
    calfeed: Run, file: Path, tmp_path: Path
) -> None:
    calfeed("publish")
    calfeed("build", tmp_path / "public")
    file.write_text(events_file(CHANGED))
    (tmp_path / "fresh").mkdir()
    fresh = ("--ledger", tmp_path / "fresh" / "ledger.sqlite")
    body = (tmp_path / "public" / "feeds" / "all.ics").read_bytes()
    bodies = {"/feeds/all.ics": body, "/feeds/schools.ics": body, "/other.ics": b"<html>"}
    with a_web_server(bodies) as address:
        lines = diffed(calfeed, "--against", address, *fresh)
        schools = diffed(calfeed, "--against", f"{address}/feeds/schools.ics", *fresh)
        other = calfeed("diff", "--against", f"{address}/other.ics")
    assert lines == [
        "~ coffee  CATEGORIES -> as planned, 3 dates from 6 May 2031, 14:00, Brussels time, "
        "to 1 July 2031   revision 2 -> 3   1 calendar",
        "+ fair    new: as planned, Tuesday 9 September 2031   revision 0   1 calendar",
        "~ garden  STATUS, TRANSP, DTSTART, DTEND, SUMMARY, DESCRIPTION, COMMENT, "
        "X-MICROSOFT-CDO-BUSYSTATUS -> new date, Thursday 12 June 2031   "
        "revision 1 -> 2   1 calendar",
        "! gone    missing here but published: WITHDRAWN will be told; cancel it instead?   "
        "revision 0 -> 1   0 calendars",
        f"4 events in 1 calendar, beside {address}/feeds/all.ics:",
        "  Parks: coffee, fair, garden",
    ]
    assert schools[0].startswith("~ coffee  leaves this calendar   revision 2 -> 3")
    assert other.err == (
        f"calfeed: {address}/other.ics is no calendar\n"
        "Name the address of a feed, or of the site.\n"
    )


def test_what_is_published_as_off_and_missing_here_is_no_news(
    calfeed: Run, file: Path, tmp_path: Path
) -> None:
    off = an_entry(title="Off", updates=[an_update("cancelled")])
    file.write_text(events_file({"open": EVENTS["open"], "off": off}))
    calfeed("publish")
    calfeed("build", tmp_path / "public")
    file.write_text(events_file({"open": EVENTS["open"]}))
    body = (tmp_path / "public" / "feeds" / "all.ics").read_bytes()
    with a_web_server({"/feeds/all.ics": body}) as address:
        fresh = ("--ledger", tmp_path / "fresh.sqlite")
        assert diffed(calfeed, "--against", address, *fresh) == [
            "Nothing would be told: subscribers have it all."
        ]
