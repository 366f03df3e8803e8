"""The command ``calfeed``: its commands, and what its exit status means."""

import sys

import typer
from rich.console import Console

from calfeed.cli import (
    adding,
    beginning,
    building,
    checking,
    differing,
    doctoring,
    explaining,
    importing,
    listing,
    previewing,
    publishing,
    serving,
    telling,
    verbs,
)
from calfeed.cli.ledger import ledger
from calfeed.cli.report import print_problems
from calfeed.cli.start import start
from calfeed.errors import CalfeedError, SourceError

HELP = """Publish event calendars from a text file, and tell every subscriber when plans change.

\b
  calfeed init                      begin an events file; add puts an event into it
  calfeed postpone garden-day       say what happened to an event, and see what will be told
  calfeed check                     what is wrong with events.yaml, before anybody sees it
  calfeed explain E210              what a problem means, and how to mend it
  calfeed preview                   look at the calendars, as of any day; diff says what is new
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
app.command(short_help="Begin an events file.")(beginning.init)
app.command(short_help="Add an event.")(adding.add)
app.command(short_help="An event is off, and has no new date yet.")(verbs.postpone)
app.command(short_help="An event has a new date.")(verbs.reschedule)
app.command(short_help="An event will not take place.")(verbs.cancel)
app.command(short_help="An event takes place after all.")(verbs.reinstate)
app.command("move-online", short_help="An event is online, not at its place.")(verbs.move_online)
app.command(short_help="An event has a new place.")(verbs.relocate)
app.command(short_help="Mend an error that is no news.")(verbs.correct)
app.command(short_help="Say what is wrong; publish nothing.")(checking.check)
app.command(short_help="Say what a code of check means.")(explaining.explain)
app.command("list", short_help="List the events and how they stand.")(listing.list_events)
app.command(short_help="Show one event, and what its calendars send.")(telling.show)
app.command(short_help="Say what publishing would tell.")(differing.diff)
app.command(short_help="Look at what the file would publish.")(previewing.preview)
app.command(short_help="Publish once.")(publishing.publish)
app.command(short_help="Publish, watch and serve.")(serving.serve)
app.command(short_help="Write the site as files.")(building.build)
app.command(short_help="Say what is wrong with a published feed.")(doctoring.doctor)
app.command("import", short_help="Make an events file of a calendar or table.")(
    importing.import_events
)
app.command(short_help="Print the format as JSON Schema, for editors.")(explaining.schema)
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
        console = Console(stderr=True, highlight=False)
        console.print(f"calfeed: {error}", style="red", markup=False, soft_wrap=True)
        sys.exit(1)
