"""A database that holds a ledger, as far as SQLite and PostgreSQL differ."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from calfeed.errors import LedgerError


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a database did not do what it was asked for, and what to do about it."""

    what: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """Where a ledger is kept, and the ways in.

    ``place`` names it to people, without a password; ``is_shared``: publishers on several machines
    may write it. A transaction of ``reading`` sees one moment and waits for nobody; one of
    ``writing`` is the only one of its kind. ``mark`` differs when somebody may have written since.
    ``try_lock`` takes the lock of the one process that watches the sources. ``copy_into`` fills
    an empty file with all of it. ``explain`` says what an error of the driver means, and
    ``damaged`` what to do when records are not as they were written.
    """

    place: str
    is_shared: bool
    reading: Engine
    writing: Engine
    mark: Callable[[], object]
    try_lock: Callable[[], bool]
    copy_into: Callable[[Path], None]
    explain: Callable[[BaseException], Trouble]
    damaged: Trouble
    close: Callable[[], None]

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Raise the database's errors, and the operating system's, as what a user can act on."""
        try:
            yield
        except DBAPIError as error:
            raise self.error(self.explain(error.orig or error)) from error
        except OSError as error:
            raise self.error(self.explain(error)) from error

    def error(self, trouble: Trouble) -> LedgerError:
        """Return *trouble* as an error that names this place."""
        return told_error(f"ledger {self.place}", trouble)


def told_error(place: str, trouble: Trouble) -> LedgerError:
    """Return *trouble* at *place* as an error: what is wrong, and the next step below it."""
    return LedgerError(f"{place}: {trouble.what}\n{trouble.step}")
