"""What a web server has to say with the file of each address."""

from dataclasses import dataclass
from typing import TypeAlias

Headers: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All that is said beside the bytes; many addresses have the same.

    ``headers`` are those that do not follow from the bytes, their names in lower case. ``chooses``:
    Location is the same address in the reader's language.
    """

    status: int
    media_type: str
    headers: Headers
    chooses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One address and its answer; ``location`` is where it leads to, empty if nowhere fixed."""

    path: str
    answer: Answer
    location: str = ""
