"""The command ``calfeed``: its commands, and what its exit status means."""

import sys

import typer
from rich.console import Console

from calfeed.cli import building, checking, publishing, serving
from calfeed.cli.ledger import ledger
from calfeed.cli.report import print_problems
from calfeed.cli.start import start
from calfeed.errors import CalfeedError, SourceError

app = typer.Typer(
    name="calfeed",
    help="Publish event calendars from a text file, and tell every subscriber when plans change.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(serving.serve)
app.command()(publishing.publish)
app.command()(checking.check)
app.command()(building.build)
app.add_typer(ledger, name="ledger")


def main() -> None:
    """Run a command; exit 0 when all is fine, 1 on problems, 2 on wrong use."""
    start()
    try:
        app()
    except SourceError as error:
        print_problems(error.problems, Console(stderr=True))
        sys.exit(1)
    except CalfeedError as error:
        Console(stderr=True).print(f"calfeed: {error}", style="red", markup=False, highlight=False)
        sys.exit(1)
