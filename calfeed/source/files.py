"""Which files the sources are, and whether any of them changed: by content, not by their dates."""

import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

SUFFIXES = (".yaml", ".yml")
DEEPEST = 8
"""How many folders deep documents are looked for."""

LARGEST_DOCUMENT = 64 * 1024 * 1024
LARGEST_PICTURE = 2 * 1024 * 1024

_JUST_NOW = 2_000_000_000  # nanoseconds: a clock of files may be that coarse
_NAMED = re.compile(rb"\bfile[\"']?\s*:\s*[\"']?([^\"'\n#][^\"'\n]*)")


class Identity(NamedTuple):
    """What tells one state of a file from another, most of the time, without reading it."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a file held when it was last read: the SHA-256, in hex, and pictures it seems to name.

    ``is_settled``: it had not been written just before, so that any later change shows in its
    identity.
    """

    identity: Identity
    sha256: str
    named: tuple[str, ...] = ()
    is_settled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """The contents of all files of the sources, pictures too; what is no file has none.

    ``count`` of them, the first, are documents.
    """

    digest: str
    count: int
    contents: Mapping[Path, Content | None] = field(repr=False)

    def documents(self) -> Iterator[tuple[Path, Content | None]]:
        """Yield the documents, in the order of the sources, with what they held."""
        return islice(self.contents.items(), self.count)


def list_documents(paths: Iterable[Path]) -> list[Path]:
    """Return the files that *paths* name: files themselves, and all documents in folders.

    Those of a folder come in the order of their names. Hidden ones are left out, and folders
    behind symbolic links are not entered.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found |= dict.fromkeys(_documents_in(path, DEEPEST) if path.is_dir() else [path])
    return list(found)


def take_fingerprint(paths: Sequence[Path], previous: Fingerprint | None = None) -> Fingerprint:
    """Return the fingerprint of the documents at *paths* and of the pictures that they name.

    Files that look as in *previous* are not read again.
    """
    known = previous.contents if previous else {}
    contents = {path: _document(path, known.get(path)) for path in list_documents(paths)}
    count = len(contents)
    pictures = {
        path.parent / name
        for path, content in contents.items()
        if content
        for name in content.named
    }
    contents |= {path: _picture(path, known.get(path)) for path in sorted(pictures - set(contents))}
    digest = sha256()
    for path, content in contents.items():
        digest.update(f"{path.name}\0{content.sha256 if content else ''}\0".encode())
    return Fingerprint(digest=digest.hexdigest(), count=count, contents=contents)


def identity_of(path: Path) -> Identity | None:
    """Return the identity of the file *path*; None if it is no regular file."""
    try:
        return _identity(path.stat())
    except (OSError, ValueError):
        return None


def is_settled(identity: Identity) -> bool:
    """Whether a later change of the file will show in its identity: it was not written just now."""
    return max(identity.modified, identity.changed) < time.time_ns() - _JUST_NOW


def read_regular(path: Path, *, most: int) -> bytes:
    """Return the first *most* bytes of the regular file *path*.

    Raises:
        OSError: it is something else (a pipe or a device would never end), or cannot be read.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise IsADirectoryError(f"not a regular file: {path}")
        return file.read(most)


def _documents_in(folder: Path, depth: int) -> Iterator[Path]:
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError:
        return  # it vanished meanwhile, or may not be read
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if depth > 1:
                yield from _documents_in(folder / entry.name, depth - 1)
        elif entry.name.endswith(SUFFIXES):
            yield folder / entry.name


def _identity(found: os.stat_result) -> Identity | None:
    if not stat.S_ISREG(found.st_mode):
        return None
    return Identity(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _document(path: Path, known: Content | None) -> Content | None:
    return _content(path, known, most=LARGEST_DOCUMENT, has_names=True)


def _picture(path: Path, known: Content | None) -> Content | None:
    return _content(path, known, most=LARGEST_PICTURE)


def _content(
    path: Path, known: Content | None, *, most: int, has_names: bool = False
) -> Content | None:
    identity = identity_of(path)
    if identity is None:
        return None
    if known and known.is_settled and known.identity == identity:
        return known
    try:
        data = read_regular(path, most=most + 1)
    except OSError:
        return None
    return Content(
        identity=identity,
        sha256=sha256(data).hexdigest(),
        named=tuple(_named_in(data)) if has_names else (),
        is_settled=is_settled(identity),
    )


def _named_in(data: bytes) -> Iterator[str]:
    """Yield what may be the path of a picture: one too many does no harm, it does not exist."""
    for found in _NAMED.finditer(data):
        written = found[1].decode(errors="replace").split(" #")[0].rstrip()
        yield written
        if (cut := re.split("[,}]", written)[0].rstrip()) != written:
            yield cut
