"""What an event's state is called, and the sentence that tells it: pure words, no format."""

from datetime import date
from enum import StrEnum

from calfeed.dates import When
from calfeed.model import Change, Standing
from calfeed.words import message, say, say_day, say_when

PREFIXES = ("WITHDRAWN: ", "CANCELLED: ", "POSTPONED: ", "NEW DATE: ", "ONLINE: ")
"""What titles begin with, in English, the first that holds before all others."""


class Status(StrEnum):
    """A state as one word for programs, the first that holds before all others."""

    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    RESCHEDULED = "rescheduled"
    MOVED_ONLINE = "moved-online"
    AS_PLANNED = "as-planned"


class Label(StrEnum):
    """A word for a state, as lists and pages show it beside a title."""

    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    NEW_DATE = "new-date"
    ONLINE = "now-online"
    NEW_PLACE = "new-place"
    BACK_ON = "back-on"
    UNCONFIRMED = "to-be-confirmed"


WORDS = {
    Label.WITHDRAWN: message("Withdrawn"),
    Label.CANCELLED: message("Cancelled"),
    Label.POSTPONED: message("Postponed"),
    Label.NEW_DATE: message("New date"),
    Label.ONLINE: message("Now online"),
    Label.NEW_PLACE: message("New place"),
    Label.BACK_ON: message("Back on"),
    Label.UNCONFIRMED: message("Time to be confirmed"),
}


def status_of(standing: Standing, *, withdrawn: bool) -> Status:
    """Return the one word for a state, the first that holds."""
    if withdrawn:
        return Status.WITHDRAWN
    if standing.off:
        return Status(standing.off.value)
    if standing.is_moved:
        return Status.RESCHEDULED
    return Status.MOVED_ONLINE if standing.online else Status.AS_PLANNED


def labels_of(
    standing: Standing, when: When | None, *, withdrawn: bool = False
) -> tuple[Label, ...]:
    """Return all labels that hold, the weightiest first: of what is off, that alone."""
    if withdrawn:
        return (Label.WITHDRAWN,)
    if standing.off:
        return (Label.CANCELLED if standing.off is Change.CANCELLED else Label.POSTPONED,)
    change = standing.reason.change if standing.reason else None
    holding = {
        Label.NEW_DATE: standing.is_moved,
        Label.ONLINE: standing.online,
        Label.NEW_PLACE: change is Change.RELOCATED,
        Label.BACK_ON: change is Change.REINSTATED and not standing.is_moved,
        Label.UNCONFIRMED: when is not None and when.to_be_confirmed,
    }
    return tuple(label for label, holds in holding.items() if holds)


def say_label(label: Label, language: str) -> str:
    """Return the word for *label*."""
    return say(WORDS[label], language)


def say_prefix(
    standing: Standing, language: str, *, withdrawn: bool, new_date: bool, online: bool
) -> str:
    """Return the one prefix of a title, the first that holds; empty while all is as planned.

    *new_date* and *online* say whether the site wants the prefixes of those names.
    """
    if withdrawn:
        return say("WITHDRAWN: ", language)
    if standing.off is Change.CANCELLED:
        return say("CANCELLED: ", language)
    if standing.off is Change.POSTPONED:
        return say("POSTPONED: ", language)
    if standing.is_moved and new_date:
        return say("NEW DATE: ", language)
    if standing.online and online:
        return say("ONLINE: ", language)
    return ""


def say_state(
    standing: Standing, language: str, *, when: When | None, place: str, withdrawn: date | None
) -> str:
    """Return the sentences that tell the state and when it was announced; empty as planned.

    *when* is the present date, None for a series as a whole; *withdrawn* the day on which it was.
    """
    if withdrawn:
        said = say("Removed by the publisher on {day}.", language, day=say_day(withdrawn, language))
        return _join(said, _say_plan(when, language))
    if standing.off:
        return _say_off(standing, when, language)
    return _join(
        _say_change(standing, language, when=when, place=place),
        _say_dates(standing, when, language),
    )


def _say_off(standing: Standing, when: When | None, language: str) -> str:
    day = say_day(standing.reason.announced, language) if standing.reason else ""
    if standing.off is Change.CANCELLED:
        said = say("Cancelled on {day}.", language, day=day) if day else say("Cancelled.", language)
        return _join(said, _say_plan(when, language))
    said = say("Postponed on {day}.", language, day=day) if day else say("Postponed.", language)
    if when is None:
        return _join(said, say("The new dates are not known yet.", language))
    date = say_when(when, language)
    return _join(
        said,
        say("It was planned for {date}; the new date is not known yet.", language, date=date),
    )


def _say_plan(when: When | None, language: str) -> str:
    return (
        say("It was planned for {date}.", language, date=say_when(when, language)) if when else ""
    )


def _say_change(standing: Standing, language: str, *, when: When | None, place: str) -> str:
    reason = standing.reason
    if reason is None:
        return ""
    day = say_day(reason.announced, language)
    if reason.change is Change.MOVED_ONLINE:
        return say("Moved online on {day}.", language, day=day)
    if reason.change is Change.RELOCATED:
        return say("New place, announced on {day}: {place}.", language, day=day, place=place)
    if reason.change is Change.REINSTATED:
        return say("It takes place after all, as announced on {day}.", language, day=day)
    if reason.change is Change.RESCHEDULED and when:
        date = say_when(when, language, weekday=True)
        return _say_new_date(standing, language, day=day, date=date)
    return ""


def _say_new_date(standing: Standing, language: str, *, day: str, date: str) -> str:
    if standing.is_moved:
        return say("New date, announced on {day}: {date}.", language, day=day, date=date)
    return say("Date announced on {day}: {date}.", language, day=day, date=date)


def _say_dates(standing: Standing, when: When | None, language: str) -> str:
    """What the last change leaves unsaid: the new date beside the old one, that it is online."""
    said = []
    change = standing.reason.change if standing.reason else None
    if standing.is_moved and when:
        if change is not Change.RESCHEDULED:
            date = say_when(when, language, weekday=True)
            said.append(say("New date: {date}.", language, date=date))
        said.append(_say_plan(standing.old[-1], language))
    if standing.online and change is not Change.MOVED_ONLINE:
        said.append(say("It takes place online.", language))
    return _join(*said)


def _join(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
