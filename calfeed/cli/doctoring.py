"""``calfeed doctor``: ask for a published feed as its subscribers do, and say what is wrong."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from calfeed.cli import diagnosis as report
from calfeed.cli.asking import asking
from calfeed.cli.fetching import read
from calfeed.doctor.arriving import find_feed
from calfeed.doctor.examining import Diagnosis, examine
from calfeed.doctor.findings import Level
from calfeed.doctor.runs import Run, parse_run
from calfeed.doctor.targets import Target, parse_target
from calfeed.doctor.visiting import visit
from calfeed.errors import CalfeedError


def doctor(
    address: Annotated[
        str,
        typer.Argument(metavar="ADDRESS", help="Of a feed, or of a site.", show_default=False),
    ],
    save: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keep what matters of this run.", show_default=False),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Say what changed since a saved run that should not have. May be the same file.",
            show_default=False,
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings are errors.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Say what is wrong with a published feed, calfeed's or anybody else's.

    It is asked for as Google, Outlook, Apple, Thunderbird and others do, about 25 requests in
    all. Each problem says who is hit and what to do; then comes how the events that are off or
    moved will be shown. Exit status 1 if there are errors.
    """
    before = parse_run(read(since), str(since)) if since else None
    diagnosis = _examined(_target(address), before)
    if as_json:
        typer.echo(json.dumps(report.data(diagnosis), ensure_ascii=False, indent=2))
    else:
        report.print_diagnosis(diagnosis, Console(highlight=False))
    if save:
        _save(diagnosis.run, save)
    levels = (Level.ERROR, Level.WARNING) if strict else (Level.ERROR,)
    if any(map(diagnosis.count, levels)):
        raise typer.Exit(1)


def _target(address: str) -> Target:
    try:
        return parse_target(address)
    except CalfeedError as error:
        raise typer.BadParameter(str(error)) from error


def _examined(target: Target, before: Run | None) -> Diagnosis:
    ask = asking()
    with _saying() as say:
        visited = visit(find_feed(target, ask, say), ask, say)
        return examine(visited, before=before, day=datetime.now(UTC).date())


@contextmanager
def _saying() -> Iterator[Callable[[str], None]]:
    """Yield what shows on a terminal, while it lasts, what is asked."""
    with Console(stderr=True, highlight=False).status("") as status:
        yield lambda what: status.update(f"asking: {what}")


def _save(run: Run | None, file: Path) -> None:
    if run is None:
        raise CalfeedError(f"{file} is left as it is: no feed was found to keep")
    try:
        file.write_text(run.model_dump_json(indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise CalfeedError(
            f"{file} cannot be written: {error.strerror}\nName another file."
        ) from error
