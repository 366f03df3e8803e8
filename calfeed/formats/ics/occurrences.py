"""Which dates of an event a feed shows, each in its state: the VEVENTs that there are to write."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from calfeed.addresses import Show
from calfeed.dates import When, on_day
from calfeed.ledger.revision import Revision
from calfeed.model import Change, Details, Event, Rule, Standing

LEAVES_ON = {Change.REINSTATED, Change.MOVED_ONLINE, Change.RELOCATED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One VEVENT: an event, the master of a series, or one date of it (``original`` is its own).

    ``withdrawn`` is the day on which it was, if that is why it is off.
    """

    details: Details
    standing: Standing
    when: When
    withdrawn: date | None = None
    original: When | None = None
    is_series: bool = False

    @property
    def is_off(self) -> bool:
        """Whether it will not take place as planned."""
        return self.withdrawn is not None or self.standing.off is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The dates of a series by their original days, from DTSTART's on, and those left out."""

    rrule: str
    days: tuple[date, ...]
    leaves_out: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one variant shows of one revision: the event or its master, then single dates."""

    master: Occurrence
    series: Series | None = None
    overrides: tuple[Occurrence, ...] = ()


def shown(revision: Revision, show: Show) -> Shown | None:
    """Return what a feed shows of *revision*; None while there is nothing to show."""
    event = revision.event
    if event.details.when is None:
        return None
    withdrawn = _withdrawal_day(revision, event.details.when)
    if event.rule is None:
        only = Occurrence(
            details=event.details,
            standing=event.standing,
            when=event.details.when,
            withdrawn=withdrawn,
        )
        return None if show is Show.ACTIVE and only.is_off else Shown(master=only)
    dates = _Dates(event, event.rule, event.details.when, withdrawn)
    return _active(dates) if show is Show.ACTIVE else _all(dates)


@dataclass(frozen=True, slots=True)
class _Dates:
    """A series with the day on which it was withdrawn: the state of each of its dates."""

    event: Event
    rule: Rule
    when: When
    withdrawn: date | None

    def by_rule(self, day: date) -> Occurrence:
        """The date of *day* as the series has it, off if it was called off before it was held."""
        standing, when = self.event.standing, on_day(self.when, day)
        if _is_before_its_reason(standing, when):
            standing = _still_on(self.event)
        return self._placed(self.event.details, standing, when)

    def stated(self) -> Iterator[tuple[date, Occurrence]]:
        """The dates that updates name, with their original days."""
        for override in self.event.overrides:
            when = override.details.when or on_day(self.when, override.day)
            yield override.day, self._placed(override.details, override.standing, when)

    def all(self) -> dict[date, Occurrence]:
        """Every date that takes place or was to, by its original day, in order."""
        stated = dict(self.stated())
        left_out = set(self.rule.leaves_out)
        return {
            day: stated.get(day) or self.by_rule(day)
            for day in self.rule.days
            if day not in left_out
        }

    def _placed(self, details: Details, standing: Standing, when: When) -> Occurrence:
        held = self.withdrawn is None or when.first_day < self.withdrawn
        return Occurrence(
            details=details,
            standing=standing,
            when=when,
            withdrawn=None if held else self.withdrawn,
        )


def _all(dates: _Dates) -> Shown:
    master = replace(dates.by_rule(dates.rule.days[0]), is_series=True)
    overrides = _differing(dates, dates.all(), master)
    series = Series(rrule=dates.rule.rrule, days=dates.rule.days, leaves_out=dates.rule.leaves_out)
    return Shown(master=master, series=series, overrides=overrides)


def _active(dates: _Dates) -> Shown | None:
    """DTSTART has to be a date of the set (RFC 5545 §3.8.5.3): it is the first that is on."""
    on = {day: occurrence for day, occurrence in dates.all().items() if not occurrence.is_off}
    if not on:
        return None
    first = min(on)
    days = tuple(day for day in dates.rule.days if day >= first)
    master = Occurrence(
        details=dates.event.details,
        standing=_still_on(dates.event),
        when=on_day(dates.when, first),
        is_series=True,
    )
    series = Series(
        rrule=dates.rule.rrule, days=days, leaves_out=tuple(day for day in days if day not in on)
    )
    return Shown(master=master, series=series, overrides=_differing(dates, on, master))


def _differing(
    dates: _Dates, occurrences: dict[date, Occurrence], master: Occurrence
) -> tuple[Occurrence, ...]:
    """Return, as overrides, the dates that updates name and those off though the master is on."""
    named = {override.day for override in dates.event.overrides}
    usual = (master.standing, master.withdrawn)
    return tuple(
        replace(occurrence, original=on_day(dates.when, day))
        for day, occurrence in occurrences.items()
        if day in named or (occurrence.standing, occurrence.withdrawn) != usual
    )


def _withdrawal_day(revision: Revision, when: When) -> date | None:
    if revision.withdrawn is None:
        return None
    return revision.withdrawn.astimezone(ZoneInfo(when.zone)).date()


def _is_before_its_reason(standing: Standing, when: When) -> bool:
    """Whether a date was held before the day it was called off on: then it stays as it was."""
    reason = standing.reason
    return bool(standing.off and reason and when.first_day < reason.announced)


def _still_on(event: Event) -> Standing:
    """Return the state of a series apart from its being off: what its dates before then had."""
    if event.standing.off is None:
        return event.standing
    reasons = [
        update
        for update in event.updates
        if update.occurrence is None and update.change in LEAVES_ON
    ]
    return replace(event.standing, off=None, reason=reasons[-1] if reasons else None)
