"""How a ledger's file comes into being: whole and durable, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOTEMPTY
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

SIDE_FILES = ("", "-wal", "-shm")
"""What SQLite adds to a file's name for those that belong to it; they only go together."""


@contextmanager
def drafting(path: Path, *, aside: Path | None = None) -> Iterator[Path]:
    """Yield an empty file to fill, which then becomes *path*; what is there moves to *aside*.

    Its folder, if there is none, comes into being in the same moment: a folder without its ledger
    is the mark of one that was lost. Only its owner may read either, for a ledger holds more than
    what is published.

    Raises:
        FileExistsError: there is one, and *aside* is not given.
    """
    folder = path.parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    outside = folder if folder.exists() else folder.parent
    drafts = Path(mkdtemp(dir=outside, prefix=".calfeed-draft-"))
    try:
        draft = drafts / path.name
        draft.touch(mode=0o600)
        yield draft
        _sync(draft)
        _sync(drafts)
        if aside:
            _set_aside(path, aside)
        if outside == folder:
            os.link(draft, path)  # unlike a rename this never replaces
        else:
            _rename(drafts, folder)
        _sync(outside)
    finally:
        rmtree(drafts, ignore_errors=True)


def _set_aside(path: Path, aside: Path) -> None:
    for suffix in SIDE_FILES:
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + suffix))


def _rename(folder: Path, to: Path) -> None:
    try:
        folder.rename(to)
    except OSError as error:
        if error.errno != ENOTEMPTY:
            raise
        raise FileExistsError(error.errno, error.strerror, str(to)) from error


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
