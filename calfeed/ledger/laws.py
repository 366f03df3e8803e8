"""What no publication may do to a ledger, whoever decided it; pure.

Deciding keeps these laws by itself: here they are held once more, at the last moment, so that a
defect elsewhere is an error message and not a calendar that no subscriber updates any more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from calfeed.ledger.numbering import LARGEST_SEQUENCE
from calfeed.ledger.told import Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The SEQUENCE and the stamp under which a UID may not be told again."""

    sequence: int
    stamp: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What was told before a publication, as far as the laws ask for it."""

    namespace: UUID | None
    numbers: Mapping[str, Numbers]
    pins: Mapping[str, str]


def broken_laws(publication: Publication, before: Before) -> tuple[str, ...]:
    """Return what *publication* would break, one sentence each; nothing when all is well."""
    return (*_falling_numbers(publication, before), *_moved_names(publication, before))


def _falling_numbers(publication: Publication, before: Before) -> Iterator[str]:
    for revision in publication.revisions:
        uid, told = revision.uid, before.numbers.get(revision.uid)
        if not 0 <= revision.sequence <= LARGEST_SEQUENCE:
            yield f"SEQUENCE of {uid} would be {revision.sequence}"
        if told and revision.sequence < told.sequence:
            yield f"SEQUENCE of {uid} would fall from {told.sequence} to {revision.sequence}"
        if told and revision.stamp < told.stamp:
            yield f"DTSTAMP of {uid} would go back from {told.stamp} to {revision.stamp}"


def _moved_names(publication: Publication, before: Before) -> Iterator[str]:
    for key, uid in publication.pins.items():
        if before.pins.get(key, uid) != uid:
            yield f'the UID of "{key}" would change from {before.pins[key]} to {uid}'
    namespace = publication.namespace
    if namespace and before.namespace not in {None, namespace}:
        yield f"the namespace of UIDs would change from {before.namespace} to {namespace}"
