"""``calfeed publish``: tell subscribers once what the sources say."""

from typing import Annotated

import typer
from rich.console import Console

from calfeed.cli import saying
from calfeed.cli.opening import File, Ledger, Sources, open_both
from calfeed.cli.report import print_problems
from calfeed.publisher import Publisher


def publish(
    sources: Sources = None,
    file: File = None,
    ledger: Ledger = None,
    withdraw: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help="Confirm that N events are gone and shall be shown as WITHDRAWN.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Tell subscribers what the events file says, once; servers that follow the ledger show it."""
    opened = open_both(sources, file, ledger)
    outcome = Publisher(opened.reader, opened.store).publish(withdraw=withdraw)
    print_problems(outcome.warnings, Console(stderr=True))
    lines = saying.news(outcome)
    typer.echo(f"Told, version {outcome.told.version}:" if lines else "There is nothing to tell.")
    for line in lines:
        typer.echo(f"  {line}")
