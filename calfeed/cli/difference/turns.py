"""What happens to an event between two states of it, in plain words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace

from calfeed.cli.difference.report import Turn
from calfeed.cli.saying import WORDS, counted
from calfeed.cli.standing import Side, say_date, say_presence, side_of, state_of
from calfeed.comparing import Difference, FeedName
from calfeed.ledger.told import Kind
from calfeed.model import Change, Details, Event, Standing
from calfeed.source.stated import Statement

MISSING = "missing here but published: WITHDRAWN will be told; cancel it instead?"
DRAFT = "a draft again, but published: WITHDRAWN will be told; cancel it instead?"
UNDATED = "without a date again, but published: WITHDRAWN will be told; postpone it instead?"

AROUND = "names or settings around it have changed"

_PLAIN = frozenset({"when", "place", "online"})
"""What is said in words of its own."""

_MEMBERSHIP = (Kind.JOINED, Kind.LEFT)


def turn_of(difference: Difference, *, why_gone: str) -> Turn:
    """Return what becomes of an event; *why_gone* is said of one that is withdrawn."""
    before, after = difference.before, difference.after
    if difference.is_withdrawn:
        return Turn(head="withdrawn", said=(why_gone,))
    if before is None:
        return turn_of_new(after.event, is_shown=bool(difference.feeds))
    if not difference.is_told:
        return Turn(head=membership(difference.joins, difference.leaves))
    if before.withdrawn and not after.withdrawn:
        back = f"withdrawn -> {state_of(after.event.standing)}"
        return Turn(head=back, said=tuple(_said(before.event, after.event)))
    head, said = _head(difference, before.event, after.event), _said(before.event, after.event)
    return Turn(head=head, said=tuple(said) or ((AROUND,) if before.facts == after.facts else ()))


def membership(joins: Sequence[FeedName], leaves: Sequence[FeedName]) -> str:
    """Return that an event comes into calendars or leaves some; nothing if it does neither."""
    words = (("joins", joins), ("leaves", leaves))
    return ", ".join(f"{word} {counted(len(feeds), 'calendar')}" for word, feeds in words if feeds)


def why_gone(statement: Statement | None) -> str:
    """Return why an event would be withdrawn, which the file has as *statement*, if at all."""
    if statement is None:
        return MISSING
    return DRAFT if statement.draft else UNDATED


def turn_of_new(event: Event, *, is_shown: bool) -> Turn:
    """Return what is said of an event that nobody was told of."""
    state = state_of(event.standing)
    date = say_date(event.details.when, rule=event.rule)
    if event.details.when is None:
        said = f"{date}: in no calendar until it has a date"
    elif not is_shown:
        said = f"{date}: it is over, and in no calendar any more"
    else:
        said = ", ".join(filter(None, (date, say_presence(event.details))))
    head = "new" if state == state_of(Standing()) else f"new, {state}"
    return Turn(head=head, said=(said,))


def _head(difference: Difference, before: Event, after: Event) -> str:
    """Return the one thing that matters most: the state, else what the change log says."""
    was, now = state_of(before.standing), state_of(after.standing)
    if was != now:
        return f"{was} -> {now}"
    if dates := list(_dates(before, after)):
        return f"{counted(len(dates), 'date')} of the series"
    kinds = [row.kind for row in difference.rows if row.kind not in _MEMBERSHIP]
    if kinds and not _is_history(before, after):
        return WORDS[kinds[-1]]
    return membership(difference.joins, difference.leaves) or "edited"


def _said(before: Event, after: Event) -> Iterator[str]:
    was, now = side_of(before), side_of(after)
    yield from _say_dates(was, now)
    if (then := say_presence(was.details)) != (present := say_presence(now.details)):
        yield f"{then or 'no place'} -> {present or 'no place'}"
    yield from _dates(before, after)
    if edited := list(_edits(before, after)):
        yield f"edited: {', '.join(edited)}"


def _say_dates(was: Side, now: Side) -> Iterator[str]:
    then, present = (say_date(side.details.when, rule=side.rule) for side in (was, now))
    if now.standing.off is not was.standing.off and now.standing.off:
        until = "no new date yet" if now.standing.off is Change.POSTPONED else "off"
        yield f"{then} -> {until}"
    elif then != present or (was.standing.off and not now.standing.off):
        yield f"{then} -> {present}" if then != present else present


def _dates(before: Event, after: Event) -> Iterator[str]:
    """Yield what happens to single dates of a series."""
    if before.rule is None or after.rule is None:
        return
    days = {one.day for one in (*before.overrides, *after.overrides)}
    common = set(_fields(before.details, after.details))
    for day in sorted(days):
        was, now = side_of(before, day), side_of(after, day)
        if (was.standing, was.details.when) != (now.standing, now.details.when):
            yield f"{day:%-d %B %Y}: {was.as_it_was()} -> {now}"
        elif edited := [one for one in _fields(was.details, now.details) if one not in common]:
            yield f"{day:%-d %B %Y}: edited: {', '.join(edited)}"


def _edits(before: Event, after: Event) -> Iterator[str]:
    """Yield what else differs, as an events file calls it: ``title (fr)``, ``image``."""
    yield from _fields(before.details, after.details)
    was, now = before.details, after.details
    if say_presence(was) == say_presence(now):
        yield from (
            name for name in ("place", "online") if getattr(was, name) != getattr(now, name)
        )
    if before.rule != after.rule:
        yield "repeats"
    if before.published != after.published:
        yield "published"
    notices = [[one.notice for one in event.updates] for event in (before, after)]
    if len(notices[0]) == len(notices[1]) and notices[0] != notices[1]:
        yield "notice"
    elif _is_history(before, after):
        yield "history"


def _is_history(before: Event, after: Event) -> bool:
    """Whether only updates differ of which nothing holds any more: all stands as it did."""
    return before.updates != after.updates and replace(after, updates=before.updates) == before


def _fields(was: Details, now: Details) -> Iterator[str]:
    for field in fields(Details):
        then, present = getattr(was, field.name), getattr(now, field.name)
        if field.name in _PLAIN or then == present:
            continue
        if isinstance(then, Mapping) and isinstance(present, Mapping):
            codes = sorted(
                code for code in {*then, *present} if then.get(code) != present.get(code)
            )
            yield f"{field.name} ({', '.join(codes)})"
        else:
            yield field.name
