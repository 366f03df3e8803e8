"""One event of a document: its entry read, its updates applied, every problem of it told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from pydantic import ValidationError

from calfeed.dates import When
from calfeed.errors import Problem
from calfeed.model import Details, Event, Rule, Update
from calfeed.source.advice import advise
from calfeed.source.details import Found, as_given, stated_fields
from calfeed.source.emptiness import empty_values
from calfeed.source.faults import problem_of, problems_of
from calfeed.source.grammar import GrammarError
from calfeed.source.overlay import State, Step, Turn, override_of, overrides_of, turns_of_whole
from calfeed.source.pictures import FindPicture, FoundPicture, look_up
from calfeed.source.reading import Grounds, Reading
from calfeed.source.repeats import parse_rule
from calfeed.source.schema import EventEntry, Fields, UpdateEntry
from calfeed.source.stated import Placing, Statement
from calfeed.source.updates import check_turns, check_updates


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What all events of a document are read by; ``as_of`` leaves out updates announced later."""

    grounds: Grounds
    find: FindPicture
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEvent:
    """What one event of a document came to: a statement, unless it has an error."""

    statement: Statement | None = None
    problems: tuple[Problem, ...] = ()
    pictures: Found = field(default_factory=dict)


def parse_event(key: str, data: object, basis: Basis, place: Placing) -> ParsedEvent:
    """Return what *data* states, which stands at ``events.KEY`` of the document of *place*."""
    problems = list(empty_values(data, ("events", key), place))
    try:
        entry = EventEntry.model_validate(data, context=Reading.of(data, basis.grounds))
    except ValidationError as error:
        return ParsedEvent(problems=(*problems, *problems_of(error, ("events", key), data, place)))
    here = partial(place, "events", key)
    pictures: dict[str, FoundPicture] = {}
    problems += _look_up_pictures(entry, basis.find, pictures, here)
    problems += check_updates(entry, here)
    statement = None
    if not problems:
        statement, problems = _statement(key, entry, pictures, here, as_of=basis.as_of)
    problems += advise(key, entry, here)
    return ParsedEvent(statement=statement, problems=tuple(problems), pictures=pictures)


def _look_up_pictures(
    entry: EventEntry, find: FindPicture, found: dict[str, FoundPicture], place: Placing
) -> Iterator[Problem]:
    if entry.image:
        yield from look_up(entry.image.file, find, found, partial(place, "image"))
    for index, update in enumerate(entry.updates):
        if update.image:
            here = partial(place, "updates", index, "image")
            yield from look_up(update.image.file, find, found, here)


def _when(entry: Fields) -> When | None:
    if entry.when and entry.time_to_be_confirmed:
        return replace(entry.when, to_be_confirmed=True)
    return entry.when


def _step(index: int, entry: UpdateEntry, pictures: Found) -> Step:
    fields, named = stated_fields(entry, pictures), entry.model_fields_set
    when = _when(entry)
    given: dict[str, Any] = dict(fields)
    if "when" in named:
        given["when"] = when
    for name in ("timezone", "time_to_be_confirmed"):
        if name in named:
            given[name] = getattr(entry, name)
    update = Update(
        announced=entry.announced,
        change=entry.change,
        occurrence=entry.occurrence.day if entry.occurrence else None,
        onwards=entry.occurrence is not None and entry.occurrence.onwards,
        notice=entry.notice,
        given=as_given(given),
    )
    return Step(
        index=index,
        update=update,
        fields=fields,
        gives_date="when" in named,
        when=when,
        zone=entry.timezone,
        to_be_confirmed=entry.time_to_be_confirmed if "time_to_be_confirmed" in named else None,
    )


def _statement(
    key: str, entry: EventEntry, pictures: Found, place: Placing, *, as_of: date | None
) -> tuple[Statement | None, list[Problem]]:
    start = State(details=Details(when=_when(entry), **stated_fields(entry, pictures)))
    steps = [
        _step(index, update, pictures)
        for index, update in enumerate(entry.updates)
        if as_of is None or update.announced <= as_of
    ]
    event, problems = _event(key, entry, start, steps, place)
    if event is None or problems:
        return None, problems
    statement = Statement(
        event=event,
        draft=entry.draft,
        uid=entry.uid,
        sequence=entry.sequence,
        formerly=entry.formerly,
        place=place,
    )
    return statement, []


def _event(
    key: str, entry: EventEntry, start: State, steps: Sequence[Step], place: Placing
) -> tuple[Event | None, list[Problem]]:
    whole = turns_of_whole(start, steps)
    state = whole[-1].after if whole else start
    try:
        rule = _rule_now(entry, state.details.when)
    except GrammarError as error:
        correction = [turn.step for turn in whole if _changes_date(turn)][-1]
        key = "when" if correction.gives_date else "timezone"
        return None, [problem_of(error, place("updates", correction.index, key))]
    days = overrides_of(rule, start, steps) if rule else {}
    turns = _by_step([whole, *days.values()])
    problems = [
        problem
        for step in steps
        for problem in check_turns(turns.get(step.index, []), step, rule, place)
    ]
    if problems:
        return None, problems
    standing = state.standing()
    event = Event(
        key=key,
        initiatives=tuple(sorted(set(entry.initiatives))),
        published=entry.published,
        details=state.details,
        standing=replace(standing, old=()) if rule else standing,
        rule=rule,
        overrides=tuple(override_of(day, named) for day, named in days.items()),
        updates=tuple(turns[step.index][0].update for step in steps),
    )
    return event, []


def _changes_date(turn: Turn) -> bool:
    return turn.before.details.when != turn.after.details.when


def _rule_now(entry: EventEntry, when: When | None) -> Rule | None:
    """Return the rule of a series, read again where its first date was corrected."""
    if entry.repeats is None or when == _when(entry):
        return entry.repeats.rule if entry.repeats else None
    if when is None:
        raise GrammarError(
            "E140",
            'a series needs its first date, not "to be announced"',
            "write it as  when: 2021-09-07 14:00",
        )
    return parse_rule(entry.repeats.written, first=when)


def _by_step(tracks: Sequence[Sequence[Turn]]) -> dict[int, list[Turn]]:
    """Return all turns by the step that made them, those of the whole before those of days."""
    turns: dict[int, list[Turn]] = {}
    for track in tracks:
        for turn in track:
            turns.setdefault(turn.step.index, []).append(turn)
    return turns
