"""``calfeed list``: the events of the file, and how each stands."""

import csv
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from calfeed.cli.editing import Desk, open_desk
from calfeed.cli.naming import likely
from calfeed.cli.opening import EventsFile, Ledger
from calfeed.cli.report import visible
from calfeed.cli.saying import counted, words
from calfeed.cli.standing import state_of
from calfeed.errors import CalfeedError
from calfeed.model import Event
from calfeed.source.stated import Statement

WIDE = 10_000
"""Columns of a table that is not shown on a terminal: each event has one line."""

_STYLES = {
    "postponed": "red",
    "cancelled": "red",
    "new date": "yellow",
    "moved online": "yellow",
    "draft": "dim",
}
_COLUMNS = ("event", "state", "date", "initiatives", "title")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula, where it stands first."""


class State(StrEnum):
    """What the events of a list have in common."""

    AS_PLANNED = "as-planned"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    NEW_DATE = "new-date"
    MOVED_ONLINE = "moved-online"
    DRAFT = "draft"
    PAST = "past"
    COMING = "coming"


def list_events(  # noqa: PLR0913, PLR0917 - each is an option of the command
    state: Annotated[
        State | None, typer.Option(help="Only those in this state.", show_default=False)
    ] = None,
    initiative: Annotated[
        str, typer.Option(metavar="NAME", help="Only those of it.", show_default=False)
    ] = "",
    missing: Annotated[
        str,
        typer.Option(metavar="LANG", help="Only those without a title in it.", show_default=False),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="For spreadsheets.")] = False,
    file: EventsFile = None,
    ledger: Ledger = None,
) -> None:
    """List the events with their state, in the order of their dates."""
    desk = open_desk(file, ledger)
    _check_names(desk, initiative, missing)
    chosen = [
        one
        for one in desk.stated.statements
        if (state is None or is_in(one, state, desk.today))
        and (not initiative or initiative in one.event.initiatives)
        and (not missing or missing not in one.event.details.title)
    ]
    chosen.sort(key=lambda one: _first_day(one) or date.max)
    if as_json:
        data = [_data(one, desk) for one in chosen]
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif as_csv:
        _write_csv(_row(one, desk) for one in chosen)
    else:
        _print(chosen, desk)


def is_in(statement: Statement, state: State, today: date) -> bool:
    """Whether an event is in *state* on the day *today*."""
    if state is State.DRAFT:
        return statement.draft
    when = statement.event.details.when
    last = statement.event.last_day(when.zone) if when else None
    if state is State.PAST:
        return last is not None and last < today
    if state is State.COMING:
        return last is None or last >= today
    return _state(statement).replace(" ", "-") == state.value


def _check_names(desk: Desk, initiative: str, missing: str) -> None:
    """Make sure that there are such an initiative and language, if they are named.

    Raises:
        CalfeedError: there are not.
    """
    slugs = [one.slug for one in desk.stated.initiatives]
    languages = desk.stated.site.languages
    for name, known, what in (
        (initiative, slugs, "initiative"),
        (missing, languages, "language of the site"),
    ):
        if name and name not in known:
            step = likely(name, known, otherwise=f"There are: {', '.join(known)}")
            raise CalfeedError(f'there is no {what} "{name}"\n{step}')


def _first_day(statement: Statement) -> date | None:
    when = statement.event.details.when
    return when.first_day if when else None


def _state(statement: Statement) -> str:
    return "draft" if statement.draft else state_of(statement.event.standing)


def _date(event: Event) -> str:
    """Return the date as the file writes it; of a series, the first, the last and how many."""
    when, dates = event.details.when, list(event.dates())
    if when is None:
        return "to be announced"
    if event.rule is None:
        return str(when)
    return f"{when} … {max(one.first_day for one in dates)}, {counted(len(dates), 'date')}"


def _short_date(event: Event) -> str:
    """Return where the date begins; of a series, also how many there are."""
    when = event.details.when
    if when is None:
        return "to be announced"
    begins = str(replace(when, end=None))
    return (
        begins if event.rule is None else f"{begins}, {counted(len(list(event.dates())), 'date')}"
    )


def _row(statement: Statement, desk: Desk) -> tuple[str, ...]:
    event = statement.event
    return (
        event.key,
        _state(statement),
        _date(event),
        ", ".join(event.initiatives),
        words(event.details.title, desk.stated.site.language),
    )


def _data(statement: Statement, desk: Desk) -> dict[str, object]:
    event = statement.event
    when = event.details.when
    revision = desk.told.revisions.get(desk.told.pins.get(event.key, ""))
    return {
        "event": event.key,
        "state": _state(statement),
        "title": dict(event.details.title),
        "when": str(when) if when else None,
        "timezone": when.zone if when else None,
        "dates": sum(1 for _ in event.dates()),
        "initiatives": list(event.initiatives),
        "updates": len(event.updates),
        "sequence": revision.sequence if revision else None,
    }


def _print(chosen: list[Statement], desk: Desk) -> None:
    """Print a table for whatever reads on, or two lines for each event on a terminal."""
    console = Console(highlight=False)
    if console.is_terminal:
        _print_lines(chosen, desk, console)
    else:
        _print_table(chosen, desk, console)
    console.print(counted(len(chosen), "event"))


def _print_lines(chosen: list[Statement], desk: Desk, console: Console) -> None:
    dates = [_short_date(one.event) for one in chosen]
    states = [_state(one) for one in chosen]
    for one, date_, state in zip(chosen, dates, states, strict=True):
        line = Text(f"{date_:<{max(map(len, dates))}}  ")
        line.append(f"{state:<{max(map(len, states))}}", style=_STYLES.get(state, ""))
        line.append(f"  {visible(one.event.key)}", style="bold")
        title = Text(f"  {visible(words(one.event.details.title, desk.stated.site.language))}")
        for part in (line, title):
            part.truncate(console.width, overflow="ellipsis")
            console.print(part, soft_wrap=True)


def _print_table(chosen: list[Statement], desk: Desk, console: Console) -> None:
    if not chosen:
        return
    console.width = WIDE
    table = Table(box=None, pad_edge=False)
    for name in _COLUMNS:
        table.add_column(name, no_wrap=True)
    for one in chosen:
        table.add_row(*(Text(visible(cell)) for cell in _row(one, desk)))
    console.print(table)


def _write_csv(rows: Iterable[tuple[str, ...]]) -> None:
    """Write *rows* as RFC 4180 has them, no cell of them a formula."""
    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
