"""What an editor should hear before it is told: the file against what subscribers know."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from calfeed.commands import command
from calfeed.errors import Place, Problem
from calfeed.ledger.carrying import fresh_updates, is_new_date
from calfeed.ledger.encoding import Encoded
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Told
from calfeed.model import Change, Event
from calfeed.source.stated import Stated, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An event that is stated otherwise than it was told; ``known`` None: never told."""

    uid: str
    known: Revision | None
    statement: Statement
    encoded: Encoded


def problems_of_slugs(told: Told, stated: Stated) -> list[Problem]:
    """Return a problem for each initiative that takes a slug which another one had."""
    owners = {old: new.slug for new in stated.initiatives for old in new.formerly} | dict(
        told.slugs
    )
    return [
        Problem(
            code="E410",
            message=f'"{initiative.slug}" was the name of "{owners[initiative.slug]}"',
            place=stated.place("initiatives", initiative.slug, of="key"),
            hint="its old addresses still lead there",
            help=("choose another name: an address is never given to another initiative",),
        )
        for initiative in stated.initiatives
        if owners.get(initiative.slug, initiative.slug) != initiative.slug
    ]


def reminders_of_retired(told: Told, stated: Stated) -> list[Problem]:
    """Return a reminder for each initiative that was published and is no longer in the sources."""
    present = {slug for one in stated.initiatives for slug in (one.slug, *one.formerly)}
    return [
        Problem(
            code="R503",
            message=f'"{slug}" is no longer in the file',
            place=stated.place("initiatives", of="key"),
            hint="its calendars end 400 days after their last event",
            help=("tell its subscribers where to go; was it renamed? then add  formerly",),
        )
        for slug in told.initiatives
        if slug not in present and slug not in told.slugs
    ]


def problems_of_changes(differences: Iterable[Difference], *, day: date) -> list[Problem]:
    """Return what is wrong or doubtful in each event that was told otherwise."""
    return [
        problem
        for difference in differences
        if difference.known
        for problem in _problems_of(difference.known, difference.statement, day)
    ]


def problems_of_gone(
    gone: Iterable[Revision], differences: Iterable[Difference], stated: Stated
) -> list[Problem]:
    """Return a warning for each event that is not over and no longer in the sources."""
    new = {
        tuple(one.statement.event.details.title.items()): one.statement
        for one in differences
        if one.known is None
    }
    statements = {one.event.key: one for one in stated.statements}
    return [
        _renamed(known, new[title])
        if (title := tuple(known.event.details.title.items())) in new
        else _vanished(known, statements.get(known.key), stated.place)
        for known in gone
    ]


def _problems_of(known: Revision, statement: Statement, day: date) -> list[Problem]:
    if reused := _reused_key(known, statement, day):
        return [reused]
    doubts = _edited_date(known, statement), _removed_update(known, statement)
    return [doubt for doubt in doubts if doubt]


def _reused_key(known: Revision, statement: Statement, day: date) -> Problem | None:
    is_over = known.last_day is not None and known.last_day < day
    told, event = known.event, statement.event
    if not (known.withdrawn or is_over) or fresh_updates(told, event):
        return None
    same_title = any(
        told.details.title.get(language) == words for language, words in event.details.title.items()
    )
    if same_title or not is_new_date(told.details.when, event.details.when):
        return None
    return Problem(
        code="E413",
        message=f'"{event.key}" was the name of another event',
        place=statement.place(of="key"),
        hint=f"published as {_title(told)}, {told.details.when}",
        help=("give the new event a new name: subscribers would see the old one change into it",),
    )


def _edited_date(known: Revision, statement: Statement) -> Problem | None:
    told, event = known.event, statement.event
    if event.rule or told.rule or not is_new_date(told.details.when, event.details.when):
        return None
    if any("when" in update.given for update in fresh_updates(told, event)):
        return None
    published = f"published on {event.published} as " if event.published else "published as "
    return Problem(
        code="W401",
        message="the date of a published event was changed in place",
        place=statement.place("when"),
        hint=f"{published}{told.details.when}",
        help=(
            "better put the old line back and add an update:\n"
            f"{command(Change.RESCHEDULED, event.key, event.details.when)}",
        ),
        notes=(
            "subscribers will be told the new date, but not why",
            "was it a typing error nobody saw? accept it with  change: corrected",
        ),
    )


def _removed_update(known: Revision, statement: Statement) -> Problem | None:
    stated = {update.identity for update in statement.event.updates}
    gone = [update for update in known.event.updates if update.identity not in stated]
    if not gone:
        return None
    first = gone[0]
    return Problem(
        code="W405",
        message=f'an update of "{statement.event.key}" was removed after it was told',
        place=statement.place("updates", of="key"),
        hint=f"{first.change} of {first.announced} is missing",
        help=("put it back; what it said is undone by another update at the end of the list",),
    )


def _taken_back(known: Revision, statement: Statement) -> Problem:
    return Problem(
        code="W402",
        message=f'the date of "{statement.event.key}" was taken back',
        place=statement.place("when"),
        hint=f"published as {known.event.details.when}",
        help=(
            "put the old date back, and add an update, so that subscribers learn why:\n"
            f"{command(Change.POSTPONED, statement.event.key)}",
        ),
        notes=("as it is, the event will be shown as WITHDRAWN",),
    )


def _renamed(known: Revision, statement: Statement) -> Problem:
    return Problem(
        code="W403",
        message=f'"{known.key}" vanished, and "{statement.event.key}" has the same title',
        place=statement.place(of="key"),
        hint="did you rename it?",
        help=(f"then add  formerly: [{known.key}]  and subscribers keep their event",),
    )


def _vanished(known: Revision, statement: Statement | None, place: Callable[..., Place]) -> Problem:
    if statement is not None and not statement.draft:
        return _taken_back(known, statement)
    where = statement.place(of="key") if statement else place("events", of="key")
    return Problem(
        code="W404",
        message=f'"{known.key}" was published and is not over, and now it is gone',
        place=where,
        hint=f"{_title(known.event)} will be shown as WITHDRAWN",
        help=(
            "cancel it instead? put it back, and add an update:\n"
            f"{command(Change.CANCELLED, known.key)}",
        ),
    )


def _title(event: Event) -> str:
    return next(iter(event.details.title.values()))
