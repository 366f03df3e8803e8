"""A ledger in PostgreSQL, where it differs from one in a file."""

import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from calfeed.errors import LedgerError
from calfeed.ledger.restore import restore
from calfeed.ledger.store import Store, open_ledger, stands
from tests.ledger.telling import SUMMIT, a_publication, the_first, told_again

pytestmark = pytest.mark.reader("postgresql")
Open = Callable[..., Store]


def run(address: str, statement: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute(statement.encode())


def test_every_server_may_watch(opened: Open, a_database: str) -> None:
    assert opened(a_database).is_shared
    assert opened(a_database).try_lock_watching()
    assert opened(a_database).try_lock_watching()


def test_it_is_copied_by_its_own_programs(opened: Open, a_database: str, tmp_path: Path) -> None:
    with pytest.raises(LedgerError) as refused:
        opened(a_database).backup(tmp_path / "monday")

    assert str(refused.value).endswith(
        ": a PostgreSQL database is copied by its own programs\n"
        "Make a backup:  pg_dump\nPut one back:  pg_restore"
    )
    assert not (tmp_path / "monday").exists()


def test_a_backup_of_a_file_is_not_put_into_it(opened: Open, a_database: str, path: Path) -> None:
    opened(path)

    with pytest.raises(LedgerError, match="a backup becomes an SQLite file, and this is none"):
        restore(a_database, backup=path, feeds={})

    assert not stands(a_database)


def test_it_is_replaced_by_its_own_programs(opened: Open, a_database: str) -> None:
    opened(a_database)

    with pytest.raises(LedgerError, match="it is replaced by the programs of PostgreSQL"):
        restore(a_database, feeds={}, replace=True)


def test_tables_of_another_application_are_left_alone(opened: Open, a_database: str) -> None:
    run(a_database, "CREATE TABLE pictures (title TEXT)")

    with pytest.raises(LedgerError) as refused:
        opened(a_database)

    assert "another application has tables of the same names in it" in str(refused.value)
    assert "Give calfeed a database, or a schema, of its own." in str(refused.value)
    assert not stands(a_database)


def test_a_schema_of_its_own_is_named_in_the_address(opened: Open, a_database: str) -> None:
    run(a_database, "CREATE TABLE pictures (title TEXT)")
    run(a_database, "CREATE SCHEMA events")
    address = f"{a_database}&options=-csearch_path%3Devents"

    opened(address).publish(the_first(SUMMIT), onto=0)

    assert opened(address).version() == 1
    assert not stands(a_database)


def test_tables_that_are_gone_are_missed(opened: Open, a_database: str) -> None:
    store = opened(a_database)
    run(a_database, "DROP TABLE revisions")

    with pytest.raises(LedgerError, match="its tables are not those of a ledger"):
        store.read()


def test_facts_that_were_cut_off_are_damage(opened: Open, a_database: str) -> None:
    store = opened(a_database)
    store.publish(the_first(SUMMIT), onto=0)
    run(a_database, "UPDATE site SET facts = '{'")

    with pytest.raises(LedgerError, match="it is damaged\nRestore its last backup: pg_restore"):
        store.read()


def test_a_standby_is_served_and_not_published_to(opened: Open, a_database: str) -> None:
    opened(a_database).publish(the_first(SUMMIT), onto=0)
    run(a_database, "ALTER ROLE calfeed SET default_transaction_read_only = on")
    try:
        store = opened(a_database)
        assert store.version() == 1
        with pytest.raises(LedgerError, match="it may not be written"):
            store.publish(a_publication(told_again(SUMMIT)), onto=1)
    finally:
        with psycopg.connect(a_database, options="-c default_transaction_read_only=off") as mend:
            mend.execute("ALTER ROLE calfeed RESET default_transaction_read_only")


def test_a_writer_that_never_ends_is_not_waited_for_for_ever(opened: Open, a_database: str) -> None:
    store = opened(a_database, patience=0.01)
    with psycopg.connect(a_database) as other:
        other.execute("UPDATE ledger SET version = version")

        with pytest.raises(LedgerError, match="another program has been writing it for too long"):
            store.publish(the_first(SUMMIT), onto=0)

        assert store.version() == 0  # a reader waits for nobody


def test_a_server_that_is_away_says_so_without_its_password() -> None:
    with pytest.raises(LedgerError) as refused:
        open_ledger("postgres://me:secret@/events?host=/nowhere")

    assert str(refused.value) == (
        "ledger postgres://me:***@/events?host=%2Fnowhere: the database does not answer\n"
        "Is it running, and do its address and user fit?"
    )


def test_without_its_driver_one_learns_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as Python does for what is not there

    with pytest.raises(LedgerError) as refused:
        open_ledger("postgresql://localhost/events")

    assert str(refused.value) == (
        "postgresql://localhost/events: the driver for PostgreSQL is not installed\n"
        "Install it:  pip install 'calfeed[postgresql]'"
    )
