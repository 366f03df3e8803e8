"""Which UID an event has: pinned when first told, never lost, never another's."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from calfeed.errors import Problem
from calfeed.ledger.told import Told
from calfeed.source.stated import Statement

LATEST = datetime.max.replace(tzinfo=UTC)


def namespace_of(told: Told, site_url: str) -> UUID:
    """Return the namespace of new UIDs: the pinned one, or at the first publication the site's."""
    return told.namespace or uuid5(NAMESPACE_URL, site_url)


def uids_of(told: Told, statements: Iterable[Statement], namespace: UUID) -> dict[str, str]:
    """Return the UID of each statement's key.

    The pin of the key, or of a former key: of several the one told first. Without a pin the
    file's own ``uid``, else UUIDv5 of the oldest key (RFC 9562 §5.5).
    """
    return {statement.event.key: _uid_of(told, statement, namespace) for statement in statements}


def problems_of(statements: Iterable[Statement], uids: Mapping[str, str]) -> list[Problem]:
    """Return a problem for each ``uid`` against its pin, and each UID that two events have."""
    problems, owners = [], dict[str, str]()
    for statement in statements:
        key = statement.event.key
        uid = uids[key]
        if statement.uid not in (None, uid):
            problems.append(_against_pin(statement, uid))
        if owners.setdefault(uid, key) != key:
            problems.append(_shared(statement, owners[uid]))
    return problems


def _uid_of(told: Told, statement: Statement, namespace: UUID) -> str:
    keys = (statement.event.key, *statement.formerly)
    pinned = dict.fromkeys(told.pins[key] for key in keys if key in told.pins)
    if pinned:
        return min(pinned, key=lambda uid: _first_told(told, uid))
    return statement.uid or str(uuid5(namespace, (*statement.formerly, statement.event.key)[0]))


def _first_told(told: Told, uid: str) -> datetime:
    known = told.revisions.get(uid) or told.floors.get(uid)
    return known.created if known else LATEST


def _against_pin(statement: Statement, uid: str) -> Problem:
    return Problem(
        code="E411",
        message=f'"{statement.event.key}" was published with another UID',
        place=statement.place("uid"),
        hint=f"subscribers know it as {uid}",
        help=("remove the line: calendars find an event again by its first UID only",),
    )


def _shared(statement: Statement, owner: str) -> Problem:
    key = statement.event.key
    return Problem(
        code="E412",
        message=f'"{key}" and "{owner}" have the same UID',
        place=statement.place("formerly" if statement.formerly else "uid"),
        hint="one UID is one event",
        help=(f'if "{key}" is a new event, remove this line; otherwise remove "{owner}"',),
    )
