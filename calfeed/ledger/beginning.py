"""How a ledger begins: whole or not at all, and never where one was lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, Connection, insert, inspect, make_url
from sqlalchemy.exc import ArgumentError

from calfeed.errors import LedgerError
from calfeed.ledger import postgresql, records, sqlite, tables
from calfeed.ledger.database import Database, Trouble, told_error
from calfeed.ledger.told import Floor

PATIENCE = 5.0
"""Seconds to wait for another's publication before giving up."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a ledger knows from its beginning: nothing, or what was told elsewhere before."""

    pins: Mapping[str, str] = field(default_factory=dict)
    floors: Mapping[str, Floor] = field(default_factory=dict)


NOTHING = Known()


def locate(url_or_path: str) -> URL | Path:
    """Return the path of an SQLite file, or the address of a PostgreSQL database.

    Raises:
        LedgerError: it is neither.
    """
    if "://" not in url_or_path:
        return Path(url_or_path)
    try:
        url = make_url(url_or_path)
    except ArgumentError as error:
        raise told_error(url_or_path, _UNKNOWN) from error
    if url.get_backend_name() in {"postgresql", "postgres"}:
        return url
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database)
    raise told_error(url.render_as_string(hide_password=True), _UNKNOWN)


def find_or_begin(
    where: URL | Path, *, required: bool, patience: float = PATIENCE
) -> tuple[Database, bool]:
    """Return the database of the ledger, and whether the ledger was begun just now.

    Raises:
        LedgerError: it was lost, or is required and missing.
    """
    database = database_at(where, patience=patience)
    if is_there(where, database):
        return database, False
    if required or (isinstance(where, Path) and where.parent.exists()):
        raise database.error(LOST)
    try:
        begin(where, patience=patience)
    except AlreadyBegunError:
        return database, False
    return database, True


class AlreadyBegunError(LedgerError):
    """There is a ledger where one was to be begun."""


def begin(where: URL | Path, known: Known = NOTHING, *, patience: float = PATIENCE) -> None:
    """Begin a ledger that knows what is *known*, under an id of its own.

    Raises:
        AlreadyBegunError: there is one.
        LedgerError: it cannot be written.
    """
    database = database_at(where, patience=patience)
    try:
        with database.explained():
            if is_there(where, database):
                raise FileExistsError
            if isinstance(where, Path):
                with sqlite.making(where) as made:
                    _write(sqlite.database(made, patience=patience), known)
            else:
                _write(database, known)
    except FileExistsError as error:
        raise AlreadyBegunError(str(database.error(THERE))) from error


def database_at(where: URL | Path, *, patience: float) -> Database:
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


def _write(database: Database, known: Known) -> None:
    with database.explained(), database.writing.begin() as connection:
        tables.METADATA.create_all(connection, checkfirst=False)
        write_beginning(connection, known, at=datetime.now(UTC))


def write_beginning(connection: Connection, known: Known, *, at: datetime) -> None:
    """Write the records that every ledger has: version 0, made at *at*."""
    first = {"number": 0, "at": records.seconds_of(at), "sources": "", "edition": 0}
    itself = {"one": tables.ONE, "schema": tables.SCHEMA, "id": new_id(), "version": 0}
    connection.execute(insert(tables.versions), first)
    connection.execute(insert(tables.ledger), itself)
    pins = [{"key": key, "uid": uid, "version": 0} for key, uid in known.pins.items()]
    floors = [
        records.record_of_floor(uid, floor) | {"version": 0} for uid, floor in known.floors.items()
    ]
    if pins:
        connection.execute(insert(tables.pins), pins)
    if floors:
        connection.execute(insert(tables.floors), floors)


def new_id() -> str:
    """Return an id that no other ledger has: what was learnt from another is not taken for it."""
    return str(uuid4())
