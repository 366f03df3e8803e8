"""What ``calfeed preview`` shows: the file as it would be published, on any day."""

import http.client
import json
import re
import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from calfeed.cli.preview.endpoints import as_event
from calfeed.cli.preview.previewer import Previewer
from calfeed.representation import Representation
from calfeed.source.reader import Reader
from calfeed.source.stated import Stated
from tests.cli.conftest import Run
from tests.readers import icalendar_reader
from tests.spine import PATIENCE, Spine, an_entry, an_update, events_file

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


def shown(previewer: Previewer, path: str) -> Representation:
    assert previewer.site is not None
    made = previewer.site.make(path) or previewer.site.missing(path)
    assert made is not None
    return made


def page(previewer: Previewer, path: str = "/_preview/") -> str:
    return shown(previewer, path).body.decode()


def content(page: str) -> str:
    return page.partition("</aside>")[2]


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
    assert "Shown as of 7 January 2026" in early
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
    assert "<p>Shown as of <strong>today, " in html
    assert '<span class="state">Draft.</span>' in html
    assert '3 June 2031: <span class="state off">Cancelled</span>' in html
    assert "Mayors &lt;b&gt;&amp; co&lt;/b&gt;" in html
    assert '<a href="/feeds/parks.visible.ics">visible</a>' in html


def test_feeds_are_those_of_the_day_and_have_drafts(file: Path) -> None:
    feed = shown(looked(file, date(2026, 2, 3)), "/feeds/parks.ics")
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
    assert "<h2>1 error in events.yaml</h2>" in broken
    assert "Below is the site as it was before." in broken
    assert "<code>events.yaml:20:11</code>" in broken
    assert content(broken) == content(good)

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
    for path in ("/", "/en/events/mayors/", "/_preview/"):
        said = page(previewer, path)
        assert "Nothing to see yet" in said
        assert "<code>events.yaml:1:" in said
        assert "Shown as of" not in said
        assert "All events" not in said
    assert previewer.site is not None
    feed = "/feeds/all.ics"
    assert previewer.site.make(feed) is previewer.site.missing(feed) is None
    assert previewer.site.ask(feed, "start=2026-02-03") is None

    file.write_text(good)
    previewer.look()
    assert shown(previewer, "/").status == 302
    assert "Mayors" in page(previewer, "/en/")
    assert "error in" not in page(previewer, "/en/")


def test_what_a_problem_says_is_no_markup(file: Path) -> None:
    file.write_text(events_file({"later": an_entry(when="<script>\x1b")}))
    previewer = looked(file)
    for said in (page(previewer), json.loads(as_event(previewer.bar()))["problems"]):
        assert "<mark>&#34;&lt;script&gt;" in said
        assert "<script>" not in said
        assert "\x1b" not in said


def test_a_problem_has_its_place_and_what_to_do(file: Path) -> None:
    file.write_text(events_file({"later": an_entry(when="2031-04-39", titel="x")}))
    said = texts(page(looked(file)).partition("<h2>")[2])
    assert said.startswith("2 errors in events.yaml")
    assert "error[E301]: 2031-04-39 does not exist" in said
    assert "events.yaml:20:11" in said
    assert "20 |     when: '2031-04-39'" in said
    assert "help: the last day of that month is 2031-04-30" in said
    assert 'did you mean "title"?' in said


def test_warnings_and_reminders_stand_in_the_bar(file: Path) -> None:
    assert "<details>" not in page(looked(file)).partition("</aside>")[0]
    entry = an_entry(title="Fair #1")
    file.write_text(events_file({"later": entry}).replace("'Fair #1'", "Fair #1"))
    bar = page(looked(file), "/en/").partition("</aside>")[0]
    assert "<details><summary>1 warning</summary>" in bar
    assert "<strong>warning[W303]:</strong>" in bar


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


def test_the_preview_has_one_style_sheet_and_one_script(file: Path) -> None:
    previewer = looked(file)
    for path in ("/_preview/", "/en/"):
        head = page(previewer, path).partition("</head>")[0]
        assert head.count('<link rel="stylesheet" href="/_preview/preview.css">') == 1
        assert head.count('<script src="/_preview/preview.js" defer></script>') == 1
        assert "style=" not in page(previewer, path)
    types = [dict(shown(previewer, f"/_preview/preview.{one}").whole) for one in ("css", "js")]
    assert [one[b"content-type"] for one in types] == [
        b"text/css; charset=utf-8",
        b"text/javascript; charset=utf-8",
    ]


def test_each_calendar_is_linked_in_each_variant_and_language(file: Path) -> None:
    previewer = looked(file)
    found = re.findall('href="([^"]+)"', page(previewer))
    assert {"/feeds/all.fr.ics", "/feeds/schools.active.ics", "/events/mayors.ics"} <= set(found)
    assert {"/en/events/mayors/", "/en/events/secret/"} <= set(found)
    assert all(shown(previewer, path).status in {200, 302} for path in found)


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
    assert running.get("/", {"Accept-Language": "fr"})[1]["Location"] == "/fr/"
    status, headers, body = running.get("/en/events/mayors/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert headers["Cache-Control"] == "no-store"
    assert "'unsafe-inline'" not in headers["Content-Security-Policy"]
    assert b"Postponed" in body

    running.write(events_file({"mayors": {**MAYORS, "title": "Mayors meet"}}))
    running.wait_for("Changed: ")

    assert b"Mayors meet" in running.get("/en/events/mayors/")[2]
    assert running.vevent().summary == "POSTPONED: Mayors meet"
    assert not (running.file.parent / ".calfeed").exists()


def test_whoever_follows_hears_of_each_change_until_the_end(running: Spine) -> None:
    asking = http.client.HTTPConnection("127.0.0.1", running.port, timeout=PATIENCE)
    with closing(asking):
        asking.request("GET", "/_preview/changes")
        stream = asking.getresponse()
        assert stream.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        first = heard(stream)
        assert f'data-shown="{first["shown"]}"' in running.get("/en/")[2].decode()
        assert first["problems"] == ""

        good = running.file.read_text()
        running.write(events_file({"mayors": {**MAYORS, "when": "soon"}}))
        broken = heard(stream)
        assert broken["shown"] == first["shown"]
        assert "events.yaml:" in broken["problems"]
        running.write(good)
        assert heard(stream) == first
        running.write(events_file({"mayors": {**MAYORS, "title": "Mayors meet"}}))
        assert heard(stream)["shown"] != first["shown"]

        assert running.stop() == 0
        assert stream.read() == b"\n"


def heard(stream: http.client.HTTPResponse) -> dict[str, str]:
    """Return what the next event has."""
    line = next(line for line in iter(stream.readline, b"") if line.startswith(b"data: "))
    said: dict[str, str] = json.loads(line.removeprefix(b"data: "))
    return said


def test_another_day_is_chosen(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    previewer = looked(file, date(2026, 1, 7))
    before = previewer.bar()
    capsys.readouterr()
    previewer.choose(date(2026, 7, 1))
    said = capsys.readouterr().out
    assert said.endswith("  events.yaml as of 1 July 2026: fine. Changed: coffee, later, mayors\n")
    assert "12 June 2026" in page(previewer, "/en/events/mayors/")
    assert 'name="day" value="2026-07-01"' in page(previewer, "/en/events/mayors/")
    assert 'name="to" value="/en/events/mayors/"' in page(previewer, "/en/events/mayors/")
    assert previewer.bar().shown != before.shown
    previewer.choose(None)
    assert "  events.yaml as of today: fine." in capsys.readouterr().out
    assert "Shown as of <strong>today, " in page(previewer, "/en/")


def test_the_sites_own_pages_are_shown_too(file: Path) -> None:
    previewer = looked(file, date(2026, 2, 1))
    assert b"This event is postponed" in shown(previewer, "/en/events/mayors/").body
    missing = shown(previewer, "/en/events/nothing/")
    assert missing.status == 404
    assert b"calfeed-preview" in missing.body


def test_it_is_the_site_as_it_would_be_published_but_for_the_bar(file: Path) -> None:
    previewer = looked(file)
    assert previewer.site is not None
    table = previewer.site.table
    assert table is not None
    for path in table.paths():
        real, made = table.make(path), shown(previewer, path)
        assert real is not None
        assert (made.status, made.whole) == (real.status, real.whole)
        assert b"_preview" not in real.body
        if dict(real.whole)[b"content-type"].startswith(b"text/html"):
            assert without_bar(made.body.decode()) == real.body.decode()
        else:
            assert made.body == real.body


def test_a_browser_keeps_nothing_that_the_next_save_may_change(file: Path) -> None:
    previewer = looked(file)
    assert previewer.site is not None
    asked = previewer.site.ask("/feeds/parks.json", "from=2026-02-03")
    choice = shown(previewer, "/")
    style = re.findall(r'href="(/static/pages[^"]+)"', page(previewer, "/en/"))[0]
    assert asked is not None
    assert {kept(one) for one in (asked, choice, *choice.translations.values())} == {b"no-store"}
    assert kept(shown(previewer, style)) == b"public, max-age=31536000, immutable"


def kept(representation: Representation) -> bytes:
    return dict(representation.kept)[b"cache-control"]


def without_bar(page: str) -> str:
    head, _, rest = page.partition('<link rel="stylesheet" href="/_preview/')
    _, end, body = rest.partition("</head>")
    before, _, after = body.partition("\n<aside id=")
    return head + end + before + after.partition("</aside>\n")[2]


def test_embeds_show_no_bar_in_a_frame(file: Path) -> None:
    previewer = looked(file)
    for path, hidden in (("/embed/en/parks/", " hidden>"), ("/en/parks/", '"/_preview/changes">')):
        opening = re.findall("<aside[^>]*>", page(previewer, path))
        assert [one.endswith(hidden) for one in opening] == [True]
