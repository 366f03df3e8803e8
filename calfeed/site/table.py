"""Path -> representation, on shelves of several kinds: what is made, and how long it is kept."""

from collections.abc import Iterator
from threading import RLock

from calfeed.addresses import is_for_people, missing_page_path
from calfeed.representation import Representation
from calfeed.site.holdings import Holdings
from calfeed.site.shelf import Shelf
from calfeed.snapshot import Snapshot

MOST_PASSING = 4096
"""How many of those are kept that are not made ahead: a crawler asks for each page there is."""


class Table:
    """All representations of one snapshot, by path.

    Nothing in it ever changes but that paths are made when first asked for, once; unknown paths
    leave no trace. ``ready`` is a look-up, ``make`` may take milliseconds and belongs in a thread.
    """

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._made: dict[str, Representation] = {}
        self._passing: dict[str, None] = {}  # a set in the order of making
        self._making = RLock()
        self._is_prepared = False

    @property
    def snapshot(self) -> Snapshot:
        """All facts that it shows."""
        return self._holdings.snapshot

    def ready(self, path: str) -> Representation | None:
        """Return what is already made of *path*."""
        return self._made.get(path)

    def make(self, path: str) -> Representation | None:
        """Return what is at *path*, made now if need be; None if there is nothing."""
        with self._making:
            return self._made.get(path) or self._new(path)

    def forget(self, path: str) -> None:
        """Let go of what was made of *path*, one of ``paths``: an export needs none twice."""
        with self._making:
            for kept in (path, self._shelf_of(path).proper(path) or path):
                self._made.pop(kept, None)
                self._passing.pop(kept, None)

    def ask(self, path: str, query: str) -> Representation | None:
        """Return the answer to *query* at *path*; None where queries mean nothing."""
        found = next((one for one in self._holdings.questions if one.heeds(path)), None)
        return found.ask(path, query) if found else None

    def sync(self, path: str, prefer: str, token: str) -> Representation | None:
        """Return the answer to a request with Prefer and Sync-Token; None: it is as any other."""
        return self._holdings.syncs.sync(path, prefer, token)

    def missing(self, path: str) -> Representation | None:
        """Return what says to people that there is nothing at *path*; None where none would see."""
        return self.make(missing_page_path(path)) if is_for_people(path) else None

    def prepare(self) -> None:
        """Find and draw what many pages need, so that the first of them need not; once for all."""
        if not self._is_prepared:
            self._holdings.prepare()
            self._is_prepared = True

    def paths(self) -> Iterator[str]:
        """Yield every path that a static export has."""
        for shelf in self._holdings.shelves:
            yield from shelf.paths()

    def farewells(self) -> Iterator[str]:
        """Yield the paths of feeds that have ended: a status says so, which a mere file has not."""
        return self._holdings.farewells()

    def successor(self, snapshot: Snapshot) -> "Table":
        """Return the table of a later *snapshot*, with what was asked of this one and stays.

        What is as it was keeps its representation, and every event its drawing; calendars that
        are not are made now, in the codings that were asked for.
        """
        table = Table(self._holdings.successor(snapshot))
        for path, made in tuple(self._made.items()):
            shelf = self._shelf_of(path)
            if shelf.is_same(path, snapshot):
                table._keep(path, made, shelf)
            elif shelf.is_made_ahead:
                table._make_ahead(path, made)
        return table

    def _make_ahead(self, path: str, before: Representation) -> None:
        made = self.make(path)
        if made is not None:
            made.prepare(before.codings_asked)

    def _new(self, path: str) -> Representation | None:
        for shelf in self._holdings.shelves:
            proper = shelf.proper(path)
            if proper is not None:
                made = self._made.get(proper) or shelf.make(proper)
                if made is not None:
                    self._keep(proper, made, shelf)
                    self._keep(path, made, shelf)
                return made
        return None

    def _keep(self, path: str, made: Representation, shelf: Shelf) -> None:
        self._made[path] = made
        if not shelf.is_made_ahead:
            self._passing[path] = None
            if len(self._passing) > MOST_PASSING:
                oldest = next(iter(self._passing))
                del self._passing[oldest], self._made[oldest]

    def _shelf_of(self, path: str) -> Shelf:
        return next(one for one in self._holdings.shelves if one.proper(path) is not None)
