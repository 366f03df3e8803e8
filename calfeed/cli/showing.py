"""How ``calfeed ledger show`` shows what was told: tables for people, data for programs."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from difflib import get_close_matches

from rich.console import Console
from rich.table import Table

from calfeed.cli.saying import WORDS
from calfeed.cli.standing import state_of
from calfeed.errors import CalfeedError
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Row, Told

Data = dict[str, object]
"""What becomes one JSON object."""


def find(told: Told, event: str) -> Revision:
    """Return what was told of *event*, which is a key, a former key or a UID.

    Raises:
        CalfeedError: nothing was.
    """
    revision = told.revisions.get(told.pins.get(event, event))
    if revision is None:
        near = get_close_matches(event, told.pins, n=1)
        hint = f'Did you mean "{near[0]}"?' if near else "All events:  calfeed ledger show"
        raise CalfeedError(f'nothing was ever told of an event "{event}"\n{hint}')
    return revision


def extent(told: Told) -> str:
    """Return in a few words how much *told* holds."""
    if told.told_at is None:
        known = len(told.floors)
        return "nothing told yet" + (
            f", but the numbers of {known} events are known" if known else ""
        )
    return f"version {told.version}, told {_moment(told.told_at)}, {len(told.revisions)} events"


def print_ledger(told: Told, console: Console) -> None:
    """Print every event with its state and its numbers, and how many there are of each."""
    counts = Counter(map(_state, told.revisions.values()))
    details = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
    console.print(extent(told) + (f" ({details})" if details else ""), markup=False)
    if not told.revisions:
        return
    table = _table("event", "state", "SEQUENCE", "DTSTAMP", "last day", "initiatives")
    for revision in sorted(told.revisions.values(), key=lambda one: (one.key, one.uid)):
        table.add_row(
            revision.key,
            _state(revision),
            str(revision.sequence),
            _moment(revision.stamp),
            str(revision.last_day or "to be announced"),
            ", ".join(revision.initiatives),
        )
    console.print(table)


def print_event(revision: Revision, rows: Sequence[Row], console: Console) -> None:
    """Print all that was told of one event, oldest first."""
    title = next(iter(revision.event.details.title.values()))
    console.print(f"{revision.key}: {title}", f"UID {revision.uid}", sep="\n", markup=False)
    table = _table("row", "version", "what", "SEQUENCE", "DTSTAMP", "dated")
    for row in rows:
        table.add_row(
            str(row.serial),
            str(row.version),
            f"{WORDS[row.kind]} {row.initiative or ''}".rstrip(),
            str(row.sequence),
            _moment(row.stamp),
            _moment(row.dated),
        )
    console.print(table)


def data(told: Told) -> Data:
    """Return all that ``print_ledger`` shows, and the ids, for a program."""
    return {
        "id": told.ledger_id,
        "namespace": told.namespace and str(told.namespace),
        "version": told.version,
        "told_at": told.told_at and told.told_at.isoformat(),
        "edition": told.edition,
        "events": [_event_data(revision) for revision in told.revisions.values()],
    }


def event_data(revision: Revision, rows: Sequence[Row]) -> Data:
    """Return all that ``print_event`` shows, for a program."""
    return {**_event_data(revision), "rows": [_row_data(row) for row in rows]}


def _event_data(revision: Revision) -> Data:
    return {
        "key": revision.key,
        "uid": revision.uid,
        "title": dict(revision.event.details.title),
        "state": _state(revision),
        "sequence": revision.sequence,
        "stamp": revision.stamp.isoformat(),
        "created": revision.created.isoformat(),
        "last_day": revision.last_day and revision.last_day.isoformat(),
        "withdrawn": revision.withdrawn and revision.withdrawn.isoformat(),
        "initiatives": list(revision.initiatives),
    }


def _row_data(row: Row) -> Data:
    return {
        "serial": row.serial,
        "version": row.version,
        "kind": row.kind.value,
        "sequence": row.sequence,
        "stamp": row.stamp.isoformat(),
        "dated": row.dated.isoformat(),
        "initiative": row.initiative,
        "given": dict(row.given),
    }


def _state(revision: Revision) -> str:
    return state_of(revision.event.standing, withdrawn=revision.withdrawn is not None)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
