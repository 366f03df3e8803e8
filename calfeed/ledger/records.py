"""How the values of a ledger become records of its tables, and back; pure."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from types import MappingProxyType

from pydantic import TypeAdapter
from sqlalchemy import RowMapping

from calfeed.ledger import tables
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Floor, Kind, PictureFile, Row, ToldInitiative
from calfeed.model import Initiative, Site, Text

REMEMBERED = 256
NOTHING: Mapping[str, object] = MappingProxyType({})

Record = dict[str, object]
"""One record to be written: its values by column."""


def seconds_of(moment: datetime) -> int:
    """Return an aware *moment* in whole seconds since 1970, UTC."""
    return int(moment.timestamp())


@lru_cache(REMEMBERED)  # many rows of a publication have one moment
def moment_of(seconds: int) -> datetime:
    """Return the moment, in UTC, that *seconds* since 1970 name."""
    return datetime.fromtimestamp(seconds, UTC)


def record_of_revision(revision: Revision) -> Record:
    """Return what the table of revisions keeps of *revision*."""
    return {
        "uid": revision.uid,
        "key": revision.key,
        "sequence": revision.sequence,
        "stamp": seconds_of(revision.stamp),
        "created": seconds_of(revision.created),
        "digest": revision.digest,
        "facts": revision.facts,
        "framed": revision.framed,
        "initiatives": " ".join(revision.initiatives),
        "last_day": revision.last_day and revision.last_day.isoformat(),
        "withdrawn": _seconds_if_any(revision.withdrawn),
    }


def revision_of(record: RowMapping) -> Revision:
    """Return the revision that was written as *record*, its facts not yet decoded."""
    last_day = record["last_day"]
    return Revision(
        uid=record["uid"],
        key=record["key"],
        sequence=record["sequence"],
        stamp=moment_of(record["stamp"]),
        created=moment_of(record["created"]),
        digest=record["digest"],
        facts=record["facts"],
        framed=record["framed"],
        initiatives=tuple(record["initiatives"].split()),
        last_day=None if last_day is None else date.fromisoformat(last_day),
        withdrawn=_moment_if_any(record["withdrawn"]),
    )


def record_of_row(row: Row) -> Record:
    """Return what the change log keeps of *row*, but for what the store gives."""
    return {
        "uid": row.uid,
        "kind": row.kind.value,
        "sequence": row.sequence,
        "stamp": seconds_of(row.stamp),
        "dated": seconds_of(row.dated),
        "title": _json_of(row.title),
        "initiative": row.initiative,
        "given": _json_of(row.given),
    }


def row_of(record: RowMapping) -> Row:
    """Return the row of the change log that was written as *record*."""
    return Row(
        uid=record["uid"],
        kind=Kind(record["kind"]),
        sequence=record["sequence"],
        stamp=moment_of(record["stamp"]),
        dated=moment_of(record["dated"]),
        title=_title_of(record["title"]),
        initiative=record["initiative"],
        given=json.loads(record["given"]) if record["given"] != "{}" else NOTHING,
        version=record["version"],
        serial=record["serial"],
    )


def record_of_initiative(told: ToldInitiative) -> Record:
    """Return what the table of initiatives keeps of one."""
    return {
        "slug": told.initiative.slug,
        "facts": _initiatives().dump_json(told.initiative),
        "changed": seconds_of(told.changed),
        "retired": _seconds_if_any(told.retired),
        "left": _seconds_if_any(told.left),
    }


def initiative_of(record: RowMapping) -> ToldInitiative:
    """Return the initiative that was written as *record*."""
    return ToldInitiative(
        initiative=_initiatives().validate_json(record["facts"]),
        changed=moment_of(record["changed"]),
        retired=_moment_if_any(record["retired"]),
        left=_moment_if_any(record["left"]),
    )


def record_of_site(site: Site, changed: datetime) -> Record:
    """Return what is kept of *site*, whose facts are so since *changed*."""
    return {
        "one": tables.ONE,
        "facts": _sites().dump_json(site),
        "changed": seconds_of(changed),
    }


def site_of(record: RowMapping) -> Site:
    """Return the site that was written as *record*."""
    return _sites().validate_json(record["facts"])


def record_of_floor(uid: str, floor: Floor) -> Record:
    """Return what the table of floors keeps of *uid*."""
    return {
        "uid": uid,
        "sequence": floor.sequence,
        "stamp": seconds_of(floor.stamp),
        "created": seconds_of(floor.created),
    }


def floor_of(record: RowMapping) -> Floor:
    """Return the floor that was written as *record*."""
    return Floor(
        sequence=record["sequence"],
        stamp=moment_of(record["stamp"]),
        created=moment_of(record["created"]),
    )


def record_of_picture(picture: PictureFile) -> Record:
    """Return what the table of pictures keeps of one; its name is how an address has it."""
    return {
        "sha256": picture.sha256,
        "name": picture.sha256[:16],
        "extension": picture.extension,
        "body": picture.body,
    }


def picture_of(record: RowMapping) -> PictureFile:
    """Return the picture that was written as *record*."""
    return PictureFile(sha256=record["sha256"], extension=record["extension"], body=record["body"])


@lru_cache(REMEMBERED)  # the rows of one event stand together, and most have one title
def _title_of(written: str) -> Text:
    return MappingProxyType(json.loads(written))


def _seconds_if_any(moment: datetime | None) -> int | None:
    return None if moment is None else seconds_of(moment)


def _moment_if_any(seconds: int | None) -> datetime | None:
    return None if seconds is None else moment_of(seconds)


def _json_of(data: Mapping[str, object]) -> str:
    return json.dumps(dict(data), ensure_ascii=False, separators=(",", ":"))


@cache
def _initiatives() -> TypeAdapter[Initiative]:
    return TypeAdapter(Initiative)


@cache
def _sites() -> TypeAdapter[Site]:
    return TypeAdapter(Site)
