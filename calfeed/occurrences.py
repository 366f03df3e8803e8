"""Every date of an event in the state that it has: what all formats show of a revision."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from calfeed.dates import When, on_day
from calfeed.ledger.revision import Revision
from calfeed.model import Change, Details, Event, Rule, Standing

LEAVES_ON = {Change.REINSTATED, Change.MOVED_ONLINE, Change.RELOCATED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """An event, a series as a whole, or one date of it (``original`` is the rule's).

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


def only_date(revision: Revision) -> Occurrence | None:
    """Return the one date of an event that is no series; None while it is to be announced."""
    event = revision.event
    if event.rule or event.details.when is None:
        return None
    return Occurrence(
        details=event.details,
        standing=event.standing,
        when=event.details.when,
        withdrawn=_withdrawal_day(revision, event.details.when),
    )


def series_of(revision: Revision) -> "SeriesDates | None":
    """Return the dates of the series that *revision* tells of; None if it is no series."""
    event = revision.event
    if event.rule is None or event.details.when is None:
        return None
    when = event.details.when
    return SeriesDates(event, event.rule, when, _withdrawal_day(revision, when))


@dataclass(frozen=True, slots=True)
class SeriesDates:
    """A series with the day on which it was withdrawn: the state of each of its dates."""

    event: Event
    rule: Rule
    when: When
    withdrawn: date | None

    def by_rule(self, day: date) -> Occurrence:
        """Return the date of *day* by the rule, off if it was called off before it was held."""
        standing, when = self.event.standing, on_day(self.when, day)
        if _is_before_its_reason(standing, when):
            standing = self.still_on()
        return self._placed(self.event.details, standing, when)

    def stated(self) -> Iterator[tuple[date, Occurrence]]:
        """Yield the dates that updates name, with their original days."""
        for override in self.event.overrides:
            when = override.details.when or on_day(self.when, override.day)
            yield override.day, self._placed(override.details, override.standing, when)

    def all(self) -> dict[date, Occurrence]:
        """Return every date that takes place or was to, by its original day, in order."""
        stated = dict(self.stated())
        left_out = set(self.rule.leaves_out)
        return {
            day: stated.get(day) or self.by_rule(day)
            for day in self.rule.days
            if day not in left_out
        }

    def still_on(self) -> Standing:
        """Return its state apart from its being off: what its dates before then had."""
        standing = self.event.standing
        if standing.off is None:
            return standing
        reasons = [
            update
            for update in self.event.updates
            if update.occurrence is None and update.change in LEAVES_ON
        ]
        return replace(standing, off=None, reason=reasons[-1] if reasons else None)

    def _placed(self, details: Details, standing: Standing, when: When) -> Occurrence:
        held = self.withdrawn is None or when.first_day < self.withdrawn
        return Occurrence(
            details=details,
            standing=standing,
            when=when,
            withdrawn=None if held else self.withdrawn,
        )


def _withdrawal_day(revision: Revision, when: When) -> date | None:
    if revision.withdrawn is None:
        return None
    return revision.withdrawn.astimezone(ZoneInfo(when.zone)).date()


def _is_before_its_reason(standing: Standing, when: When) -> bool:
    """Whether a date was held before the day it was called off on: then it stays as it was."""
    reason = standing.reason
    return bool(standing.off and reason and when.first_day < reason.announced)
