"""``calfeed import``: an events file from a calendar or a table that exists already."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from calfeed.cli.editing import Desk, open_desk
from calfeed.cli.fetching import fetch, is_address, read
from calfeed.cli.finding import NothingHereError
from calfeed.cli.naming import likely
from calfeed.cli.opening import EventsFile, Ledger
from calfeed.cli.report import visible
from calfeed.cli.saying import counted
from calfeed.errors import CalfeedError
from calfeed.source.importing.assembling import assemble
from calfeed.source.importing.calendar import Read, read_calendar
from calfeed.source.importing.outcome import LEFT_OUT, Imported, Terms
from calfeed.source.importing.table import read_table
from calfeed.source.saving import create
from calfeed.source.texts import parse_initiative_slug
from calfeed.source.writing import written

FOLDER = Path("imported")
ZONE = "Europe/Brussels"
_SHOWN = 40
"""How many notes are shown."""


class Dates(StrEnum):
    """How a date of three numbers is read."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is imported, and how."""

    source: str
    initiative: str
    since: date | None
    draft: bool
    dates: Dates | None


Source = Annotated[
    str,
    typer.Argument(metavar="FILE.ics|FILE.csv|ADDRESS", help="What to import.", show_default=False),
]
Owner = Annotated[
    str, typer.Option(metavar="NAME", help="Whose events these are.", show_default=False)
]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="The new file; - for the terminal. Otherwise imported/NAME.yaml.",
        show_default=False,
    ),
]
Since = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="DAY",
        help="Leave out what was over before.",
        show_default=False,
    ),
]
NoDraft = Annotated[
    bool, typer.Option("--no-draft", help="Write no  draft: true  into the events.")
]
DateOrder = Annotated[
    Dates | None, typer.Option(help="How 5/8/2027 in a table is meant.", show_default=False)
]


def import_events(  # noqa: PLR0913, PLR0917 - each is an option of the command
    source: Source,
    initiative: Owner,
    out: Out = None,
    since: Since = None,
    no_draft: NoDraft = False,
    dates: DateOrder = None,
    file: EventsFile = None,
    ledger: Ledger = None,
) -> None:
    """Make an events file of an existing calendar or table. What is here already is left out."""
    request = Request(
        source=source,
        initiative=initiative,
        since=since.date() if since else None,
        draft=not no_draft,
        dates=dates,
    )
    terms = _terms(request, _desk(file, ledger))
    imported = assemble(_read(request, terms), terms)
    console = Console(stderr=True, highlight=False)
    _report(imported, console)
    if imported.entries:
        to = out or FOLDER / f"{initiative}.yaml"
        _write(imported, to, console, has_drafts=request.draft)
    else:
        console.print("There is nothing to write.")


def _write(imported: Imported, to: Path, console: Console, *, has_drafts: bool) -> None:
    """Write the events to a new file, or to the terminal, and say on *console* what is next."""
    text = written({"events": imported.entries})
    if to == Path("-"):
        typer.echo(text, nl=False)
        return
    create(to, text)
    drafts = "  (not published: each has  draft: true)" if has_drafts else ""
    console.print(f"Wrote {to}{drafts}.", soft_wrap=True, markup=False)
    console.print(_next_step(to, has_drafts=has_drafts), soft_wrap=True, markup=False)


def _next_step(to: Path, *, has_drafts: bool) -> str:
    then = ", and take out  draft: true" if has_drafts else ""
    return (
        f"Next:  look at {to}; move it into your folder of events, or its events into your file"
        f"{then}; then  calfeed check"
    )


def _desk(file: Path | None, ledger: str | None) -> Desk | None:
    """Return the events that are here already; None where there are none."""
    if file is not None:
        return open_desk(file, ledger)
    with suppress(NothingHereError):
        return open_desk(None, ledger)
    return None


def _terms(request: Request, desk: Desk | None) -> Terms:
    """Return what the import goes by.

    Raises:
        CalfeedError: the initiative is none of those that are here, or cannot be one.
    """
    if desk is None:
        parse_initiative_slug(request.initiative)
        today = datetime.now(UTC).astimezone(ZoneInfo(ZONE)).date()
        return Terms(
            initiative=request.initiative,
            language="en",
            languages=("en",),
            timezone=ZONE,
            today=today,
            draft=request.draft,
            since=request.since,
        )
    site, told = desk.stated.site, desk.told
    known = [one.slug for one in desk.stated.initiatives if not one.of]
    if request.initiative not in known:
        step = likely(request.initiative, known, otherwise=f"There are: {', '.join(known)}")
        raise CalfeedError(f'there is no initiative "{request.initiative}"\n{step}')
    statements = desk.stated.statements
    return Terms(
        initiative=request.initiative,
        language=site.language,
        languages=site.languages,
        timezone=site.timezone,
        today=desk.today,
        draft=request.draft,
        since=request.since,
        keys=frozenset((*told.pins, *(one.event.key for one in statements))),
        uids=frozenset((*told.revisions, *(one.uid for one in statements if one.uid))),
        own_names=frozenset(name for one in desk.stated.initiatives for name in one.name.values()),
    )


def _read(request: Request, terms: Terms) -> Read:
    source = request.source
    data = fetch(source) if is_address(source) else read(Path(source))
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, TimeElapsedColumn(), console=console, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(f"Reading {visible(source)}", total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        if source.lower().endswith((".csv", ".tsv")):
            day_first = None if request.dates is None else request.dates is Dates.DAY_FIRST
            return read_table(data, terms, name=source, day_first=day_first, progress=progress)
        return read_calendar(data, terms, name=source, progress=progress)


def _report(imported: Imported, console: Console) -> None:
    """Say how many events are new, here already or left out, and what is to be looked at."""
    counts = [f"{len(imported.entries)} new"]
    counts += [f"{imported.known} already here (same UID)"] if imported.known else []
    counts += [f"{imported.left_out} left out"] if imported.left_out else []
    counts += [f"{imported.to_look_at} to look at"] if imported.to_look_at else []
    counts += [f"{counted(many, what)} skipped" for what, many in imported.skipped.items()]
    console.print(f"  {', '.join(counts)}{':' if imported.notes else '.'}")
    ordered = sorted(imported.notes, key=lambda note: (note.outcome != LEFT_OUT, note.line))
    width = max((len(str(note.line)) for note in ordered), default=1)
    for note in ordered[:_SHOWN]:
        line = f"    line {note.line:>{width}}  {visible(note.what)}: {visible(note.outcome)}"
        console.print(line, markup=False, soft_wrap=True)
    if len(ordered) > _SHOWN:
        console.print(f"    and {len(ordered) - _SHOWN} more")
