"""``calfeed show``: all there is to know of one event, and what each of its calendars sends."""

import json
from collections.abc import Iterable
from typing import Annotated

import typer
from rich.console import Console

from calfeed.cli.editing import open_desk
from calfeed.cli.opening import EventsFile, Ledger
from calfeed.cli.portrait import VARIANTS, Portrait, dates_of, facts, history, portrait_of, sent
from calfeed.cli.report import visible
from calfeed.cli.saying import counted, words
from calfeed.cli.standing import side_of, state_of
from calfeed.cli.updating import EventName


def show(
    event: EventName,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    file: EventsFile = None,
    ledger: Ledger = None,
) -> None:
    """Show an event: its facts, its history, and what its calendars would send if published now."""
    portrait = portrait_of(open_desk(file, ledger), event)
    if as_json:
        typer.echo(json.dumps(_data(portrait), ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    title = words(portrait.event.details.title, portrait.language)
    _print(console, visible(title), style="bold")
    _print(console, portrait.event.key)
    _print_pairs(console, "", facts(portrait))
    _print_pairs(console, "History", (("", line) for line in history(portrait.event)))
    _print_pairs(console, "Dates", (("", line) for line in dates_of(portrait.event)))
    if portrait.revision:
        _print_pairs(console, _where(portrait), sent(portrait))


def _where(portrait: Portrait) -> str:
    names = ", ".join(feed.name for feed in portrait.feeds)
    if not names:
        return "In no calendar now; it would be sent as"
    return f"Sent to {counted(len(portrait.feeds), 'calendar')} ({visible(names)})"


def _print_pairs(console: Console, head: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Print what has a value, the names in a column of their own."""
    said = [(name, text) for name, text in pairs if text]
    if not said:
        return
    _print(console, "")
    if head:
        _print(console, head, style="bold")
    width = max(len(name) for name, _ in said)
    for name, text in said:
        label = f"{name:<{width}}  " if width else ""
        _print(console, f"  {label}{visible(text)}")


def _print(console: Console, line: str, *, style: str = "") -> None:
    console.print(line, style=style, markup=False, soft_wrap=True)


def _data(portrait: Portrait) -> dict[str, object]:
    event, revision, told = portrait.event, portrait.revision, portrait.told
    return {
        "event": event.key,
        "draft": portrait.statement.draft,
        "state": state_of(event.standing),
        "stands": str(side_of(event)),
        "title": dict(event.details.title),
        "initiatives": list(event.initiatives),
        "calendars": [{"slug": feed.slug, "name": feed.name} for feed in portrait.feeds],
        "uid": revision.uid if revision else None,
        "sequence": {
            "told": told.sequence if told else None,
            "next": revision.sequence if revision else None,
        },
        "published": event.published and event.published.isoformat(),
        "history": [
            {
                "announced": update.announced.isoformat(),
                "change": update.change.value,
                "occurrence": update.occurrence and update.occurrence.isoformat(),
                "notice": dict(update.notice or {}),
            }
            for update in event.updates
        ],
        "sends": {
            name: [
                [line for lines in one.values() for line in lines]
                for one in portrait.sent(show).values()
            ]
            for name, show in VARIANTS.items()
        },
    }
