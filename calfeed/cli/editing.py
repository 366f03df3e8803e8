"""How an editing command works: find the event, show what will be, ask, write, say what is next."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from calfeed.cli.diffs import print_diff
from calfeed.cli.fetching import read
from calfeed.cli.finding import find_ledger, find_sources
from calfeed.cli.opening import told_by
from calfeed.cli.prompting import agrees
from calfeed.ledger.told import Told
from calfeed.source.characters import decode
from calfeed.source.reader import Reader
from calfeed.source.saving import save
from calfeed.source.stated import Stated
from calfeed.source.yaml import Document, parse_document

_MARK = b"\xef\xbb\xbf"
"""A byte order mark, which some editors put before UTF-8; it stays where it was."""

DONE = "Saved. Everything else in the file is untouched."
NEXT = "Next:  calfeed preview, then publish as usual."


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The sources as they are now, and what subscribers were told of them."""

    reader: Reader
    stated: Stated
    told: Told
    now: datetime

    @property
    def today(self) -> date:
        """Today, on the clocks of the site."""
        return self.now.astimezone(ZoneInfo(self.stated.site.timezone)).date()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One file of the sources, by the name that problems call it, and the bytes that it holds."""

    name: str
    data: bytes = field(repr=False)

    @cached_property
    def text(self) -> str:
        """Its text, without the mark in front."""
        return decode(self.data, name=self.name)

    @cached_property
    def document(self) -> Document:
        """Its document, if it has no problem."""
        return parse_document(self.data, name=self.name)

    def with_text(self, text: str) -> bytes:
        """Return its bytes with another *text*."""
        return (_MARK if self.data.startswith(_MARK) else b"") + text.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was said in advance: to write without being asked, or not to write."""

    yes: bool = False
    dry_run: bool = False


def open_desk(file: Path | None, ledger: str | None) -> Desk:
    """Return the sources that were named or found, read, and what their ledger says.

    Raises:
        CalfeedError: there are none, or they have errors, which have to be mended first.
    """
    path = find_sources(file, start=Path.cwd())
    reader, now = Reader(path), datetime.now(UTC)
    stated = reader.read(now)
    told = told_by(find_ledger(ledger, path))
    return Desk(reader=reader, stated=stated, told=told, now=now)


def open_sheet(name: str) -> Sheet:
    """Return the file that problems call *name*.

    Raises:
        CalfeedError: it is gone by now, or cannot be read.
    """
    return Sheet(name=name, data=read(Path(name)))


def show_change(sheet: Sheet, text: str, console: Console) -> None:
    """Print which lines of *sheet* come and go."""
    print_diff(sheet.name, sheet.text, text, console)


def write(sheet: Sheet, text: str, answers: Answers, console: Console) -> bool:
    """Put *text* into the file of *sheet* if whoever is asked agrees; return whether it was.

    Raises:
        CalfeedError: the file was changed meanwhile, or cannot be written.
    """
    if answers.dry_run:
        console.print("Nothing was written (--dry-run).")
        return False
    if not answers.yes and not agrees("Write this?", console):
        console.print("Nothing was written.")
        return False
    save(Path(sheet.name), expected=sheet.data, new=sheet.with_text(text))
    console.print(f"{DONE}  {NEXT}", soft_wrap=True)
    return True
