"""Wakes when sources may have changed: the system's own notices, and a slow look behind them."""

import logging
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from threading import Event, Thread

from watchfiles import watch

from calfeed.errors import CalfeedError, LedgerError
from calfeed.publisher import Outcome, Publisher

LOG = logging.getLogger("calfeed.watching")
LOOK_EVERY = 0.5
"""Seconds between two looks at files that no notice spoke of (network drives, symlinks)."""

RETRY_AFTER = 1.0
"""Seconds before a ledger that was away, or a publisher that failed, is tried again."""


def changes(paths: Sequence[Path], stop: Event) -> Iterator[None]:
    """Yield whenever one of *paths* may have changed, and at least every half second.

    A folder that vanishes is waited for; where the system has no notices, looking is all there
    is. It ends only with *stop*.
    """
    while not stop.is_set():
        try:
            yield from _notices(paths, stop)
        except (OSError, RuntimeError) as error:  # too many watches; a folder gone meanwhile
            LOG.debug("no notices of changes: %s", error)
        yield None
        stop.wait(LOOK_EVERY)


def _notices(paths: Sequence[Path], stop: Event) -> Iterator[None]:
    folders = [folder for folder in map(_watched, paths) if folder.is_dir()]
    if not folders:
        return
    notices = watch(
        *folders,
        watch_filter=None,
        debounce=50,
        step=20,
        stop_event=stop,
        rust_timeout=int(LOOK_EVERY * 1000),
        yield_on_timeout=True,
        raise_interrupt=False,
        recursive=any(path.is_dir() for path in paths),
    )
    # A folder that vanished is let go of: what comes in its place has to be watched anew.
    for _ in takewhile(lambda _: all(folder.is_dir() for folder in folders), notices):
        yield None


def _watched(path: Path) -> Path:
    """Return the folder whose notices speak of *path*: a file is replaced within its folder."""
    return path if path.is_dir() else path.parent


class Watcher:
    """Publishes whatever change of the sources it sees, and survives any error, its own too.

    A problem is told once, not at every look; a ledger that is away is tried again until it is
    back. *on_told* hears of each publication, *on_trouble* of each problem.
    """

    def __init__(
        self,
        publisher: Publisher,
        paths: Sequence[Path],
        *,
        on_told: Callable[[Outcome], None],
        on_trouble: Callable[[CalfeedError], None],
    ) -> None:
        self._publisher = publisher
        self._paths = paths
        self._on_told = on_told
        self._on_trouble = on_trouble
        self._stop = Event()
        self._seen = ""
        self._trouble = ""

    @property
    def trouble(self) -> str:
        """Why the sources as they are cannot be published, or nothing."""
        return self._trouble

    def start(self) -> Thread:
        """Watch in a thread of its own until ``stop``."""
        thread = Thread(target=self._watch, name="calfeed-publisher", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Let the thread end; a publication that has begun is finished first."""
        self._stop.set()
        self._publisher.stop()

    def _watch(self) -> None:
        for _ in changes(self._paths, self._stop):
            try:
                self.look()
            except Exception:  # the watcher outlives its own defects; the site stays as it is
                LOG.exception("looking at the sources failed; trying again")
                self._trouble = "the publisher failed; see the log"
                self._stop.wait(RETRY_AFTER)

    def look(self) -> None:
        """Publish if the sources are not those that were last seen; tell what came of it."""
        sources = self._publisher.sources()
        if sources == self._seen:
            return
        try:
            outcome = self._publisher.publish(anew=bool(self._seen))
        except LedgerError as error:  # not the sources' fault: try again when it is back
            self._complain(error)
            self._stop.wait(RETRY_AFTER)
        except CalfeedError as error:
            self._seen = self._publisher.sources()
            self._complain(error)
        else:
            self._seen = outcome.sources
            self._trouble = ""
            self._on_told(outcome)

    def _complain(self, error: CalfeedError) -> None:
        if str(error) != self._trouble:
            self._trouble = str(error)
            self._on_trouble(error)
