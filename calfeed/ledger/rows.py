"""The rows of the change log that one changed event gets: what happened, in order."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from calfeed.dates import When, on_day, when_as_data
from calfeed.ledger.carrying import fresh_updates, is_first_hour, is_new_date
from calfeed.ledger.told import Kind, Row
from calfeed.model import Details, Event, Override, Standing, Text, Update


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A row before it has its number: what happened, when it says, and what it gave."""

    kind: Kind
    dated: datetime | None = None
    initiative: str | None = None
    given: Mapping[str, Any] | None = None


def drafts_of_new(event: Event, *, zone: str) -> list[Draft]:
    """Return the history of an event told for the first time, dated as its editor dated it."""
    begun = event.published or (event.updates[0].announced if event.updates else None)
    new = Draft(
        kind=Kind.NEW,
        dated=_midnight(begun, zone) if begun else None,
        given=_dates(None, event.details.when),
    )
    return [
        new,
        *(
            replace(_draft_of(update), dated=_midnight(update.announced, zone))
            for update in event.updates
        ),
    ]


def drafts_of_change(
    told: Event, event: Event, *, returned: bool, slugs: Mapping[str, str]
) -> list[Draft]:
    """Return what happened between *told* and *event*, dated by the publication.

    *slugs* has the present slugs of renamed initiatives: a new name is no joining. Where no
    update says what happened, the first kind that fits the difference does.
    """
    before = {slugs.get(slug, slug) for slug in told.initiatives}
    after = set(event.initiatives)
    drafts = [Draft(kind=Kind.RETURNED)] if returned else []
    drafts += [Draft(kind=Kind.JOINED, initiative=slug) for slug in sorted(after - before)]
    drafts += [Draft(kind=Kind.LEFT, initiative=slug) for slug in sorted(before - after)]
    drafts += [_draft_of(update) for update in fresh_updates(told, event)]
    return drafts or [_draft_of_difference(told, event)]


def number(
    drafts: Iterable[Draft], *, uid: str, sequence: int, stamp: datetime, title: Text
) -> tuple[Row, ...]:
    """Return *drafts* as rows: the last has *sequence*, those before it count down by one."""
    drafts = tuple(drafts)
    first = sequence - len(drafts) + 1
    return tuple(
        Row(
            uid=uid,
            kind=draft.kind,
            sequence=first + index,
            stamp=stamp,
            dated=draft.dated or stamp,
            title=title,
            initiative=draft.initiative,
            given=draft.given or {},
        )
        for index, draft in enumerate(drafts)
    )


def _draft_of(update: Update) -> Draft:
    kind = Kind.DATED if update.is_first_date else Kind(update.change.value)
    given: dict[str, Any] = {"announced": update.announced.isoformat(), **update.given}
    if update.occurrence:
        given["occurrence"] = update.occurrence.isoformat()
    if update.notice:
        given["notice"] = dict(update.notice)
    return Draft(kind=kind, given=given)


def _draft_of_difference(told: Event, event: Event) -> Draft:
    if told == event:
        return Draft(kind=Kind.REISSUED)
    pairs = list(_pairs(told, event))
    for was, now in pairs:
        if kind := _kind_of_dates(was[0].when, now[0].when):
            return Draft(kind=kind, given=_dates(was[0].when, now[0].when))
    for was, now in pairs:
        if kind := _kind_of_standing(was, now):
            return Draft(kind=kind)
    return Draft(kind=Kind.EDITED)


Side = tuple[Details, Standing]


def _pairs(told: Event, event: Event) -> Iterator[tuple[Side, Side]]:
    """Yield what was told and what is true of the event, then of each date that differs now."""
    before = {override.day: override for override in told.overrides}
    own = (told.details, told.standing), (event.details, event.standing)
    if event.rule or told.rule:  # its first date or hour edited in place is no new date
        own = (replace(told.details, when=None), told.standing), own[1]
        own = own[0], (replace(event.details, when=None), event.standing)
    yield own
    for now in event.overrides:
        was = before.get(now.day) or _as_planned(event, now.day)
        yield (was.details, was.standing), (now.details, now.standing)


def _as_planned(event: Event, day: date) -> Override:
    when = event.details.when
    details = replace(event.details, when=on_day(when, day) if when else None)
    return Override(day=day, details=details, standing=Standing())


def _kind_of_dates(told: When | None, when: When | None) -> Kind | None:
    if when and (told is None or is_first_hour(told, when)):
        return Kind.DATED
    return Kind.RESCHEDULED if is_new_date(told, when) else None


def _kind_of_standing(was: Side, now: Side) -> Kind | None:
    details, standing = now
    if standing.off is not was[1].off:
        return Kind(standing.off.value) if standing.off else Kind.REINSTATED
    if details.online and was[0].place and not details.place:
        return Kind.MOVED_ONLINE
    if details.place and was[0].place and not _is_same_text(details.place.name, was[0].place.name):
        return Kind.RELOCATED
    return None


def _is_same_text(text: Text, other: Text) -> bool:
    """Whether both say the same in a language that both have: a translation is no news."""
    return any(other.get(language) == words for language, words in text.items())


def _dates(was: When | None, now: When | None) -> dict[str, Any]:
    named = {"was": was, "when": now}
    return {name: when_as_data(when) for name, when in named.items() if when}


def _midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
