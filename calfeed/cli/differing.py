"""``calfeed diff``: what publishing the file would tell, beside what was told or stood before."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from calfeed.cli.beside import beside, beside_file, beside_ledger
from calfeed.cli.difference.data import as_json
from calfeed.cli.difference.markdown import as_markdown
from calfeed.cli.difference.published import Out, report_of_published
from calfeed.cli.difference.report import Report
from calfeed.cli.difference.text import print_report
from calfeed.cli.difference.told import Before, report_of_told
from calfeed.cli.finding import find_ledger, find_sources
from calfeed.cli.opening import EventsFile, Ledger, told_by
from calfeed.cli.report import print_problems
from calfeed.ledger.told import Told
from calfeed.publisher import would_tell
from calfeed.source.reader import Reader
from calfeed.source.stated import Stated


class Format(StrEnum):
    """For whom differences are written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


Old = Annotated[
    Path | None,
    typer.Argument(
        metavar="OLD", help="An older events file, or folder, to compare with.", show_default=False
    ),
]
Against = Annotated[
    str,
    typer.Option(
        metavar="LEDGER|ADDRESS|REV",
        help="Compare with another ledger, a published site or feed, or a revision of git.",
        show_default=False,
    ),
]
Form = Annotated[
    Format, typer.Option("--format", help="For people, for a pull request, for programs.")
]
Detailed = Annotated[bool, typer.Option("--details", "-v", help="Each property that changes, too.")]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="End with 1 if there are differences.")]


def diff(  # noqa: PLR0913, PLR0917 - each is an option of the command
    old: Old = None,
    against: Against = "",
    form: Form = Format.TEXT,
    details: Detailed = False,
    exit_code: ExitCode = False,
    file: EventsFile = None,
    ledger: Ledger = None,
) -> None:
    """Show what publishing would tell subscribers, event by event. Nothing is published.

    Compared with what they were told, unless something else is named:

    \b
      calfeed diff                                    with what was told: the ledger
      calfeed diff --against main                     with a branch, a tag, a commit of git
      calfeed diff --against https://events.example.eu    with what is published there
      calfeed diff old.yaml                           with an older file
    """
    if old and against:
        raise typer.BadParameter("name an older file, or --against something, not both")
    path, now = find_sources(file, start=Path.cwd()), datetime.now(UTC)
    stated = Reader(path).read(now)
    if old:
        before: Before | Out = beside_file(old, path, now)
    elif against:
        before = beside(against, path, stated.site, now)
    else:
        before = beside_ledger(told_by(find_ledger(ledger, path)))
    report = _report(stated, before, now)
    if form is Format.MARKDOWN:
        typer.echo(as_markdown(report), nl=False)
    elif form is Format.JSON:
        typer.echo(as_json(report))
    else:
        print_problems(report.warnings, Console(stderr=True))
        print_report(report, Console(highlight=False), details=details)
    if exit_code and not report.is_empty:
        raise typer.Exit(1)


def _report(stated: Stated, before: Before | Out, now: datetime) -> Report:
    day = now.astimezone(ZoneInfo(stated.site.timezone)).date()
    if isinstance(before, Out):
        pins = {one.key: one.uid for one in before.events.values() if one.key}
        prospect = would_tell(stated, Told(ledger_id="", pins=pins), now=now)
        return report_of_published(stated, prospect, before, day=day)
    prospect = would_tell(stated, before.told, now=now)
    return report_of_told(stated, prospect, before, day=day)
