"""``calfeed show``: all there is to know of one event, and what each of its calendars sends."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.console import Console

from calfeed.addresses import Show, Variant
from calfeed.cli.editing import Desk, open_desk
from calfeed.cli.naming import find_event
from calfeed.cli.opening import EventsFile, Ledger
from calfeed.cli.report import visible
from calfeed.cli.saying import WORDS, words
from calfeed.cli.standing import Side, say_date, say_presence, side_of
from calfeed.cli.updating import EventName
from calfeed.comparing import MASTER, Component, calendars_of, components_of
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Kind, Told
from calfeed.model import Event
from calfeed.publisher import would_tell
from calfeed.source.stated import Statement

_SENT = ("STATUS", "SUMMARY", "DTSTART", "DTEND", "RRULE", "LOCATION", "CONFERENCE")
"""The properties of a VEVENT that say how an event stands."""

USUAL = "usual"
_SHOWN = 6
"""How many VEVENTs of a series are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One event as the file states it; ``revision`` None: a draft, which nobody is told."""

    statement: Statement
    revision: Revision | None
    told: Told
    language: str


def show(
    event: EventName,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    file: EventsFile = None,
    ledger: Ledger = None,
) -> None:
    """Show an event: its facts, its history, and what its calendars would send if published now."""
    known = _known(open_desk(file, ledger), event)
    if as_json:
        typer.echo(json.dumps(_data(known), ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    for line in (*_facts(known), *_history(known.statement.event), *_sent(known)):
        console.print(visible(line), markup=False, soft_wrap=True)


def _known(desk: Desk, name: str) -> Known:
    statement = find_event(desk.stated, name)
    told = would_tell(desk.stated, desk.told, now=desk.now).told
    revision = told.revisions.get(told.pins.get(statement.event.key, ""))
    return Known(
        statement=statement,
        revision=None if statement.draft else revision,
        told=told,
        language=desk.stated.site.language,
    )


def _facts(known: Known) -> Iterator[str]:
    event = known.statement.event
    details = event.details
    yield f"{event.key}: {words(details.title, known.language)}"
    yield f"  {'a draft; ' if known.statement.draft else ''}{side_of(event)}"
    for code, title in details.title.items():
        if code != known.language:
            yield f"  title in {code}: {title}"
    if presence := say_presence(details):
        place = f": {words(details.place.name, known.language)}" if details.place else ""
        yield f"  {presence}{place}"
    if known.revision:
        names = calendars_of(known.revision, known.told)
        calendars = ", ".join(words(name, known.language) for name in names.values())
        yield f"  calendars: {calendars}"
        yield f"  UID {known.revision.uid}, revision {known.revision.sequence}"


def _history(event: Event) -> Iterator[str]:
    """Yield what happened, oldest first, each with its day."""
    if event.published:
        yield f"  {event.published}  published"
    for update in event.updates:
        of = (
            f" ({update.occurrence}{' onwards' if update.onwards else ''})"
            if update.occurrence
            else ""
        )
        yield f"  {update.announced}  {WORDS[Kind(update.change.value)]}{of}"
    for old in event.standing.old:
        yield f"  it was planned for {say_date(old)}"
    for override in event.overrides:
        side = Side(details=override.details, standing=override.standing)
        yield f"  {override.day}: {side}"


def _sent(known: Known) -> Iterator[str]:
    """Yield what the feeds have of it: the usual ones, and the others where they differ."""
    variants = _variants(known)
    for name, components in variants.items():
        yield f"In its {name} calendars:"
        if not components or (name != USUAL and components == variants[USUAL]):
            yield "  the same" if components else "  nothing"
            continue
        for occurrence, component in list(components.items())[:_SHOWN]:
            if occurrence != MASTER:
                yield f"  {occurrence}"
            for sent in _SENT:
                for line in component.get(sent, ()):
                    yield f"  {line}"
        if len(components) > _SHOWN:
            yield f"  and {len(components) - _SHOWN} more dates"


def _variants(known: Known) -> dict[str, dict[str, Component]]:
    names = {Show.STRUCK: USUAL, Show.VISIBLE: "visible", Show.ACTIVE: "active"}
    if known.revision is None:
        return {}
    return {
        name: components_of(known.revision, Variant(language=known.language, show=show_as))
        for show_as, name in names.items()
    }


def _data(known: Known) -> dict[str, object]:
    event = known.statement.event
    return {
        "event": event.key,
        "draft": known.statement.draft,
        "stands": str(side_of(event)),
        "title": dict(event.details.title),
        "initiatives": list(event.initiatives),
        "uid": known.revision.uid if known.revision else None,
        "sequence": known.revision.sequence if known.revision else None,
        "history": [
            {
                "announced": update.announced.isoformat(),
                "change": update.change.value,
                "occurrence": update.occurrence and update.occurrence.isoformat(),
                "notice": dict(update.notice or {}),
            }
            for update in event.updates
        ],
        "sends": {
            name: [
                [line for lines in one.values() for line in lines] for one in components.values()
            ]
            for name, components in _variants(known).items()
        },
    }
