"""``calfeed diff``: what publishing the file would tell, beside what was told or stood before."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from calfeed.addresses import Variant
from calfeed.cli.differences import Differences, Entry, as_json, as_markdown, as_text
from calfeed.cli.earlier import told_in_revision
from calfeed.cli.fetching import is_address
from calfeed.cli.finding import find_ledger, find_sources, name_of
from calfeed.cli.opening import EventsFile, Ledger, told_by
from calfeed.cli.published import MISSING, beside_feed
from calfeed.cli.saying import WORDS, words
from calfeed.cli.standing import side_of, state_of
from calfeed.comparing import (
    Difference,
    PropertyChange,
    compare,
    components_of,
    property_changes,
)
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Told
from calfeed.model import Initiative
from calfeed.publisher import Prospect, would_tell
from calfeed.source.reader import Reader


class Format(StrEnum):
    """For whom differences are written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


Old = Annotated[
    Path | None,
    typer.Argument(metavar="[OLD]", help="An older events file, or folder.", show_default=False),
]
Against = Annotated[
    str,
    typer.Option(
        metavar="LEDGER|ADDRESS|REV",
        help="A ledger, a published site or feed, or a revision of git. Otherwise the ledger.",
        show_default=False,
    ),
]
Form = Annotated[
    Format, typer.Option("--format", help="For people, for a pull request, for programs.")
]
Details = Annotated[bool, typer.Option("--details", "-v", help="Each property that changes, too.")]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="End with 1 if there are differences.")]


def diff(  # noqa: PLR0913, PLR0917 - each is an option of the command
    old: Old = None,
    against: Against = "",
    form: Form = Format.TEXT,
    details: Details = False,
    exit_code: ExitCode = False,
    file: EventsFile = None,
    ledger: Ledger = None,
) -> None:
    """Show what publishing would tell subscribers, event by event. Nothing is published."""
    path, now = find_sources(file, start=Path.cwd()), datetime.now(UTC)
    stated = Reader(path).read(now)
    local = told_by(find_ledger(ledger, path))
    if is_address(against):
        differences = beside_feed(against, stated, local, now)
    else:
        name, before = _before(old, against, path, local, now)
        prospect = would_tell(stated, before, now=now)
        differences = _beside_told(name, before, prospect, stated.site.language)
    if form is Format.MARKDOWN:
        typer.echo(as_markdown(differences), nl=False)
    elif form is Format.JSON:
        typer.echo(as_json(differences))
    else:
        for line in as_text(differences, details=details):
            Console(highlight=False).print(line, markup=False, soft_wrap=True)
    if exit_code and not differences.is_empty:
        raise typer.Exit(1)


def _before(
    old: Path | None, against: str, path: Path, local: Told, now: datetime
) -> tuple[str, Told]:
    """Return what to compare with, and what messages call it."""
    if old:
        return name_of(old), would_tell(Reader(old).read(now), Told(ledger_id=""), now=now).told
    if "://" in against or (against and Path(against).is_file()):
        return "the ledger", told_by(against)
    if against:
        return against, told_in_revision(path, against, now)
    return ("what was told" if local.version else "nothing, since nothing was published"), local


def _beside_told(name: str, before: Told, prospect: Prospect, language: str) -> Differences:
    found = compare(before, prospect.told, prospect.publication)
    has_names = before.version > 0 and (
        prospect.publication.site is not None or _named(before) != _named(prospect.told)
    )
    return Differences(
        against=name,
        entries=tuple(_entry(one, language) for one in found),
        has_other_names=has_names,
    )


def _entry(difference: Difference, language: str) -> Entry:
    before, after = difference.before, difference.after
    variant = Variant(language=language)
    names = [words(name, language) for name in difference.calendars.values()]
    return Entry(
        sign=_sign(difference),
        event=after.key,
        title=words(after.event.details.title, language),
        what=_what(difference),
        revision=f"{before.sequence} -> {after.sequence}" if before else str(after.sequence),
        calendars=(*names, *difference.left),
        properties=_properties(before, after, variant) if before else (),
    )


def _properties(before: Revision, after: Revision, variant: Variant) -> tuple[PropertyChange, ...]:
    return property_changes(components_of(before, variant), components_of(after, variant))


def _named(told: Told) -> list[tuple[Initiative, bool]]:
    return [(one.initiative, one.retired is not None) for one in told.initiatives.values()]


def _sign(difference: Difference) -> str:
    if difference.after.withdrawn:
        return "!"
    return "~" if difference.before else "+"


def _what(difference: Difference) -> str:
    """Return what happened: from state to state, or in the words of the change log."""
    before, after = difference.before, difference.after
    if after.withdrawn:
        return MISSING
    said = ", ".join(
        dict.fromkeys(
            f"{WORDS[row.kind]} {row.initiative or ''}".strip() for row in difference.rows
        )
    )
    if before is None:
        return f"new: {side_of(after.event).as_it_was()}"
    was, now = side_of(before.event), side_of(after.event)
    if before.withdrawn or state_of(was.standing) == state_of(now.standing):
        return said
    return f"{was.as_it_was()} -> {now}"
