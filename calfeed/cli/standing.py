"""How an event stands, in a few plain English words: its state, its date, where it takes place."""

from dataclasses import dataclass, replace
from datetime import date

from calfeed.dates import When, on_day
from calfeed.model import Change, Details, Event, Rule, Standing
from calfeed.words import say_when

ENGLISH = "en"


def state_of(standing: Standing, *, withdrawn: bool = False) -> str:
    """Return the one word, or two, for a state: ``as planned``, ``postponed``, ``new date`` …"""
    if withdrawn:
        return "withdrawn"
    if standing.off:
        return standing.off.value
    if standing.is_moved:
        return "new date"
    return "moved online" if standing.online else "as planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """How an event, or one date of a series, stands; said in words by ``str``."""

    details: Details
    standing: Standing
    rule: Rule | None = None

    def __str__(self) -> str:
        """As it is now: ``postponed, no new date yet``; ``new date, Friday 6 May 2022``."""
        if self.standing.off is Change.POSTPONED:
            return f"{state_of(self.standing)}, no new date yet"
        return state_of(self.standing) if self.standing.off else self.as_it_was()

    def as_it_was(self) -> str:
        """As it was until now: ``postponed (was 30 September 2021)``."""
        state, when = state_of(self.standing), say_date(self.details.when, rule=self.rule)
        return f"{state} (was {when})" if self.standing.off else f"{state}, {when}"


def side_of(event: Event, day: date | None = None) -> Side:
    """Return how *event* stands; with *day*, how its date of that original day does."""
    if day is None or event.details.when is None:
        return Side(details=event.details, standing=event.standing, rule=event.rule)
    for override in event.overrides:
        if override.day == day:
            return Side(details=override.details, standing=override.standing)
    details = replace(event.details, when=on_day(event.details.when, day))
    return Side(details=details, standing=event.standing)


def say_date(when: When | None, *, rule: Rule | None = None) -> str:
    """Return a date in full, with its weekday; a series as its first and last day."""
    if when is None:
        return "to be announced"
    if rule is None:
        said = say_when(when, ENGLISH, weekday=True)
        return f"{said}, time to be confirmed" if when.to_be_confirmed else said
    days = [day for day in rule.days if day not in rule.leaves_out]
    first, last = (on_day(when, day) for day in (days[0], days[-1]))
    return f"{len(days)} dates from {say_when(first, ENGLISH)}, to {last.first_day:%-d %B %Y}"


def say_presence(details: Details) -> str:
    """Return whether people meet ``in person``, ``online``, both, or nothing while not known."""
    ways = [way for way, one in (("in person", details.place), ("online", details.online)) if one]
    return " and ".join(ways)
