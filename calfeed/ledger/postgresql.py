"""A ledger in a PostgreSQL database: its connections, and what its errors mean."""

from pathlib import Path

from sqlalchemy import URL, create_engine, select

from calfeed.errors import LedgerError
from calfeed.ledger import tables
from calfeed.ledger.database import Database, Trouble, told_error

_NOT_WRITABLE = Trouble(
    what="it may not be written", step="Publish as a user who may write its tables."
)
_DAMAGED = Trouble(what="it is damaged", step="Restore its last backup: pg_restore.")
_TROUBLES = {
    "25": _NOT_WRITABLE,  # a transaction on a standby is read-only
    "42501": _NOT_WRITABLE,
    "53100": Trouble(
        what="the disk is full", step="Make room, and publish again: nothing was half written."
    ),
    "55P03": Trouble(
        what="another program has been writing it for too long",
        step="Try again when that one is done.",
    ),
    "42P07": Trouble(
        what="another application has tables of the same names in it",
        step="Give calfeed a database, or a schema, of its own.",
    ),
    "42": Trouble(
        what="its tables are not those of a ledger", step="Restore its last backup: pg_restore."
    ),
    "XX": _DAMAGED,
}
_NO_COPY = Trouble(
    what="a PostgreSQL database is copied by its own programs",
    step="Make a backup:  pg_dump\nPut one back:  pg_restore",
)
_AWAY = Trouble(
    what="the database does not answer", step="Is it running, and do its address and user fit?"
)


def database(url: URL, *, patience: float) -> Database:
    """Return the database at *url*; *patience* is how long to wait for a writer, in seconds.

    Raises:
        LedgerError: the driver is not installed.
    """
    place = url.render_as_string(hide_password=True)
    options = (*url.normalized_query.get("options", ()), f"-c lock_timeout={int(patience * 1000)}")
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            connect_args={
                "client_encoding": "UTF8",  # of a database in SQL_ASCII texts would be bytes
                "options": " ".join(options),
            },
        )
    except ModuleNotFoundError as error:
        raise _driver_missing(place) from error
    reading = engine.execution_options(isolation_level="REPEATABLE READ")

    def mark() -> object:
        with reading.begin() as connection:
            return connection.execute(select(tables.ledger.c.id, tables.ledger.c.version)).one()

    def copy_into(_: Path) -> None:
        raise told_error(place, _NO_COPY)

    return Database(
        place=place,
        is_shared=True,
        reading=reading,
        writing=engine,
        mark=mark,
        try_lock=lambda: True,  # several may watch: what is told is decided by the version
        copy_into=copy_into,
        explain=explain,
        damaged=_DAMAGED,
        close=engine.dispose,
    )


def explain(error: BaseException) -> Trouble:
    """Return what *error* means to somebody who runs calfeed."""
    state = getattr(error, "sqlstate", None) or ""
    return _TROUBLES.get(state) or _TROUBLES.get(state[:2]) or _AWAY


def _driver_missing(place: str) -> LedgerError:
    return told_error(
        place,
        Trouble(
            what="the driver for PostgreSQL is not installed",
            step="Install it:  pip install 'calfeed[postgresql]'",
        ),
    )
