"""Builders of publications: what tests tell a ledger."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Kind, PictureFile, Publication, Row, ToldInitiative
from calfeed.model import Initiative
from tests.builders import NAMES, SITE_URL, STAMP, a_revision, a_site, an_event

NAMESPACE = uuid5(NAMESPACE_URL, SITE_URL)
SUMMIT = a_revision(an_event("summit"))
WORKSHOP = a_revision(an_event("workshop"))


def a_row(revision: Revision, kind: Kind = Kind.NEW, **facts: Any) -> Row:
    """Return the row that says how *revision* came about."""
    facts.setdefault("title", revision.event.details.title)
    return Row(
        uid=revision.uid,
        kind=kind,
        sequence=revision.sequence,
        stamp=revision.stamp,
        dated=revision.stamp,
        **facts,
    )


def a_publication(*revisions: Revision, **facts: Any) -> Publication:
    """Return the publication that tells *revisions*, with a row and a pin for each."""
    facts.setdefault("at", STAMP)
    facts.setdefault("sources", "0123abcd")
    facts.setdefault("edition", 1)
    facts.setdefault("rows", tuple(map(a_row, revisions)))
    facts.setdefault("pins", {revision.key: revision.uid for revision in revisions})
    return Publication(revisions=revisions, **facts)


def the_first(*revisions: Revision, **facts: Any) -> Publication:
    """Return the publication that begins a site with *revisions*."""
    facts.setdefault("namespace", NAMESPACE)
    facts.setdefault("site", a_site())
    facts.setdefault("languages", ("de", "en"))
    facts.setdefault("initiatives", (an_initiative("living-in-eu"),))
    return a_publication(*revisions, **facts)


def an_initiative(slug: str, **facts: Any) -> ToldInitiative:
    """Return an initiative as it was told."""
    return ToldInitiative(
        initiative=Initiative(slug=slug, name=NAMES.get(slug, {"en": slug})),
        changed=STAMP,
        **facts,
    )


def a_picture(body: bytes = b"\xff\xd8 a picture") -> PictureFile:
    """Return a picture with *body*."""
    return PictureFile(sha256=sha256(body).hexdigest(), extension="jpg", body=body)


def told_again(revision: Revision, **changes: Any) -> Revision:
    """Return *revision* as it is told the next time."""
    changes.setdefault("sequence", revision.sequence + 1)
    changes.setdefault("stamp", revision.stamp + timedelta(hours=1))
    return replace(revision, **changes)
