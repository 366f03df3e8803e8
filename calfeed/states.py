"""What an event's state is called, and the sentence that tells it: pure words, no format."""

from datetime import date
from enum import StrEnum

from calfeed.dates import When
from calfeed.model import Change, Standing
from calfeed.words import say, say_day, say_when

PREFIXES = ("WITHDRAWN: ", "CANCELLED: ", "POSTPONED: ", "NEW DATE: ", "ONLINE: ")
"""What titles begin with, in English, the first that holds before all others."""


class Status(StrEnum):
    """A state as one word, the first that holds before all others."""

    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    RESCHEDULED = "rescheduled"
    MOVED_ONLINE = "moved-online"
    AS_PLANNED = "as-planned"


LABELS = {
    Status.WITHDRAWN: "Withdrawn",
    Status.CANCELLED: "Cancelled",
    Status.POSTPONED: "Postponed",
    Status.RESCHEDULED: "New date",
    Status.MOVED_ONLINE: "Now online",
}
LABELS_AS_PLANNED = {Change.RELOCATED: "New place", Change.REINSTATED: "Back on"}
"""What is worth a word of an event that takes place where and when it should."""


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


def status_of(standing: Standing, *, withdrawn: bool) -> Status:
    """Return the one word for a state, the first that holds."""
    if withdrawn:
        return Status.WITHDRAWN
    if standing.off:
        return Status(standing.off.value)
    if standing.is_moved:
        return Status.RESCHEDULED
    return Status.MOVED_ONLINE if standing.online else Status.AS_PLANNED


def label_of(standing: Standing, *, withdrawn: bool, to_be_confirmed: bool) -> str:
    """Return the word or two that stand beside a title, in English; empty as planned.

    *to_be_confirmed* is whether the hour is: worth a word only where there is no other.
    """
    status = status_of(standing, withdrawn=withdrawn)
    if status is not Status.AS_PLANNED:
        return LABELS[status]
    change = standing.reason.change if standing.reason else None
    if change in LABELS_AS_PLANNED:
        return LABELS_AS_PLANNED[change]
    return "Time to be confirmed" if to_be_confirmed else ""


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
