"""``calfeed serve`` as a process: restarts, workers, a broken file, a ledger that goes away."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.readers import icaljs, libical
from tests.spine import Spine, a_spine, an_entry, an_update, events_file

TEXT = events_file({"garden": an_entry()})
POSTPONED = events_file({"garden": an_entry(updates=[an_update("postponed")])})
FEED = "/feeds/parks.ics"


def test_it_says_where_the_calendars_are_and_what_is_told(tmp_path: Path) -> None:
    with a_spine(tmp_path, TEXT) as spine:
        said = "".join(spine.seen)
        assert "This is a new ledger" in said
        assert f"Parks       http://127.0.0.1:{spine.port}/feeds/parks.ics" in said
        assert f"all events  http://127.0.0.1:{spine.port}/feeds/all.ics" in said
        assert "told: garden: new (revision 0)" in said
        assert "told: garden: postponed (revision 1)" in spine.edit(POSTPONED)
        retired = events_file({"garden": an_entry()}, initiatives={"parks": {"name": "Parks"}})
        said = spine.edit(retired)
        assert f"Parks       http://127.0.0.1:{spine.port}/feeds/parks.ics" in said
        assert "Schools" not in said


def test_a_broken_file_is_reported_and_the_site_stays_through_a_restart(tmp_path: Path) -> None:
    with a_spine(tmp_path, TEXT) as spine:
        before = spine.get(FEED)[2]
        assert spine.get("/healthz")[2] == b"ok\n"

        said = spine.edit(TEXT.replace("when:", "whem:"))

        assert 'did you mean "when"?' in said
        assert spine.get(FEED)[2] == before
        status, _, body = spine.get("/healthz")
        assert (status, body.startswith(b"degraded: ")) == (200, True)
        assert str(tmp_path).encode() not in body

        assert spine.stop() == 0
        spine.start()
        assert spine.get(FEED)[2] == before
        assert spine.get("/readyz")[0] == 200
        spine.wait_for("not published")

        spine.edit(POSTPONED)
        assert spine.vevent().summary == "POSTPONED: Garden day"
        assert spine.get("/healthz")[2] == b"ok\n"


@pytest.mark.parametrize(
    "junk",
    [
        pytest.param(b"\x00\x01\xff\xfe", id="binary"),
        pytest.param("format: 1".encode("utf-16"), id="UTF-16"),
        pytest.param(b"[" * 3000, id="nested brackets"),
        pytest.param(b"a: &a [x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n", id="aliases"),
        pytest.param(b"a: !!python/object/apply:os.system [id]\n", id="a tag"),
        pytest.param(b"a: !!int x\n", id="a tag that fits not"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_whatever_the_bytes_are_there_is_a_problem_with_a_next_step(
    shared: Spine, junk: bytes
) -> None:
    before = shared.get(FEED)[2]
    beside = shared.file.with_suffix(".new")
    beside.write_bytes(junk)
    seen = len(shared.seen)
    beside.replace(shared.file)
    shared.wait_for("not published")

    said = "".join(shared.seen[seen:])
    assert "events.yaml" in said
    assert "error[E1" in said
    assert "= help: " in said
    assert "Traceback" not in said
    assert shared.get(FEED)[2] == before
    shared.edit(TEXT)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spine]:
    with a_spine(Path(tmp_path_factory.mktemp("shared")), TEXT) as spine:
        yield spine


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Host": "evil.example"}, id="another host"),
        pytest.param({"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "ftp"}, id="proxy"),
        pytest.param({"Forwarded": "host=evil.example;proto=ftp"}, id="proxy, standard"),
        pytest.param({"User-Agent": "Google-Calendar-Importer"}, id="another program"),
        pytest.param({"Accept-Language": "fr", "Cookie": "a=b"}, id="another person"),
    ],
)
@pytest.mark.parametrize("path", ["/feeds/all.ics", "/healthz", "/nothing"])
def test_no_header_of_a_request_changes_a_byte(
    shared: Spine, path: str, headers: dict[str, str]
) -> None:
    plain, asked = shared.get(path), shared.get(path, headers)
    assert (asked[0], asked[2]) == (plain[0], plain[2])
    assert b"evil" not in bytes(asked[1]) + asked[2]
    assert {**asked[1], "date": ""} == {**plain[1], "date": ""}


def test_a_query_changes_nothing(shared: Spine) -> None:
    assert shared.get(f"{FEED}?utm_source=x&lang=fr")[2] == shared.get(FEED)[2]


def test_every_path_answers_304_to_its_etag_and_head_as_get(shared: Spine) -> None:
    for path in (FEED, "/feeds/all.fr.visible.utc.ics", "/events/garden.ics", "/robots.txt"):
        for coding in ("identity", "gzip", "br", "zstd"):
            asked = {"Accept-Encoding": coding}
            status, headers, _ = shared.get(path, asked)
            assert status == 200
            again = shared.get(path, {**asked, "If-None-Match": headers["ETag"]})
            assert (again[0], again[2]) == (304, b"")
            head = shared.get(path, asked, method="HEAD")
            assert head[2] == b""
            assert {**head[1], "date": ""} == {**headers, "date": ""}


def test_while_the_ledger_is_away_serving_goes_on_and_edits_wait(tmp_path: Path) -> None:
    with a_spine(tmp_path, TEXT) as spine:
        before = spine.get(FEED)[2]
        ledger = tmp_path / ".calfeed" / "ledger.sqlite"
        aside = ledger.rename(tmp_path / "aside")
        spine.wait_for("the last good site stays")
        assert spine.get("/healthz")[2].startswith(b"degraded: the ledger is away")

        said = spine.edit(POSTPONED)

        assert "it is missing" in said or "cannot" in said, said
        assert spine.get(FEED)[2] == before
        assert spine.get("/healthz")[2].startswith(b"degraded: ")
        aside.rename(ledger)
        spine.wait_for("all is published")
        assert spine.vevent().sequence == 1


def test_a_corrupt_ledger_stops_a_start_and_nothing_begins_again(tmp_path: Path) -> None:
    with a_spine(tmp_path, TEXT):
        pass
    ledger = tmp_path / ".calfeed" / "ledger.sqlite"
    ledger.write_bytes(b"no database at all " * 400)
    ended = subprocess.run(
        [sys.executable, "-m", "calfeed", "serve", str(tmp_path / "events.yaml"), "--port", "0"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "calfeed ledger restore" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ledger.read_bytes().startswith(b"no database")


def test_a_second_one_follows_and_says_so(tmp_path: Path) -> None:
    with a_spine(tmp_path, TEXT) as first, another(tmp_path) as second:
        assert "another calfeed watches these events already" in "".join(second.seen)
        assert second.get(FEED)[2] == first.get(FEED)[2]
        first.edit(POSTPONED)
        until(second, lambda body: b"POSTPONED" in body)


def test_one_with_a_ledger_and_no_file_only_serves(tmp_path: Path) -> None:
    with a_spine(tmp_path, TEXT) as first, another(tmp_path, follows=True) as second:
        assert second.get(FEED)[2] == first.get(FEED)[2]
        first.edit(POSTPONED)
        until(second, lambda body: b"POSTPONED" in body)


def test_workers_answer_what_one_process_publishes(tmp_path: Path) -> None:
    with a_spine(tmp_path, TEXT, "--workers", "2") as spine:
        until(spine, lambda body: b"Garden day" in body)
        spine.edit(POSTPONED)
        for _ in range(4):
            until(spine, lambda body: b"POSTPONED" in body)
        spine.edit(TEXT.replace("when:", "whem:"))
        assert spine.get("/healthz")[2].startswith(b"degraded: ")
        assert spine.stop() == 0
        spine.start()


@contextmanager
def another(folder: Path, *, follows: bool = False) -> Iterator[Spine]:
    """Yield a second server in *folder*; one that *follows* has the ledger and no file."""
    arguments = ("--ledger", str(folder / ".calfeed" / "ledger.sqlite")) if follows else ()
    spine = Spine(folder, *arguments, has_file=not follows)
    spine.start()
    try:
        yield spine
    finally:
        assert spine.stop() == 0


def until(spine: Spine, seen: object) -> None:
    """Ask for the feed until *seen* holds of it: a follower looks a few times a second."""
    for _ in range(2000):
        status, _, body = spine.get(FEED)
        assert status in {200, 503}
        if callable(seen) and seen(body):
            return
    raise AssertionError(body)


@pytest.mark.reader("icaljs")
@pytest.mark.reader("libical")
def test_three_readers_find_the_same_in_every_variant(shared: Spine) -> None:
    series = {
        "when": "2031-05-06 14:00 to 15:00",
        "repeats": {"every": "month", "by": "first Tuesday", "times": 4},
    }
    shared.edit(
        events_file(
            {
                "garden": an_entry(updates=[an_update("postponed", notice="Mole; hills, \\n")]),
                "series": an_entry(
                    **series, updates=[an_update("cancelled", occurrence="2031-06-03")]
                ),
                "days": an_entry(when="2031-05-08 to 2031-05-10", timezone="Europe/Athens"),
                "athens": an_entry(timezone="Europe/Athens"),
            }
        )
    )
    for variant in ("", ".fr", ".visible", ".active", ".utc", ".fr.active.utc"):
        path = f"/feeds/parks{variant}.ics"
        body = shared.get(path)[2]
        found = shared.vevents(path)
        assert found
        assert icaljs.read(body) == found
        assert libical.read(body) == found
    shared.edit(TEXT)
