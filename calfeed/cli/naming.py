"""Which event a person means: by its name in the file, a former one, or words of its title."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from calfeed.cli.report import visible
from calfeed.cli.standing import say_date
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
    step = _meant(name, stated, by_key) or "All events:  calfeed list"
    raise CalfeedError(f"there is no event {shown(name)}\n{step}")


def likely(written: str, allowed: Iterable[str], *, otherwise: str) -> str:
    """Return the question whether the one of *allowed* nearest to *written* was meant."""
    hint = did_you_mean(written, allowed)
    return f"{hint[0].upper()}{hint[1:]}" if hint else otherwise


def _meant(name: str, stated: Stated, by_key: Mapping[str, Statement]) -> str:
    """Return the question whether the event was meant that has nearly this name, or this title."""
    titles = {title: one for one in stated.statements for title in _titles(one)}
    known = {**titles, **by_key}
    near = get_close_matches(_plain(name), known, n=1)
    return f'Did you mean "{known[near[0]].event.key}"?' if near else ""


def _is_called(statement: Statement, name: str) -> bool:
    wanted = _plain(name)
    return bool(wanted) and any(wanted in title for title in _titles(statement))


def _titles(statement: Statement) -> list[str]:
    return [_plain(title) for title in statement.event.details.title.values()]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _several(name: str, found: Sequence[Statement]) -> str:
    width = max(len(one.event.key) for one in found[:_NAMED])
    lines = [f"  {one.event.key:<{width}}  {_said(one)}" for one in found[:_NAMED]]
    more = [f"  and {len(found) - _NAMED} more"] if len(found) > _NAMED else []
    return "\n".join(
        [
            f"{len(found)} events have {shown(name)} in their title",
            "Say which one, by its name in the file:",
            *lines,
            *more,
        ]
    )


def _said(statement: Statement) -> str:
    """Return the title and the date of an event, to tell it from others by."""
    event = statement.event
    title = visible(next(iter(event.details.title.values())))
    return f"{title} ({say_date(event.details.when, rule=event.rule)})"
