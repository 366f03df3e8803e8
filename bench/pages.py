"""What the first making of a page costs, of every kind there is, and how large it is.

Of processor time, since a page is made by one thread that waits for nothing.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice

from bench.commands import Sources
from calfeed.addresses import page_path, parse_page_path
from calfeed.ledger.store import open_ledger
from calfeed.site import Table, table_of
from calfeed.snapshot import Snapshot, snapshot

MOST = 200
"""How many pages of one kind are made."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """The pages of one kind: milliseconds of each first making, bytes of the largest.

    ``at_first`` is of a process that has said and drawn little yet, ``took`` of one that made
    them before, of the snapshot before: so it is after each publication but the first.
    """

    name: str
    at_first: tuple[float, ...]
    took: tuple[float, ...]
    largest: int


def lists_after_a_start(sources: Sources) -> float:
    """Return the milliseconds of what is found and drawn before anybody asks, after a start."""
    return _milliseconds(_table(_snapshot(sources)).prepare)


def made_pages(sources: Sources) -> Iterator[Made]:
    """Yield what the pages of *sources* cost, once what lies ahead is known."""
    shown = _snapshot(sources)
    table = _table(shown)
    table.prepare()
    for kind, paths in _kinds(table).items():
        at_first = [_milliseconds(partial(table.make, path)) for path in paths]
        following = table.successor(shown)  # has made no page yet
        following.prepare()
        took = [_milliseconds(partial(following.make, path)) for path in paths]
        bodies = [made.body for path in paths if (made := following.make(path))]
        yield Made(
            name=kind, at_first=tuple(at_first), took=tuple(took), largest=max(map(len, bodies))
        )


def _kinds(table: Table) -> dict[str, list[str]]:
    """Return some paths of each kind of page that has a language, evenly spread."""
    kinds: dict[str, list[str]] = {}
    for path in table.paths():
        parts = parse_page_path(path)
        if parts and parts.language and page_path(parts) == path:
            name = f"{parts.page}, one date" if parts.day else str(parts.page)
            kinds.setdefault(name, []).append(path)
    return {kind: _spread(paths) for kind, paths in kinds.items()}


def _spread(paths: list[str]) -> list[str]:
    step = max(1, len(paths) // MOST)
    return list(islice(paths[::step], MOST))


def _snapshot(sources: Sources) -> Snapshot:
    told = open_ledger(str(sources.ledger)).read()
    return snapshot(told, day=datetime.now(UTC).date())


def _table(shown: Snapshot) -> Table:
    return table_of(shown, picture=lambda _: None)


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return (time.thread_time() - started) * 1000
