"""examples/mirror.py keeps a mirror: run as it is, against a real server, while events change."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from calfeed.representation import Representation
from tests.house import House
from tests.readers import icalendar_reader
from tests.spine import an_entry, an_update, events_file
from tests.web.live import PATIENCE, Live, running

PROGRAM = Path(__file__).parents[1] / "examples" / "mirror.py"
FEED = "/feeds/parks.ics"
EVENTS: dict[str, Any] = {
    "garden": an_entry(),
    "pond": an_entry(title="Pond day", when="2026-12-01 10:00 to 11:00"),
    "lake": an_entry(title="Lake day", initiatives=["parks", "schools"]),
}


class Following:
    """A site that shows what its house told last; it notes how each sync was answered."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.answers: list[int] = []
        self._table = house.table()

    def move(self) -> None:
        self._table = self._table.successor(self.house.snapshot())

    def ready(self, path: str) -> Representation | None:
        return self._table.ready(path)

    def make(self, path: str) -> Representation | None:
        return self._table.make(path)

    def ask(self, path: str, query: str) -> Representation | None:
        return self._table.ask(path, query)

    def sync(self, path: str, prefer: str, token: str) -> Representation | None:
        answer = self._table.sync(path, prefer, token)
        if answer:
            self.answers.append(answer.status)
        return answer

    def missing(self, path: str) -> Representation | None:
        return self._table.missing(path)


def mirror(live: Live, folder: Path) -> bytes:
    """Run the program; return what the mirror has then."""
    file = folder / "parks.ics"
    command = [sys.executable, str(PROGRAM), f"http://127.0.0.1:{live.port}{FEED}", str(file)]
    subprocess.run(command, check=True, timeout=PATIENCE)
    return file.read_bytes()


def is_same(mirrored: bytes, live: Live) -> bool:
    """Whether another program finds the same events in the mirror as in the feed."""
    return by_uid(mirrored) == by_uid(live.ask(FEED).body)


def by_uid(calendar: bytes) -> list[str]:
    return sorted(map(repr, icalendar_reader.read(calendar)))


def test_it_is_short() -> None:
    assert len(PROGRAM.read_text(encoding="utf-8").splitlines()) <= 40


def test_it_follows_every_change(tmp_path: Path) -> None:
    house = House()
    house.publish(events_file(EVENTS))
    site = Following(house)
    with running(site) as live:
        assert is_same(mirror(live, tmp_path), live)
        assert is_same(mirror(live, tmp_path), live)
        for change in (
            {"garden": an_entry(updates=[an_update("postponed")])},
            {"lake": {**EVENTS["lake"], "initiatives": ["schools"]}},
        ):
            house.now += timedelta(hours=1)
            house.publish(events_file(EVENTS | change))
            site.move()
            assert is_same(mirror(live, tmp_path), live)
        house.told = replace(house.told, ledger_id="restored")
        site.move()
        assert is_same(mirror(live, tmp_path), live)
    assert site.answers == [200, 304, 200, 200, 409, 200]


def test_a_large_feed_comes_in_batches(tmp_path: Path) -> None:
    house = House()
    house.publish(events_file({f"event-{number}": an_entry() for number in range(501)}))
    site = Following(house)
    with running(site) as live:
        assert is_same(mirror(live, tmp_path), live)
    assert site.answers == [200, 200]
