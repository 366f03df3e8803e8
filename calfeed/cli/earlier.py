"""The sources as they were in a revision of their git repository."""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from calfeed.cli.report import visible
from calfeed.errors import CalfeedError, Problem, SourceError
from calfeed.ledger.told import Told
from calfeed.publisher import would_tell
from calfeed.source.files import SUFFIXES, take_fingerprint
from calfeed.source.reader import Reader

_FILES = (b"100644", b"100755")
"""The modes of regular files: links lead out of a revision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Revision:
    """One commit of a repository: its top folder, and the blob of each regular file."""

    named: str
    top: Path
    blobs: Mapping[str, str]


def told_in_revision(path: Path, revision: str, now: datetime) -> Told:
    """Return what would be told of *path* as it was in *revision* of the repository that has it.

    Files are as a checkout would have them, line ends and large files included. What is read is
    what was committed: no hook runs, and nothing is checked out.

    Raises:
        CalfeedError: there is no git, no repository, no such revision, or no such file in it.
        SourceError: they had errors then.
    """
    found = _revision(path, revision)
    name = _name_in(found.top, path)
    documents = {one for one in found.blobs if one == name or _is_below(one, name)}
    if not documents:
        raise CalfeedError(
            f"there is no {name} in {visible(revision)}\n"
            "Compare with a revision that has it, or with a file:  calfeed diff OLD-FILE"
        )
    with TemporaryDirectory(prefix="calfeed-") as scratch:
        root = Path(os.path.realpath(scratch))
        _write(root, found, documents)
        _write(root, found, _pictures(root, root / name) & found.blobs.keys())
        with _placed(root, revision):
            return would_tell(Reader(root / name).read(now), Told(ledger_id=""), now=now).told


def _revision(path: Path, named: str) -> _Revision:
    folder = path if path.is_dir() else path.absolute().parent
    top = Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel", of=named).rstrip(b"\n")))
    commit = "" if named.startswith("-") else _commit(top, named)
    if not commit:
        raise CalfeedError(
            f'"{visible(named)}" is no ledger, no address, no file, and no revision of git\n'
            "Compare for example with  --against HEAD  or  --against https://events.example.eu"
        )
    listed = _git(top, "ls-tree", "-r", "-z", "--full-tree", commit, of=named)
    return _Revision(named=named, top=top, blobs=dict(_blobs(listed)))


def _commit(top: Path, named: str) -> str:
    """Return the hash of the commit that is *named*; empty if there is none."""
    found = _run(top, "rev-parse", "--verify", "--quiet", f"{named}^{{commit}}")
    return found.stdout.decode().strip() if found.returncode == 0 else ""


def _blobs(listed: bytes) -> Iterator[tuple[str, str]]:
    """Yield path and blob of each regular file that ``ls-tree`` listed."""
    for entry in listed.split(b"\0")[:-1]:
        facts, _, path = entry.partition(b"\t")
        mode, _, blob = facts.split(b" ")
        if mode in _FILES and b"\n" not in path:
            yield os.fsdecode(path), blob.decode()


def _name_in(top: Path, path: Path) -> str:
    full = path.absolute()
    full = full.parent.resolve() / full.name
    return full.relative_to(top.resolve()).as_posix()


def _is_below(path: str, folder: str) -> bool:
    is_inside = folder == "." or path.startswith(f"{folder}/")
    return is_inside and path.endswith(SUFFIXES)


def _pictures(root: Path, sources: Path) -> set[str]:
    """Return what the documents at *sources* seem to name, as paths from *root* on."""
    seen = take_fingerprint([sources]).contents
    names = (Path(os.path.normpath(path)) for path, found in seen.items() if found is None)
    return {one.relative_to(root).as_posix() for one in names if one.is_relative_to(root)}


def _write(root: Path, revision: _Revision, paths: Iterable[str]) -> None:
    """Write files of *revision* below *root*, by one git for all of them."""
    wanted = [(path, revision.blobs[path]) for path in sorted(paths)]
    asked = b"".join(os.fsencode(f"{blob} {path}\n") for path, blob in wanted)
    told = _git(revision.top, "cat-file", "--batch", "--filters", of=revision.named, asked=asked)
    start = 0
    for path, _ in wanted:
        end = told.index(b"\n", start)
        size = int(told[start:end].rpartition(b" ")[2])
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(told[end + 1 : end + 1 + size])
        start = end + 1 + size + 1


@contextmanager
def _placed(root: Path, revision: str) -> Iterator[None]:
    """Let problems say in which revision they are, as git writes it: ``HEAD~1:events.yaml``."""
    try:
        yield
    except SourceError as error:
        raise SourceError([_in_revision(one, root, revision) for one in error.problems]) from None


def _in_revision(problem: Problem, root: Path, revision: str) -> Problem:
    name = Path(problem.place.file).absolute().relative_to(root)
    return replace(problem, place=replace(problem.place, file=f"{revision}:{name.as_posix()}"))


def _git(folder: Path, *arguments: str, of: str, asked: bytes = b"") -> bytes:
    """Return what git says in *folder*, asked for the revision *of*.

    Raises:
        CalfeedError: it refuses.
    """
    done = _run(folder, *arguments, asked=asked)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise CalfeedError(
            f'"{visible(of)}" is no ledger, no address, no file, and no revision of git either:\n'
            f"{visible(said)}\n"
            "Compare with an older file, or with what is published:  "
            "calfeed diff --against https://events.example.eu"
        )
    return done.stdout


def _run(folder: Path, *arguments: str, asked: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, input=asked, capture_output=True, check=False)  # noqa: S603 - no shell, and no argument of it begins with a dash unless it is ours
    except OSError as error:
        raise CalfeedError(
            f"git cannot be run: {error.strerror}\n"
            "Install it, or compare with an older file:  calfeed diff OLD-FILE"
        ) from error
