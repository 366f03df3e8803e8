"""A ledger that was lost is begun anew without telling any event from number 0 again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from calfeed.addresses import Show, Variant
from calfeed.errors import LedgerError
from calfeed.formats import ics
from calfeed.ledger.restore import known_of, restore
from calfeed.ledger.revision import Revision
from calfeed.ledger.store import Store
from calfeed.ledger.told import Floor
from calfeed.model import Change, Rule, Standing
from tests.builders import (
    CREATED,
    STAMP,
    a_feed,
    a_revision,
    a_site,
    an_event,
    an_override,
    an_update,
    at,
)
from tests.ledger.telling import SUMMIT, WORKSHOP, a_publication, the_first, told_again

Open = Callable[..., Store]
LATER = STAMP + timedelta(hours=1)


def feed_of(*revisions: Revision, variant: Variant | None = None) -> bytes:
    """Return the feed that subscribers have of *revisions*."""
    return ics.render(a_feed(*revisions), variant or Variant(language="en"), site=a_site())


def vevent(*lines: str) -> bytes:
    """Return a feed with one event of these lines."""
    written = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", "")
    return "\r\n".join(written).encode()


@pytest.mark.parametrize(
    "variant",
    [
        pytest.param(Variant(language="en"), id="the plain one"),
        pytest.param(Variant(language="fr", show=Show.VISIBLE), id="another language"),
        pytest.param(Variant(language="en", utc=True), id="in UTC"),
    ],
)
def test_a_feed_tells_keys_uids_and_numbers(variant: Variant) -> None:
    told = told_again(SUMMIT, sequence=4)

    known = known_of({"all.ics": feed_of(told, WORKSHOP, variant=variant)})

    assert known.pins == {"summit": SUMMIT.uid, "workshop": WORKSHOP.uid}
    assert known.floors == {
        SUMMIT.uid: Floor(sequence=4, stamp=LATER, created=CREATED),
        WORKSHOP.uid: Floor(sequence=0, stamp=STAMP, created=CREATED),
    }


def test_a_series_is_known_once_with_its_overrides() -> None:
    rule = Rule(rrule="FREQ=MONTHLY;BYDAY=1TU", days=(date(2021, 9, 7), date(2021, 10, 5)))
    series = an_event(
        "coffee", when=at("2021-09-07 14:00", "2021-09-07 15:00"), rule=rule, initiatives=("a",)
    )
    off = Standing(off=Change.CANCELLED, reason=an_update(Change.CANCELLED))
    told = a_revision(
        replace(series, overrides=(an_override(series, "2021-10-05", off),)), sequence=2
    )

    known = known_of({"all.ics": feed_of(told)})

    assert known.pins == {"coffee": told.uid}
    assert known.floors == {told.uid: Floor(sequence=2, stamp=STAMP, created=CREATED)}


def test_of_several_feeds_the_highest_numbers_hold() -> None:
    again = told_again(SUMMIT)

    known = known_of({"new.ics": feed_of(again, WORKSHOP), "old.ics": feed_of(SUMMIT)})

    assert known.floors[SUMMIT.uid] == Floor(sequence=1, stamp=LATER, created=CREATED)
    assert len(known.floors) == 2


def test_of_two_events_that_had_one_key_the_older_keeps_it() -> None:
    younger = replace(SUMMIT, uid="a-younger-one", created=STAMP)

    assert known_of({"all.ics": feed_of(younger, SUMMIT)}).pins == {"summit": SUMMIT.uid}


def test_a_site_may_have_a_path_of_its_own() -> None:
    page = "URL:https://www.example.eu/calendar/en/events/summit/"

    assert known_of({"": vevent("UID:a", "DTSTAMP:20210923T081500Z", page)}).pins == {"summit": "a"}


@pytest.mark.parametrize(
    "page",
    [
        "https://www.example.eu/events/summit",
        "https://www.example.eu/en/events/a/summit/",
        "https://www.example.eu/en/parks/summit/",
        "",
    ],
)
def test_an_event_with_another_page_has_numbers_and_no_key(page: str) -> None:
    lines = ("UID:a", "DTSTAMP:20210923T081500Z", "SEQUENCE:3", f"URL:{page}")

    known = known_of({"feed": vevent(*lines)})

    assert known.pins == {}
    assert known.floors == {"a": Floor(sequence=3, stamp=STAMP, created=STAMP)}


def test_the_newer_of_both_stamps_holds() -> None:
    lines = ("UID:a", "DTSTAMP:20210923T081500Z", "LAST-MODIFIED:20300101T000000Z")

    known = known_of({"feed": vevent(*lines)})

    assert known.floors["a"].stamp == datetime(2030, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<!doctype html><title>Not found</title>", id="a page"),
        pytest.param(b"\x00\xff\xfe", id="bytes"),
        pytest.param(feed_of(SUMMIT)[:-15], id="cut off"),
        pytest.param(feed_of(), id="no events"),
    ],
)
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(LedgerError) as refused:
        known_of({"https://events.example.eu/feeds/all.ics": body})

    assert str(refused.value) == (
        "https://events.example.eu/feeds/all.ics: "
        "this is neither a backup nor a feed of calfeed\n"
        "Give a file that calfeed ledger backup made, or a feed, best /feeds/all.ics of the site."
    )


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(("UID:a", "SEQUENCE:1"), id="no DTSTAMP"),
        pytest.param(("UID:a", "DTSTAMP:20211301T000000Z"), id="DTSTAMP is no date"),
        pytest.param(("UID:a", "DTSTAMP:20210923T081500Z", "SEQUENCE:x"), id="SEQUENCE is none"),
        pytest.param(("UID:a", "DTSTAMP:20210923T081500Z", "SEQUENCE:-1"), id="SEQUENCE below 0"),
        pytest.param(
            ("UID:a", "DTSTAMP:20210923T081500Z", "SEQUENCE:2147483648"), id="SEQUENCE too high"
        ),
        pytest.param(
            ("UID:a", "DTSTAMP:20210923T081500Z", "SEQUENCE:1", "SEQUENCE:2"), id="SEQUENCE twice"
        ),
    ],
)
def test_an_event_without_its_numbers_is_not_passed_over(lines: tuple[str, ...]) -> None:
    with pytest.raises(LedgerError) as refused:
        known_of({"all.ics": vevent(*lines)})

    assert str(refused.value) == (
        "all.ics: its event a lacks UID, SEQUENCE or DTSTAMP, or they cannot be read\n"
        "Fetch the feed again, or give another that has this event."
    )


def test_an_event_without_uid_is_not_passed_over() -> None:
    with pytest.raises(LedgerError, match="its event without UID lacks"):
        known_of({"all.ics": vevent("DTSTAMP:20210923T081500Z")})


def test_a_lost_ledger_is_begun_from_a_feed(opened: Open, address: str) -> None:
    feed = feed_of(told_again(SUMMIT, sequence=4))

    assert restore(address, feeds={"all.ics": feed}) is None

    store = opened(address)
    told = store.read()
    assert (told.version, told.revisions) == (0, {})
    assert told.pins == {"summit": SUMMIT.uid}
    assert told.floors == {SUMMIT.uid: Floor(sequence=4, stamp=LATER, created=CREATED)}
    assert not store.is_new


def test_under_its_floor_an_event_is_not_told(opened: Open, address: str) -> None:
    restore(address, feeds={"all.ics": feed_of(told_again(SUMMIT, sequence=4))})
    store = opened(address)

    with pytest.raises(LedgerError, match="would fall from 4 to 0"):
        store.publish(the_first(SUMMIT), onto=0)

    store.publish(the_first(told_again(SUMMIT, sequence=5)), onto=0)
    assert store.read().floors.keys() == {SUMMIT.uid}


@pytest.fixture
def backup(opened: Open, path: Path, tmp_path: Path) -> Path:
    """A backup of the ledger at *path*, which has told more since."""
    store = opened(path)
    store.publish(the_first(SUMMIT, WORKSHOP), onto=0)
    store.backup(tmp_path / "monday.sqlite")
    store.publish(a_publication(told_again(SUMMIT)), onto=1)
    store.close()
    return tmp_path / "monday.sqlite"


def test_a_backup_becomes_a_ledger_with_an_id_of_its_own(
    opened: Open, backup: Path, tmp_path: Path
) -> None:
    to = tmp_path / "restored" / "ledger.sqlite"

    restore(str(to), backup=backup, feeds={})

    was, told = opened(backup).read(), opened(to).read()
    assert told.ledger_id != was.ledger_id
    assert replace(told, ledger_id=was.ledger_id) == was
    assert opened(to).rows() == opened(backup).rows()
    assert opened(to).publish(a_publication(told_again(SUMMIT)), onto=1) == 2
    assert opened(to).rows()[-1].serial == 3


def test_a_restored_ledger_is_read_while_it_is_written(
    opened: Open, backup: Path, tmp_path: Path
) -> None:
    to = tmp_path / "restored" / "ledger.sqlite"
    restore(str(to), backup=backup, feeds={})
    store = opened(to)
    store.has_changed()

    store.publish(a_publication(told_again(SUMMIT)), onto=1)

    assert to.with_name("ledger.sqlite-wal").exists()


def test_a_ledger_that_is_there_is_not_restored_over(
    opened: Open, backup: Path, path: Path
) -> None:
    for sources in ({"backup": backup}, {"backup": None}):
        with pytest.raises(LedgerError, match="there is one already"):
            restore(str(path), **sources, feeds={"all.ics": feed_of(SUMMIT)})

    assert opened(path).version() == 2


def test_what_is_replaced_is_kept_beside(opened: Open, backup: Path, path: Path) -> None:
    kept = restore(str(path), backup=backup, feeds={}, replace=True)

    assert kept is not None
    assert kept.parent == path.parent
    assert opened(path).version() == 1
    assert opened(kept).version() == 2


def test_a_damaged_ledger_is_replaced_with_what_belonged_to_it(
    opened: Open, backup: Path, path: Path
) -> None:
    path.write_bytes(b"nothing of use")
    path.with_name("ledger.sqlite-wal").write_bytes(b"of an unfinished past")

    kept = restore(str(path), backup=backup, feeds={}, replace=True)

    assert kept is not None
    assert kept.read_bytes() == b"nothing of use"
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"of an unfinished past"
    assert opened(path).version() == 1


def test_where_nothing_is_there_is_nothing_to_replace(backup: Path, tmp_path: Path) -> None:
    to = tmp_path / "restored" / "ledger.sqlite"

    assert restore(str(to), backup=backup, feeds={}, replace=True) is None

    assert to.exists()


def test_what_is_served_is_not_replaced(opened: Open, backup: Path, path: Path) -> None:
    server = opened(path)
    server.try_lock_watching()

    with pytest.raises(LedgerError) as refused:
        restore(str(path), backup=backup, feeds={}, replace=True)

    assert str(refused.value) == (
        f"ledger {path}: calfeed serve is publishing to it\n"
        "Stop that first; subscribers keep what they have."
    )
    assert server.version() == 2


def test_what_cannot_be_read_replaces_nothing(opened: Open, path: Path, tmp_path: Path) -> None:
    opened(path).publish(the_first(SUMMIT), onto=0)
    (tmp_path / "monday.sqlite").write_bytes(b"SQLite format 3\0 and no more")

    with pytest.raises(LedgerError, match="it is damaged"):
        restore(str(path), backup=tmp_path / "monday.sqlite", feeds={}, replace=True)

    assert opened(path).version() == 1


def test_with_the_feeds_an_old_backup_takes_nothing_back(
    opened: Open, backup: Path, tmp_path: Path
) -> None:
    newer = a_revision(an_event("newcomer"), sequence=1)
    feed = feed_of(told_again(SUMMIT, sequence=5), WORKSHOP, newer)
    to = tmp_path / "restored" / "ledger.sqlite"

    restore(str(to), backup=backup, feeds={"all.ics": feed})

    told = opened(to).read()
    summit = told.revisions[SUMMIT.uid]
    assert (summit.sequence, summit.stamp, summit.facts) == (5, LATER, SUMMIT.facts)
    assert summit.digest != SUMMIT.digest  # so that the next publication tells it anew
    assert told.revisions[WORKSHOP.uid] == WORKSHOP
    assert told.floors[newer.uid].sequence == 1
    assert told.pins == {one.key: one.uid for one in (SUMMIT, WORKSHOP, newer)}


def test_what_was_restored_before_is_not_taken_back_either(
    opened: Open, path: Path, tmp_path: Path
) -> None:
    restore(str(path), feeds={"new.ics": feed_of(told_again(SUMMIT, sequence=5))})
    to = tmp_path / "restored" / "ledger.sqlite"

    restore(str(to), backup=path, feeds={"old.ics": feed_of(SUMMIT)})

    assert opened(to).read().floors[SUMMIT.uid].sequence == 5


def test_a_backup_keeps_the_keys_that_it_pinned(opened: Open, backup: Path, tmp_path: Path) -> None:
    other = replace(SUMMIT, uid="of-another-ledger")
    to = tmp_path / "restored" / "ledger.sqlite"

    restore(str(to), backup=backup, feeds={"all.ics": feed_of(other)})

    assert opened(to).read().pins["summit"] == SUMMIT.uid


def test_a_replacement_is_noticed_by_who_follows(opened: Open, backup: Path, path: Path) -> None:
    follower = opened(path)
    follower.has_changed()
    known = follower.read()

    restore(str(path), backup=backup, feeds={}, replace=True)

    assert follower.has_changed()
    assert follower.read(known).ledger_id != known.ledger_id
    assert follower.read(known).version == 1
