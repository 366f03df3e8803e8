"""What ``calfeed preview`` shows: the file as it would be published, on any day."""

import base64
import re
import socket
from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from calfeed.cli.overview import policy
from calfeed.cli.previewing import Previewer
from calfeed.source.reader import Reader
from calfeed.source.stated import Stated
from tests.cli.conftest import Run
from tests.readers import icalendar_reader
from tests.spine import Spine, an_entry, an_update, events_file

MAYORS = an_entry(
    title="Mayors <b>& co</b>",
    when="2026-05-08 14:00 to 16:00",
    published="2026-01-05",
    updates=[
        an_update("postponed"),
        {"announced": "2026-03-01", "change": "rescheduled", "when": "2026-06-12"},
    ],
)
EVENTS = {
    "mayors": MAYORS,
    "later": an_entry(title="Later", published="2026-02-01"),
    "secret": an_entry(title="Secret", draft=True, published="2199-01-01", place=None),
    "coffee": an_entry(
        title="Coffee",
        when="2031-05-06 14:00",
        repeats={"every": "month", "by": "first Tuesday", "times": 3},
        updates=[an_update("cancelled", occurrence="2031-06-03")],
    ),
}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "events.yaml"
    path.write_text(events_file(EVENTS))
    return path


def page(previewer: Previewer) -> str:
    assert previewer.site is not None
    representation = previewer.site.make("/")
    assert representation is not None
    assert previewer.site.ready("/") is representation
    return representation.body.decode()


def looked(file: Path, as_of: date | None = None) -> Previewer:
    previewer = Previewer(file, as_of=as_of)
    previewer.look()
    return previewer


class Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(data)


def texts(html: str) -> str:
    parser = Texts()
    parser.feed(html)
    return "".join(parser.found)


def test_the_page_is_as_of_a_day(file: Path) -> None:
    early = texts(page(looked(file, date(2026, 1, 7))))
    assert "Preview as of 7 January 2026." in early
    assert "As planned: Friday 8 May 2026, 14:00–16:00" in early
    assert "Later" not in early

    between = page(looked(file, date(2026, 2, 3)))
    assert '<span class="state off">Postponed</span>: <s>Friday 8 May 2026' in between
    assert "Later" in between

    late = texts(page(looked(file, date(2026, 7, 1))))
    assert "New date: Friday 12 June 2026" in late
    assert late.index("Past events") < late.index("Mayors")


def test_the_page_shows_drafts_dates_of_series_and_no_markup_of_texts(file: Path) -> None:
    html = page(looked(file))
    assert "Preview of today, " in html
    assert '<span class="state">Draft.</span>' in html
    assert '3 June 2031: <span class="state off">Cancelled</span>' in html
    assert "Mayors &lt;b&gt;&amp; co&lt;/b&gt;" in html
    assert '<a href="/feeds/parks.visible.ics">visible</a>' in html


def test_feeds_are_those_of_the_day_and_have_drafts(file: Path) -> None:
    previewer = looked(file, date(2026, 2, 3))
    assert previewer.site is not None
    feed = previewer.site.make("/feeds/parks.ics")
    assert feed is not None
    assert previewer.site.ready("/feeds/parks.ics") is feed
    found = {one.summary: one.status for one in icalendar_reader.read(feed.body)}
    assert found["POSTPONED: Mayors <b>& co</b>"] == "CANCELLED"
    assert "Later" in found


def test_what_was_saved_is_said(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    previewer = looked(file)
    assert capsys.readouterr().out.endswith("  events.yaml read: fine.\n")
    previewer.look()
    assert capsys.readouterr().out == ""

    file.write_text(events_file({**EVENTS, "later": an_entry(title="Latest")}))
    previewer.look()
    assert capsys.readouterr().out.endswith("  events.yaml saved: fine. Changed: later\n")
    file.write_text(file.read_text() + "# a comment\n")
    previewer.look()
    assert capsys.readouterr().out.endswith("  events.yaml saved: fine. Nothing changed.\n")

    good = page(previewer)
    file.write_text(events_file({"later": an_entry(when="soon")}))
    previewer.look()
    said = capsys.readouterr()
    assert said.out.endswith("saved: 1 error. The browser shows it; the last good version stays.\n")
    assert "  --> events.yaml:" in said.err
    broken = page(previewer)
    assert "Not shown yet" in broken
    assert "events.yaml:20:11" in broken
    assert broken.partition("<h2>Calendars</h2>")[2] == good.partition("<h2>Calendars</h2>")[2]

    file.write_text(events_file({f"e-{n}": an_entry(title=f"E {n}") for n in range(9)}))
    previewer.look()
    assert "Changed: coffee, e-0, e-1, e-2, e-3, and 8 more\n" in capsys.readouterr().out


def test_a_first_look_at_a_broken_file_shows_what_is_wrong_until_it_is_mended(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = file.read_text()
    file.write_text("events: [<b>\n")
    previewer = looked(file)
    assert capsys.readouterr().out.endswith("  events.yaml read: 1 error. The browser shows it.\n")
    assert previewer.site is not None
    assert previewer.site.ready("/feeds/all.ics") is previewer.site.make("/feeds/all.ics") is None
    said = page(previewer)
    assert "Nothing to see yet" in said
    assert "events.yaml:1:" in said
    file.write_text(good)
    previewer.look()
    assert "Calendars" in page(previewer)
    assert "Not shown yet" not in page(previewer)


def test_what_a_problem_says_is_no_markup(file: Path) -> None:
    file.write_text(events_file({"later": an_entry(when="<script>")}))
    said = page(looked(file))
    assert "&lt;script&gt;" in said
    assert said.count("<script>") == 1  # its own


class Hasty(Reader):
    """A picture goes between the reading of the file and the drawing of its events."""

    def read(self, now: datetime, **how: Any) -> Stated:
        stated = super().read(now, **how)
        for picture in stated.pictures:
            picture.path.unlink(missing_ok=True)
        return stated


def test_a_picture_that_is_saved_meanwhile_is_looked_at_again(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = file.parent / "a.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    entry = an_entry(image={"file": "a.png", "alt": "A"})
    file.write_text(events_file({"garden": entry}))
    previewer = Previewer(file, as_of=None)
    previewer.reader = Hasty(file)
    previewer.look()
    assert previewer.site is None
    previewer.reader = Reader(file)
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    previewer.look()
    assert capsys.readouterr().out.endswith("saved: fine.\n")


def test_the_page_runs_its_own_script_alone(file: Path) -> None:
    html = page(looked(file))
    script = html.partition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy()
    assert 'src="' not in html
    assert "style=" not in html


def test_each_calendar_is_linked_in_each_variant_and_language(file: Path) -> None:
    previewer = looked(file)
    found = re.findall('href="([^"]+)"', page(previewer))
    assert previewer.site is not None
    assert {"/feeds/all.fr.ics", "/feeds/schools.active.ics", "/events/mayors.ics"} <= set(found)
    assert all(previewer.site.make(path) for path in found)


def test_a_port_that_is_taken_is_said_with_a_next_step(calfeed: Run, file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = calfeed("preview", file, "--port", taken.getsockname()[1])
    assert ran.status == 1
    assert "Address already in use\nTake another one:  calfeed preview --port 0\n" in ran.err


@pytest.fixture
def running(file: Path) -> Iterator[Spine]:
    spine = Spine(file.parent, "--as-of", "2026-02-03", command="preview")
    try:
        spine.start()
        spine.wait_for("read: fine.")
        yield spine
    finally:
        assert spine.stop() == 0


def test_a_save_is_seen_by_whoever_looks_and_no_ledger_is_touched(running: Spine) -> None:
    assert running.seen[0].startswith("Showing the site as of 3 February 2026 at http://127.0.0.1:")
    status, headers, body = running.get("/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert b"Postponed" in body

    running.write(events_file({"mayors": {**MAYORS, "title": "Mayors meet"}}))
    running.wait_for("Changed: ")

    assert b"Mayors meet" in running.get("/")[2]
    assert running.vevent().summary == "POSTPONED: Mayors meet"
    assert not (running.file.parent / ".calfeed").exists()


def test_the_sites_own_pages_are_shown_too(file: Path) -> None:
    previewer = Previewer(file, as_of=date(2026, 2, 1))
    previewer.look()
    assert previewer.site is not None
    shown = previewer.site.make("/en/events/mayors/")
    assert shown is not None
    assert b"This event is postponed" in shown.body
    missing = previewer.site.missing("/en/events/nothing/")
    assert missing is not None
    assert missing.status == 404
