"""Word that something is new, from any thread to all who wait for it in their loops."""

import asyncio
from collections.abc import AsyncIterator
from threading import Lock


class News:
    """What streams wait for: whoever tells of news wakes them all, and the end ends them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._is_over = False

    def tell(self) -> None:
        """Wake all who wait."""
        with self._lock:
            for loop, woken in self._waiting:
                loop.call_soon_threadsafe(woken.set)

    def end(self) -> None:
        """Wake all who wait, for the last time."""
        self._is_over = True
        self.tell()

    async def each(self) -> AsyncIterator[None]:
        """Yield at once, then whenever there was news since, until the end."""
        woken = asyncio.Event()
        waiter = asyncio.get_running_loop(), woken
        with self._lock:
            self._waiting.add(waiter)
        try:
            while not self._is_over:
                yield
                await woken.wait()
                woken.clear()
        finally:
            with self._lock:
                self._waiting.discard(waiter)
