"""A file gets its new text whole or not at all, and only if nobody changed it meanwhile."""

import os
from pathlib import Path
from tempfile import mkstemp

from calfeed.errors import CalfeedError

_AGAIN = "Nothing was written. Run the command again: it then starts from what the file says now."


def save(path: Path, *, expected: bytes, new: bytes) -> None:
    """Put *new* in the place of *expected*, which is what *path* held when it was read.

    A link stays one: the file that it leads to is replaced, with the same permissions.

    Raises:
        CalfeedError: the file holds something else by now, or cannot be written.
    """
    target = path.resolve()
    try:
        if target.read_bytes() != expected:
            raise CalfeedError(f"{path} was changed by somebody else meanwhile\n{_AGAIN}")
        _replace(target, new, mode=target.stat().st_mode)
    except OSError as error:
        raise _cannot_write(path, error) from error


def create(path: Path, text: str) -> None:
    """Write *text* into the new file *path*, and the folder that it stands in.

    Raises:
        CalfeedError: there is one already, or it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError as error:
        raise CalfeedError(
            f"{path} is there already\nNothing was written. Name another file, or move that one."
        ) from error
    except OSError as error:
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: OSError) -> CalfeedError:
    return CalfeedError(
        f"{path} cannot be written: {error.strerror}\n"
        "Nothing was written. May you write in that folder, and is there room on the disk?"
    )


def _replace(target: Path, new: bytes, *, mode: int) -> None:
    descriptor, name = mkstemp(dir=target.parent, prefix=f".{target.name}.")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(descriptor)
        draft.chmod(mode & 0o7777)
        draft.replace(target)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
