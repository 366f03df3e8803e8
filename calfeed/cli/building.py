"""``calfeed build``: every path of the site as a file, for nginx or any static host."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from calfeed.cli.finding import find_ledger, find_sources
from calfeed.cli.opening import File, Ledger
from calfeed.errors import CalfeedError
from calfeed.exporting import export
from calfeed.ledger.store import open_ledger
from calfeed.site import table_of
from calfeed.snapshot import snapshot


def build(
    out: Annotated[Path, typer.Argument(help="The folder to write to; made if need be.")],
    file: File = None,
    ledger: Ledger = None,
    for_nginx: Annotated[
        Path | None,
        typer.Option(
            "--nginx",
            metavar="CONF",
            help="Write here what nginx is to answer with them, for a server block to include.",
            show_default=False,
        ),
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="DAY", help="As the site is on that day. Otherwise today."
        ),
    ] = None,
) -> None:
    """Write the site that the ledger tells of into a folder, byte for byte as it is served.

    Beside each file that compresses stand its .gz, .br and .zst forms.
    """
    if for_nginx and for_nginx.resolve().is_relative_to(out.resolve()):
        raise typer.BadParameter(f"--nginx {for_nginx}: nginx would serve what stands in {out}")
    where = ledger or find_ledger(None, find_sources(file, start=Path.cwd()))
    store = open_ledger(where, required=True)
    told = store.read()
    if told.site is None:
        raise CalfeedError("nothing was published yet\nPublish first:  calfeed publish")
    shown = snapshot(told, day=_day(day, told.site.timezone))
    count = export(table_of(shown, picture=store.picture), out, for_nginx=for_nginx)
    typer.echo(f"{out}: {count} addresses, as of {shown.day:%-d %B %Y}, version {told.version}")
    if for_nginx:
        typer.echo(f"{for_nginx}: how nginx answers with them; let it read that:  nginx -s reload")


def _day(day: datetime | None, zone: str) -> date:
    return day.date() if day else datetime.now(UTC).astimezone(ZoneInfo(zone)).date()
