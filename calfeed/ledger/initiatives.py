"""Initiatives as they are told: new, changed, retired, or left by an event."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from calfeed.ledger.told import Kind, Row, Told, ToldInitiative
from calfeed.source.stated import Stated


def tell_initiatives(
    told: Told, stated: Stated, rows: Iterable[Row], *, slugs: Mapping[str, str], at: datetime
) -> tuple[ToldInitiative, ...]:
    """Return the initiatives that differ from what was told of them.

    *slugs* has the present slugs of renamed ones: what they were called before is no initiative
    any more, only an address.
    """
    left = {row.initiative: row.stamp for row in sorted(rows, key=_by_stamp) if _is_leaving(row)}
    stated_ones = {initiative.slug: initiative for initiative in stated.initiatives}
    next_ones = []
    for slug, known in told.initiatives.items():
        if slug in slugs:
            continue
        now = known
        if slug not in stated_ones and known.retired is None:
            now = replace(now, retired=at, changed=at)
        elif slug in stated_ones and (stated_ones[slug] != known.initiative or known.retired):
            now = replace(now, initiative=stated_ones[slug], changed=at, retired=None)
        next_ones.append(replace(now, left=left.get(slug, known.left)))
    next_ones += [
        ToldInitiative(initiative=initiative, changed=at, left=left.get(slug))
        for slug, initiative in stated_ones.items()
        if slug not in told.initiatives
    ]
    return tuple(one for one in next_ones if told.initiatives.get(one.initiative.slug) != one)


def _is_leaving(row: Row) -> bool:
    return row.kind is Kind.LEFT


def _by_stamp(row: Row) -> datetime:
    return row.stamp
