"""Events that left the sources, told anew when what frames them has changed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from calfeed.ledger.encoding import Framing
from calfeed.ledger.numbering import Revised, moved, with_rows
from calfeed.ledger.revision import (
    EDITION,
    Frame,
    Revision,
    digest,
    digest_of_instants,
    encode_frame,
)
from calfeed.ledger.rows import Draft
from calfeed.ledger.told import Kind, Told


def reissued(
    told: Told, absent: Iterator[Revision], framing: Framing, *, at: datetime, sources: str
) -> Iterator[Revised]:
    """Yield the *absent* events whose frame moved: their bytes will differ, so they say so.

    Looked at only where something that frames them has changed since they were told: *framing*,
    the edition, or the zone data that the second part of *sources* names.
    """
    if not _has_other_frames(told, framing, sources):
        return
    for known in absent:
        framed = encode_frame(_frame_today(known, framing))
        if framed != known.framed:
            drafts = [Draft(kind=Kind.REISSUED)]
            revision = replace(
                moved(known, drafts, at=at), framed=framed, digest=digest(known.facts, framed)
            )
            yield with_rows(revision, drafts, known.event)


def _has_other_frames(told: Told, framing: Framing, sources: str) -> bool:
    if told.site is None:
        return False
    names = {slug: known.initiative.name for slug, known in told.initiatives.items()}
    before = replace(framing, site=told.site, names=names)
    now = replace(framing, names={slug: framing.names[slug] for slug in names})
    same_zones = told.sources.partition("/")[2] == sources.partition("/")[2]
    return told.edition != EDITION or not same_zones or before.basis() != now.basis()


def _frame_today(known: Revision, framing: Framing) -> Frame:
    names = {slug: framing.names.get(slug, name) for slug, name in known.frame.initiatives.items()}
    return replace(
        known.frame,
        site_url=framing.site.url,
        language=framing.site.language,
        initiatives=names,
        prefix_new_date=framing.site.prefix_new_date,
        prefix_online=framing.site.prefix_online,
        instants=digest_of_instants(known.event),
        edition=EDITION,
    )
