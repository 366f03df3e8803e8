"""``calfeed check``: say what is wrong, mend what is beyond doubt, publish nothing."""

import os
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from calfeed.cli.diffs import print_diff
from calfeed.cli.finding import find_ledger, find_sources, name_of
from calfeed.cli.machine import as_github, as_json
from calfeed.cli.opening import File, Ledger, Sources, told_by
from calfeed.cli.report import print_problems
from calfeed.cli.saying import counted
from calfeed.cli.verdict import Verdict, in_order
from calfeed.errors import Severity
from calfeed.examining import all_problems
from calfeed.source.fixing import Fixing, fix, read_on
from calfeed.source.reader import Reader
from calfeed.source.saving import save


class Format(StrEnum):
    """For whom problems are written."""

    TEXT = "text"
    GITHUB = "github"
    JSON = "json"


Style = Annotated[
    Format,
    typer.Option(
        "--format",
        help="text for people, json for programs, github for annotations of a change there.",
    ),
]


def check(  # noqa: PLR0913, PLR0917 - each is an option of the command
    sources: Sources = None,
    file: File = None,
    ledger: Ledger = None,
    style: Style = Format.TEXT,
    fixing: Annotated[
        bool, typer.Option("--fix", help="Mend what is beyond doubt, and show what was mended.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings are errors.")] = False,
) -> None:
    """Say what is wrong with the events file, if anything is; nothing is published.

    Where there is a ledger, what the file says is held against what subscribers were told.
    More on a code:  calfeed explain E102
    """
    path = find_sources(file or sources, start=Path.cwd())
    told = told_by(find_ledger(ledger, path))
    reader, now = Reader(path), datetime.now(UTC)
    fixed = _fixed(reader, now, Console(stderr=style is not Format.TEXT)) if fixing else Fixing()
    examined = read_on(reader, now=now)
    problems = fixed.without_offers(all_problems(examined, told, now=now))
    has_error = any(problem.severity is Severity.ERROR for problem in problems)
    verdict = Verdict(
        name=name_of(path),
        problems=in_order(problems, reader.names()),
        stated=None if has_error else examined.stated,
        fixed=sum(one.count for one in fixed.files),
        is_strict=strict,
    )
    _say(verdict, style)
    if not verdict.is_good:
        raise typer.Exit(1)


def _say(verdict: Verdict, style: Format) -> None:
    if style is Format.JSON:
        typer.echo(as_json(verdict))
        return
    if style is Format.GITHUB:
        folder = os.environ.get("GITHUB_WORKSPACE")
        for line in as_github(verdict, workspace=Path(folder) if folder else None):
            typer.echo(line)
    else:
        complaints = Console(stderr=True, highlight=False)
        print_problems(verdict.problems, complaints)
        if verdict.problems:
            complaints.print()
    for line in verdict.lines():
        typer.echo(line)


def _fixed(reader: Reader, now: datetime, console: Console) -> Fixing:
    """Mend the files of *reader*, and show on *console* what was mended."""
    fixing = fix(reader, now=now)
    for one in fixing.files:
        before, after = one.texts
        print_diff(one.name, before, after, console)
        save(Path(one.name), expected=one.before, new=one.after)
    if fixing.files:
        count = counted(sum(one.count for one in fixing.files), "problem")
        console.print(f"\nMended {count}. Everything else is untouched.\n", highlight=False)
    return fixing
