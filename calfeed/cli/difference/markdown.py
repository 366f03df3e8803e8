"""What would be told, as a comment on a pull request: nothing in a file can be more than text."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from calfeed.cli.difference.report import Entry, Report, by_component, keys_of_feed, say_setting
from calfeed.cli.difference.text import headline, shortened
from calfeed.cli.report import visible
from calfeed.cli.saying import counted
from calfeed.comparing import FeedName, Setting
from calfeed.errors import Problem

LIMIT = 65_000
"""Octets of a comment: GitHub takes 65,536 characters."""

FOR_DETAILS = 0.4
"""The share of them that the sentences leave to the properties behind them."""

LONGEST = 300
"""Characters of a title, a name or a message: more of them help nobody."""

_RUNS = re.compile("`+")
_NAMED = 12


def as_markdown(report: Report) -> str:
    """Return *report* as Markdown of GitHub's kind, cut where it would be too long.

    All that files and feeds say stands in code, where nothing is a link, a mention or a tag.
    """
    text = "\n\n".join([f"### {headline(report)}", *_paragraphs(report)]) + "\n\n"
    budget = int(LIMIT * (1 - FOR_DETAILS))
    for head, items, what in (
        ("", [_item(entry) for entry in report.entries], "event"),
        ("Names and settings", [_setting(one) for one in report.settings], "setting"),
        ("In each calendar", [_feed(feed, report) for feed in report.feeds], "calendar"),
        ("Look at this first", [_warning(one) for one in report.warnings], "warning"),
    ):
        if items:
            text += f"**{head}**\n\n" if head else ""
            text += _up_to(items, budget - _size(text), what)
    details = [block for entry in report.entries if (block := _details(entry))]
    return f"{text}{_up_to(details, LIMIT - _size(text), 'event')}".rstrip("\n") + "\n"


def code(text: str) -> str:
    """Return *text* as inline code on one line, whatever it holds."""
    shown = visible(" ".join(text.split()))[:LONGEST] or " "
    fence = "`" * (_longest_run(shown) + 1)
    pad = " " if shown[0] == "`" or shown[-1] == "`" else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _paragraphs(report: Report) -> Iterator[str]:
    """Yield what is compared with, and what else there is to know before it is published."""
    if report.against:
        yield f"Compared with {code(report.against)}."
    yield from (f"> {escape(visible(note), quote=False)}" for note in report.notes)


def _warning(problem: Problem) -> str:
    hint = f": {code(problem.hint)}" if problem.hint else ""
    return f"- {code(str(problem.place))} {problem.code} {code(problem.message)}{hint}\n"


def _item(entry: Entry) -> str:
    facts = ", ".join(filter(None, (entry.numbers, entry.seen)))
    lines = [f"- **{entry.turn.head}** {code(entry.key)}" + (f" ({facts})" if facts else "")]
    lines = [line.replace(" -> ", " → ") for line in (*lines, *entry.turn.said)]
    lines.insert(1, code(entry.title))
    for word, feeds in (("joins", entry.joins), ("leaves", entry.leaves)):
        if feeds:
            lines.append(f"{word} {', '.join(code(feed.name) for feed in feeds)}")
    return "<br>\n  ".join(lines) + "\n"


def _setting(setting: Setting) -> str:
    return f"- {say_setting(setting, code, arrow='→')}\n"


def _feed(feed: FeedName, report: Report) -> str:
    happens = "; ".join(
        f"{word} {', '.join(map(code, keys[:_NAMED]))}"
        + (f" and {len(keys) - _NAMED} more" if len(keys) > _NAMED else "")
        for word, keys in keys_of_feed(report, feed)
    )
    return f"- {code(feed.name)}: {happens}\n"


def _details(entry: Entry) -> str:
    """Return the property changes of one event, folded away; empty if there are none."""
    lines = []
    for name, changes in by_component(entry.properties):
        lines += [f"@@ {name} @@"] if name else []
        for change in changes:
            lines += [f"- {shortened(line)}" for line in change.before]
            lines += [f"+ {shortened(line)}" for line in change.after]
    if not lines:
        return ""
    inside = "\n".join(lines)
    fence = "`" * max(3, _longest_run(inside) + 1)
    summary = f"What calendar apps get of <code>{escape(visible(entry.key))}</code>"
    return (
        f"<details><summary>{summary}</summary>\n\n{fence}diff\n{inside}\n{fence}\n\n</details>\n"
    )


def _up_to(items: Iterable[str], room: int, what: str) -> str:
    """Return *items* as far as there is room for them, and how many there is none for."""
    items = tuple(items)
    text, shown = "", 0
    for item in items:
        if _size(text) + _size(item) > room:
            break
        text, shown = text + item, shown + 1
    left = len(items) - shown
    return f"{text}\n{counted(left, f'more {what}')} not shown here.\n\n" if left else f"{text}\n"


def _longest_run(text: str) -> int:
    return max(map(len, _RUNS.findall(text)), default=0)


def _size(text: str) -> int:
    return len(text.encode())
