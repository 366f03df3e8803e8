"""``calfeed ledger``: look after what subscribers were told."""

import json
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from calfeed.cli import showing
from calfeed.cli.fetching import fetch, is_address, read, read_head
from calfeed.cli.finding import find_ledger, find_sources
from calfeed.cli.opening import Ledger
from calfeed.errors import CalfeedError
from calfeed.ledger.restore import BACKUP_BEGINS_WITH
from calfeed.ledger.restore import restore as begin_from
from calfeed.ledger.store import Store, open_ledger

WIDE = 200
"""Columns of a table that is not shown on a terminal."""

ledger = typer.Typer(
    help="Look after the ledger: what subscribers were told, and by which numbers.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


File = Annotated[
    Path | None,
    typer.Option("--file", "-f", help="The events that it belongs to.", show_default=False),
]


@ledger.command()
def new(file: File = None, ledger: Ledger = None) -> None:
    """Begin a ledger where nothing was ever published.

    Was something published before, restore it instead: a calendar app may ignore an event whose
    numbers start again at 0.
    """
    with closing(open_ledger(_where(file, ledger), begin=True)) as store:
        typer.echo(f"Begun: {store.place}")
    typer.echo("Next:  calfeed publish")


@ledger.command()
def backup(
    to: Annotated[Path, typer.Argument(metavar="TO", help="The new file.", show_default=False)],
    file: File = None,
    ledger: Ledger = None,
) -> None:
    """Copy the ledger into a new file, while calfeed goes on publishing."""
    with closing(_open(file, ledger)) as store:
        store.backup(to)
    typer.echo(f"{to}: all that was told until now, by {store.place}")


@ledger.command()
def restore(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="BACKUP|FEED",
            help="A backup, feeds that are published now (files or addresses), or both.",
            show_default=False,
        ),
    ],
    file: File = None,
    ledger: Ledger = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Also if there is a ledger; it is kept beside.")
    ] = False,
) -> None:
    """Begin it anew from a backup, or from feeds.

    A feed gives the numbers of its events, so that none starts again at 0: /feeds/all.ics has
    most. With a backup that is older than the feeds, give both.
    """
    where = _where(file, ledger)
    backups = [Path(source) for source in sources if _is_backup(source)]
    if len(backups) > 1:
        raise CalfeedError("only one backup can be restored: name one")
    feeds = {source: _read(source) for source in sources if Path(source) not in backups}
    kept = begin_from(where, backup=next(iter(backups), None), feeds=feeds, replace=replace)
    with closing(open_ledger(where)) as store:
        typer.echo(f"Begun: {store.place}, {showing.extent(store.read())}")
    if kept:
        typer.echo(f"What was there is kept: {kept}")
    typer.echo("Next:  calfeed publish")


@ledger.command()
def show(
    event: Annotated[
        str | None,
        typer.Argument(metavar="EVENT", help="All that was told of it.", show_default=False),
    ] = None,
    file: File = None,
    ledger: Ledger = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show every event with its numbers, or one with its history."""
    with closing(_open(file, ledger)) as store:
        told = store.read()
        revision = showing.find(told, event) if event else None
        rows = store.rows(uid=revision.uid) if revision else ()
    if as_json:
        data = showing.event_data(revision, rows) if revision else showing.data(told)
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDE  # a line for each event: something else reads them
    if revision:
        showing.print_event(revision, rows, console)
    else:
        typer.echo(f"Ledger {store.place}")
        showing.print_ledger(told, console)


def _where(file: Path | None, ledger: str | None) -> str:
    return ledger or find_ledger(None, find_sources(file, start=Path.cwd()))


def _open(file: Path | None, ledger: str | None) -> Store:
    return open_ledger(_where(file, ledger), required=True)


def _is_backup(source: str) -> bool:
    head = b"" if is_address(source) else read_head(Path(source), len(BACKUP_BEGINS_WITH))
    return head == BACKUP_BEGINS_WITH


def _read(source: str) -> bytes:
    return fetch(source) if is_address(source) else read(Path(source))
