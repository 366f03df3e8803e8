"""What is true now: an event's own fields, overlaid by each update in the order of the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from calfeed.dates import When, on_day
from calfeed.model import Change, Details, Override, Rule, Standing, Update, Venue
from calfeed.source.details import overlay

OFF = frozenset({Change.POSTPONED, Change.CANCELLED})
ON = frozenset({Change.RESCHEDULED, Change.REINSTATED})

MOVES = frozenset({Change.MOVED_ONLINE, Change.RELOCATED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One update on its way: what it gives of Details, and what it says of the date.

    ``index`` is where it stands among the updates. ``gives_date``: it has a ``when``, which is
    None for "to be announced". Where it has none, ``zone`` and ``to_be_confirmed``, if given,
    change the date that there is.
    """

    index: int
    update: Update
    fields: Mapping[str, Any] = field(default_factory=dict)
    gives_date: bool = False
    when: When | None = None
    zone: str | None = None
    to_be_confirmed: bool | None = None

    @property
    def is_of_whole(self) -> bool:
        """Whether it speaks of the event, or of the series, as a whole."""
        return self.update.occurrence is None

    def names(self, day: date) -> bool:
        """Whether it names the date of a series whose original day is *day*."""
        named = self.update.occurrence
        return named == day or (named is not None and self.update.onwards and named < day)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """An event, or one date of a series, after some of its updates.

    ``reasons`` are the updates that still say how it came to be as it is; ``has_own_date``: a
    date of a series that no longer goes with it.
    """

    details: Details
    off: Change | None = None
    online: bool = False
    old: tuple[When, ...] = ()
    reasons: tuple[Update, ...] = ()
    was_at: Venue | None = None
    has_own_date: bool = False

    def standing(self) -> Standing:
        """Return the three facts, and the update that made them."""
        old: list[When] = []
        for when in self.old:
            if not any(other and when.is_same_date(other) for other in (*old, self.details.when)):
                old.append(when)
        deciding = [update for update in self.reasons if (update.change in OFF) == bool(self.off)]
        return Standing(
            off=self.off,
            online=self.online,
            old=tuple(old),
            reason=deciding[-1] if deciding else None,
            was_at=None if self.was_at == self.details.place else self.was_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one update did: the state before it, the state after it, and itself as told."""

    step: Step
    before: State
    after: State
    update: Update


def turns_of_whole(start: State, steps: Iterable[Step]) -> list[Turn]:
    """Return what the updates did that speak of the event, or of the series, as a whole."""
    turns: list[Turn] = []
    for step in steps:
        if step.is_of_whole:
            turns.append(_turn(step, turns[-1].after if turns else start))
    return turns


def turns_of_day(day: date, start: State, steps: Iterable[Step]) -> list[Turn]:
    """Return what the updates did to the date of a series whose original day is *day*.

    *start* is the series as it was first stated. What is said of the series later reaches this
    date too, but it keeps a date of its own, and once held it is neither called off nor on.
    """
    when = start.details.when
    state = replace(start, details=replace(start.details, when=when and on_day(when, day)))
    turns: list[Turn] = []
    for step in steps:
        if step.is_of_whole:
            step = _as_reached(step, state, day)  # noqa: PLW2901 (the same, as this date sees it)
        elif not step.names(day):
            continue
        turns.append(_turn(step, state))
        state = turns[-1].after
    return turns


def overrides_of(rule: Rule, start: State, steps: Iterable[Step]) -> dict[date, list[Turn]]:
    """Return the turns of each date of the series that an update names, in their order."""
    steps = tuple(steps)
    return {
        day: turns_of_day(day, start, steps)
        for day in rule.days
        if day not in rule.leaves_out and any(step.names(day) for step in steps)
    }


def override_of(day: date, turns: list[Turn]) -> Override:
    """Return the date of a series that follows from its *turns*."""
    state = turns[-1].after
    return Override(day=day, details=state.details, standing=state.standing())


def is_first_date(change: Change, before: When | None, when: When | None) -> bool:
    """Whether *when* ends "to be announced", or gives its hour to a day that had none yet.

    A correction never does: it is nothing to be told as news.
    """
    if change is Change.CORRECTED or when is None:
        return False
    return before is None or _is_first_hour(before, when)


def _turn(step: Step, before: State) -> Turn:
    update, change = step.update, step.update.change
    when = _date_after(step, before.details.when)
    if is_first_date(change, before.details.when, when):
        update = replace(update, is_first_date=True)
    details = replace(before.details, when=when, **overlay(before.details, step.fields))
    if change is Change.MOVED_ONLINE:
        details = replace(details, place=None)
    has_own_date = not step.is_of_whole and (step.gives_date or step.zone is not None)
    after = replace(
        before,
        details=details,
        off=_off_after(change, before.off),
        online=_is_online_after(step, before),
        old=_old_after(change, before, when),
        reasons=_reasons_after(step, update, before),
        was_at=before.details.place if change in MOVES and before.details.place else before.was_at,
        has_own_date=before.has_own_date or has_own_date,
    )
    return Turn(step=step, before=before, after=after, update=update)


def _as_reached(step: Step, state: State, day: date) -> Step:
    """Return *step*, of the whole series, as it reaches the date whose original day is *day*."""
    when, change = state.details.when, step.update.change
    if change in OFF | ON and when and when.first_day < step.update.announced:
        step = replace(step, update=replace(step.update, change=Change.CORRECTED))
    if state.has_own_date:
        return replace(step, gives_date=False, when=None, zone=None)
    return replace(step, when=step.when and on_day(step.when, day))


def _date_after(step: Step, when: When | None) -> When | None:
    if step.gives_date:
        return step.when
    if when and step.zone:
        when = replace(when, zone=step.zone)
    if when and not when.is_timed and step.to_be_confirmed is not None:
        when = replace(when, to_be_confirmed=step.to_be_confirmed)
    return when


def _off_after(change: Change, off: Change | None) -> Change | None:
    if change in OFF:
        return change
    return None if change in ON else off


def _gives_place(step: Step) -> bool:
    return step.fields.get("place") is not None


def _is_online_after(step: Step, before: State) -> bool:
    if step.update.change is Change.MOVED_ONLINE:
        return True
    return before.online and not _gives_place(step)


def _old_after(change: Change, before: State, when: When | None) -> tuple[When, ...]:
    was = before.details.when
    if change is Change.CORRECTED or was is None or when is None:
        return before.old
    is_the_same = was.is_same_date(when) or _is_first_hour(was, when)
    return before.old if is_the_same else (*before.old, was)


def _reasons_after(step: Step, update: Update, before: State) -> tuple[Update, ...]:
    """Leave out what no longer describes the state: an online event that has a place again."""
    ended: set[Change] = set()
    if update.change is Change.MOVED_ONLINE or step.fields.get("place", True) is None:
        ended.add(Change.RELOCATED)
    if update.change is Change.MOVED_ONLINE or _gives_place(step):
        ended.add(Change.MOVED_ONLINE)
    kept = tuple(reason for reason in before.reasons if reason.change not in ended)
    is_idle = update.change is Change.REINSTATED and before.off is None
    return kept if is_idle or update.change is Change.CORRECTED else (*kept, update)


def _is_first_hour(before: When, when: When) -> bool:
    return before.to_be_confirmed and when.is_timed and before.first_day == when.first_day
