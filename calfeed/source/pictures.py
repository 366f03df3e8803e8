"""Reads the pictures that documents name: real pictures, not too large, from their own folder."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

from PIL import Image

from calfeed.errors import Problem
from calfeed.source.faults import problem_of
from calfeed.source.files import LARGEST_PICTURE, Identity, identity_of, is_settled, read_regular
from calfeed.source.grammar import GrammarError, shown
from calfeed.source.stated import Placing

_KINDS = "JPEG, PNG, WebP and AVIF"
_BRANDS = {b"avif", b"avis"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPicture:
    """A picture file: where it is, the SHA-256 of its bytes in hex, its kind, its size."""

    path: Path
    sha256: str
    extension: str
    size: tuple[int, int] | None = None


FindPicture: TypeAlias = Callable[[str], FoundPicture]
"""Finds a picture by the path that a document names it by, or raises a GrammarError."""


class Pictures:
    """Finds pictures, and does not read again those that look as they did."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[Identity, FoundPicture]] = {}

    def find(self, file: str, *, folder: Path | None, root: Path | None = None) -> FoundPicture:
        """Return the picture at *file*, relative to *folder*, which must lie inside *root*.

        Raises:
            GrammarError: there is none, it is too large, or it is something else.
        """
        path = _inside(file, folder=folder, root=root or folder)
        identity = identity_of(path)
        if identity is None:
            raise GrammarError(
                "E150", f"there is no picture {shown(file)}", f"it was looked for at  {path}"
            )
        known = self._known.get(path)
        if known is not None and known[0] == identity:
            return known[1]
        found = _read(path, file)
        if is_settled(identity):
            self._known[path] = identity, found
        return found


def look_up(
    file: str, find: FindPicture, found: dict[str, FoundPicture], place: Placing
) -> list[Problem]:
    """Put the picture *file* into *found*, and return what is wrong with it."""
    try:
        found[file] = find(file)
    except GrammarError as error:
        return [problem_of(error, place("file"))]
    return []


def _inside(file: str, *, folder: Path | None, root: Path | None) -> Path:
    if folder is None or root is None:
        raise GrammarError("E150", "a text without a folder cannot name pictures")
    try:
        path = (folder / file).resolve()
        is_within = path.is_relative_to(root.resolve()) and not path.is_symlink()
        is_inside = is_within and not Path(file).is_absolute()
    except (OSError, RuntimeError, ValueError):  # a loop of links, a name that cannot be one
        is_inside = False
    if not is_inside:
        raise GrammarError(
            "E153",
            f"the picture {shown(file)} is not in the folder of the events",
            "put it there, and write its path from this file on:  images/mayors.jpg",
        )
    return path


def _read(path: Path, file: str) -> FoundPicture:
    try:
        data = read_regular(path, most=LARGEST_PICTURE + 1)
    except OSError as error:
        raise GrammarError(
            "E150", f"the picture {shown(file)} cannot be read: {error.strerror}"
        ) from None
    if len(data) > LARGEST_PICTURE:
        raise GrammarError(
            "E151",
            f"the picture {shown(file)} is larger than {LARGEST_PICTURE // 1024**2} MB",
            "save it smaller: 1600 pixels wide are plenty",
        )
    if (extension := _kind_of(data)) is None:
        raise GrammarError(
            "E152",
            f"{shown(file)} is not a picture that every browser shows",
            f"save it as one of {_KINDS}",
        )
    return FoundPicture(
        path=path, sha256=sha256(data).hexdigest(), extension=extension, size=_size_of(data)
    )


def _size_of(data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels as the head of the file states them; None if it is torn."""
    try:
        with Image.open(BytesIO(data)) as picture:
            return picture.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _kind_of(data: bytes) -> str | None:
    """Return the kind that the first bytes tell, whatever the file is called."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in _BRANDS:
        return "avif"
    return None
