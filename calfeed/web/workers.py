"""Worker processes that serve one listening socket: kept at work, and ended together."""

import logging
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from multiprocessing.process import BaseProcess
from socket import socket, socketpair
from threading import Thread
from time import monotonic
from typing import cast

from calfeed.web.server import DRAIN
from calfeed.web.signals import let_through

STEADY = 30.0
"""Seconds after which a worker had begun well, so that its end says nothing of the next one."""

PAUSES = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds until a worker is replaced, longer after each that ended before it was steady."""

SIGNALS = (signal.SIGTERM, signal.SIGINT)

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Seat:
    """The place of one worker, which one process takes after another."""

    process: SpawnProcess | None = None
    begun: float = 0.0
    due: float = 0.0
    failures: int = 0

    def take(self, begin: Callable[[], SpawnProcess]) -> None:
        """Have *begin* fill it, if it is empty and its time has come."""
        if self.process is None and self.due <= monotonic():
            self.begun = monotonic()
            self.process = begin()

    def look(self) -> None:
        """Empty it if its worker ended, and set when the next one is due."""
        if self.process is None or self.process.is_alive():
            return
        lived = monotonic() - self.begun
        pause = PAUSES[min(self.failures, len(PAUSES) - 1)]
        self.failures = 0 if lived > STEADY else self.failures + 1
        self.due = monotonic() + pause
        told = "worker %s ended with status %s; the next one begins in %s s"
        logger.error(told, self.process.pid, self.process.exitcode, pause)
        self.process = None


def run_workers(
    work: Callable[..., None],
    *,
    count: int,
    listener: socket,
    arguments: tuple[object, ...] = (),
) -> None:
    """Keep *count* processes at ``work(listener, *arguments)`` until SIGTERM or SIGINT.

    Return when all have ended; a SIGTERM that was held back is heard now. Each begins in a fresh
    interpreter, so *work* is a module's own function and *arguments* can be pickled. One that
    ends is replaced; they end with this process, however that ends. To be called in the main
    thread, which alone hears signals.
    """

    def begin() -> SpawnProcess:
        process = get_context("spawn").Process(
            target=_work, args=(work, listener, arguments), daemon=True
        )
        process.start()
        return process

    seats = [Seat() for _ in range(count)]
    with _told_to_stop() as told:
        while True:
            for seat in seats:
                seat.take(begin)
            if told in wait([told, *_sentinels(seats)], _until_due(seats)):
                break
            for seat in seats:
                seat.look()
        listener.close()
        _end([seat.process for seat in seats if seat.process is not None])


def _sentinels(seats: Sequence[Seat]) -> list[int]:
    return [seat.process.sentinel for seat in seats if seat.process is not None]


def _until_due(seats: Sequence[Seat]) -> float | None:
    """Return the seconds until the next empty seat is due; None if none is empty."""
    due = min((seat.due for seat in seats if seat.process is None), default=None)
    return None if due is None else max(0.0, due - monotonic())


def _end(processes: Sequence[SpawnProcess]) -> None:
    """Let *processes* drain together; kill what does not end."""
    for process in processes:
        process.terminate()
    deadline = monotonic() + DRAIN + 5
    for process in processes:
        process.join(max(0.0, deadline - monotonic()))
        process.kill()
        process.join()


@contextmanager
def _told_to_stop() -> Iterator[socket]:
    """Give a socket that can be read as soon as a signal said to stop.

    The byte comes from the C handler, whichever thread that runs in: a handler in Python waits
    for the main thread, which waits for the byte.
    """
    told, teller = socketpair()
    with told, teller:
        teller.setblocking(False)
        before = signal.set_wakeup_fd(teller.fileno())
        kept = {number: signal.getsignal(number) for number in SIGNALS}
        try:
            for number in SIGNALS:
                signal.signal(number, lambda *_: None)
            let_through()
            yield told
        finally:
            for number, handler in kept.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(before)


def _work(work: Callable[..., None], listener: socket, arguments: tuple[object, ...]) -> None:
    """Be a worker: in this process Ctrl+C is the parent's to hear, and its end the worker's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    work(listener, *arguments)


def _end_with_parent() -> None:
    cast(BaseProcess, parent_process()).join()  # a worker has a parent
    os.kill(os.getpid(), signal.SIGTERM)
