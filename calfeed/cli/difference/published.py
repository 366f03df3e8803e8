"""The report of what would be told, compared with a feed that is out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from calfeed.cli.difference.report import Entry, Mark, Report, Turn, in_order, warnings_of
from calfeed.cli.difference.turns import membership, turn_of_new, why_gone
from calfeed.cli.saying import counted
from calfeed.cli.standing import say_date, side_of, state_of
from calfeed.comparing import (
    MASTER,
    Published,
    PublishedDifference,
    WhichFeed,
    compare_published,
    drawn,
)
from calfeed.ledger.revision import Revision
from calfeed.model import Change, Standing
from calfeed.publisher import Prospect
from calfeed.source.stated import Stated, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """A feed that is out: its address, which of the site's it is, and its events by UID."""

    address: str
    which: WhichFeed
    events: Mapping[str, Published]


def report_of_published(stated: Stated, prospect: Prospect, out: Out, *, day: date) -> Report:
    """Return what *prospect*, of what is *stated*, has otherwise on *day* than the feed *out*.

    A feed tells less than a ledger: what its events were before, and of which settings.
    """
    statements = {key: one for one in stated.statements for key in (one.event.key, *one.formerly)}
    found = compare_published(out.events, prospect.told, out.which, day=day)
    return Report(
        against=out.address,
        entries=in_order(_entry(one, out, statements) for one in found),
        warnings=warnings_of(prospect),
    )


def _entry(difference: PublishedDifference, out: Out, statements: Mapping[str, Statement]) -> Entry:
    before, after = difference.before, difference.after
    now = _as_published(after, out) if after else None
    shown = now if now and now.components else before
    key = after.key if after else before.key if before else ""
    return Entry(
        mark=Mark.WITHDRAWN if after is None else Mark.CHANGED if before else Mark.NEW,
        key=key or difference.uid,
        uid=difference.uid,
        title=shown.title if shown else "",
        turn=_turn(difference, now, out, statements.get(key)),
        was=before.sequence if before else None,
        becomes=difference.sequence,
        feeds=difference.feeds,
        leaves=difference.leaves,
        properties=difference.properties,
    )


def _as_published(revision: Revision, out: Out) -> Published:
    """Return *revision* as the feed would have it, to be read as it is read there."""
    return Published(
        uid=revision.uid,
        key=revision.key,
        sequence=revision.sequence,
        components=drawn(revision, out.which.variant),
    )


def _turn(
    difference: PublishedDifference, now: Published | None, out: Out, statement: Statement | None
) -> Turn:
    before, after = difference.before, difference.after
    if after is None or now is None:
        return Turn(head="withdrawn", said=(why_gone(statement),))
    if before is None:
        return turn_of_new(after.event, is_shown=True)
    if not now.components:
        return Turn(
            head="left out", said=(f"{side_of(after.event)}: not in calendars of this kind",)
        )
    if difference.leaves:
        return Turn(head=membership((), difference.leaves))
    return Turn(
        head=_head(before, now, difference, out.which.variant.language),
        said=tuple(_said(before, now, difference)),
    )


def _head(before: Published, now: Published, difference: PublishedDifference, language: str) -> str:
    was, becomes = (_states()[one.state(language)] for one in (before, now))
    if was != becomes:
        return f"{was} -> {becomes}"
    single = {one.component for one in difference.properties if one.component != MASTER}
    if single:
        return f"{counted(len(single), 'date')} of the series"
    return "edited" if before.when() == now.when() else "new date"


def _said(before: Published, now: Published, difference: PublishedDifference) -> Iterator[str]:
    was, becomes = before.when(), now.when()
    if was and becomes and was != becomes:
        yield f"{say_date(was)} -> {say_date(becomes)}"
    names = dict.fromkeys(change.name for change in difference.properties)
    yield f"changed: {', '.join(names)}"


def _states() -> Mapping[str, str]:
    """Return the words for a state by the prefix, in English, that its title has."""
    return {
        "WITHDRAWN: ": state_of(Standing(), withdrawn=True),
        "CANCELLED: ": state_of(Standing(off=Change.CANCELLED)),
        "POSTPONED: ": state_of(Standing(off=Change.POSTPONED)),
        "NEW DATE: ": "new date",
        "ONLINE: ": state_of(Standing(online=True)),
        "": state_of(Standing()),
    }
