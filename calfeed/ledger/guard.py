"""The guard against accidents: a half-saved file must not withdraw a season of events."""

from datetime import date

from calfeed.errors import GuardError
from calfeed.ledger.told import Kind, Publication, Told
from calfeed.source.stated import Stated

FEW = 3
"""As many may always go at once."""

SHARE = 10
"""More than one in ten of the coming events is an accident until somebody confirms it."""

NAMED = 5


def check_withdrawals(
    told: Told, stated: Stated, publication: Publication, *, day: date, withdraw: int | None
) -> None:
    """Return if *publication* may be told; *withdraw* confirms exactly that number of events.

    Raises:
        GuardError: no events at all where there were some, or more than three and over a tenth
            of those that lie ahead gone at once, and nobody confirmed it.
    """
    gone = [row.uid for row in publication.rows if row.kind is Kind.WITHDRAWN]
    live = [known for known in told.revisions.values() if not known.withdrawn]
    coming = [known for known in live if known.last_day is None or known.last_day >= day]
    emptied = bool(live) and all(statement.draft for statement in stated.statements)
    many = len(gone) > FEW and len(gone) * SHARE > len(coming)
    if not (emptied or many) or withdraw == len(gone):
        return
    keys = sorted(told.revisions[uid].key for uid in gone)
    raise GuardError(_message(keys, coming=len(coming), emptied=emptied, withdraw=withdraw))


def _message(keys: list[str], *, coming: int, emptied: bool, withdraw: int | None) -> str:
    named = ", ".join(keys[:NAMED]) + (
        f" and {len(keys) - NAMED} more" if len(keys) > NAMED else ""
    )
    what = (
        "the sources have no events any more"
        if emptied
        else f"{len(keys)} of {coming} coming events are gone from the sources"
    )
    said = f" (--withdraw says {withdraw})" if withdraw is not None else ""
    return (
        f"{what}: {named or 'all that were published are over'}{said}\n"
        "Nothing was published. If a file is missing or half saved, put it back.\n"
        f"If they are to be shown as WITHDRAWN:  calfeed publish --withdraw {len(keys)}"
    )
