"""What would be told, for a person at a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from calfeed.cli.difference.report import (
    NOTHING,
    Entry,
    Mark,
    Report,
    by_component,
    keys_of_feed,
    say_setting,
)
from calfeed.cli.report import visible
from calfeed.cli.saying import counted
from calfeed.comparing import FeedName, PropertyChange

_STYLES = {Mark.WITHDRAWN: "bold red", Mark.CHANGED: "yellow", Mark.NEW: "green"}
_SIGNS = {"-": "red", "+": "green"}
_MARGIN = 2
_INDENT = 6
_NAMED = 12
"""How many events of one calendar are named."""

_LONGEST = 240
"""Characters of a content line that are shown."""


def print_report(report: Report, console: Console, *, details: bool) -> None:
    """Print *report*; with *details* the property changes of each VEVENT too."""
    for note in report.notes:
        console.print(note, markup=False, soft_wrap=True)
    console.print(Text(headline(report), style="bold"), soft_wrap=True)
    if report.against:
        console.print(f"Compared with {visible(report.against)}.", markup=False, soft_wrap=True)
    if report.is_empty:
        return
    console.print()
    widths = _Widths(report.entries, console)
    for entry in report.entries:
        _print_entry(entry, widths, console)
        for name, changes in by_component(entry.properties) if details else ():
            _print_changes(name, changes, console)
    for setting in report.settings:
        line = f"{Mark.CHANGED:>{_MARGIN + 1}} {say_setting(setting)}"
        console.print(line, markup=False, soft_wrap=True)
    for feed in report.feeds:
        _print_feed(feed, report, console)


def headline(report: Report) -> str:
    """Return in one line how much would be told, and to how many calendars' subscribers."""
    if report.is_empty:
        return NOTHING
    if not report.entries:
        return "Only names and settings of calendars would be told."
    events = counted(len(report.entries), "event")
    return f"{events} would be told to subscribers of {counted(len(report.feeds), 'calendar')}."


class _Widths:
    """How wide the columns are: all on one line, unless the terminal is too narrow for that."""

    def __init__(self, entries: Sequence[Entry], console: Console) -> None:
        self.key = max((len(visible(one.key)) for one in entries), default=0)
        self.head = max((len(one.turn.head) for one in entries), default=0)
        self.numbers = max((len(one.numbers) for one in entries), default=0)
        whole = _MARGIN + self.key + self.head + self.numbers + len("  12 calendars") + 2 * _MARGIN
        self.is_one_line = not console.is_terminal or whole <= console.width


def _print_entry(entry: Entry, widths: _Widths, console: Console) -> None:
    line = Text.assemble(
        " " * _MARGIN,
        (entry.mark.value, _STYLES[entry.mark]),
        f" {visible(entry.key):<{widths.key}}  ",
        (f"{entry.turn.head:<{widths.head}}", _STYLES[entry.mark]),
    )
    if widths.is_one_line:
        line.append(f"  {entry.numbers:<{widths.numbers}}" if widths.numbers else "")
        line.append(f"  {entry.seen}")
    line.rstrip()
    console.print(line, soft_wrap=True)
    said: tuple[str, ...] = (visible(entry.title), *entry.turn.said, *_membership(entry))
    if not widths.is_one_line:
        numbers = ", ".join(filter(None, (entry.numbers, entry.seen)))
        said = (numbers, *said)
    for text in filter(None, said):
        _print_indented(text, console)


def _membership(entry: Entry) -> Iterator[str]:
    for word, feeds in (("joins", entry.joins), ("leaves", entry.leaves)):
        if feeds:
            yield f"{word} {', '.join(visible(feed.name) for feed in feeds)}"


def _print_indented(text: str, console: Console) -> None:
    """Print *text* below an entry; a terminal breaks it between words, nothing else does."""
    if not console.is_terminal:
        console.print(" " * _INDENT + text, markup=False, soft_wrap=True)
        return
    for line in Text(text).wrap(console, console.width - _INDENT):
        console.print(Text(" " * _INDENT).append_text(line))


def _print_changes(name: str, changes: Iterator[PropertyChange], console: Console) -> None:
    if name:
        console.print(f"{'':{_INDENT}}{name}:", markup=False)
    for change in changes:
        for sign, lines in (("-", change.before), ("+", change.after)):
            for line in lines:
                shown = Text(f"{'':{_INDENT}}{sign} {shortened(line)}", style=_SIGNS[sign])
                console.print(shown, soft_wrap=True)


def shortened(line: str) -> str:
    """Return a content line on one line, and not longer than helps anybody."""
    shown = visible(line)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def _print_feed(feed: FeedName, report: Report, console: Console) -> None:
    console.print()
    console.print(Text(f"Subscribers of {visible(feed.name)}", style="bold"), soft_wrap=True)
    for word, keys in keys_of_feed(report, feed):
        more = f" and {len(keys) - _NAMED} more" if len(keys) > _NAMED else ""
        named = ", ".join(map(visible, keys[:_NAMED]))
        console.print(f"  {word}: {named}{more}", markup=False, soft_wrap=True)
