"""A ledger in an SQLite file: its connections, how the file is made, and what its errors mean.

Every transaction has a connection of its own, so that any thread may use it, and so that a file
which was replaced, or is gone, is noticed at once instead of being written where nobody looks.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from errno import ENOTEMPTY
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock

from sqlalchemy import Connection, Engine, NullPool, create_engine, event

from calfeed.ledger.database import Database, Trouble

DAMAGED = Trouble(
    what="it is damaged",
    step="Put the last backup in its place:  calfeed ledger restore BACKUP --replace",
)
_NOT_WRITABLE = Trouble(
    what="it may not be written",
    step="Make the file and its folder writable for the user who publishes.",
)
_AWAY = Trouble(
    what="it cannot be opened",
    step="Is its folder there, and may this user open and write both? "
    "If it is lost:  calfeed ledger restore BACKUP",
)
_TROUBLES = {
    sqlite3.SQLITE_BUSY: Trouble(
        what="another program has been writing it for too long",
        step="Try again when that one is done.",
    ),
    sqlite3.SQLITE_READONLY: _NOT_WRITABLE,
    sqlite3.SQLITE_PERM: _NOT_WRITABLE,
    sqlite3.SQLITE_CANTOPEN: _AWAY,
    sqlite3.SQLITE_FULL: Trouble(
        what="the disk is full",
        step="Make room, and publish again: nothing was half written.",
    ),
    sqlite3.SQLITE_IOERR: Trouble(
        what="the disk failed, or is full",
        step="Look at the disk, then publish again: nothing was half written.",
    ),
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_ERROR: Trouble(
        what="it is no ledger: it lacks tables that every ledger has",
        step="Is it the right file? If it was a ledger, put its last backup in its place:  "
        "calfeed ledger restore BACKUP --replace",
    ),
}


def connect(path: Path, *, patience: float) -> sqlite3.Connection:
    """Return a connection in autocommit mode; no file is ever made by it."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def database(path: Path, *, patience: float) -> Database:
    """Return the database in the file *path*; *patience* is how long to wait for a writer, in s."""
    engine = create_engine(
        "sqlite://", creator=lambda: connect(path, patience=patience), poolclass=NullPool
    )
    watch = _Watch(path=path, engine=engine)
    return Database(
        place=str(path),
        reading=_beginning_with(engine, "BEGIN"),
        writing=_beginning_with(engine, "BEGIN IMMEDIATE"),
        mark=watch.mark,
        explain=explain,
        damaged=DAMAGED,
        close=watch.close,
    )


def _beginning_with(engine: Engine, statement: str) -> Engine:
    """Return *engine* with transactions that begin so: the driver would begin them late."""
    beginning = engine.execution_options()

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    event.listen(beginning, "begin", begin)
    return beginning


@dataclass(slots=True, kw_only=True)
class _Watch:
    """Holds one connection open, because ``PRAGMA data_version`` compares with its own past."""

    path: Path
    engine: Engine
    _lock: Lock = field(default_factory=Lock)
    _connection: Connection | None = None
    _identity: tuple[int, int] = (0, 0)

    def mark(self) -> object:
        """Return what differs after another connection's commit, or for another file."""
        with self._lock:
            status = self.path.stat()
            identity = (status.st_dev, status.st_ino)
            if self._connection is None or identity != self._identity:
                self._let_go()
                self._connection = self.engine.connect()
                self._identity = identity
            # the plain engine begins no transaction, so this sees what is there now
            return identity, self._connection.exec_driver_sql("PRAGMA data_version").scalar_one()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def explain(error: BaseException) -> Trouble:
    """Return what *error* means to somebody who runs calfeed."""
    if isinstance(error, PermissionError):
        return _NOT_WRITABLE
    if isinstance(error, OSError):
        return Trouble(what=f"{error.strerror}", step=_AWAY.step)
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return _TROUBLES.get(code & 0xFF, DAMAGED)


@contextmanager
def making(path: Path) -> Iterator[Path]:
    """Yield where to make a file that then becomes *path*, whole and durable or not at all.

    Its folder, if there is none, comes into being together with it: a folder without its ledger
    is the mark of one that was lost. Only its owner may read either, for what a ledger holds is
    more than what is published.

    Raises:
        FileExistsError: there is one by now.
    """
    folder = path.parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    outside = folder if folder.exists() else folder.parent
    draft = Path(mkdtemp(dir=outside, prefix=".calfeed-draft-"))
    try:
        made = draft / path.name
        made.touch(mode=0o600)
        with closing(connect(made, patience=0)) as connection:
            # readers then never wait for a writer; the file itself remembers this
            connection.execute("PRAGMA journal_mode = WAL")
        yield made
        _sync(draft)
        if outside == folder:
            os.link(made, path)
        else:
            _rename(draft, folder)
        _sync(outside)
    finally:
        rmtree(draft, ignore_errors=True)


def _rename(draft: Path, folder: Path) -> None:
    try:
        draft.rename(folder)
    except OSError as error:
        if error.errno != ENOTEMPTY:
            raise
        raise FileExistsError(error.errno, error.strerror, str(folder)) from error


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
