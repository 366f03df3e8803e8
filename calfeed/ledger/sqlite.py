"""A ledger in an SQLite file: its connections, its lock, its copies, and what its errors mean.

Every transaction has a connection of its own, so that any thread may use it, and so that a file
which was replaced, or is gone, is noticed at once instead of being written where nobody looks.
"""

import fcntl
import os
import sqlite3
from dataclasses import dataclass, field
from errno import EACCES, EPERM, EROFS
from functools import partial
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, NullPool, create_engine, event

from calfeed.ledger.database import Database, Trouble

DAMAGED = Trouble(
    what="it is damaged",
    step="Put the last backup in its place:  calfeed ledger restore BACKUP --replace",
)
_NO_LEDGER = Trouble(
    what="it is no ledger: it lacks tables that every ledger has",
    step="Is it the right file? If it was a ledger, put its last backup in its place:  "
    "calfeed ledger restore BACKUP --replace",
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
_BUSY = Trouble(
    what="another program has been writing it for too long",
    step="Try again when that one is done.",
)
_FULL = Trouble(
    what="the disk is full", step="Make room, and publish again: nothing was half written."
)
_FAILED = Trouble(
    what="the disk failed, or is full",
    step="Look at the disk, then publish again: nothing was half written.",
)
_TROUBLES = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_READONLY: _NOT_WRITABLE,
    sqlite3.SQLITE_CANTOPEN: _AWAY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _FAILED,
    sqlite3.SQLITE_ERROR: _NO_LEDGER,
}
_FORBIDDEN = {EACCES, EPERM, EROFS}


def database(path: Path, *, patience: float) -> Database:
    """Return the database in the file *path*; *patience* is how long to wait for a writer, in s."""
    engine = _engine(path, patience=patience)
    held = _Held(path=path, engine=engine)
    return Database(
        place=str(path),
        is_shared=False,
        reading=_beginning_with(engine, "BEGIN"),
        writing=_beginning_with(engine, "BEGIN IMMEDIATE"),
        mark=held.mark,
        try_lock=held.try_lock,
        copy_into=partial(_copy_into, engine),
        explain=explain,
        damaged=DAMAGED,
        close=held.close,
    )


def explain(error: BaseException) -> Trouble:
    """Return what *error* means to somebody who runs calfeed."""
    if isinstance(error, OSError):
        if error.errno in _FORBIDDEN:
            return _NOT_WRITABLE
        return Trouble(what=error.strerror or str(error), step=_AWAY.step)
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return _TROUBLES.get(code & 0xFF, DAMAGED)  # the low byte: what kind of error it is


def write_ahead(path: Path) -> None:
    """Let the file *path* be read while it is written; it remembers this itself."""
    with _engine(path, patience=0).connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")


def _engine(path: Path, *, patience: float) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{_way(path)}",
            uri=True,
            timeout=patience,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    return create_engine("sqlite://", creator=connect, poolclass=NullPool)


def _way(path: Path) -> str:
    """Return how to open the file *path*, so that none is made by opening it.

    A reader makes files of its own beside one that is read while it is written. Where it may not,
    and no writer has made them, nobody writes, and it can do without: a server starts on a disk
    that has become read-only.
    """
    may_write = all(os.access(one, os.W_OK, effective_ids=True) for one in (path, path.parent))
    is_written = path.with_name(f"{path.name}-wal").exists()
    return "mode=rw" if may_write or is_written else "mode=ro&immutable=1"


def _beginning_with(engine: Engine, statement: str) -> Engine:
    """Return *engine* with transactions that begin so: the driver would begin them late."""
    beginning = engine.execution_options()

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    event.listen(beginning, "begin", begin)
    return beginning


def _copy_into(engine: Engine, draft: Path) -> None:
    """Fill the empty file *draft* with the database as it is now, whoever writes it meanwhile.

    All of it is read for that, so that a damaged one is noticed.
    """
    with engine.connect() as connection:
        connection.exec_driver_sql("VACUUM INTO ?", (str(draft),))


@dataclass(slots=True, kw_only=True)
class _Held:
    """What is held of a file while it is open: a connection to watch it by, and the lock."""

    path: Path
    engine: Engine
    _guard: Lock = field(default_factory=Lock)
    _watching: Connection | None = None
    _identity: tuple[object, ...] = ()
    _lock: int | None = None

    def mark(self) -> object:
        """Return what differs after another connection's commit, or for another file."""
        with self._guard:
            status, way = self.path.stat(), _way(self.path)
            identity = (status.st_dev, status.st_ino, way)
            if self._watching is None or identity != self._identity:
                self._stop_watching()
                self._watching = self.engine.connect()
                self._identity = identity
            # kept open, for data_version compares with what this very connection saw; the plain
            # engine begins no transaction, so that it sees what is there now
            version = self._watching.exec_driver_sql("PRAGMA data_version").scalar_one()
            return identity, status.st_mtime_ns, version

    def try_lock(self) -> bool:
        """Take the lock that one process at a time has, until it ends; return whether it has it."""
        with self._guard:
            try:
                if self._lock is None:
                    self._lock = _locked(self.path.with_name(f"{self.path.name}.watched"))
            except OSError as error:
                if error.errno not in _FORBIDDEN:
                    raise
                return True  # nobody can write here: whoever publishes is told so
            return self._lock is not None

    def close(self) -> None:
        """Let go of the file."""
        with self._guard:
            self._stop_watching()
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None

    def _stop_watching(self) -> None:
        if self._watching is not None:
            self._watching.close()
            self._watching = None


def _locked(path: Path) -> int | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
