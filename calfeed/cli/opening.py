"""What the commands open: the sources and the ledger that they were given, or found."""

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from calfeed.cli.finding import LEDGER, find_ledger, find_sources
from calfeed.ledger.store import Store, open_ledger, stands
from calfeed.ledger.told import Told
from calfeed.source.reader import Reader

Sources = Annotated[
    Path | None,
    typer.Argument(
        metavar="EVENTS",
        help="The events file, or a folder of them; else events.yaml or events/ here or above.",
        show_default=False,
    ),
]
File = Annotated[
    Path | None,
    typer.Option("--file", "-f", help="The same, as an option.", show_default=False),
]
EventsFile = Annotated[
    Path | None,
    typer.Option(
        "--file",
        "-f",
        help="The events file, or a folder of them; else events.yaml or events/ here or above.",
        show_default=False,
    ),
]
Ledger = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        envvar="CALFEED_LEDGER",
        metavar="PATH|URL",
        help="What subscribers were told. Otherwise .calfeed/ledger.sqlite beside the events.",
        show_default=False,
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Sources and their ledger, ready to publish."""

    path: Path
    reader: Reader
    store: Store


def open_both(sources: Path | None, file: Path | None, ledger: str | None) -> Opened:
    """Return the reader of the sources that were named or found, and their ledger, open.

    Raises:
        CalfeedError: there are none.
        LedgerError: the ledger cannot be used.
    """
    path = find_sources(file or sources, start=Path.cwd())
    reader = Reader(path)
    return Opened(path=path, reader=reader, store=open_store(find_ledger(ledger, path), reader))


def told_by(ledger: str) -> Told:
    """Return what *ledger* says; where there is none yet, nothing was told, and none is begun."""
    folder = Path(ledger).absolute().parent
    is_lost = folder.name == LEDGER.parent.name and folder.exists()
    if not stands(ledger) and not is_lost:
        return Told(ledger_id="")
    with closing(open_ledger(ledger, required=True)) as store:
        return store.read()


def open_store(ledger: str, reader: Reader | None) -> Store:
    """Return the ledger, begun if there is none and the sources do not require one.

    Raises:
        SourceError: there is no ledger, and sources that cannot be read.
        LedgerError: it cannot be used, or is missing where it must not.
    """
    if reader is None or stands(ledger):
        return open_ledger(ledger, required=reader is None)
    return open_ledger(ledger, required=reader.read(datetime.now(UTC)).ledger_required)
