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
    """The contents of all files of the sources, by path; what is no file has none.

    The first ``count`` of them are documents, the others pictures.
    """

    digest: str
    count: int
    contents: Mapping[str, Content | None] = field(repr=False)

    def documents(self) -> Iterator[tuple[str, Content | None]]:
        """Yield the documents, in the order of the sources, with what they held."""
        return islice(self.contents.items(), self.count)


def list_documents(paths: Iterable[Path]) -> dict[str, Identity | None]:
    """Return the files that *paths* name: files themselves, and all documents in folders.

    Those of a folder come in the order of their names. Hidden ones are left out, and folders
    behind symbolic links are not entered. What is no file, a pipe say, has no identity.
    """
    found: dict[str, Identity | None] = {}
    for path in paths:
        if _is_folder(path):
            found.update(_documents_in(str(path), DEEPEST))
        else:
            found[str(path)] = identity_of(path)
    return found


def take_fingerprint(paths: Sequence[Path], previous: Fingerprint | None = None) -> Fingerprint:
    """Return the fingerprint of the documents at *paths* and of the pictures that they name.

    Files that look as in *previous* are not read again.
    """
    known = previous.contents if previous else {}
    contents = {
        path: _content(path, identity, known.get(path), most=LARGEST_DOCUMENT, has_names=True)
        for path, identity in list_documents(paths).items()
    }
    count = len(contents)
    named = {
        str(Path(path).parent / name)
        for path, content in contents.items()
        if content
        for name in content.named
    }
    for path in sorted(named - contents.keys()):
        identity = identity_of(Path(path))
        contents[path] = _content(path, identity, known.get(path), most=LARGEST_PICTURE)
    digest = sha256()
    for path, content in contents.items():
        digest.update(os.fsencode(path.rpartition(os.sep)[2]))
        digest.update(f"\0{content.sha256 if content else ''}\0".encode())
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


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # it may not be looked at
        return False


def _documents_in(folder: str, depth: int) -> Iterator[tuple[str, Identity | None]]:
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
                yield from _documents_in(entry.path, depth - 1)
        elif entry.name.endswith(SUFFIXES):
            yield entry.path, _identity_of_entry(entry)


def _identity_of_entry(entry: os.DirEntry[str]) -> Identity | None:
    try:
        return _identity(entry.stat())
    except OSError:  # a link to nothing
        return None


def _identity(found: os.stat_result) -> Identity | None:
    if not stat.S_ISREG(found.st_mode):
        return None
    return Identity(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _content(
    path: str,
    identity: Identity | None,
    known: Content | None,
    *,
    most: int,
    has_names: bool = False,
) -> Content | None:
    if identity is None:
        return None
    if known and known.is_settled and known.identity == identity:
        return known
    try:
        data = read_regular(Path(path), most=most + 1)
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
