"""``calfeed check --fix``: mend what has one certain meaning, show it, write it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console

from calfeed.cli.editing import Sheet, open_sheet, show_change
from calfeed.cli.saying import counted
from calfeed.errors import Mend, Problem, SourceError
from calfeed.source.mending import mended
from calfeed.source.reader import Reader
from calfeed.source.saving import save

ROUNDS = 200
"""How often the files are read again: a slip that stops the parser hides those below it."""


def fix(reader: Reader, now: datetime, console: Console) -> None:
    """Mend the sources of *reader* as far as that is certain, and show on *console* what changed.

    Raises:
        CalfeedError: a file was changed meanwhile, or cannot be written.
    """
    sheets: dict[str, Sheet] = {}
    texts: dict[str, str] = {}
    note = "There may be more: run the command again."
    for _ in range(ROUNDS):
        instead = {name: sheets[name].with_text(text) for name, text in texts.items()}
        mends = _mends(problems_of(reader, now, instead))
        if not mends:
            note = ""
            break
        for name, found in mends.items():
            sheets.setdefault(name, open_sheet(name))
            texts[name] = mended(texts.get(name, sheets[name].text), found)
    for name, sheet in sheets.items():
        show_change(sheet, texts[name], console)
        save(Path(name), expected=sheet.data, new=sheet.with_text(texts[name]))
    if sheets:
        told = f"Mended {counted(len(sheets), 'file')}: look at what changed. {note}"
        console.print(f"{told.rstrip()}\n", soft_wrap=True)


def problems_of(reader: Reader, now: datetime, instead: Mapping[str, bytes]) -> Sequence[Problem]:
    """Return all problems of the sources, errors or not, with some files as they would be."""
    try:
        return reader.read(now, instead=instead).problems
    except SourceError as error:
        return error.problems


def _mends(problems: Sequence[Problem]) -> dict[str, list[Mend]]:
    mends: dict[str, list[Mend]] = {}
    for problem in problems:
        if problem.mend:
            mends.setdefault(problem.place.file, []).append(problem.mend)
    return mends
