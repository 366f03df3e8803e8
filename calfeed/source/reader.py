"""Reads the files of the sources: only those that changed, and the others as the same objects."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias
from zoneinfo import ZoneInfo

from calfeed.errors import Place, Problem, SourceError
from calfeed.source.event import Basis
from calfeed.source.examined import Examined
from calfeed.source.files import Content, Fingerprint, take_fingerprint
from calfeed.source.grammar import GrammarError
from calfeed.source.parse import common_grounds, examine
from calfeed.source.parsed import Parsed, grounds_of, parse_one, unread
from calfeed.source.pictures import FindPicture, Pictures
from calfeed.source.reading import Grounds
from calfeed.source.stated import Stated
from calfeed.source.yaml import Document, parse_document, read_document

NO_OTHERS: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A document that was parsed before, and what its parsing rested on."""

    sha256: str
    grounds: Grounds | None
    basis: tuple[Grounds, date | None]
    parsed: Parsed


_Opened: TypeAlias = _Kept | Document | SourceError
"""A file of one reading: kept from the last one, read anew, or not to be read."""


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
        self._kept: dict[str, _Kept] = {}

    def fingerprint(self) -> str:
        """Return what tells these bytes from any others: of documents, and of their pictures."""
        with _collector_at_rest():
            return self._look().digest

    def names(self) -> list[str]:
        """Return what problems call the files, in their order."""
        return [self._name(path) for path, _ in self._look().documents()]

    def read(
        self, now: datetime, *, as_of: date | None = None, instead: Mapping[str, bytes] = NO_OTHERS
    ) -> Stated:
        """Return what the sources state at *now*; with *as_of*, what they stated on that day.

        *instead* has, by the name that problems call it, what a file would hold: it is read so.
        An event that did not change is the same object as last time, but for events with
        pictures in files that did.

        Raises:
            SourceError: they have errors; all problems of all files are told.
        """
        return self.examine(now, as_of=as_of, instead=instead).whole()

    def examine(
        self, now: datetime, *, as_of: date | None = None, instead: Mapping[str, bytes] = NO_OTHERS
    ) -> Examined:
        """Return all problems of the sources, and what they state all the same; see ``read``."""
        with _collector_at_rest():
            files = {
                path: self._open_as(path, instead[name])
                if (name := self._name(path)) in instead
                else self._open(path, seen)
                for path, seen in self._look().documents()
            }
            if not files:
                return Examined(problems=(self._nothing_there(),))
            grounds = common_grounds(map(_grounds_of, files.values()))
            parsed = [self._parse(path, file, (grounds, as_of)) for path, file in files.items()]
            today = as_of or now.astimezone(ZoneInfo(grounds.timezone)).date()
            return examine(parsed, today=today, as_of=as_of)

    def _look(self) -> Fingerprint:
        self._fingerprint = take_fingerprint(self.paths, self._fingerprint)
        return self._fingerprint

    def _open(self, path: str, seen: Content | None) -> _Opened:
        kept = self._kept.get(path)
        if kept and seen and kept.sha256 == seen.sha256 and self._is_good(path, kept.parsed):
            return kept
        return self._read(path)

    def _read(self, path: str) -> Document | SourceError:
        try:
            return read_document(Path(path), name=self._name(path))
        except SourceError as error:
            return error

    def _open_as(self, path: str, data: bytes) -> Document | SourceError:
        try:
            document = parse_document(data, name=self._name(path))
            return replace(document, folder=Path(path).parent)
        except SourceError as error:
            return error

    def _parse(self, path: str, file: _Opened, basis: tuple[Grounds, date | None]) -> Parsed:
        if isinstance(file, _Kept):
            if file.basis == basis:
                return file.parsed
            file = self._read(path)
        if isinstance(file, SourceError):
            return unread(self._name(path), file)
        grounds, as_of = basis
        kept = self._kept.get(path)
        parsed = parse_one(
            file,
            Basis(grounds=grounds, find=self._finder(path), as_of=as_of),
            before=kept.parsed if kept and kept.basis == basis else None,
        )
        self._kept[path] = _Kept(
            sha256=file.sha256, grounds=grounds_of(file), basis=basis, parsed=parsed
        )
        return parsed

    def _is_good(self, path: str, parsed: Parsed) -> bool:
        """Whether *parsed* has no error, which a picture that comes could mend, nor gets one."""
        if parsed.has_error or not parsed.pictures:
            return not parsed.has_error
        find = self._finder(path)
        try:
            return all(find(file) == found for file, found in parsed.pictures.items())
        except GrammarError:
            return False

    def _finder(self, path: str) -> FindPicture:
        folder = Path(path).parent
        root = next((root for root in self.paths if folder.is_relative_to(root)), folder)
        return partial(self._pictures.find, folder=folder, root=root)

    def _name(self, path: str | Path) -> str:
        full = Path(path).absolute()
        return str(full.relative_to(self._here) if full.is_relative_to(self._here) else path)

    def _nothing_there(self) -> Problem:
        return Problem(
            code="E163",
            message="there is no events file",
            place=Place(file=", ".join(map(self._name, self.paths))),
            help=(
                "a folder of events has files that end in  .yaml",
                "to begin one:  calfeed init",
            ),
        )


def _grounds_of(file: _Opened) -> Grounds | None:
    if isinstance(file, Document):
        return grounds_of(file)
    return file.grounds if isinstance(file, _Kept) else None


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
