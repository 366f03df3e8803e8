"""Mends of files, all that are beyond doubt: applied, read again, until none is left."""

import codecs
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from calfeed.errors import Mend, Problem
from calfeed.source.examined import Examined
from calfeed.source.files import LARGEST_DOCUMENT, read_regular
from calfeed.source.mending import OFFER, mended
from calfeed.source.reader import Reader

ROUNDS = 200
"""How often sources are mended and read again: of some mistakes only the first is seen."""

_STOPPING = {"E103", "E110"}
"""Codes of mistakes behind which YAML may not read on."""
_OF_READING = ("E1", "E3")
"""How the codes begin that say of a line that it is not understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """One file that was mended, by the name that problems call it: its bytes, and the new ones."""

    name: str
    before: bytes = field(repr=False)
    after: bytes = field(repr=False)
    count: int

    @property
    def texts(self) -> tuple[str, str]:
        """Its text before and after, without a byte order mark."""
        return self.before.decode("utf-8-sig"), self.after.decode("utf-8-sig")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixing:
    """What came of it: the files that were mended, and those mends that would do no good."""

    files: tuple[Fixed, ...] = ()
    refused: frozenset[tuple[str, Mend]] = frozenset()

    def without_offers(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return *problems*, those whose mend was refused without it."""
        return tuple(
            replace(one, mend=None, notes=tuple(note for note in one.notes if note != OFFER))
            if one.mend and (one.place.file, one.mend) in self.refused
            else one
            for one in problems
        )


def fix(reader: Reader, *, now: datetime) -> Fixing:
    """Return what the files of *reader* hold once all is mended that can be; nothing is written.

    A mend is refused if its line is then not understood for another reason: it was not all that
    was wrong, or not what was meant.
    """
    files = {file.name: file for file in _untouched(reader.names())}
    refused: set[tuple[str, Mend]] = set()
    problems = _examined(reader, files, now).problems
    for _ in range(ROUNDS):
        chosen = _chosen(problems, refused)
        if not chosen:
            break
        tried = _with_all(chosen, files)
        found = _examined(reader, tried, now).problems
        if useless := set(_useless(chosen, problems, found)):
            refused |= useless
        else:
            files, problems = tried, found
    mended_files = tuple(file for file in files.values() if file.count)
    return Fixing(files=mended_files, refused=frozenset(refused))


def read_on(reader: Reader, *, now: datetime) -> Examined:
    """Return what ``reader.examine`` does, and what more there is to tell of files.

    A mistake that stops YAML hides all that follows it. If it can be mended, the rest is read as
    if it were; of what stands on a mended line nothing more is told.
    """
    told: dict[tuple[str, int], Problem] = {}
    files: dict[str, Fixed] = {}
    examined = reader.examine(now)
    while len(told) < ROUNDS:
        stops = [one for one in examined.problems if _stops(one) and _line(one) not in told]
        if not stops:
            break
        told |= {_line(one): one for one in stops}
        files = files or {file.name: file for file in _untouched(reader.names())}
        files = _with_all(_chosen(stops, set()), files)
        examined = _examined(reader, files, now)
    others = (one for one in examined.problems if _line(one) not in told)
    problems = (*told.values(), *others)
    stated = examined.stated and replace(examined.stated, problems=problems)
    return replace(examined, problems=problems, stated=stated)


def _stops(problem: Problem) -> bool:
    return problem.mend is not None and problem.code in _STOPPING


def _line(problem: Problem) -> tuple[str, int]:
    return problem.place.file, problem.place.line


def _untouched(names: Iterable[str]) -> Iterator[Fixed]:
    """Yield the files as they are: mends are found in these very bytes, and put into no others."""
    for name in names:
        with suppress(OSError):  # what cannot be read has no mends, and is told
            data = read_regular(Path(name), most=LARGEST_DOCUMENT + 1)
            yield Fixed(name=name, before=data, after=data, count=0)


def _examined(reader: Reader, files: Mapping[str, Fixed], now: datetime) -> Examined:
    return reader.examine(now, instead={name: file.after for name, file in files.items()})


def _chosen(
    problems: Iterable[Problem], refused: set[tuple[str, Mend]]
) -> Mapping[str, list[Mend]]:
    """Return the mends of each file that are to be tried, of those that overlap the first."""
    chosen: dict[str, list[Mend]] = {}
    for problem in problems:
        mend, name = problem.mend, problem.place.file
        if mend and (name, mend) not in refused:
            others = chosen.setdefault(name, [])
            if not any(_overlap(mend, other) for other in others[-1:]):
                others.append(mend)
    return chosen


def _overlap(one: Mend, other: Mend) -> bool:
    if one.line != other.line:
        return False
    return one.column < other.column + other.length and other.column < one.column + one.length


def _with_all(chosen: Mapping[str, list[Mend]], files: Mapping[str, Fixed]) -> dict[str, Fixed]:
    return {**files, **{name: _with(mends, files[name]) for name, mends in chosen.items()}}


def _with(mends: list[Mend], file: Fixed) -> Fixed:
    mark = codecs.BOM_UTF8 if file.after.startswith(codecs.BOM_UTF8) else b""
    text = mended(file.texts[1], mends)
    return replace(file, after=mark + text.encode(), count=file.count + len(mends))


def _useless(
    chosen: Mapping[str, list[Mend]], before: Iterable[Problem], after: Iterable[Problem]
) -> Iterator[tuple[str, Mend]]:
    """Yield each mend behind which, on its line, something is not understood that was before."""
    known = {(*_line(one), one.code, one.message) for one in before}
    new: dict[tuple[str, int], int] = {}
    for one in after:
        if one.code.startswith(_OF_READING) and (*_line(one), one.code, one.message) not in known:
            new[_line(one)] = max(one.place.column, new.get(_line(one), 0))
    for name, mends in chosen.items():
        for mend in mends:
            if new.get((name, mend.line), 0) >= mend.column:
                yield name, mend
