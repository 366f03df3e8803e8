"""Which few rules say how many addresses are answered; what no rule says is told one by one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

from calfeed.formats.nginx.served import Answer, Served

NAME = "\x00"
"""Stands in an answer for the name of its file: no header field can have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Files of one *folder* that have one answer: those called *name*, with these *endings*.

    An empty name is any; then `NAME` in the answer is the one that was asked for.
    """

    folder: str
    name: str
    endings: tuple[str, ...]
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All answers of a site: by rules, and for single addresses.

    ``folders`` have the answers of the pages below each, the longest that fits holds; ``single``
    are the pages and files that no rule fits. ``missing`` has for each folder where it is said
    that there is nothing.
    """

    files: tuple[Files, ...]
    folders: Mapping[str, Answer]
    single: tuple[Served, ...]
    missing: Mapping[str, Served]


def rules_of(served: Iterable[Served]) -> Rules:
    """Return the rules of what is *served*: for each address, they say just its answer."""
    files, pages, missing, single = [], [], {}, []
    for one in served:
        if one.answer.status == HTTPStatus.NOT_FOUND:
            missing[one.path[: one.path.rindex("/") + 1]] = one
        elif one.location or one.answer.status not in {HTTPStatus.OK, HTTPStatus.FOUND}:
            single.append(one)  # what moved or went, each on its own
        elif one.path.endswith("/"):
            pages.append(one)
        else:
            files.append(one)
    folders = _folders(pages)
    single += [one for one in pages if _below(folders, one.path) != one.answer]
    return Rules(files=_files(files), folders=folders, single=tuple(single), missing=missing)


def _folders(pages: list[Served]) -> Mapping[str, Answer]:
    """Return the folders whose pages mostly have another answer than those around them."""
    counts: defaultdict[str, Counter[Answer]] = defaultdict(Counter)
    for page in pages:
        for end in re.finditer("/", page.path[:-1]):
            counts[page.path[: end.end()]][page.answer] += 1
    folders: dict[str, Answer] = {}
    for folder in sorted(counts, key=lambda one: (one.count("/"), one)):
        ((usual, _),) = counts[folder].most_common(1)
        if _below(folders, folder) != usual:
            folders[folder] = usual
    return folders


def _below(folders: Mapping[str, Answer], path: str) -> Answer | None:
    """Return the answer that the longest of *folders* gives to *path*."""
    longest = max((one for one in folders if path.startswith(one)), key=len, default=None)
    return None if longest is None else folders[longest]


def _files(files: list[Served]) -> tuple[Files, ...]:
    """Return the rules for *files*, those for certain names first."""
    usual = _usual(files)
    endings: defaultdict[tuple[str, str, Answer], list[str]] = defaultdict(list)
    for file in files:
        folder, name, ending = _parts(file.path)
        is_usual = usual.get((folder, ending)) == _templated(file)
        key = (folder, "", _templated(file)) if is_usual else (folder, name, file.answer)
        if ending not in endings[key]:
            endings[key].append(ending)
    found = [
        Files(folder=folder, name=name, endings=tuple(sorted(of)), answer=answer)
        for (folder, name, answer), of in endings.items()
    ]
    return tuple(sorted(found, key=lambda one: (not one.name, one.folder, one.name, one.endings)))


def _usual(files: list[Served]) -> Mapping[tuple[str, str], Answer]:
    """Return what most files of a folder with one ending are answered with, if that is a rule."""
    counts: defaultdict[tuple[str, str], Counter[Answer]] = defaultdict(Counter)
    for file in files:
        folder, _, ending = _parts(file.path)
        counts[folder, ending][_templated(file)] += 1
    most = {place: counter.most_common(1)[0] for place, counter in counts.items()}
    return {
        place: answer
        for place, (answer, count) in most.items()
        if count > 1 or any(NAME in value for _, value in answer.headers)
    }


def _templated(file: Served) -> Answer:
    """Return the answer of *file* with `NAME` where a header names the file."""
    _, name, _ = _parts(file.path)

    def templated(said: str) -> str:
        return said.replace(f"/{name}.", f"/{NAME}.").replace(f'"{name}.', f'"{NAME}.')

    headers = tuple((field, templated(said)) for field, said in file.answer.headers)
    return replace(file.answer, headers=headers)


def _parts(path: str) -> tuple[str, str, str]:
    """Return the folder of *path*, the name of the file, and its ending from the first dot on."""
    folder, slash, file = path.rpartition("/")
    name, dot, ending = file.partition(".")
    return folder + slash, name, dot + ending
