"""``calfeed ledger``: as somebody at a terminal meets it."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from calfeed.addresses import Variant
from calfeed.cli.ledger import ledger
from calfeed.errors import CalfeedError, LedgerError
from calfeed.formats import ics
from calfeed.ledger.store import Store, open_ledger
from calfeed.ledger.told import Kind
from calfeed.model import Change, Standing
from tests.builders import STAMP, a_feed, a_revision, a_site, an_event, an_update, at
from tests.cli.web import a_web_server
from tests.ledger.telling import SUMMIT, WORKSHOP, a_publication, a_row, the_first, told_again

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a folder with an events file; return what it says, or raise its error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CALFEED_LEDGER", raising=False)
    (tmp_path / "events.yaml").touch()

    def run_one(*arguments: object) -> str:
        result = CliRunner().invoke(ledger, [str(one) for one in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output

    return run_one


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".calfeed" / "ledger.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A ledger that has told of an event in each state."""
    with closing(open_ledger(str(path))) as store:
        store.publish(the_first(SUMMIT, WORKSHOP), onto=0)
        store.publish(IN_EVERY_STATE, onto=1)
        yield store


POSTPONED = Standing(off=Change.POSTPONED, reason=an_update(Change.POSTPONED))
NEXT = STAMP + timedelta(hours=1)
IN_EVERY_STATE = a_publication(
    told_again(SUMMIT, facts=a_revision(an_event("summit", standing=POSTPONED)).facts),
    a_revision(an_event("moved", standing=Standing(old=(at("2021-09-30"),)))),
    a_revision(an_event("online", standing=Standing(online=True), when=None)),
    replace(a_revision(an_event("gone")), withdrawn=STAMP, initiatives=("a", "b")),
    at=NEXT,
    pins={"summit-2021": SUMMIT.uid},
    rows=(
        a_row(told_again(SUMMIT), Kind.POSTPONED, given={"notice": {"fr": "Malade"}}),
        a_row(told_again(SUMMIT), Kind.JOINED, initiative="parks"),
    ),
)


def test_a_ledger_is_begun_beside_the_events(run: Run, path: Path) -> None:
    assert run("new") == f"Begun: {path}\nNext:  calfeed publish\n"

    assert path.exists()


def test_a_ledger_is_begun_where_it_is_wanted(run: Run, tmp_path: Path) -> None:
    wanted = tmp_path / "elsewhere" / "ledger.sqlite"
    (tmp_path / "other").mkdir()

    run("new", "--ledger", wanted)
    said = run(
        "new",
        "-f",
        tmp_path / "other" / "events.yaml",
    )

    assert wanted.exists()
    assert said.startswith(f"Begun: {tmp_path / 'other' / '.calfeed' / 'ledger.sqlite'}\n")


def test_what_was_told_is_shown_with_its_numbers(run: Run, store: Store) -> None:
    assert [line.rstrip() for line in run("show").splitlines()] == [
        f"Ledger {store.place}",
        "version 2, told 2021-09-23 09:15:00 UTC, 5 events "
        "(1 as planned, 1 moved online, 1 new date, 1 postponed, 1 withdrawn)",
        "event     state         SEQUENCE  DTSTAMP                  last day         initiatives",
        "gone      withdrawn     0         2021-09-23 08:15:00 UTC  2021-11-10       a, b",
        "moved     new date      0         2021-09-23 08:15:00 UTC  2021-11-10       living-in-eu",
        "online    moved online  0         2021-09-23 08:15:00 UTC  to be announced  living-in-eu",
        "summit    postponed     1         2021-09-23 09:15:00 UTC  2021-11-10       living-in-eu",
        "workshop  as planned    0         2021-09-23 08:15:00 UTC  2021-11-10       living-in-eu",
    ]


@pytest.mark.parametrize("name", ["summit", "summit-2021", SUMMIT.uid])
def test_one_event_is_shown_with_all_that_was_told_of_it(run: Run, store: Store, name: str) -> None:
    assert store.version() == 2
    assert [line.rstrip() for line in run("show", name).splitlines()] == [
        "summit: Summit",
        f"UID {SUMMIT.uid}",
        "row  version  what          SEQUENCE  DTSTAMP                  dated",
        "1    1        new           0         2021-09-23 08:15:00 UTC  2021-09-23 08:15:00 UTC",
        "3    2        postponed     1         2021-09-23 09:15:00 UTC  2021-09-23 09:15:00 UTC",
        "4    2        joined parks  1         2021-09-23 09:15:00 UTC  2021-09-23 09:15:00 UTC",
    ]


def test_programs_get_all_of_it(run: Run, store: Store) -> None:
    shown = json.loads(run("show", "--json"))

    told = store.read()
    assert (shown["id"], shown["namespace"]) == (told.ledger_id, str(told.namespace))
    assert (shown["version"], shown["edition"]) == (2, 1)
    assert shown["told_at"] == "2021-09-23T09:15:00+00:00"
    assert [event["uid"] for event in shown["events"]] == list(told.revisions)
    gone = next(event for event in shown["events"] if event["key"] == "gone")
    assert gone == {
        "key": "gone",
        "uid": a_revision(an_event("gone")).uid,
        "title": {"en": "Summit"},
        "state": "withdrawn",
        "sequence": 0,
        "stamp": "2021-09-23T08:15:00+00:00",
        "created": "2021-09-06T10:00:00+00:00",
        "last_day": "2021-11-10",
        "withdrawn": "2021-09-23T08:15:00+00:00",
        "initiatives": ["a", "b"],
    }


def test_programs_get_the_rows_of_one_event(run: Run, store: Store) -> None:
    shown = json.loads(run("show", "summit", "--json"))

    assert shown["sequence"] == store.read().revisions[SUMMIT.uid].sequence
    assert [row["kind"] for row in shown["rows"]] == ["new", "postponed", "joined"]
    assert shown["rows"][1] == {
        "serial": 3,
        "version": 2,
        "kind": "postponed",
        "sequence": 1,
        "stamp": "2021-09-23T09:15:00+00:00",
        "dated": "2021-09-23T09:15:00+00:00",
        "initiative": None,
        "given": {"notice": {"fr": "Malade"}},
    }


def test_a_ledger_that_has_told_nothing_is_shown_as_such(run: Run, path: Path) -> None:
    run("new")

    assert run("show") == f"Ledger {path}\nnothing told yet\n"
    assert json.loads(run("show", "--json"))["events"] == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        pytest.param("sumit", 'Did you mean "summit"?', id="a slip"),
        pytest.param("x", "All events:  calfeed ledger show", id="nothing like it"),
    ],
)
def test_of_an_event_that_is_not_known_nothing_is_shown(
    run: Run, store: Store, name: str, hint: str
) -> None:
    with pytest.raises(CalfeedError) as refused:
        run("show", name)

    assert str(refused.value) == f'nothing was ever told of an event "{name}"\n{hint}'
    assert store.version() == 2


def test_without_a_ledger_there_is_nothing_to_show(run: Run, path: Path) -> None:
    for command in (("show",), ("backup", "monday.sqlite")):
        with pytest.raises(LedgerError, match="it is missing"):
            run(*command)

    assert not path.parent.exists()


def test_a_terminal_gets_no_more_columns_than_it_has(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")

    lines = re.sub(r"\x1b\[[0-9;]*m", "", run("show", "summit")).splitlines()

    assert max(map(len, lines)) <= 60
    assert store.version() == 2


def test_a_backup_brings_all_back(run: Run, store: Store) -> None:
    told = store.read()

    assert run("backup", "monday.sqlite") == (
        f"monday.sqlite: all that was told until now, by {store.place}\n"
    )
    store.close()
    Path(store.place).unlink()
    said = run("restore", "monday.sqlite")

    assert said == (
        f"Begun: {store.place}, version 2, told 2021-09-23 09:15:00 UTC, 5 events\n"
        "Next:  calfeed publish\n"
    )
    with closing(open_ledger(store.place)) as restored:
        assert replace(restored.read(), ledger_id=told.ledger_id) == told


def test_feeds_bring_the_numbers_back(run: Run, path: Path, tmp_path: Path) -> None:
    for name, told in (("one.ics", SUMMIT), ("two.ics", told_again(WORKSHOP))):
        feed = ics.render(a_feed(told), Variant(language="en"), site=a_site())
        (tmp_path / name).write_bytes(feed)

    said = run("restore", "one.ics", "two.ics")

    assert said == (
        f"Begun: {path}, nothing told yet, but the numbers of 2 events are known\n"
        "Next:  calfeed publish\n"
    )
    with closing(open_ledger(str(path))) as store:
        assert {uid: floor.sequence for uid, floor in store.read().floors.items()} == {
            SUMMIT.uid: 0,
            WORKSHOP.uid: 1,
        }


def test_a_feed_is_fetched_from_its_address(run: Run, path: Path) -> None:
    feed = ics.render(a_feed(SUMMIT), Variant(language="en"), site=a_site())
    with a_web_server({"/feeds/all.ics": feed}) as address:
        run("restore", f"{address}/feeds/all.ics")

    with closing(open_ledger(str(path))) as store:
        assert store.read().pins == {"summit": SUMMIT.uid}


@pytest.mark.usefixtures("store")
def test_a_ledger_is_replaced_when_that_is_said(run: Run) -> None:
    run("backup", "monday.sqlite")

    with pytest.raises(LedgerError, match="there is one already"):
        run("restore", "monday.sqlite")
    said = run("restore", "monday.sqlite", "--replace")

    kept = next(line for line in said.splitlines() if line.startswith("What was there is kept: "))
    assert Path(kept.removeprefix("What was there is kept: ")).exists()


def test_only_one_backup_is_restored(run: Run, store: Store) -> None:
    for name in ("monday.sqlite", "tuesday.sqlite"):
        run("backup", name)

    with pytest.raises(CalfeedError, match="only one backup can be restored: name one"):
        run("restore", "monday.sqlite", "tuesday.sqlite", "--replace")

    assert store.version() == 2


def test_a_file_that_is_not_there_restores_nothing(run: Run, path: Path) -> None:
    with pytest.raises(CalfeedError, match=r"monday.sqlite cannot be read: No such file"):
        run("restore", "monday.sqlite")

    assert not path.exists()
