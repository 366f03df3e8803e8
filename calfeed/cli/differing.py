"""``calfeed diff``: what publishing the file would tell, beside what was told or stood before."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.console import Console

from calfeed.addresses import ALL, Variant, feed_path, parse_feed_path
from calfeed.cli.differences import Differences, Entry, as_json, as_markdown, as_text
from calfeed.cli.earlier import told_in_revision
from calfeed.cli.fetching import fetch, is_address
from calfeed.cli.finding import find_ledger, find_sources, name_of
from calfeed.cli.opening import EventsFile, Ledger, told_by
from calfeed.cli.saying import WORDS, words
from calfeed.cli.standing import side_of, state_of
from calfeed.comparing import (
    MASTER,
    Component,
    Difference,
    PropertyChange,
    calendars_of,
    compare,
    components_of,
    property_changes,
    vevents_by_uid,
)
from calfeed.errors import CalfeedError
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Told
from calfeed.model import Initiative
from calfeed.publisher import Prospect, would_tell
from calfeed.source.reader import Reader
from calfeed.source.stated import Stated


class Format(StrEnum):
    """For whom differences are written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def diff(  # noqa: PLR0913, PLR0917 - each is an option of the command
    old: Annotated[
        Path | None,
        typer.Argument(
            metavar="[OLD]", help="An older events file, or folder.", show_default=False
        ),
    ] = None,
    against: Annotated[
        str,
        typer.Option(
            metavar="LEDGER|ADDRESS|REV",
            help="A ledger, a published site or feed, or a revision of git. Otherwise the ledger.",
            show_default=False,
        ),
    ] = "",
    form: Annotated[
        Format, typer.Option("--format", help="For people, for a pull request, for programs.")
    ] = Format.TEXT,
    details: Annotated[
        bool, typer.Option("--details", "-v", help="Each property that changes, too.")
    ] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 1 if there are differences.")
    ] = False,
    file: EventsFile = None,
    ledger: Ledger = None,
) -> None:
    """Show what publishing would tell subscribers, event by event. Nothing is published."""
    path, now = find_sources(file, start=Path.cwd()), datetime.now(UTC)
    stated = Reader(path).read(now)
    local = told_by(find_ledger(ledger, path))
    if is_address(against):
        differences = _beside_feed(against, stated, local, now)
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
        return "missing here but published: WITHDRAWN will be told; cancel it instead?"
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


def _beside_feed(address: str, stated: Stated, local: Told, now: datetime) -> Differences:
    """Return the differences from what is published at *address*, a feed's or a site's.

    Raises:
        CalfeedError: it cannot be fetched, or is no calendar.
    """
    path = urlsplit(address).path
    url = address if path.endswith(".ics") else address.rstrip("/") + feed_path(ALL)
    text = fetch(url).decode(errors="replace")
    if not text.startswith("BEGIN:VCALENDAR"):
        raise CalfeedError(f"{url} is no calendar\nName the address of a feed, or of the site.")
    parsed = parse_feed_path(urlsplit(url).path)
    told = would_tell(stated, local, now=now).told
    variant = Variant(language=(parsed and parsed.language) or stated.site.language)
    published = vevents_by_uid(text)
    entries = []
    for uid, revision in told.revisions.items():
        calendars = calendars_of(revision, told)
        names = tuple(words(name, variant.language) for name in calendars.values())
        found = published.pop(uid, {})
        if parsed is None or parsed.slug in {ALL, *calendars}:
            entries.append(_beside(found, revision, variant, names))
        elif found:
            entries.append(_leaving(found, revision, variant))
    entries += [_missing(uid, components) for uid, components in published.items()]
    changed = sorted((one for one in entries if one), key=lambda one: one.event)
    return Differences(against=url, entries=tuple(changed))


def _beside(
    published: Mapping[str, Component], revision: Revision, variant: Variant, names: tuple[str, ...]
) -> Entry | None:
    """Return how *revision* differs from the VEVENTs that are *published*; None: not at all."""
    title = words(revision.event.details.title, variant.language)
    side = side_of(revision.event)
    drawn = components_of(revision, variant)
    if not drawn and not published:
        return None  # to be announced: in no calendar yet
    if not published:
        what = f"new: {side.as_it_was()}"
        return Entry(
            sign="+",
            event=revision.key,
            title=title,
            what=what,
            revision=str(revision.sequence),
            calendars=names,
        )
    changes = property_changes(published, drawn)
    changes = tuple(change for change in changes if change.name != "SEQUENCE")
    if not changes:
        return None
    number = _number(published)
    return Entry(
        sign="~",
        event=revision.key,
        title=title,
        what=f"{', '.join(dict.fromkeys(change.name for change in changes))} -> {side}",
        revision=f"{number} -> {max(number + 1, revision.sequence)}",
        calendars=names,
        properties=changes,
    )


def _leaving(published: Mapping[str, Component], revision: Revision, variant: Variant) -> Entry:
    number = _number(published)
    return Entry(
        sign="~",
        event=revision.key,
        title=words(revision.event.details.title, variant.language),
        what="leaves this calendar",
        revision=f"{number} -> {max(number + 1, revision.sequence)}",
        calendars=(),
    )


def _missing(uid: str, published: Mapping[str, Component]) -> Entry | None:
    """Return what is said of VEVENTs that the file does not know; None if they are off."""
    lines = published.get(MASTER, {})
    if "STATUS:CANCELLED" in lines.get("STATUS", ()):
        return None
    title = next(iter(lines.get("SUMMARY", ("SUMMARY:",)))).partition(":")[2]
    page = next(iter(lines.get("URL", ("",)))).rstrip("/").rpartition("/")[2]
    number = _number(published)
    return Entry(
        sign="!",
        event=page or uid,
        title=title,
        what="missing here but published: WITHDRAWN will be told; cancel it instead?",
        revision=f"{number} -> {number + 1}",
        calendars=(),
    )


def _number(published: Mapping[str, Component]) -> int:
    lines = published.get(MASTER, {}).get("SEQUENCE", ("SEQUENCE:0",))
    digits = lines[0].partition(":")[2]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 10 else 0  # noqa: PLR2004
