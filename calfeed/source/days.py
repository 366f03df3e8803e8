"""Checks against the calendar: days that have not come yet, and what has waited for long."""

from collections.abc import Iterable, Iterator
from datetime import date

from calfeed.commands import command
from calfeed.errors import Place, Problem
from calfeed.model import Change, Standing
from calfeed.source.stated import Statement

LONG_POSTPONED = 90
"""After how many days without a new date an editor is reminded of a postponed event."""


def check_days(statements: Iterable[Statement], *, today: date) -> Iterator[Problem]:
    """Yield an error for each day that is told as past and has not come; drafts may wait."""
    for statement in statements:
        event = statement.event
        if statement.draft:
            continue
        if event.published and event.published > today:
            yield _too_early("E207", "published", event.published, statement.place("published"))
        for index, update in enumerate(event.updates):
            if update.announced > today:
                where = statement.place("updates", index, "announced")
                yield _too_early("E202", "announced", update.announced, where)


def remind(statements: Iterable[Statement], *, today: date) -> Iterator[Problem]:
    """Yield a reminder for each event that an editor seems to have forgotten."""
    for statement in statements:
        event = statement.event
        if statement.draft:
            continue
        when, standing = event.details.when, event.standing
        if when and when.to_be_confirmed and not standing.off:
            last = event.last_day(when.zone)
            if last and last < today:
                yield _never_confirmed(last, statement)
        if _is_long_postponed(standing, today):
            yield _long_postponed(standing, statement, today)
        for override in event.overrides:
            if _is_long_postponed(override.standing, today):
                yield _long_postponed(override.standing, statement, today, override.day)


def _too_early(code: str, key: str, day: date, where: Place) -> Problem:
    return Problem(
        code=code,
        message=f"{day} has not come yet",
        place=where,
        hint=f'"{key}" is the day on which you told the public',
        help=("is it not to be known before? then write  draft: true  until that day",),
    )


def _never_confirmed(last: date, statement: Statement) -> Problem:
    return Problem(
        code="R501",
        message=f'the time of "{statement.event.key}" was never confirmed',
        place=statement.place("time_to_be_confirmed", of="key"),
        hint=f"it was on {last}",
        help=("did it take place? then add its hour by an update, or remove this line",),
    )


def _is_long_postponed(standing: Standing, today: date) -> bool:
    if standing.off is not Change.POSTPONED or standing.reason is None:
        return False
    return (today - standing.reason.announced).days > LONG_POSTPONED


def _long_postponed(
    standing: Standing, statement: Statement, today: date, day: date | None = None
) -> Problem:
    key, updates = statement.event.key, statement.event.updates
    index = next(
        (index for index, update in enumerate(updates) if update == standing.reason), len(updates)
    )
    days = (today - standing.reason.announced).days if standing.reason else 0
    which = ("--occurrence", str(day)) if day else ()
    return Problem(
        code="R502",
        message=f'"{key}" has been postponed for {days} days',
        place=statement.place("updates", index, of="entry"),
        hint="has a new date been found?",
        help=(
            f"then tell it:\n{command(Change.RESCHEDULED, key, None, *which)}",
            f"will there be none?\n{command(Change.CANCELLED, key, None, *which)}",
        ),
    )
