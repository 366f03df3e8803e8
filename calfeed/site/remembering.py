"""What was drawn already, kept for the next snapshot that has the same to draw."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Drawn = TypeVar("Drawn")


class Remembered(Generic[Drawn]):
    """The newest drawing under each key, with all that it was drawn from."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[object, Drawn]] = {}

    def get(self, key: Hashable, drawn_from: object, draw: Callable[[], Drawn]) -> Drawn:
        """Return the drawing under *key*, made now unless the kept one was drawn from the same."""
        kept = self._kept.get(key)
        if kept is None or kept[0] != drawn_from:
            kept = self._kept[key] = drawn_from, draw()
        return kept[1]
