"""How a ledger begins: whole or not at all, and never where one was lost."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, Connection, Engine, insert, inspect, make_url, update
from sqlalchemy.exc import ArgumentError

from calfeed.errors import LedgerError
from calfeed.ledger import postgresql, records, sqlite, tables
from calfeed.ledger.database import Database, Trouble, told_error
from calfeed.ledger.drafts import drafting
from calfeed.ledger.known import NOTHING, Known, write_known

PATIENCE = 5.0
"""Seconds to wait for another's publication before giving up."""

MARKER = ".calfeed"
"""The folder that says that there is a ledger, or was one."""

THERE = Trouble(
    what="there is one already",
    step="Look at it:  calfeed ledger show\n"
    "To put a backup in its place, the old one kept:  calfeed ledger restore BACKUP --replace",
)
LOST = Trouble(
    what="it is missing, and without it every event would be told again from number 0",
    step="Lost? Put a backup back:  calfeed ledger restore BACKUP\n"
    "Or what is published now:  calfeed ledger restore ADDRESS-OF-A-FEED ...\n"
    "Never published anything? Begin one:  calfeed ledger new",
)
_UNKNOWN = Trouble(
    what="this is no address of a ledger",
    step="Give a file's path, or sqlite:///PATH, or postgresql://USER@HOST/DATABASE.",
)


def locate(url_or_path: str) -> URL | Path:
    """Return the path of an SQLite file, or the address of a PostgreSQL database.

    Raises:
        LedgerError: it is neither.
    """
    if "://" not in url_or_path:
        return Path(url_or_path)
    try:
        url = make_url(url_or_path)
    except (ArgumentError, ValueError) as error:
        kind, _, _ = url_or_path.partition("://")  # the rest may have a password somewhere
        raise told_error(f"{kind}://...", _UNKNOWN) from error
    if url.get_backend_name() in {"postgresql", "postgres"}:
        return url
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database)
    raise told_error(url.render_as_string(hide_password=True), _UNKNOWN)


class AlreadyBegunError(LedgerError):
    """There is a ledger where one was to be begun."""


def begin_if_new(where: URL | Path, database: Database, *, required: bool) -> bool:
    """Begin a ledger at *where* if there never was one; return whether that was just now.

    A folder ``.calfeed`` is kept for ledgers: where it stands without its own, that one was lost.

    Raises:
        LedgerError: it was lost, or is required and missing.
    """
    if is_there(where, database):
        return False
    if required or (
        isinstance(where, Path) and where.absolute().parent.name == MARKER and where.parent.exists()
    ):
        raise database.error(LOST)
    try:
        begin(where)
    except AlreadyBegunError:
        return False  # by another program, in this very moment
    return True


def begin(where: URL | Path, known: Known = NOTHING, *, aside: Path | None = None) -> None:
    """Begin a ledger that knows what is *known*; a file that is there moves to *aside*.

    Raises:
        AlreadyBegunError: there is one, and *aside* is not given.
        LedgerError: it cannot be written.
    """
    if isinstance(where, Path):
        with beginning_file(where, aside=aside) as draft:
            _write(database_at(draft).writing, known)
        return
    with closing(database_at(where)) as database, database.explained():
        if is_there(where, database):
            raise AlreadyBegunError(str(database.error(THERE)))
        _write(database.writing, known)


def begin_as_copy(
    path: Path, source: Database, known: Known = NOTHING, *, aside: Path | None = None
) -> None:
    """Begin a ledger that has all of *source* but its id, and what is *known* beside it.

    Raises:
        AlreadyBegunError: there is one, and *aside* is not given.
        LedgerError: one of them cannot be read or written.
    """
    with beginning_file(path, aside=aside) as draft:
        with source.explained():
            source.copy_into(draft)
        with database_at(draft).writing.begin() as connection:
            connection.execute(update(tables.ledger).values(id=_new_id()))
            write_known(connection, known)


@contextmanager
def beginning_file(path: Path, *, aside: Path | None) -> Iterator[Path]:
    """Yield an empty file to begin a ledger in; done, it becomes *path*."""
    database = database_at(path)
    with database.explained():
        try:
            if not aside and is_there(path, database):
                raise FileExistsError
            with drafting(path, aside=aside) as draft:
                yield draft
                sqlite.write_ahead(draft)
        except FileExistsError as error:
            raise AlreadyBegunError(str(database.error(THERE))) from error


def database_at(where: URL | Path, *, patience: float = PATIENCE) -> Database:
    """Return the database at *where*; nothing is looked at yet."""
    if isinstance(where, Path):
        return sqlite.database(where, patience=patience)
    return postgresql.database(where, patience=patience)


def is_there(where: URL | Path, database: Database) -> bool:
    """Whether anything stands where the ledger should be, sound or not."""
    with database.explained():
        if isinstance(where, Path):
            return where.exists() or where.is_symlink()
        return inspect(database.writing).has_table(tables.ledger.name)


def _write(engine: Engine, known: Known) -> None:
    with engine.begin() as connection:
        tables.METADATA.create_all(connection, checkfirst=False)
        _write_itself(connection)
        write_known(connection, known)


def _write_itself(connection: Connection) -> None:
    now = records.seconds_of(datetime.now(UTC))
    connection.execute(
        insert(tables.versions), {"number": 0, "at": now, "sources": "", "edition": 0}
    )
    connection.execute(
        insert(tables.ledger),
        {"one": tables.ONE, "schema": tables.SCHEMA, "id": _new_id(), "version": 0},
    )


def _new_id() -> str:
    return str(uuid4())
