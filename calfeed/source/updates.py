"""Checks what an event's updates say: their order, what each needs, and that it does something."""

from collections.abc import Iterator, Sequence
from datetime import date

from calfeed.errors import Problem
from calfeed.model import Change, Rule
from calfeed.source.faults import problem_of
from calfeed.source.grammar import GrammarError
from calfeed.source.overlay import OFF, Step, Turn
from calfeed.source.schema import EventEntry, UpdateEntry
from calfeed.source.stated import Placing
from calfeed.source.when import parse_when

_NAMED = 3
"""How many dates of a series a message names."""


def check_updates(entry: EventEntry, place: Placing) -> Iterator[Problem]:
    """Yield what is wrong with the updates of *entry*, whatever the event is like by then."""
    rule = entry.repeats.rule if entry.repeats else None
    latest: date | None = None
    for index, update in enumerate(entry.updates):
        if latest and update.announced < latest:
            yield _out_of_order(index, latest, place)
        latest = max(update.announced, latest or update.announced)
        yield from _about_date(update, index, place, is_series=rule is not None)
        yield from _about_place(update, index, place)
        if update.occurrence:
            yield from _about_occurrence(update, index, place, rule)


def check_turns(
    turns: Sequence[Turn], step: Step, rule: Rule | None, place: Placing
) -> Iterator[Problem]:
    """Yield what is wrong with what *step* did to the event, or to dates of a series.

    *turns* has one for each that it reached. The clocks of a zone that it gives are asked.
    """
    if rule and step.update.occurrence and not turns:
        # the series lost the date when its first one was corrected
        yield _no_such_date(step.update.occurrence, step.index, rule, place)
        return
    if step.update.change is Change.REINSTATED:
        yield from _wrongly_reinstated(turns, step, rule, place)
    elif not any(_has_effect(turn) for turn in turns):
        yield Problem(
            code="E215",
            message=f'the update "{step.update.change}" changes nothing',
            place=place("updates", step.index, "change"),
            hint="it is all so already",
            help=("remove the update, or write in it what it changes",),
        )
    yield from _wrong_clock(turns[0], step, place)


def _out_of_order(index: int, latest: date, place: Placing) -> Problem:
    return Problem(
        code="E201",
        message="the updates are not in the order of their days",
        place=place("updates", index, "announced"),
        hint=f"before {latest}, which stands above",
        help=("the newest update stands last; is the day right?",),
    )


def _about_date(
    update: UpdateEntry, index: int, place: Placing, *, is_series: bool
) -> Iterator[Problem]:
    has_date = "when" in update.model_fields_set
    if has_date and update.change in OFF:
        yield _date_of_off(update.change, index, place)
    elif has_date and update.occurrence and update.occurrence.onwards:
        yield Problem(
            code="E206",
            message='one date cannot be that of all dates "onwards"',
            place=place("updates", index, "when", of="entry"),
            help=(
                "for one date of the series write its day alone:  "
                f"occurrence: {update.occurrence.day}",
                "a new hour from some day on is a new series: end this one with  until",
            ),
        )
    elif is_series and not update.occurrence and _moves_series(update):
        yield Problem(
            code="E203",
            message="which date of the series is meant?",
            place=place("updates", index, "change"),
            hint='an "occurrence" is missing',
            help=("add the original day of that date:  occurrence: 2021-10-05",),
        )
    elif update.change is Change.RESCHEDULED and update.when is None:
        yield Problem(
            code="E212",
            message="a rescheduled event needs its new date",
            place=place("updates", index, "when" if has_date else "change", of="entry"),
            hint='"when" has to say it',
            help=("add it:  when: 2021-12-02 14:30 to 16:30", "no date yet?  change: postponed"),
        )


def _moves_series(update: UpdateEntry) -> bool:
    has_date = "when" in update.model_fields_set
    return update.change is Change.RESCHEDULED or (
        has_date and update.change is not Change.CORRECTED
    )


def _date_of_off(change: Change, index: int, place: Placing) -> Problem:
    if change is Change.POSTPONED:
        advice = (
            "is the new date known? then write  change: rescheduled",
            'not known yet? then remove the line "when"; the old date is kept by itself',
        )
    else:
        advice = (
            "does it take place on that day? then write  change: rescheduled",
            'otherwise remove the line "when"; the old date is kept by itself',
        )
    return Problem(
        code="E210" if change is Change.POSTPONED else "E211",
        message=f"a {change} event has no new date",
        place=place("updates", index, "when", of="entry"),
        hint="this is a new date",
        help=advice,
    )


def _about_place(update: UpdateEntry, index: int, place: Placing) -> Iterator[Problem]:
    if update.change is Change.RELOCATED and update.place is None:
        yield Problem(
            code="E213",
            message="a relocated event needs its new place",
            place=place("updates", index, "change"),
            hint='a "place" is missing',
            help=("add it:  place: Town hall, Brussels", "only online now?  change: moved-online"),
        )
    if update.change is not Change.MOVED_ONLINE:
        return
    if update.online is None:
        yield Problem(
            code="E214",
            message="an event that moved online needs an address to join at",
            place=place("updates", index, "change"),
            hint='an "online" is missing',
            help=("add it:  online: {url: https://meet.example.eu/room, label: Join online}",),
        )
    if update.place is not None:
        yield Problem(
            code="E218",
            message="an event that moved online has no place any more",
            place=place("updates", index, "place", of="entry"),
            help=("in person and online? then write  change: relocated", "otherwise remove it"),
        )


def _about_occurrence(
    update: UpdateEntry, index: int, place: Placing, rule: Rule | None
) -> Iterator[Problem]:
    if rule is None:
        yield Problem(
            code="E204",
            message="the event is no series: it has one date only",
            place=place("updates", index, "occurrence", of="entry"),
            help=("remove the line; the update speaks of the event itself",),
        )
    elif update.occurrence and update.occurrence.day not in _dates(rule):
        yield _no_such_date(update.occurrence.day, index, rule, place)


def _no_such_date(day: date, index: int, rule: Rule, place: Placing) -> Problem:
    near = sorted(sorted(_dates(rule), key=lambda other: abs(other - day))[:_NAMED])
    return Problem(
        code="E205",
        message=f"the series has no date on {day}",
        place=place("updates", index, "occurrence"),
        hint=f"near it: {', '.join(map(str, near))}",
        help=(
            "name a date by its original day, even if it was moved since",
            "has the rule changed? better end the old one with  until, and begin a new event",
        ),
    )


def _dates(rule: Rule) -> set[date]:
    return set(rule.days) - set(rule.leaves_out)


def _wrongly_reinstated(
    turns: Sequence[Turn], step: Step, rule: Rule | None, place: Placing
) -> Iterator[Problem]:
    if not any(turn.before.off for turn in turns):
        yield Problem(
            code="E217",
            message="only what was off can be reinstated",
            place=place("updates", step.index, "change"),
            hint="it was neither postponed nor cancelled",
            help=("is it a new date?  change: rescheduled",),
        )
    when = turns[0].before.details.when
    if when is None or step.gives_date or (rule and step.is_of_whole):
        return
    if when.last_day(when.zone) < step.update.announced:
        yield Problem(
            code="E216",
            message=f"its date was over by then: {when}",
            place=place("updates", step.index, "change", of="entry"),
            hint='a "when" with the new date is missing',
            help=("add it:  when: 2021-12-02 14:30 to 16:30",),
        )


def _has_effect(turn: Turn) -> bool:
    """Whether *turn* changed anything; to say again why it is off is something too."""
    before, after = turn.before, turn.after
    if (before.details, before.off, before.online) != (after.details, after.off, after.online):
        return True
    return turn.update.change in OFF and turn.update.notice is not None


def _wrong_clock(turn: Turn, step: Step, place: Placing) -> Iterator[Problem]:
    """A new zone alone keeps the hours as they are written: they have to exist there."""
    when = turn.after.details.when
    if when is None or step.zone is None or step.gives_date:
        return
    try:
        parse_when(str(when), zone=step.zone)
    except GrammarError as error:
        yield problem_of(error, place("updates", step.index, "timezone"))
