"""Records of a ledger -> what was told, within one transaction."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Table, select

from calfeed.ledger import records, tables
from calfeed.ledger.told import PictureFile, Row, Told

Value = TypeVar("Value")

FETCHED = 500
"""How many rows of the change log are fetched at once."""

BEFORE_ALL = -1
"""A version that every record is newer than."""


def read_told(connection: Connection, known: Told | None) -> Told:
    """Return all that was told; what *known* has of it already is taken from there.

    Raises:
        ValueError, TypeError, LookupError: the records are not as they were written.
    """
    [itself] = connection.execute(select(tables.ledger)).mappings()
    base = Told(ledger_id=itself["id"], version=BEFORE_ALL)
    if known and known.ledger_id == itself["id"] and known.version <= itself["version"]:
        base = known
    return base if base.version == itself["version"] else _successor(connection, base, itself)


def _successor(connection: Connection, base: Told, itself: RowMapping) -> Told:
    def since(table: Table) -> Sequence[RowMapping]:
        return _newer(connection, table, base.version)

    version = itself["version"]
    [newest] = connection.execute(
        select(tables.versions).where(tables.versions.c.number == version)
    ).mappings()
    site = since(tables.site)
    languages = {*base.languages, *(record["code"] for record in since(tables.languages))}
    return Told(
        ledger_id=itself["id"],
        namespace=UUID(itself["namespace"]) if itself["namespace"] else None,
        version=version,
        told_at=records.moment_of(newest["at"]) if version else None,
        edition=newest["edition"],
        site=records.site_of(site[0]) if site else base.site,
        site_changed=records.moment_of(site[0]["changed"]) if site else base.site_changed,
        initiatives=_merged(
            base.initiatives, since(tables.initiatives), "slug", records.initiative_of
        ),
        revisions=_merged(base.revisions, since(tables.revisions), "uid", records.revision_of),
        pins=_merged(base.pins, since(tables.pins), "key", _uid_of),
        slugs=_merged(base.slugs, since(tables.slugs), "former", _present_of),
        languages=tuple(sorted(languages)),
        floors=_merged(base.floors, since(tables.floors), "uid", records.floor_of),
        sources=newest["sources"],
        log=(*base.log, *_log(connection, base.version)),
    )


def _newer(connection: Connection, table: Table, version: int) -> Sequence[RowMapping]:
    everything = select(table)
    wanted = everything if version == BEFORE_ALL else everything.where(table.c.version > version)
    return connection.execute(wanted).mappings().all()


def _log(connection: Connection, version: int) -> Iterator[Row]:
    """Yield the rows of later versions, oldest first; they are many, so never all are fetched."""
    newer = select(tables.changes).where(tables.changes.c.version > version)
    found = connection.execute(newer.order_by(tables.changes.c.serial))
    yield from map(records.row_of, found.yield_per(FETCHED).mappings())


def _merged(
    old: Mapping[str, Value],
    newer: Sequence[RowMapping],
    key: str,
    make: Callable[[RowMapping], Value],
) -> Mapping[str, Value]:
    """Return *old* with what was made of *newer*, in the order of the keys."""
    if not newer:
        return old
    both = {**old, **{record[key]: make(record) for record in newer}}
    return MappingProxyType(both if len(both) == len(old) else dict(sorted(both.items())))


def _uid_of(record: RowMapping) -> str:
    return str(record["uid"])


def _present_of(record: RowMapping) -> str:
    return str(record["present"])


def read_rows(
    connection: Connection, *, after: int, uid: str | None, limit: int | None
) -> tuple[Row, ...]:
    """Return the rows of the change log with a serial above *after*, oldest first."""
    wanted = select(tables.changes).where(tables.changes.c.serial > after)
    if uid is not None:
        wanted = wanted.where(tables.changes.c.uid == uid)
    wanted = wanted.order_by(tables.changes.c.serial).limit(limit)
    return tuple(map(records.row_of, connection.execute(wanted).mappings()))


def read_picture(connection: Connection, name: str) -> PictureFile | None:
    """Return the picture that *name*, the first 16 digits of its SHA-256, is the name of."""
    wanted = select(tables.pictures).where(tables.pictures.c.name == name)
    record = connection.execute(wanted).mappings().first()
    return records.picture_of(record) if record else None


def was_told(connection: Connection, sources: str) -> bool:
    """Whether any publication was made from the files with this fingerprint."""
    wanted = select(tables.versions.c.number).where(tables.versions.c.sources == sources)
    return connection.execute(wanted.limit(1)).first() is not None
