"""What a ledger says after a publication: what its store will read back, without one."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from calfeed.ledger.told import Publication, Row, Told


def applied(told: Told, publication: Publication) -> Told:
    """Return *told* after *publication*; an empty one changes nothing."""
    if publication.is_empty:
        return told
    initiatives = {one.initiative.slug: one for one in publication.initiatives}
    revisions = {one.uid: one for one in publication.revisions}
    return replace(
        told,
        namespace=publication.namespace or told.namespace,
        version=told.version + 1,
        told_at=publication.at,
        edition=max(told.edition, publication.edition),
        site=publication.site or told.site,
        site_changed=publication.at if publication.site else told.site_changed,
        initiatives=dict(sorted({**told.initiatives, **initiatives}.items())),
        revisions=dict(sorted({**told.revisions, **revisions}.items())),
        pins=dict(sorted({**told.pins, **publication.pins}.items())),
        slugs=dict(sorted({**told.slugs, **publication.slugs}.items())),
        languages=tuple(sorted({*told.languages, *publication.languages})),
        sources=publication.sources,
        log=(*told.log, *_numbered(publication.rows, told)),
    )


def _numbered(rows: Iterable[Row], told: Told) -> Iterator[Row]:
    last = told.log[-1].serial if told.log else 0
    for serial, row in enumerate(rows, last + 1):
        yield replace(row, version=told.version + 1, serial=serial)
