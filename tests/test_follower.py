"""Ledger to site: a new version, a new day, a ledger that goes away and comes back."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from calfeed.errors import LedgerError
from calfeed.follower import Follower
from calfeed.ledger.store import Store, open_ledger
from tests.house import NOON, House, read
from tests.spine import an_entry, an_update, events_file


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = open_ledger(str(tmp_path / ".calfeed" / "ledger.sqlite"))
    yield found
    found.close()


class Clock:
    """The time, as the test says."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def publish(store: Store, house: House, **entry: object) -> None:
    onto = house.told.version
    store.publish(house.publish(events_file({"garden": an_entry(**entry)})), onto=onto)


def test_nothing_is_served_before_anything_was_told(store: Store) -> None:
    follower = Follower(store)
    assert follower.step() is False
    assert follower.table is None


def test_a_new_version_is_served_and_an_old_one_once(store: Store) -> None:
    house, follower = House(), Follower(store, clock=Clock())
    publish(store, house)
    assert [follower.step(), follower.step()] == [True, False]
    first = follower.table

    publish(store, house, updates=[an_update("postponed")])
    assert [follower.step(), follower.step()] == [True, False]

    assert first is not None
    assert follower.table is not None
    assert follower.table is not first
    assert [event.summary for event in read(follower.table, "/feeds/parks.ics")] == [
        "POSTPONED: Garden day"
    ]
    assert [event.summary for event in read(first, "/feeds/parks.ics")] == ["Garden day"]


def test_a_new_day_of_the_sites_zone_is_another_site(store: Store) -> None:
    house, clock = House(), Clock()
    follower = Follower(store, clock=clock)
    publish(store, house, when="2026-11-20")
    follower.step()
    clock.now = datetime(2026, 11, 23, 22, 59, tzinfo=UTC)
    assert follower.step() is False
    clock.now += timedelta(minutes=1)  # midnight in Brussels
    assert follower.step() is True
    clock.now -= timedelta(days=3)  # a clock set back shows no past
    assert follower.step() is False


def test_while_the_ledger_is_away_the_last_good_site_stays(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    house, follower = House(), Follower(store)
    publish(store, house)
    follower.catch_up()
    served = follower.table
    ledger = tmp_path / ".calfeed" / "ledger.sqlite"
    aside = ledger.rename(tmp_path / "aside.sqlite")

    with caplog.at_level(logging.ERROR):
        follower.catch_up()
        follower.catch_up()

    assert follower.table is served
    assert follower.trouble
    assert len(caplog.records) == 1
    with pytest.raises(LedgerError):
        follower.step()

    aside.rename(ledger)
    follower.catch_up()
    assert follower.trouble == ""
    assert follower.table is not None


def test_it_follows_in_a_thread_until_it_is_stopped(store: Store) -> None:
    seen = Event()

    class Seen(Follower):
        def step(self) -> bool:
            changed = super().step()
            if changed:
                seen.set()
            return changed

    follower = Seen(store)
    thread = follower.start()
    publish(store, House())
    assert seen.wait(20)
    assert follower.table is not None
    follower.stop()
    thread.join(20)
    assert not thread.is_alive()
