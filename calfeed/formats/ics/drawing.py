"""A revision as VEVENTs, ready to stand in any feed of its variant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from calfeed.addresses import Variant
from calfeed.dates import When, on_day
from calfeed.formats.ics.component import component_lines
from calfeed.formats.ics.contentlines import fold
from calfeed.formats.ics.occurrences import Shown, shown
from calfeed.ledger.revision import Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """All VEVENTs of one UID, the zones that their times name, and the UTC instants they span."""

    body: bytes
    zones: tuple[str, ...]
    first: datetime
    last: datetime


def draw(revision: Revision, variant: Variant) -> Drawn | None:
    """Return *revision* as the feeds of *variant* show it; None if they do not.

    Depends on nothing else, so an event has the same bytes in every feed of one variant.
    The master stands before its overrides, for readers that look at the first alone.
    """
    seen = shown(revision, variant.show)
    if seen is None:
        return None
    lines = [*component_lines(revision, seen.master, seen.series, variant)]
    for override in seen.overrides:
        lines += component_lines(revision, override, None, variant)
    dates = list(_dates(seen))
    spans = [when.span() for when in dates]
    zones = {when.zone for when in dates if when.is_timed and when.zone != "UTC"}
    return Drawn(
        body=b"".join(map(fold, lines)),
        zones=() if variant.utc else tuple(sorted(zones)),
        first=min(start for start, _ in spans),
        last=max(end for _, end in spans),
    )


def _dates(seen: Shown) -> Iterator[When]:
    """The dates whose instants bound all others that the VEVENTs name."""
    yield seen.master.when
    if seen.series:
        yield on_day(seen.master.when, seen.series.days[-1])
    for override in seen.overrides:
        yield override.when
