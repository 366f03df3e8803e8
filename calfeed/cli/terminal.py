"""What ``calfeed serve`` says while it runs: addresses first, then each edit as it is told."""

from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from calfeed.cli import saying
from calfeed.cli.report import print_problems
from calfeed.errors import CalfeedError, SourceError
from calfeed.ledger.store import Store
from calfeed.ledger.told import Told
from calfeed.publisher import Outcome


class Terminal:
    """Speaks of one set of sources and the address that they are served on."""

    def __init__(self, path: Path | None, *, address: str) -> None:
        self._name = str(path or "the ledger")
        self._address = address
        self._out = Console(highlight=False)
        self._complaints = Console(stderr=True, highlight=False)
        self._told: Told | None = None

    def begin(self, store: Store) -> None:
        """Say what is served, and loudly if nothing was ever told."""
        if store.is_new:
            self._out.print(
                "This is a new ledger: subscribers are told everything for the first time.",
                style="bold yellow",
            )
        self._out.print(f"Serving {self._address} (Ctrl+C stops)", soft_wrap=True)
        self._show(store.read())

    def tell(self, outcome: Outcome) -> None:
        """Say what subscribers are told, or that there is nothing to tell."""
        print_problems(outcome.warnings, self._complaints)
        self._show(outcome.told)
        lines = saying.news(outcome)
        for line in lines:
            self.say(f"told: {line}")
        done = f"version {outcome.told.version}" if lines else "nothing to tell"
        self.say(f"{self._name}: {done}, all is published")

    def complain(self, error: CalfeedError) -> None:
        """Say what stops a publication, and that what was published stays."""
        if isinstance(error, SourceError):
            print_problems(error.problems, self._complaints)
        else:
            self._complaints.print(str(error), style="red", markup=False, soft_wrap=True)
        self.say(f"{self._name}: not published; what was published before stays")

    def say(self, line: str) -> None:
        """Print *line* after the time of day."""
        moment = datetime.now(UTC).astimezone()
        self._out.print(f"{moment:%H:%M:%S}  {line}", markup=False, soft_wrap=True)

    def _show(self, told: Told) -> None:
        """Print the addresses of the calendars, where they are others than were shown last."""
        addresses = list(saying.feeds(told, site=self._address))
        if self._told and addresses == list(saying.feeds(self._told, site=self._address)):
            return
        self._told = told
        width = max((len(name) for name, _ in addresses), default=0)
        for name, address in addresses:
            self._out.print(f"  {name:<{width}}  {address}", markup=False, soft_wrap=True)
