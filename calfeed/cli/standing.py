"""How an event stands, in a few plain English words: its state, its date, where it takes place."""

from calfeed.model import Change, Details, Event, Rule, Standing, When, on_day
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


def say_event(event: Event) -> str:
    """Return state and date of *event*, those of a series as a whole."""
    return say_standing(event.details, event.standing, rule=event.rule)


def say_standing(details: Details, standing: Standing, *, rule: Rule | None = None) -> str:
    """Return state and date: ``as planned, 30 September 2021``; ``postponed, no new date yet``."""
    state = state_of(standing)
    if standing.off is Change.POSTPONED:
        return f"{state}, no new date yet"
    return state if standing.off else f"{state}, {say_date(details.when, rule=rule)}"


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
