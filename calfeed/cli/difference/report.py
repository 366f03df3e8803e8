"""All that there is to say of what would be told, before it is set in any form."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from calfeed.cli.report import visible
from calfeed.cli.saying import counted
from calfeed.comparing import MASTER, FeedName, PropertyChange, Setting
from calfeed.errors import Problem, Severity
from calfeed.publisher import Prospect

NOTHING = "Nothing would be told."


class Mark(StrEnum):
    """What becomes of an event: the first of these that holds. What matters most comes first."""

    WITHDRAWN = "!"
    CHANGED = "~"
    NEW = "+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What happens to an event: in a few words, then what there is to know, a line each."""

    head: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event that would be told otherwise; ``title`` is what calendars show of it afterwards.

    ``was`` and ``becomes`` are its SEQUENCE before and after; None: it had none, or nobody knows.
    """

    mark: Mark
    key: str
    uid: str
    title: str
    turn: Turn
    was: int | None = None
    becomes: int | None = None
    feeds: tuple[FeedName, ...] = ()
    joins: tuple[FeedName, ...] = ()
    leaves: tuple[FeedName, ...] = ()
    properties: tuple[PropertyChange, ...] = ()

    @property
    def numbers(self) -> str:
        """How SEQUENCE goes on: ``revision 0 -> 1``; empty where that is not known."""
        if self.becomes is None:
            return ""
        if self.was is None or self.was == self.becomes:
            return f"revision {self.becomes}"
        return f"revision {self.was} -> {self.becomes}"

    @property
    def seen(self) -> str:
        """How many calendars show it: ``2 calendars``; empty for none, or where nobody knows."""
        return counted(len(self.feeds), "calendar") if self.feeds else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that would be told, compared with what ``against`` names; empty: nothing was told.

    ``entries`` are in the order of their marks, then of their keys; ``warnings`` are of the file,
    but for reminders; ``notes`` what else there is to know before it is published.
    """

    against: str
    entries: tuple[Entry, ...] = ()
    settings: tuple[Setting, ...] = ()
    warnings: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be told."""
        return not self.entries and not self.settings

    @property
    def feeds(self) -> tuple[FeedName, ...]:
        """The feeds whose subscribers see something, by their names."""
        found = {
            feed.slug: feed for entry in self.entries for feed in (*entry.feeds, *entry.leaves)
        }
        return tuple(sorted(found.values(), key=lambda feed: (feed.name, feed.slug)))


def warnings_of(prospect: Prospect) -> tuple[Problem, ...]:
    """Return what an editor should look at before this is published; reminders can wait."""
    return tuple(one for one in prospect.warnings if one.severity is Severity.WARNING)


def in_order(entries: Iterator[Entry]) -> tuple[Entry, ...]:
    """Return *entries* as a report has them."""
    marks = list(Mark)
    return tuple(sorted(entries, key=lambda one: (marks.index(one.mark), one.key, one.uid)))


def by_component(
    properties: Sequence[PropertyChange],
) -> Iterator[tuple[str, Iterator[PropertyChange]]]:
    """Yield the property changes of each VEVENT, with what it is called: nothing for the event."""
    for component, found in groupby(properties, key=lambda change: change.component):
        yield f"the date of {visible(component)}" if component != MASTER else "", found


def keys_of_feed(report: Report, feed: FeedName) -> Iterator[tuple[str, list[str]]]:
    """Yield what happens in one feed, in a word, and the keys of the events that it happens to."""
    inside = [one for one in report.entries if feed.slug in {each.slug for each in one.feeds}]
    joining = [one for one in inside if feed.slug in {each.slug for each in one.joins}]
    leaving = [one for one in report.entries if feed.slug in {each.slug for each in one.leaves}]
    words = {Mark.WITHDRAWN: "withdrawn", Mark.CHANGED: "changed", Mark.NEW: "new"}
    for mark, word in words.items():
        found = [one.key for one in inside if one.mark is mark and one not in joining]
        found += [one.key for one in joining if mark is Mark.NEW]
        if found:
            yield word, sorted(found)
    if leaving:
        yield "leaving", [one.key for one in leaving]


def say_setting(
    setting: Setting, quoted: Callable[[str], str] = visible, *, arrow: str = "->"
) -> str:
    """Return a fact that would be told otherwise, what stands in the file *quoted*."""
    before, after = (quoted(one) if one else "none" for one in (setting.before, setting.after))
    of = quoted(setting.slug) if setting.slug else "the site"
    if setting.name == "slug":
        return f"{before} is {after} now; its old addresses go on"
    if setting.name:
        return f"{of}: {setting.name} {before} {arrow} {after}"
    if setting.after:
        return f"{of}: a new calendar, {after}"
    return f"{of}: no longer in the file; its calendar ends 400 days after its last event"
