"""What a ledger knows from its beginning: the numbers that were told elsewhere before."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, update

from calfeed.ledger import tables
from calfeed.ledger.records import floor_of, record_of_floor, seconds_of
from calfeed.ledger.told import Floor
from calfeed.ledger.writing import put, those


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The UID of each key, and the numbers of each UID, as subscribers have them."""

    pins: Mapping[str, str] = field(default_factory=dict)
    floors: Mapping[str, Floor] = field(default_factory=dict)


NOTHING = Known()


def higher(one: Floor, other: Floor) -> Floor:
    """Return the floor under which neither lies."""
    return Floor(
        sequence=max(one.sequence, other.sequence),
        stamp=max(one.stamp, other.stamp),
        created=min(one.created, other.created),
    )


def write_known(connection: Connection, known: Known) -> None:
    """Write what is *known* into a ledger as it begins, beside what it has already."""
    pinned = {record["key"] for record in those(connection, tables.pins, list(known.pins))}
    new = {key: uid for key, uid in known.pins.items() if key not in pinned}
    put(
        connection,
        tables.pins,
        [{"key": key, "uid": uid, "version": 0} for key, uid in new.items()],
    )
    _raise_revisions(connection, known.floors)
    _raise_floors(connection, known.floors)


def _raise_revisions(connection: Connection, floors: Mapping[str, Floor]) -> None:
    """Give the numbers that are higher to revisions, and take the digest of these.

    What was told under such numbers is not known, so the next publication tells it anew.
    """
    numbers = ("uid", "sequence", "stamp", "created")
    told = {
        record["uid"]: floor_of(record)
        for record in those(connection, tables.revisions, list(floors), *numbers)
    }
    needed = {uid: higher(floors[uid], floor) for uid, floor in told.items()}
    raised = [
        {"told": uid, "to_sequence": floor.sequence, "to_stamp": seconds_of(floor.stamp)}
        for uid, floor in needed.items()
        if (floor.sequence, floor.stamp) != (told[uid].sequence, told[uid].stamp)
    ]
    if raised:
        connection.execute(
            update(tables.revisions)
            .where(tables.revisions.c.uid == bindparam("told"))
            .values(sequence=bindparam("to_sequence"), stamp=bindparam("to_stamp"), digest=""),
            raised,
        )


def _raise_floors(connection: Connection, floors: Mapping[str, Floor]) -> None:
    lying = {
        record["uid"]: floor_of(record) for record in those(connection, tables.floors, list(floors))
    }
    raised = {uid: higher(floor, lying.get(uid, floor)) for uid, floor in floors.items()}
    put(
        connection,
        tables.floors,
        [record_of_floor(uid, floor) | {"version": 0} for uid, floor in raised.items()],
    )
