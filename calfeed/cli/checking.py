"""``calfeed check``: say what is wrong, publish nothing."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from calfeed.cli import saying
from calfeed.cli.finding import find_ledger, find_sources
from calfeed.cli.opening import File, Ledger, Sources, told_by
from calfeed.cli.report import print_problems
from calfeed.errors import Severity
from calfeed.publisher import would_tell
from calfeed.source.reader import Reader


def check(
    sources: Sources = None,
    file: File = None,
    ledger: Ledger = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings are errors.")] = False,
) -> None:
    """Say what is wrong with the events file, if anything is; nothing is published.

    Where there is a ledger, what the file says is held against what subscribers were told.
    """
    path = find_sources(file or sources, start=Path.cwd())
    told = told_by(find_ledger(ledger, path))
    now = datetime.now(UTC)
    stated = Reader(path).read(now)
    outcome = would_tell(stated, told, now=now)
    print_problems(outcome.warnings, Console(stderr=True))
    severities = [problem.severity for problem in outcome.warnings]
    counts = [
        f"{count} {word}" if count == 1 else f"{count} {word}s"
        for severity in Severity
        if (count := severities.count(severity)) and (word := severity.value)
    ]
    typer.echo(f"{path}: {saying.summary(stated)}. {', '.join(counts) or 'No problems'}.")
    if strict and Severity.WARNING in severities:
        raise typer.Exit(1)
