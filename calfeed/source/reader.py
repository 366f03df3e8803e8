"""Reads the files of the sources: only those that changed, and the others as the same objects."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from calfeed.errors import Place, Problem, Severity, SourceError
from calfeed.source.event import Basis
from calfeed.source.files import Content, Fingerprint, take_fingerprint
from calfeed.source.grammar import GrammarError
from calfeed.source.parse import common_grounds, state
from calfeed.source.parsed import Parsed, grounds_of, parse_one, unread
from calfeed.source.pictures import FindPicture, Pictures
from calfeed.source.reading import Grounds
from calfeed.source.stated import Stated
from calfeed.source.yaml import Document, read_document


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A document that was parsed before, and what its parsing rested on."""

    sha256: str
    grounds: Grounds | None
    basis: tuple[Grounds, date | None]
    parsed: Parsed


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file of this reading: kept from the last one, read anew, or not to be read."""

    path: Path
    name: str
    kept: _Kept | None = None
    document: Document | None = None
    error: SourceError | None = None

    @property
    def grounds(self) -> Grounds | None:
        if self.kept:
            return self.kept.grounds
        return grounds_of(self.document) if self.document else None


class Reader:
    """Reads the sources at some paths again and again, and remembers what did not change.

    Each path is a file, or a folder of ``*.yaml`` files. Problems call a file by its path from the
    folder on in which calfeed was started, if it lies there.
    """

    def __init__(self, *paths: Path) -> None:
        self.paths = paths
        self._here = Path.cwd()
        self._pictures = Pictures()
        self._fingerprint: Fingerprint | None = None
        self._kept: dict[Path, _Kept] = {}

    def fingerprint(self) -> str:
        """Return what tells these bytes from any others: of documents, and of their pictures."""
        return self._look().digest

    def read(self, now: datetime, *, as_of: date | None = None) -> Stated:
        """Return what the sources state at *now*; with *as_of*, what they stated on that day.

        An event of a file that did not change is the same object as last time.

        Raises:
            SourceError: they have errors; all problems of all files are told.
        """
        with _collector_at_rest():
            files = [self._open(path, content) for path, content in self._look().documents()]
            if not files:
                raise SourceError([self._nothing_there()])
            grounds = common_grounds(file.grounds for file in files)
            parsed = [self._parse(file, grounds, as_of) for file in files]
            today = as_of or now.astimezone(ZoneInfo(grounds.timezone)).date()
            return state(parsed, today=today, as_of=as_of)

    def _look(self) -> Fingerprint:
        self._fingerprint = take_fingerprint(self.paths, self._fingerprint)
        return self._fingerprint

    def _open(self, path: Path, content: Content | None) -> _File:
        name = self._name(path)
        kept = self._kept.get(path)
        if (
            content
            and kept
            and kept.sha256 == content.sha256
            and self._has_its_pictures(path, kept)
        ):
            return _File(path=path, name=name, kept=kept)
        try:
            return _File(path=path, name=name, document=read_document(path, name=name))
        except SourceError as error:
            return _File(path=path, name=name, error=error)

    def _parse(self, file: _File, grounds: Grounds, as_of: date | None) -> Parsed:
        if file.error:
            return unread(file.name, file.error)
        if file.kept and file.kept.basis == (grounds, as_of):
            return file.kept.parsed
        try:
            document = file.document or read_document(file.path, name=file.name)
        except SourceError as error:
            return unread(file.name, error)
        basis = Basis(grounds=grounds, find=self._finder(file.path), as_of=as_of)
        parsed = parse_one(document, basis)
        self._keep(file.path, document, parsed, (grounds, as_of))
        return parsed

    def _keep(
        self, path: Path, document: Document, parsed: Parsed, basis: tuple[Grounds, date | None]
    ) -> None:
        """Remember *parsed*, but not one with problems: its pictures may come yet."""
        self._kept.pop(path, None)
        if not any(problem.severity is Severity.ERROR for problem in parsed.problems):
            self._kept[path] = _Kept(
                sha256=document.sha256, grounds=grounds_of(document), basis=basis, parsed=parsed
            )

    def _has_its_pictures(self, path: Path, kept: _Kept) -> bool:
        find = self._finder(path)
        try:
            return all(find(file) == found for file, found in kept.parsed.pictures.items())
        except GrammarError:
            return False

    def _finder(self, path: Path) -> FindPicture:
        root = next((root for root in self.paths if root in path.parents), path.parent)
        return partial(self._pictures.find, folder=path.parent, root=root)

    def _name(self, path: Path) -> str:
        full = path.absolute()
        return str(full.relative_to(self._here) if full.is_relative_to(self._here) else path)

    def _nothing_there(self) -> Problem:
        return Problem(
            code="E163",
            message="there is no events file",
            place=Place(file=", ".join(map(self._name, self.paths))),
            help=("a folder of events has files that end in  .yaml",),
        )


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Let the collector rest: it would walk again and again through what is being built."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
