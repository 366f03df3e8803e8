"""A ledger that cannot be used: publication stops and says what to do, and nothing is lost."""

import os
import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from calfeed.errors import LedgerError
from calfeed.ledger.beginning import beginning_file
from calfeed.ledger.store import Store, open_ledger
from tests.builders import a_revision, an_event
from tests.ledger.telling import (
    SUMMIT,
    WORKSHOP,
    a_picture,
    a_publication,
    the_first,
    told_again,
)

Open = Callable[..., Store]
DAMAGED = """\
ledger {}: it is damaged
Put the last backup in its place:  calfeed ledger restore BACKUP --replace"""
NOT_WRITABLE = """\
ledger {}: it may not be written
Make the file and its folder writable for the user who publishes."""


@pytest.fixture
def written(path: Path) -> Path:
    """A ledger that has told a hundred events, and that nobody has open."""
    with closing(open_ledger(str(path))) as store:
        store.publish(
            the_first(*(a_revision(an_event(f"event-{number}")) for number in range(100))), onto=0
        )
    return path


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def cut_in_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def overwrite(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


def wipe_pages(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 3)
        file.write(b"\xa5" * (path.stat().st_size // 3))


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(cut_in_half, id="cut in half"),
        pytest.param(overwrite, id="something else was written over it"),
        pytest.param(wipe_pages, id="pages of it are gone"),
        pytest.param(lambda path: change(path, "DELETE FROM versions"), id="records are gone"),
        pytest.param(
            lambda path: change(path, "UPDATE site SET facts = x'7b22'"), id="facts are cut off"
        ),
        pytest.param(
            lambda path: change(path, "UPDATE revisions SET stamp = 'soon'"), id="no number"
        ),
        pytest.param(
            lambda path: change(path, "UPDATE revisions SET last_day = '2021-13-01'"), id="no day"
        ),
        pytest.param(
            lambda path: change(path, "UPDATE revisions SET key = CAST(x'ff' AS TEXT)"),
            id="no text",
        ),
    ],
)
def test_a_damaged_ledger_is_not_read(
    opened: Open, written: Path, damage: Callable[[Path], None]
) -> None:
    damage(written)

    with pytest.raises(LedgerError) as refused:
        opened(written).read()

    assert str(refused.value) == DAMAGED.format(written)


def test_what_is_damaged_while_it_is_open_is_not_written(opened: Open, written: Path) -> None:
    store = opened(written)
    told = store.read()
    wipe_pages(written)

    with pytest.raises(LedgerError) as refused:
        store.publish(a_publication(*map(told_again, told.revisions.values())), onto=1)

    assert str(refused.value) == DAMAGED.format(written)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda path: path.touch(), id="an empty file"),
        pytest.param(
            lambda path: change(path, "CREATE TABLE bookmarks (title TEXT)"),
            id="the database of another application",
        ),
    ],
)
def test_a_file_that_is_no_ledger_is_not_taken_for_one(
    opened: Open, path: Path, make: Callable[[Path], None]
) -> None:
    path.parent.mkdir()
    make(path)
    before = path.read_bytes()

    with pytest.raises(LedgerError) as refused:
        opened(path)

    assert str(refused.value) == (
        f"ledger {path}: it is no ledger: it lacks tables that every ledger has\n"
        "Is it the right file? If it was a ledger, put its last backup in its place:  "
        "calfeed ledger restore BACKUP --replace"
    )
    assert path.read_bytes() == before


def test_a_folder_in_its_place_is_no_ledger(opened: Open, path: Path) -> None:
    path.mkdir(parents=True)

    with pytest.raises(LedgerError, match="it cannot be opened"):
        opened(path)


def spoil(address: str, statement: str) -> None:
    if "://" not in address:
        change(Path(address), statement)
        return
    with psycopg.connect(address) as connection:
        connection.execute(statement.encode())


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        pytest.param(
            "UPDATE ledger SET schema = 2",
            "a newer calfeed made it (schema 2, this one knows 1)\n"
            "Use that release or a newer one:  pip install --upgrade calfeed",
            id="newer",
        ),
        pytest.param(
            "UPDATE ledger SET schema = 0",
            "its schema is 0, which no release of calfeed can have made\n"
            "Put the last backup in its place:  calfeed ledger restore BACKUP --replace",
            id="older",
        ),
        pytest.param(
            "DELETE FROM ledger",
            "its schema is None, which no release of calfeed can have made\n"
            "Put the last backup in its place:  calfeed ledger restore BACKUP --replace",
            id="none",
        ),
    ],
)
def test_a_ledger_of_another_schema_is_not_used(
    opened: Open, address: str, statement: str, message: str
) -> None:
    store = opened(address)
    spoil(address, statement)

    for use in (lambda: opened(address), store.read):
        with pytest.raises(LedgerError) as refused:
            use()
        assert str(refused.value).endswith(f": {message}")
    with pytest.raises(LedgerError):
        store.publish(the_first(SUMMIT), onto=0)


def test_a_writer_that_never_ends_is_not_waited_for_for_ever(opened: Open, written: Path) -> None:
    store = opened(written, patience=0.01)
    with closing(sqlite3.connect(written, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(LedgerError) as refused:
            store.publish(a_publication(SUMMIT), onto=1)

        assert len(store.read().revisions) == 100  # a reader waits for nobody
    assert str(refused.value) == (
        f"ledger {written}: another program has been writing it for too long\n"
        "Try again when that one is done."
    )
    assert store.publish(a_publication(SUMMIT), onto=1) == 2


def test_a_folder_that_vanishes_is_not_written_where_nobody_looks(
    opened: Open, written: Path
) -> None:
    store = opened(written)
    assert store.has_changed()
    away = written.parent.with_name("away")
    written.parent.rename(away)

    for use in (
        store.read,
        store.has_changed,
        lambda: store.publish(a_publication(SUMMIT), onto=1),
        store.try_lock_watching,
    ):
        with pytest.raises(LedgerError) as refused:
            use()
        assert "Is its folder there, and may this user open and write both?" in str(refused.value)
    assert not written.parent.exists()

    away.rename(written.parent)
    assert store.publish(a_publication(SUMMIT), onto=1) == 2


def test_after_a_read_that_failed_a_follower_reads_again(opened: Open, written: Path) -> None:
    store = opened(written)
    assert store.has_changed()
    away = written.with_name("away")
    written.rename(away)
    with pytest.raises(LedgerError):
        store.read()
    away.rename(written)

    assert store.has_changed()


def test_a_file_that_was_replaced_is_noticed(opened: Open, written: Path, tmp_path: Path) -> None:
    store = opened(written)
    known = store.read()
    assert store.has_changed()
    other = tmp_path / "other" / "ledger.sqlite"
    opened(other).publish(the_first(SUMMIT, WORKSHOP), onto=0)
    other.replace(written)

    assert store.has_changed()

    assert store.read(known).revisions.keys() == {SUMMIT.uid, WORKSHOP.uid}


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """Let no file grow beyond *size* bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_takes_no_more_keeps_what_was_told(opened: Open, written: Path) -> None:
    store = opened(written)
    before = store.read()

    with at_most(written.stat().st_size + 10_000), pytest.raises(LedgerError) as refused:
        store.publish(a_publication(SUMMIT, pictures=(a_picture(bytes(4_000_000)),)), onto=1)

    assert str(refused.value) == (
        f"ledger {written}: the disk failed, or is full\n"
        "Look at the disk, then publish again: nothing was half written."
    )
    assert opened(written).read() == before
    assert store.publish(a_publication(SUMMIT), onto=1) == 2


def test_a_full_disk_keeps_what_was_told(opened: Open, written: Path) -> None:
    def fill(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    store = opened(written)
    before = store.read()
    event.listen(Pool, "connect", fill)
    try:
        with pytest.raises(LedgerError) as refused:
            store.publish(a_publication(SUMMIT, pictures=(a_picture(bytes(100_000)),)), onto=1)
    finally:
        event.remove(Pool, "connect", fill)

    assert str(refused.value) == (
        f"ledger {written}: the disk is full\n"
        "Make room, and publish again: nothing was half written."
    )
    assert opened(written).read() == before


@pytest.fixture
def public() -> Iterator[Path]:
    """A ledger in a folder that anybody may enter, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp(prefix="calfeed-test-"))
    folder.chmod(0o755)
    with closing(open_ledger(str(folder / ".calfeed" / "ledger.sqlite"))) as store:
        store.publish(the_first(SUMMIT), onto=0)
    yield folder / ".calfeed" / "ledger.sqlite"
    (folder / ".calfeed").chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def as_somebody() -> Iterator[None]:
    """Be a user whom file modes bind, as root is not."""
    before = os.geteuid()
    os.seteuid(65534 if before == 0 else before)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.mark.parametrize("folder_mode", [0o777, 0o555])
def test_a_read_only_ledger_is_served_and_not_published_to(
    opened: Open, public: Path, folder_mode: int
) -> None:
    public.chmod(0o444)
    public.parent.chmod(folder_mode)

    with as_somebody():
        store = opened(public)
        assert store.read().revisions == {SUMMIT.uid: SUMMIT}
        assert [store.has_changed(), store.has_changed()] == [True, False]
        with pytest.raises(LedgerError) as refused:
            store.publish(a_publication(WORKSHOP), onto=1)
        store.close()

    assert str(refused.value) == NOT_WRITABLE.format(public)


def test_in_a_read_only_folder_a_server_starts_and_learns_of_it_as_it_publishes(
    opened: Open, public: Path
) -> None:
    public.chmod(0o444)
    public.parent.chmod(0o555)

    with as_somebody():
        store = opened(public)
        assert store.try_lock_watching()
        with pytest.raises(LedgerError) as refused:
            store.publish(a_publication(WORKSHOP), onto=1)

    assert str(refused.value) == NOT_WRITABLE.format(public)


def test_a_writer_is_followed_from_a_folder_that_one_may_not_write(
    opened: Open, public: Path
) -> None:
    public.chmod(0o644)
    public.parent.chmod(0o755)
    with as_somebody():
        reader = opened(public)
        assert reader.has_changed()

    writer = opened(public)
    writer.has_changed()  # a server that stays
    writer.publish(a_publication(WORKSHOP), onto=1)

    with as_somebody():
        assert reader.has_changed()
        assert reader.version() == 2
        reader.close()


def test_a_ledger_that_may_not_be_begun_is_not(opened: Open, public: Path) -> None:
    public.parent.chmod(0o755)

    with as_somebody(), pytest.raises(LedgerError) as refused:
        opened(public.parent / "inner" / "ledger.sqlite")

    assert "it may not be written" in str(refused.value)


def test_a_folder_that_is_closed_while_a_ledger_begins_gets_none() -> None:
    with as_somebody():
        folder = Path(tempfile.mkdtemp(prefix="calfeed-test-"))
        path = folder / ".calfeed" / "ledger.sqlite"
        with pytest.raises(LedgerError) as refused, beginning_file(path, aside=None):
            folder.chmod(0o555)

    assert str(refused.value) == NOT_WRITABLE.format(path)
    assert not path.parent.exists()
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_ledger_that_one_may_not_read_is_not_read(opened: Open, public: Path) -> None:
    public.parent.chmod(0o755)

    with as_somebody(), pytest.raises(LedgerError, match="it cannot be opened"):
        opened(public)
