"""Where the events and their ledger are, when a command does not say."""

from pathlib import Path

from calfeed.errors import CalfeedError

NAMES = ("events.yaml", "events.yml", "events")
LEDGER = Path(".calfeed") / "ledger.sqlite"


class NothingHereError(CalfeedError):
    """No events file was named, and there is none to be found."""


def find_sources(named: Path | None, *, start: Path) -> Path:
    """Return *named*, or the nearest ``events.yaml`` or ``events/`` from *start* upwards.

    Raises:
        NothingHereError: there is none.
    """
    if named is not None:
        return named
    for folder in (start, *start.parents):
        for name in NAMES:
            if (folder / name).exists():
                return folder / name
    raise NothingHereError(
        "there is no events.yaml here, nor in a folder above\n"
        "Name it:  --file PATH/TO/events.yaml\nOr begin one:  calfeed init"
    )


def find_ledger(named: str | None, sources: Path) -> str:
    """Return *named*, or the ledger beside *sources*."""
    return named or str(sources.absolute().parent / LEDGER)


def name_of(path: Path) -> str:
    """Return what messages call *path*: its path from the current folder on, if it lies there."""
    full, here = path.absolute(), Path.cwd()
    return str(full.relative_to(here) if full.is_relative_to(here) else path)
