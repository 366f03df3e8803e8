"""What only the ledger remembers of an event: told dates that the file no longer has."""

from collections.abc import Iterable
from dataclasses import replace

from calfeed.dates import When
from calfeed.model import Change, Details, Event, Override, Standing, Update


def fresh_updates(told: Event | None, event: Event) -> tuple[Update, ...]:
    """Return the updates of *event* that were not told before, in file order."""
    known = {update.identity for update in told.updates} if told else set()
    return tuple(update for update in event.updates if update.identity not in known)


def carry(told: Event, event: Event) -> Event:
    """Return *event* with the dates that were told and then edited in place as old dates.

    A date stays old once it was: deleting the update that gave it does not untell it. A series
    has no old dates of its own, only its overrides do. One that is postponed without any date
    in the file keeps the date that was told, since DTSTART is required (RFC 5545 §3.6.1).
    """
    fresh = fresh_updates(told, event)
    details, standing = event.details, event.standing
    if details.when is None and standing.off is Change.POSTPONED:
        details = replace(details, when=told.details.when)
    if not event.rule and not told.rule:
        standing = _carried(told.standing, told.details, standing, details, fresh=fresh)
    return replace(
        event, details=details, standing=standing, overrides=_overrides(told, event, fresh)
    )


def is_first_hour(told: When, when: When) -> bool:
    """Whether *when* gives its hour to a day whose time was to be confirmed: no new date."""
    return told.to_be_confirmed and when.is_timed and told.first_day == when.first_day


def is_new_date(told: When | None, when: When | None) -> bool:
    """Whether *when* begins at another moment than was *told*, and both are known."""
    if told is None or when is None:
        return False
    return not (told.starts_with(when) or is_first_hour(told, when))


def _overrides(told: Event, event: Event, fresh: tuple[Update, ...]) -> tuple[Override, ...]:
    before = {override.day: override for override in told.overrides}
    return tuple(
        _carried_override(before[override.day], override, fresh)
        if override.day in before
        else override
        for override in event.overrides
    )


def _carried_override(told: Override, override: Override, fresh: tuple[Update, ...]) -> Override:
    standing = _carried(
        told.standing,
        told.details,
        override.standing,
        override.details,
        fresh=[update for update in fresh if update.occurrence == override.day],
    )
    return replace(override, standing=standing)


def _carried(
    told: Standing, told_of: Details, standing: Standing, of: Details, *, fresh: Iterable[Update]
) -> Standing:
    if of.when is None:
        return standing
    dates = [*told.old, *standing.old]
    if is_new_date(told_of.when, of.when) and not _is_corrected(fresh):
        dates.extend([told_of.when] if told_of.when else [])
    old: list[When] = []
    for date in dates:
        if not date.is_same_date(of.when) and not any(map(date.is_same_date, old)):
            old.append(date)
    return replace(standing, old=tuple(old))


def _is_corrected(fresh: Iterable[Update]) -> bool:
    return any(update.change is Change.CORRECTED and "when" in update.given for update in fresh)
