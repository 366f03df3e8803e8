"""``calfeed check``: say what is wrong, publish nothing; mend it, where that is certain."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from babel import Locale
from rich.console import Console

from calfeed.cli import saying
from calfeed.cli.finding import called, find_ledger, find_sources
from calfeed.cli.fixing import fix as mend
from calfeed.cli.opening import File, Ledger, Sources, told_by
from calfeed.cli.report import as_github, as_json, print_problems
from calfeed.errors import Problem, Severity, SourceError
from calfeed.ledger.told import Told
from calfeed.publisher import would_tell
from calfeed.source.reader import Reader
from calfeed.source.stated import Stated

_LANGUAGES = 3
"""In how many languages missing titles are brought to mind."""


class Format(StrEnum):
    """For whom problems are written."""

    TEXT = "text"
    GITHUB = "github"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """All that is wrong or doubtful, errors first; ``stated`` None: it cannot be published."""

    problems: tuple[Problem, ...]
    stated: Stated | None = None

    def count(self, severity: Severity) -> int:
        """Return how many problems are as severe as that."""
        return sum(problem.severity is severity for problem in self.problems)


def check(  # noqa: PLR0913, PLR0917 - each is an option of the command
    sources: Sources = None,
    file: File = None,
    ledger: Ledger = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings are errors.")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what has one certain meaning, and say what.")
    ] = False,
    form: Annotated[
        Format, typer.Option("--format", help="For people, for GitHub's checks, for programs.")
    ] = Format.TEXT,
) -> None:
    """Say what is wrong with the events file, if anything is; nothing is published.

    Where there is a ledger, what the file says is held against what subscribers were told.
    """
    path = find_sources(file or sources, start=Path.cwd())
    told, reader, now = told_by(find_ledger(ledger, path)), Reader(path), datetime.now(UTC)
    if fix:
        mend(reader, now, Console(stderr=form is not Format.TEXT, highlight=False))
    checked = examine(reader, told, now)
    if form is Format.TEXT:
        _print(checked, path)
    elif form is Format.GITHUB:
        typer.echo("\n".join(map(as_github, checked.problems)))
    else:
        typer.echo(as_json(checked.problems))
    if checked.count(Severity.ERROR) or (strict and checked.count(Severity.WARNING)):
        raise typer.Exit(1)


def examine(reader: Reader, told: Told, now: datetime) -> Checked:
    """Return all that is wrong or doubtful with the sources, beside what was *told*."""
    stated, found = None, tuple[Problem, ...]()
    try:
        stated = reader.read(now)
        found = would_tell(stated, told, now=now).warnings
    except SourceError as error:
        found = (*(stated.problems if stated else ()), *error.problems)
        stated = None
    ranks = list(Severity)
    ordered = sorted(found, key=lambda problem: ranks.index(problem.severity))
    return Checked(problems=tuple(ordered), stated=stated)


def _print(checked: Checked, path: Path) -> None:
    """Print the problems as complaints, and as the result how many there are."""
    print_problems(checked.problems, Console(stderr=True))
    counts = [
        saying.counted(count, severity.value)
        for severity in Severity
        if (count := checked.count(severity))
    ]
    told = f"{saying.summary(checked.stated)}. " if checked.stated else ""
    typer.echo(f"{called(path)}: {told}{', '.join(counts) or 'No problems'}.")
    if checked.problems:
        typer.echo(f"More on a code:  calfeed explain {checked.problems[0].code}")
    for hint in _hints(checked.stated) if checked.stated else ():
        typer.echo(f"  hint: {hint}")


def _hints(stated: Stated) -> Iterator[str]:
    """Yield what would be good to have: titles in the languages of the site."""
    titles = [one.event.details.title for one in stated.statements if not one.draft]
    others = [code for code in stated.site.languages if code != stated.site.language]
    missing = {code: sum(code not in title for title in titles) for code in others}
    for code in [code for code in others if missing[code]][:_LANGUAGES]:
        name = Locale("en").languages.get(code, code)
        events = saying.counted(missing[code], "event")
        verb = "has" if missing[code] == 1 else "have"
        yield f"{events} {verb} no {name} title.  calfeed list --missing {code}"
