"""The command ``calfeed``: its commands, and what its exit status means."""

import sys

import typer
from rich.console import Console

from calfeed.cli import building, checking, doctoring, publishing, serving
from calfeed.cli.ledger import ledger
from calfeed.cli.report import print_problems
from calfeed.cli.start import start
from calfeed.errors import CalfeedError, SourceError

HELP = """Publish event calendars from a text file, and tell every subscriber when plans change.

\b
  calfeed check                     what is wrong with events.yaml, before anybody sees it
  calfeed serve events.yaml         publish it, watch it, serve it on http://127.0.0.1:8000
  calfeed publish --ledger URL      publish once, for servers that follow the same ledger
  calfeed build public/             the site as files, for any web server
  calfeed doctor ADDRESS            what calendar apps will make of a published feed
"""

app = typer.Typer(
    name="calfeed",
    help=HELP,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command(short_help="Publish, watch and serve.")(serving.serve)
app.command(short_help="Publish once.")(publishing.publish)
app.command(short_help="Say what is wrong; publish nothing.")(checking.check)
app.command(short_help="Write the site as files.")(building.build)
app.command(short_help="Say what is wrong with a published feed.")(doctoring.doctor)
app.add_typer(ledger, name="ledger", short_help="Back up, restore, look at what was told.")


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
