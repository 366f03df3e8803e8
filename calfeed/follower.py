"""Ledger -> site: at a new version or a new day build the next snapshot, and swap it in."""

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import Event, Lock, Thread
from zoneinfo import ZoneInfo

from calfeed.errors import LedgerError
from calfeed.ledger.store import Store
from calfeed.ledger.told import Told
from calfeed.site import Table, table_of
from calfeed.snapshot import snapshot

LOG = logging.getLogger("calfeed.follower")
LOOK_EVERY = 0.2
"""Seconds between two looks at the ledger; a publisher in the same process does not wait."""


class Follower:
    """Holds the site that is served, and replaces it by the next one in one assignment.

    While the ledger is away the last good site stays: a request never needs the ledger.
    """

    def __init__(
        self, store: Store, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._store = store
        self._clock = clock
        self._told: Told | None = None
        self._table: Table | None = None
        self._stepping = Lock()
        self._stop = Event()
        self._trouble = ""

    @property
    def table(self) -> Table | None:
        """The site that is served now; None while nothing was ever published."""
        return self._table

    @property
    def trouble(self) -> str:
        """Why the ledger cannot be followed, or nothing."""
        return self._trouble

    def step(self) -> bool:
        """Look at the ledger once; return whether another site is served now.

        Raises:
            LedgerError: the ledger cannot be read; what was served is still served.
        """
        with self._stepping:
            return self._step()

    def _step(self) -> bool:
        if self._told is None or self._store.has_changed():
            self._told = self._store.read(self._told)
        told = self._told
        if told.site is None:
            return False
        day = self._clock().astimezone(ZoneInfo(told.site.timezone)).date()
        if not self._is_behind(told, day):
            return False
        following = snapshot(told, day=day)
        self._table = (
            self._table.successor(following)
            if self._table
            else table_of(following, picture=self._store.picture)
        )
        return True

    def _is_behind(self, told: Told, day: date) -> bool:
        if self._table is None:
            return True
        shown = self._table.snapshot
        return (shown.told.ledger_id, shown.told.version) != (told.ledger_id, told.version) or (
            day > shown.day
        )

    def catch_up(self) -> None:
        """Serve now what the ledger says now; if it is away, the next round tries again."""
        try:
            self.step()
            self._say("")
        except LedgerError as error:
            self._say(str(error))

    def start(self) -> Thread:
        """Follow the ledger in a thread of its own until ``stop``."""
        thread = Thread(target=self._follow, name="calfeed-follower", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Let the thread end after its present step."""
        self._stop.set()

    def _follow(self) -> None:
        while not self._stop.wait(LOOK_EVERY):
            self.catch_up()
            if self._table:
                self._table.prepare()  # after the swap: nobody waits for it

    def _say(self, trouble: str) -> None:
        is_news, self._trouble = trouble != self._trouble, trouble
        if trouble and is_news:
            LOG.error("the last good site stays: %s", trouble)
