"""The numbers of the next telling: SEQUENCE and stamp only ever grow."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from calfeed.ledger.revision import Revision
from calfeed.ledger.rows import Draft, number
from calfeed.ledger.told import Floor, Row
from calfeed.model import Event

LARGEST_SEQUENCE = 2_147_483_647
"""RFC 5545 §3.3.8: the largest INTEGER."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """The next revision of one UID, and the rows that say how it came about."""

    revision: Revision
    rows: tuple[Row, ...]


def moved(known: Revision, drafts: list[Draft], *, at: datetime, least: int = 0) -> Revision:
    """Return *known* with the numbers of its next telling (RFC 5545 §3.8.7.4)."""
    sequence = max(known.sequence + len(drafts), least)
    return replace(known, sequence=min(sequence, LARGEST_SEQUENCE), stamp=after(known, at))


def after(known: Revision | Floor | None, at: datetime) -> datetime:
    """Return the stamp of a telling at *at*: newer than the last one by a second at least."""
    return at if known is None else max(at, known.stamp + timedelta(seconds=1))


def with_rows(revision: Revision, drafts: list[Draft], event: Event) -> Revised:
    """Return *revision* with *drafts* as its rows, the last of them numbered as it is."""
    rows = number(
        drafts,
        uid=revision.uid,
        sequence=revision.sequence,
        stamp=revision.stamp,
        title=event.details.title,
    )
    return Revised(revision=revision, rows=rows)
