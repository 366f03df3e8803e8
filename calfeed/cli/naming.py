"""Which event a person means: by its name in the file, a former one, or words of its title."""

from collections.abc import Iterable, Sequence

from calfeed.errors import CalfeedError
from calfeed.source.grammar import did_you_mean, shown
from calfeed.source.stated import Stated, Statement

_NAMED = 8
"""How many events a message names."""


def find_event(stated: Stated, name: str) -> Statement:
    """Return the event that *name* means.

    Raises:
        CalfeedError: there is none, or more than one.
    """
    by_key = {old: one for one in stated.statements for old in one.formerly}
    by_key |= {one.event.key: one for one in stated.statements}
    if name in by_key:
        return by_key[name]
    titled = [one for one in stated.statements if _is_called(one, name)]
    if len(titled) == 1:
        return titled[0]
    if titled:
        raise CalfeedError(_several(name, titled))
    step = likely(name, by_key, otherwise="All events:  calfeed list")
    raise CalfeedError(f"there is no event {shown(name)}\n{step}")


def likely(written: str, allowed: Iterable[str], *, otherwise: str) -> str:
    """Return the question whether the one of *allowed* nearest to *written* was meant."""
    hint = did_you_mean(written, allowed)
    return f"{hint[0].upper()}{hint[1:]}" if hint else otherwise


def _is_called(statement: Statement, name: str) -> bool:
    wanted = " ".join(name.casefold().split())
    titles = statement.event.details.title.values()
    return bool(wanted) and any(wanted in " ".join(title.casefold().split()) for title in titles)


def _several(name: str, found: Sequence[Statement]) -> str:
    lines = [f"  {one.event.key}" for one in found[:_NAMED]]
    more = [f"  and {len(found) - _NAMED} more"] if len(found) > _NAMED else []
    return "\n".join(
        [
            f"{len(found)} events have {shown(name)} in their title",
            "Say which one, by its name in the file:",
            *lines,
            *more,
        ]
    )
