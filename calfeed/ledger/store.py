"""What subscribers were told, kept: read at one moment, written in one transaction or not at all.

The store decides nothing; it refuses what would break a promise that was made to subscribers.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from calfeed.errors import LedgerError
from calfeed.ledger import beginning, reading, sqlite, tables, writing
from calfeed.ledger.beginning import PATIENCE
from calfeed.ledger.database import Database, Trouble, told_error
from calfeed.ledger.drafts import drafting
from calfeed.ledger.laws import broken_laws
from calfeed.ledger.told import PictureFile, Publication, Row, Told


class Overtaken(LedgerError):  # noqa: N818 - no failure: what follows is another reconciliation
    """Another publisher wrote meanwhile: read again, and decide anew."""


def open_ledger(
    url_or_path: str, *, required: bool = False, begin: bool = False, patience: float = PATIENCE
) -> "Store":
    """Return the ledger at *url_or_path*, begun if there was none.

    *required*: it must be there. *begin*: it must not; this is how one is begun where a ledger
    was lost. *patience* is how many seconds to wait while another program writes.

    Raises:
        LedgerError: it is lost, unreadable, of another schema, or no ledger.
    """
    where = beginning.locate(url_or_path)
    if begin:
        beginning.begin(where)
    database = beginning.database_at(where, patience=patience)
    try:
        is_new = beginning.begin_if_new(where, database, required=required) or begin
        store = Store(database, is_new=is_new)
        store.version()  # so that whatever is wrong with it is said here
    except LedgerError:
        database.close()
        raise
    return store


def stands(url_or_path: str) -> bool:
    """Whether there is anything where the ledger should be, sound or not.

    Raises:
        LedgerError: the database does not answer, or this is no address of a ledger.
    """
    where = beginning.locate(url_or_path)
    with closing(beginning.database_at(where)) as database:
        return beginning.is_there(where, database)


class Store:
    """One ledger, open: any thread may use it, each call has a transaction of its own."""

    def __init__(self, database: Database, *, is_new: bool = False) -> None:
        self.place = database.place
        self.is_new = is_new
        self._database = database
        self._seen: object = None

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    @property
    def is_shared(self) -> bool:
        """Whether publishers on several machines may write it: a database server, no file."""
        return self._database.is_shared

    def try_lock_watching(self) -> bool:
        """Become the one process that watches the sources; return whether this is the one.

        It stays so until it closes the store, or ends in whatever way. Publishing needs no lock.
        """
        with self._database.explained():
            return self._database.try_lock()

    def backup(self, to: Path) -> None:
        """Copy the ledger as it is at this moment into the new file *to*, whoever writes it.

        Raises:
            LedgerError: it is damaged, or *to* is there already or cannot be written.
        """
        self.version()
        try:
            with drafting(to) as draft, self._database.explained():
                self._database.copy_into(draft)
        except FileExistsError as error:
            raise told_error(str(to), _TAKEN) from error
        except OSError as error:
            raise told_error(str(to), sqlite.explain(error)) from error

    def version(self) -> int:
        """Return the number of the last publication; 0 before the first one."""
        with self._reading() as connection:
            return int(connection.execute(select(tables.ledger.c.version)).scalar_one())

    def has_changed(self) -> bool:
        """Whether somebody may have written since this was last asked, or since a read failed.

        Meant for one follower: it asks often, and reads when the answer is yes.
        """
        with self._database.explained():
            mark = self._database.mark()
        changed, self._seen = mark != self._seen, mark
        return changed

    def read(self, known: Told | None = None) -> Told:
        """Return all that was told; of what *known* has already, only what is newer is loaded.

        A revision that was not told anew is the same object as in *known*.
        """
        try:
            with self._reading() as connection:
                return reading.read_told(connection, known)
        except LedgerError:
            self._seen = None  # so that a follower tries again, though nobody writes
            raise

    def publish(self, publication: Publication, *, onto: int) -> int:
        """Write *publication*, which was decided at version *onto*; return the new version.

        An empty one writes nothing.

        Raises:
            Overtaken: the ledger has another version by now; nothing was written.
            LedgerError: it cannot be written, or may not be; nothing was.
        """
        if publication.is_empty:
            return onto
        with self._transaction(self._database.writing) as connection:
            newest = writing.read_newest(connection)
            if publication.edition < newest["edition"]:
                raise self._database.error(_outdated(publication.edition, newest["edition"]))
            if newest["version"] != onto:
                raise Overtaken(f"ledger {self.place}: another publisher wrote meanwhile")
            before = writing.read_before(connection, publication, newest)
            if broken := broken_laws(publication, before):
                raise self._database.error(_defect(broken))
            writing.write(connection, publication, version=onto + 1)
        return onto + 1

    def rows(
        self, *, after: int = 0, uid: str | None = None, limit: int | None = None
    ) -> tuple[Row, ...]:
        """Return the rows of the change log, oldest first, with a serial above *after*."""
        with self._reading() as connection:
            return reading.read_rows(connection, after=after, uid=uid, limit=limit)

    def picture(self, name: str) -> PictureFile | None:
        """Return a picture by the first 16 hex digits of its SHA-256; None if there is none."""
        with self._reading() as connection:
            return reading.read_picture(connection, name)

    def was_told(self, sources: str) -> bool:
        """Whether anything was ever told from the files that have this fingerprint."""
        with self._reading() as connection:
            return reading.was_told(connection, sources)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._transaction(self._database.reading) as connection:
            try:
                yield connection
            except (LookupError, TypeError, ValueError) as error:
                raise self._database.error(self._database.damaged) from error

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        with self._database.explained(), engine.begin() as connection:
            schema = connection.execute(select(tables.ledger.c.schema)).scalar()
            if schema != tables.SCHEMA:
                raise self._database.error(_other_schema(schema))
            yield connection


_TAKEN = Trouble(
    what="there is such a file already", step="Name another: a backup is never overwritten."
)


def _outdated(edition: int, newest: int) -> Trouble:
    return Trouble(
        what=f"a newer calfeed published it (edition {newest}, this one has {edition})",
        step="Publish with that release or a newer one; this one may go on serving.",
    )


def _other_schema(schema: int | None) -> Trouble:
    if schema is not None and schema > tables.SCHEMA:
        return Trouble(
            what=f"a newer calfeed made it (schema {schema}, this one knows {tables.SCHEMA})",
            step="Use that release or a newer one:  pip install --upgrade calfeed",
        )
    return Trouble(
        what=f"its schema is {schema}, which no release of calfeed can have made",
        step="Put the last backup in its place:  calfeed ledger restore BACKUP --replace",
    )


def _defect(broken: tuple[str, ...]) -> Trouble:
    return Trouble(
        what="; ".join(broken),
        step="Nothing was published. This is a defect of calfeed: please report it.",
    )
