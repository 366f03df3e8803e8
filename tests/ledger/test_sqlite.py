"""A ledger in a file: its lock, its backups, and what threads and readers may do at once."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from calfeed.errors import LedgerError
from calfeed.ledger.store import Store
from tests.builders import a_revision, an_event
from tests.ledger.telling import SUMMIT, WORKSHOP, a_picture, a_publication, the_first, told_again

Open = Callable[..., Store]
WATCH = """
import sys
from calfeed.ledger.store import open_ledger
print(open_ledger(sys.argv[1]).try_lock_watching(), flush=True)
sys.stdin.read()
"""


def test_one_process_at_a_time_watches(opened: Open, path: Path) -> None:
    first, second = opened(path), opened(path)

    assert not first.is_shared
    assert first.try_lock_watching()
    assert first.try_lock_watching()  # it is the one still
    assert not second.try_lock_watching()
    assert second.publish(the_first(SUMMIT), onto=0) == 1

    first.close()
    assert second.try_lock_watching()


def test_a_process_that_was_killed_watches_no_more(opened: Open, path: Path) -> None:
    store = opened(path)
    with subprocess.Popen(
        [sys.executable, "-c", WATCH, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        assert not store.try_lock_watching()
        other.send_signal(signal.SIGKILL)

    assert store.try_lock_watching()


def test_the_thread_that_publishes_and_the_one_that_follows_share_a_store(
    opened: Open, path: Path
) -> None:
    store = opened(path)
    store.publish(the_first(SUMMIT), onto=0)
    done = threading.Event()
    problems: list[object] = []

    def follow() -> None:
        told = store.read()
        while not done.is_set():
            if store.has_changed():
                told = store.read(told)
            if told.revisions[SUMMIT.uid].sequence != told.version - 1:
                problems.append(told)

    followers = [threading.Thread(target=follow) for _ in range(2)]
    for follower in followers:
        follower.start()
    revision = SUMMIT
    for version in range(1, 40):
        revision = told_again(revision)
        store.publish(a_publication(revision), onto=version)
    done.set()
    for follower in followers:
        follower.join()

    assert not problems
    assert store.version() == 40


def test_a_backup_has_all_that_was_told(opened: Open, path: Path, tmp_path: Path) -> None:
    store = opened(path)
    store.publish(the_first(SUMMIT, pictures=(a_picture(),)), onto=0)

    store.backup(tmp_path / "kept" / "monday.sqlite")

    copy = opened(tmp_path / "kept" / "monday.sqlite")
    assert copy.read() == store.read()
    assert copy.rows() == store.rows()
    assert copy.picture(a_picture().sha256[:16]) == a_picture()
    assert [one.name for one in (tmp_path / "kept").iterdir()] == ["monday.sqlite"]


def test_a_backup_is_of_one_moment_while_others_publish(
    opened: Open, path: Path, tmp_path: Path
) -> None:
    store = opened(path)
    store.publish(the_first(SUMMIT, WORKSHOP), onto=0)
    done = threading.Event()

    def publish() -> None:
        publisher, told = opened(path), store.read()
        while not done.is_set():
            both = map(told_again, told.revisions.values())
            publisher.publish(a_publication(*both), onto=told.version)
            told = publisher.read(told)

    publishing = threading.Thread(target=publish)
    publishing.start()
    for number in range(5):
        store.backup(tmp_path / f"{number}.sqlite")
    done.set()
    publishing.join()

    for number in range(5):
        told = opened(tmp_path / f"{number}.sqlite").read()
        sequences = {revision.sequence for revision in told.revisions.values()}
        assert sequences == {told.version - 1}


def test_a_backup_is_never_overwritten(opened: Open, path: Path, tmp_path: Path) -> None:
    taken = tmp_path / "monday.sqlite"
    taken.write_text("precious")

    with pytest.raises(LedgerError) as refused:
        opened(path).backup(taken)

    assert str(refused.value) == (
        f"{taken}: there is such a file already\nName another: a backup is never overwritten."
    )
    assert taken.read_text() == "precious"


def test_a_backup_that_cannot_be_written_says_where(opened: Open, path: Path) -> None:
    store = opened(path)

    with pytest.raises(LedgerError, match=r"/proc/backup.sqlite: "):
        store.backup(Path("/proc/backup.sqlite"))


def test_a_damaged_ledger_is_not_copied(opened: Open, path: Path, tmp_path: Path) -> None:
    store = opened(path)
    many = (a_revision(an_event(f"event-{number}")) for number in range(300))
    store.publish(the_first(*many), onto=0)
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xa5" * (path.stat().st_size // 4))

    with pytest.raises(LedgerError, match="it is damaged"):
        store.backup(tmp_path / "monday.sqlite")

    assert not (tmp_path / "monday.sqlite").exists()
