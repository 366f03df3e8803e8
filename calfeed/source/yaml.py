"""Text to documents that know file, line and column: YAML without its surprises.

Every plain value is a text exactly as written, and names are unique: what a value means is for
the schema to say. Nothing that stands in a file can make reading it fail but with its problems.
"""

import os
import stat
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Literal

from calfeed.errors import Place, Problem, SourceError
from calfeed.source import characters
from calfeed.source.building import Data, build
from calfeed.source.places import Lines
from calfeed.source.spans import Span, find_spans


@dataclass(frozen=True, kw_only=True, eq=False)
class Document:
    """A file that was read: its text, what the text says, and where it says so.

    ``name`` is what problems call it, ``folder`` where its pictures are looked for, ``sha256`` (64
    hex digits) that of its bytes. In ``data`` every plain value is a text as written, None where
    there is none. What an alias repeats is the same object again: ``data`` is not to be changed.
    """

    name: str
    folder: Path | None = None
    text: str = field(repr=False)
    sha256: str
    data: dict[str, Data] = field(repr=False)

    def place(
        self,
        path: tuple[str | int, ...],
        *,
        of: Literal["key", "value", "entry"] = "value",
        part: str = "",
    ) -> Place:
        """Return where the key or the value at *path* stands, or both of them as an entry.

        An item of a list has no key but itself; a value that is left out is told at its key. With
        *part*, the place of these words in the value if they stand there so. A path that leads to
        nothing is told at the key of the nearest thing around it.
        """
        key, value = self.spans(path)
        if of == "key" or value.start == value.end:
            value = key
        start = key.start if of == "entry" else value.start
        at = self.text.find(part, start, value.end) if part else -1
        if at >= 0:
            return self._lines.place(at, at + len(part))
        return self._lines.place(start, value.end)

    def spans(self, path: tuple[str | int, ...]) -> tuple[Span, Span]:
        """Return the characters of the key and of the value at *path*, or of the nearest thing."""
        key = value = self._spans
        for step in path:
            if step not in value.parts:
                return key, key
            key, value = value.parts[step]
        return key, value

    @cached_property
    def _lines(self) -> Lines:
        return Lines(name=self.name, text=self.text)

    @cached_property
    def _spans(self) -> Span:
        return find_spans(self.text)


def read_document(path: Path, *, name: str) -> Document:
    """Return the document in the file at *path*, which problems call *name*.

    Raises:
        SourceError: it cannot be read, is no file of its own right, or has problems: all of them.
    """
    try:
        data = _read(path, name=name)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        problem = Problem(code="E100", message=message, place=Place(file=name))
        raise SourceError([problem]) from None
    return replace(parse_document(data, name=name), folder=path.parent)


def parse_document(data: bytes, *, name: str) -> Document:
    """Return the document that a file of these bytes is; *name* is what problems call it.

    Raises:
        SourceError: it is not UTF-8, not YAML, or has what calfeed does not take: all problems.
    """
    lines = Lines(name=name, text=characters.decode(data, name=name))
    return Document(name=name, text=lines.text, sha256=sha256(data).hexdigest(), data=build(lines))


def _read(path: Path, *, name: str) -> bytes:
    _refuse_other_kinds(path.stat(), name)  # before it is opened: that alone moves some devices
    # not to wait for a writer, should a pipe have taken the file's place just now
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        _refuse_other_kinds(os.fstat(descriptor), name)
        return file.read(characters.FILE_LIMIT + 1)


def _refuse_other_kinds(found: os.stat_result, name: str) -> None:
    if stat.S_ISREG(found.st_mode):
        return
    kind = next((words for is_kind, words in _KINDS if is_kind(found.st_mode)), "a device")
    message = f"a file with events is expected, and this is {kind}"
    raise SourceError([Problem(code="E100", message=message, place=Place(file=name))])


_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
)
