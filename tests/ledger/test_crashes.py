"""Nothing of the ledger is lost by a crash at any point, and no law is broken by one."""

import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from calfeed.errors import LedgerError
from calfeed.ledger.applying import applied
from calfeed.ledger.revision import Revision
from calfeed.ledger.store import Store, open_ledger
from calfeed.ledger.told import Publication, Told
from tests.builders import a_revision, an_event
from tests.ledger.telling import SUMMIT, WORKSHOP, a_publication, the_first, told_again

KILLED = """
import os, signal, sys
from sqlalchemy import Engine, event
from calfeed.ledger.store import open_ledger
from tests.ledger.test_crashes import NEXT

path, point = sys.argv[1], sys.argv[2]
store = open_ledger(path)
done = 0

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def count(*_):
    global done
    done += 1
    if str(done) == point:
        die()

event.listen(Engine, "after_cursor_execute", count)
event.listen(Engine, "commit", die if point == "before the commit" else lambda _: None)
store.publish(NEXT, onto=1)
if point == "after the commit":
    die()
print(done)
"""
NEXT = a_publication(told_again(SUMMIT), told_again(WORKSHOP), sources="next")


def publish_and_die(path: Path, point: str) -> subprocess.CompletedProcess[str]:
    """Publish NEXT in another process, which is killed at *point*."""
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(path), point],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def statements() -> int:
    """How many statements the publication of NEXT takes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ".calfeed" / "ledger.sqlite"
        begin(path)
        return int(publish_and_die(path, "never").stdout)


def begin(path: Path) -> None:
    with closing(open_ledger(str(path))) as store:
        store.publish(the_first(SUMMIT, WORKSHOP), onto=0)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_killed_within_a_publication_a_publisher_has_told_nothing(
    path: Path, statements: int, share: float
) -> None:
    begin(path)

    died = publish_and_die(path, str(1 + round(share * (statements - 1))))

    assert died.returncode == -signal.SIGKILL, died.stderr
    with closing(open_ledger(str(path))) as store:
        assert store.read().revisions == {one.uid: one for one in (SUMMIT, WORKSHOP)}
        assert len(store.rows()) == 2
        assert store.publish(NEXT, onto=1) == 2


@pytest.mark.parametrize(("point", "version"), [("before the commit", 1), ("after the commit", 2)])
def test_killed_around_the_commit_a_publisher_has_told_nothing_or_all(
    path: Path, point: str, version: int
) -> None:
    begin(path)

    died = publish_and_die(path, point)

    assert died.returncode == -signal.SIGKILL, died.stderr
    with closing(open_ledger(str(path))) as store:
        assert store.version() == version
        assert len(store.rows()) == 2 * version
        assert store.was_told("next") == (version == 2)


# A crash at any statement, many times over: the files as they lie on the disk at that moment are
# copied away, and the copy is what the next program finds.


class CrashError(Exception):
    """The end of a process."""


@dataclass
class Life:
    """A ledger through publications and crashes, and what is known to have been told in it."""

    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="calfeed-test-")))
    number: int = 0

    @property
    def path(self) -> Path:
        """Where the ledger is since the last crash."""
        return self.folder / str(self.number) / "ledger.sqlite"

    def open(self) -> Store:
        """Return it, opened by another process as it were."""
        return open_ledger(str(self.path))

    @contextmanager
    def crashing(self, after: int) -> Iterator[None]:
        """Die after so many statements, if there are so many."""
        left = iter(range(after, -1, -1))

        def crash(*_: object) -> None:
            if next(left, None) == 0:
                shutil.copytree(self.path.parent, self.folder / str(self.number + 1))
                raise CrashError

        event.listen(Engine, "after_cursor_execute", crash)
        try:
            yield
        except CrashError:
            self.number += 1
        finally:
            event.remove(Engine, "after_cursor_execute", crash)


@dataclass(frozen=True)
class Step:
    """One publication: which of three events, how its numbers move, and when its process ends."""

    event: int
    moves: int
    seconds: int
    dies_after: int


steps = st.lists(
    st.builds(
        Step,
        event=st.integers(0, 2),
        moves=st.integers(-1, 2),
        seconds=st.integers(-1, 2),
        dies_after=st.integers(0, 30),
    ),
    min_size=1,
    max_size=8,
)
EVENTS = [a_revision(an_event(key)) for key in ("one", "two", "three")]


def the_next(told: Told, step: Step) -> Publication:
    """Return what *step* would tell, whether or not the laws allow it."""
    base = EVENTS[step.event]
    known = told.revisions.get(base.uid)
    if not told.version:
        return the_first(base)
    if known is None:
        return a_publication(base)
    return a_publication(
        told_again(
            known,
            sequence=known.sequence + step.moves,
            stamp=known.stamp + timedelta(seconds=step.seconds),
        )
    )


def keeps_the_laws(before: Told, after: Told) -> bool:
    """Whether no SEQUENCE fell, no stamp went back and no UID was lost."""

    def is_kept(old: Revision) -> bool:
        new = after.revisions.get(old.uid)
        return new is not None and new.sequence >= old.sequence and new.stamp >= old.stamp

    return (
        all(map(is_kept, before.revisions.values())) and before.pins.items() <= after.pins.items()
    )


@settings(max_examples=40)
@given(steps)
def test_whatever_is_published_and_crashes_all_or_nothing_is_told_and_nothing_taken_back(
    history: list[Step],
) -> None:
    life = Life()
    told = life.open().read()
    for step in history:
        publication = the_next(told, step)
        with closing(life.open()) as store, life.crashing(step.dies_after):
            try:
                store.publish(publication, onto=told.version)
            except LedgerError:
                assert not keeps_the_laws(told, applied(told, publication))
        with closing(life.open()) as store:
            found = store.read()
            assert found in (told, applied(told, publication))
            assert keeps_the_laws(told, found)
            serials = [row.serial for row in store.rows()]
            assert serials == sorted(set(serials))
            told = found
    shutil.rmtree(life.folder)
