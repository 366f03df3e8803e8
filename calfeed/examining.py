"""All that there is to say of sources before they are published, the ledger at hand."""

from dataclasses import replace
from datetime import datetime

from calfeed.errors import Problem, SourceError
from calfeed.ledger.told import Told
from calfeed.publisher import large_feeds, would_tell
from calfeed.source.examined import Examined


def all_problems(examined: Examined, told: Told, *, now: datetime) -> tuple[Problem, ...]:
    """Return the problems of sources that were *examined*, and those against what was *told*.

    Where the sources have errors, their other events are held against the ledger all the same; of
    an event with an error it is as if it had never been told.
    """
    if examined.stated is None:
        return examined.problems
    known = {uid: one for uid, one in told.revisions.items() if one.key not in examined.faulty}
    try:
        prospect = would_tell(examined.stated, replace(told, revisions=known), now=now)
    except SourceError as error:
        return (*examined.problems, *error.problems)
    return (*prospect.warnings, *large_feeds(prospect.told, examined.stated, now))
