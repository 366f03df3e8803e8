"""``calfeed add``: a new event, from options or from answers, at the end of its file."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from calfeed.cli.editing import Answers, Desk, Sheet, open_desk, open_sheet
from calfeed.cli.foretelling import events_of
from calfeed.cli.naming import likely
from calfeed.cli.opening import EventsFile, Ledger
from calfeed.cli.prompting import ask
from calfeed.cli.updating import DryRun, Fields, Lang, Texts, Yes, in_languages, propose
from calfeed.cli.verbs import Online, Place, Timezone
from calfeed.errors import CalfeedError
from calfeed.source.edit import add_event
from calfeed.source.keys import free_key
from calfeed.source.writing import Written

Key = Annotated[
    str,
    typer.Argument(
        metavar="[NAME]",
        help="Its permanent name in addresses. Otherwise made of the title.",
        show_default=False,
    ),
]
Initiatives = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Whose event it is; as often as needed.", show_default=False),
]
When = Annotated[
    str,
    typer.Option(
        metavar="WHEN",
        help='Its date: "2027-05-08 14:00 to 16:00", or "to be announced".',
        show_default=False,
    ),
]
Draft = Annotated[bool, typer.Option("--draft", help="Checked, but not published yet.")]
Into = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="The file of a folder that gets it. Otherwise the last one with events.",
        show_default=False,
    ),
]

_NAMED = 8


def add(  # noqa: PLR0913, PLR0917 - each is an option of the command
    key: Key = "",
    title: Texts = None,
    initiative: Initiatives = None,
    when: When = "",
    timezone: Timezone = "",
    place: Place = "",
    online: Online = "",
    summary: Texts = None,
    draft: Draft = False,
    into: Into = None,
    lang: Lang = "",
    yes: Yes = False,
    dry_run: DryRun = False,
    file: EventsFile = None,
    ledger: Ledger = None,
) -> None:
    """Add an event. What it cannot do without is asked for, unless an option gives it."""
    desk, console = open_desk(file, ledger), Console(highlight=False)
    is_complete = bool(title and initiative and when)
    fields: Fields = {
        "title": title or [ask("Title: ", console)],
        "initiatives": _initiatives(desk, initiative, console),
        "published": None if draft else desk.today,
        "when": when or ask('When ("2027-05-08 14:00 to 16:00"): ', console),
        "timezone": timezone,
        "place": place or ("" if is_complete else ask("Place (empty: none): ", console)),
        "online": _online(online or ("" if is_complete else ask("Link (empty: none): ", console))),
        "summary": summary,
        "draft": draft,
    }
    entry = in_languages(fields, lang, desk.stated.site)
    _add(desk, key, entry, into, Answers(yes=yes, dry_run=dry_run))


def _add(
    desk: Desk, key: str, entry: dict[str, Written], into: Path | None, answers: Answers
) -> None:
    """Add *entry*: show what it comes to, ask, write."""
    taken = events_of(desk.stated)
    title, when = entry["title"], str(entry["when"])
    titles = title.values() if isinstance(title, Mapping) else [title]
    key = key or free_key(str(next(iter(titles))), when, taken)
    if key in taken:
        raise CalfeedError(
            f'there is an event "{key}" already\n'
            f"Give the new one a name of its own:  calfeed add {free_key(key, when, taken)} …"
        )
    sheet = _sheet_for(desk, into)
    propose(desk, key, sheet, add_event(sheet.document, key, entry), answers)


def _initiatives(desk: Desk, given: Sequence[str] | None, console: Console) -> tuple[str, ...]:
    """Return whose event it is: as was *given*, or the only initiative there is, or as answered.

    Raises:
        CalfeedError: one of them does not exist.
    """
    known = [one.slug for one in desk.stated.initiatives if not one.of]
    if not given and len(known) == 1:
        return tuple(known)
    answer = given or re.split("[, ]+", ask(f"Initiatives ({', '.join(known)}): ", console))
    for slug in answer:
        if slug not in known:
            step = likely(slug, known, otherwise=f"There are: {', '.join(known)}")
            raise CalfeedError(f'there is no initiative "{slug}"\n{step}')
    return tuple(answer)


def _online(url: str) -> Written:
    return {"url": url} if url else ""


def _sheet_for(desk: Desk, into: Path | None) -> Sheet:
    """Return the file that gets a new event.

    Raises:
        CalfeedError: *into* is none of the files of the sources.
    """
    sheets = [open_sheet(name) for name in desk.reader.names()]
    if into is None:
        with_events = [sheet for sheet in sheets if sheet.document.data.get("events")]
        return (with_events or sheets)[-1]
    for sheet in sheets:
        if Path(sheet.name).resolve() == into.resolve():
            return sheet
    names = ", ".join(sheet.name for sheet in sheets[-_NAMED:])
    raise CalfeedError(f"{into} is not among the events files\nThere are: {names}")
