"""Work that several requests wait for: done in a thread, once for all who ask meanwhile."""

from asyncio import Future, get_running_loop, shield
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Once(Generic[Made]):
    """The pieces of one kind of work that are under way; each is forgotten when it is done."""

    def __init__(self, threads: Executor) -> None:
        self._threads = threads
        self._under_way: dict[tuple[int, str], Future[Made]] = {}

    async def make(self, owner: object, name: str, work: Callable[[], Made]) -> Made:
        """Return what *work* makes; *owner* and *name* say what that is.

        It belongs to no request: one that is given up takes none of the others along.
        """
        key = id(owner), name
        future = self._under_way.get(key)
        if future is None:
            future = get_running_loop().run_in_executor(self._threads, work)
            self._under_way[key] = future
            future.add_done_callback(lambda _: self._forget(owner, name))
        return await shield(future)

    def _forget(self, owner: object, name: str) -> None:
        del self._under_way[id(owner), name]
