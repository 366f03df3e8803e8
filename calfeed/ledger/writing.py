"""A publication -> records of a ledger, within one transaction that somebody else commits."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Table, delete, func, insert, select, update

from calfeed.ledger import records, tables
from calfeed.ledger.laws import Before, Numbers
from calfeed.ledger.records import Record
from calfeed.ledger.told import Publication

Value = TypeVar("Value")

AT_ONCE = 500
"""How many values one statement asks for; a database takes only so many."""


def read_newest(connection: Connection) -> RowMapping:
    """Return version and namespace of the ledger and its highest edition; others wait from now."""
    edition = select(func.max(tables.versions.c.edition)).scalar_subquery().label("edition")
    wanted = select(tables.ledger.c.version, tables.ledger.c.namespace, edition)
    [newest] = connection.execute(wanted.with_for_update(of=tables.ledger)).mappings()
    return newest


def read_before(connection: Connection, publication: Publication, newest: RowMapping) -> Before:
    """Return what was told so far of that which *publication* tells."""
    uids = [revision.uid for revision in publication.revisions]
    numbers = {
        record["uid"]: Numbers(
            sequence=record["sequence"], stamp=records.moment_of(record["stamp"])
        )
        for table in (tables.floors, tables.revisions)  # a revision is newer than its floor
        for record in those(connection, table, uids, "uid", "sequence", "stamp")
    }
    pins = those(connection, tables.pins, list(publication.pins))
    return Before(
        namespace=UUID(newest["namespace"]) if newest["namespace"] else None,
        numbers=numbers,
        pins={record["key"]: record["uid"] for record in pins},
    )


def write(connection: Connection, publication: Publication, *, version: int) -> None:
    """Write *publication* as *version*, its rows in their order."""
    itself: Record = {"version": version}
    if publication.namespace:
        itself["namespace"] = str(publication.namespace)
    connection.execute(insert(tables.versions), _record_of_version(publication, version))
    connection.execute(update(tables.ledger).values(itself))
    for table, kept in _records_of(publication):
        put(connection, table, [record | {"version": version} for record in kept])


def _record_of_version(publication: Publication, version: int) -> Record:
    return {
        "number": version,
        "at": records.seconds_of(publication.at),
        "sources": publication.sources,
        "edition": publication.edition,
    }


def _records_of(publication: Publication) -> Iterator[tuple[Table, list[Record]]]:
    if publication.site:
        yield tables.site, [records.record_of_site(publication.site, publication.at)]
    yield tables.initiatives, list(map(records.record_of_initiative, publication.initiatives))
    yield tables.revisions, list(map(records.record_of_revision, publication.revisions))
    yield tables.pins, _pairs(publication.pins, "key", "uid")
    yield tables.slugs, _pairs(publication.slugs, "former", "present")
    yield tables.languages, [{"code": code} for code in publication.languages]
    yield tables.pictures, list(map(records.record_of_picture, publication.pictures))
    yield tables.changes, list(map(records.record_of_row, publication.rows))


def _pairs(mapping: Mapping[str, str], first: str, second: str) -> list[Record]:
    return [{first: key, second: value} for key, value in mapping.items()]


def put(connection: Connection, table: Table, kept: Sequence[Record]) -> None:
    """Write records in place of those with the same keys; a row of the change log has none yet."""
    if not kept:
        return
    [key] = table.primary_key
    for some in _chunks([record[key.name] for record in kept if key.name in record]):
        connection.execute(delete(table).where(key.in_(some)))
    connection.execute(insert(table), kept)


def those(
    connection: Connection, table: Table, keys: Sequence[str], *columns: str
) -> Iterator[RowMapping]:
    """Yield the records with these keys, if they are there: all of each, or *columns* alone."""
    [key] = table.primary_key
    wanted = select(*(table.c[name] for name in columns)) if columns else select(table)
    for some in _chunks(keys):
        yield from connection.execute(wanted.where(key.in_(some))).mappings()


def _chunks(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))
