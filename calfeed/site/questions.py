"""What is answered by the query of a request, beside what is simply at a path."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from http import HTTPStatus
from threading import Lock
from typing import Protocol

from calfeed.problem_details import MEDIA_TYPE, problem_details
from calfeed.representation import NO_HEADERS, Representation, represent

MOST_ANSWERS = 256
"""How many answers to queries one kind keeps: a stranger's queries cannot grow memory."""

MOST_BYTES = 32 * 1024 * 1024
"""How many bytes they have together, before they are compressed: some answers are whole feeds."""


class Questions(Protocol):
    """The queries of one kind of path; pure, but for the answers that it keeps."""

    def heeds(self, path: str) -> bool:
        """Whether a query means something at *path*."""

    def ask(self, path: str, query: str) -> Representation | None:
        """Return the answer to *query*, as it stands in the address: a problem if it is bad.

        None: it asks for nothing that is not simply at *path*.
        """


class Answers:
    """The newest answers, by the normal form of what was asked."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, Representation] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, asked: object, make: Callable[[], Representation]) -> Representation:
        """Return the answer to *asked*, made now unless it is kept."""
        with self._lock:
            if asked in self._kept:
                self._kept.move_to_end(asked)
                return self._kept[asked]
            answer = self._kept[asked] = make()
            self._bytes += len(answer.body)
            while len(self._kept) > MOST_ANSWERS or self._bytes > MOST_BYTES:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest.body)
            return answer


def problem(
    status: HTTPStatus, detail: str, *, headers: Mapping[str, str] = NO_HEADERS, **members: object
) -> Representation:
    """Return a problem (RFC 9457) of the type that its *status* names; *detail* says what to do."""
    return represent(
        problem_details(status, detail, **members),
        media_type=MEDIA_TYPE,
        modified=None,
        cache_control="no-store",
        compress=False,
        status=status,
        headers=headers,
    )
