"""What subscribers will see of an edit, said before it is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from babel import Locale
from rich.console import Console

from calfeed.cli.editing import Desk
from calfeed.cli.report import print_problems, visible
from calfeed.cli.saying import counted, words
from calfeed.cli.standing import ENGLISH, Side, say_presence, side_of
from calfeed.comparing import Difference, compare
from calfeed.errors import Problem
from calfeed.model import Change, Event
from calfeed.publisher import would_tell
from calfeed.source.stated import Stated
from calfeed.states import say_prefix

_FIELDS = ("title", "online", "summary", "description", "website", "contact")
_NAMED = 5
"""How many other events of a day, or calendars, are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """What an edit of one event comes to, a new one if there was none ``before``.

    ``difference`` None: subscribers see nothing of it.
    """

    before: Event | None
    after: Event
    stated: Stated
    difference: Difference | None
    warnings: tuple[Problem, ...]

    @property
    def day(self) -> date | None:
        """The original day of the one date that was edited; None: the whole event was."""
        return self.after.updates[-1].occurrence if self.after.updates else None

    @property
    def side(self) -> Side:
        """How what was edited stands afterwards."""
        return side_of(self.after, self.day)


def foretell(desk: Desk, key: str, *, name: str, data: bytes) -> Foretold:
    """Return what publishing the sources would tell of the event *key* if *name* held *data*.

    Where nothing was ever published, the sources as they are count as told.

    Raises:
        SourceError: they would have errors.
    """
    told = desk.told
    stated = desk.reader.read(desk.now, instead={name: data})
    known = would_tell(desk.stated, told, now=desk.now)
    if told.version == 0:
        told = known.told
    prospect = would_tell(stated, told, now=desk.now)
    differences = compare(told, prospect.told, prospect.publication, day=desk.today).events
    old = {(problem.code, problem.message) for problem in known.warnings}
    return Foretold(
        before=events_of(desk.stated).get(key),
        after=events_of(stated)[key],
        stated=stated,
        difference=next((one for one in differences if one.key == key), None),
        warnings=tuple(one for one in prospect.warnings if (one.code, one.message) not in old),
    )


def events_of(stated: Stated) -> dict[str, Event]:
    """Return the events that are *stated*, by key, drafts too."""
    return {one.event.key: one.event for one in stated.statements}


def print_turn(foretold: Foretold, console: Console) -> None:
    """Print the event's title, and how it stands before and after its last update."""
    after = foretold.side
    title = words(foretold.after.details.title, foretold.stated.site.language)
    console.print(visible(title), soft_wrap=True)
    if foretold.before is None:
        turn = f"new: {after.as_it_was()}"
    else:
        turn = _turn(side_of(foretold.before, foretold.day), after, foretold.stated.site.language)
    console.print(f"  {_which(foretold)}{visible(turn)}", soft_wrap=True)


def _which(foretold: Foretold) -> str:
    """Return which date of a series it is about, nothing for a whole event."""
    if foretold.day is None:
        return ""
    dates = "all dates from" if foretold.after.updates[-1].onwards else "the date of"
    return f"{dates} {foretold.day:%-d %B %Y}: "


def _turn(before: Side, after: Side, language: str) -> str:
    """Return how it stood and how it stands, or what else is new where it stands as before."""
    now = str(after)
    if (presence := say_presence(after.details)) != say_presence(before.details):
        now = f"{now}; {presence}"
    if after.details.place and after.details.place != before.details.place:
        now = f"{now}; at {words(after.details.place.name, language)}"
    if now != str(before):
        return f"{before.as_it_was()}  ->  {now}"
    mended = [
        name for name in _FIELDS if getattr(before.details, name) != getattr(after.details, name)
    ]
    return f"{now}, as before" + (f"; new: {', '.join(mended)}" if mended else "")


def print_foretold(foretold: Foretold, console: Console) -> None:
    """Print who will see what, what else there is to know, and new warnings on stderr."""
    for line in _seen(foretold):
        console.print(visible(line), soft_wrap=True)
    for note in _notes(foretold) if foretold.after.updates else ():
        console.print(f"  note: {visible(note)}", soft_wrap=True)
    print_problems(foretold.warnings, Console(stderr=True))


def _seen(foretold: Foretold) -> Iterator[str]:
    difference = foretold.difference
    if difference is None:
        yield "  It is a draft: subscribers see it once you take out  draft: true"
        return
    names = [feed.name for feed in difference.feeds]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    calendars = f"{counted(len(names), 'calendar')} ({', '.join(names[:_NAMED])}{more})"
    if not names:
        is_over = difference.after.last_day is not None
        why = "any more: it is over" if is_over else "yet: it has no date"
        yield f"  It is in no calendar {why}."
        return
    yield f"  Subscribers of {calendars} will see, once it is published:"
    number = difference.after.sequence
    revision = f"{difference.before.sequence} -> {number}" if difference.before else f"{number}"
    yield f"    {_summary(foretold)}   (revision {revision})"


def _summary(foretold: Foretold) -> str:
    site, side = foretold.stated.site, foretold.side
    prefix = say_prefix(
        side.standing,
        site.language,
        withdrawn=False,
        new_date=site.prefix_new_date,
        online=site.prefix_online,
    )
    return prefix + words(side.details.title, site.language)


def _notes(foretold: Foretold) -> Iterator[str]:
    update, side = foretold.after.updates[-1], foretold.side
    languages = foretold.stated.site.languages
    if update.notice:
        missing = [code for code in languages if code not in update.notice]
        if missing:
            yield f"no notice in {_named(missing)}: {_named([min(update.notice)])} will be shown"
    elif update.change in {Change.POSTPONED, Change.CANCELLED}:
        yield 'nobody learns why; say it with  --notice "…"'
    if side.standing.off and (registration := side.details.registration):
        yield f"registration is somebody else's to close:  {registration.url}"
    if "when" in update.given and side.details.when:
        yield _other_events(foretold, side.details.when.first_day)


def _other_events(foretold: Foretold, day: date) -> str:
    own = set(foretold.after.initiatives)
    others = [
        one.event.key
        for one in foretold.stated.statements
        if one.event.key != foretold.after.key and own & set(one.event.initiatives)
        if any(when.first_day == day for when in one.event.dates()) and not one.event.standing.off
    ]
    if not others:
        return "nothing else of these calendars begins that day"
    more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
    return f"the same day begins  {', '.join(others[:_NAMED])}{more}"


def _named(languages: list[str]) -> str:
    names = Locale(ENGLISH).languages
    return ", ".join(str(names.get(code, code)) for code in languages)
