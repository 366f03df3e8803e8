"""The editing commands: each adds one update to one event, in the file that has it."""

from typing import Annotated

import typer

from calfeed.cli.updating import Fields, Texts, editing_command
from calfeed.model import Change
from calfeed.source.writing import Written

Timezone = Annotated[
    str,
    typer.Option(
        metavar="ZONE", help="Zone of its times, if another: Europe/Athens.", show_default=False
    ),
]
Place = Annotated[
    str, typer.Option(metavar="TEXT", help="Where it will be; or none.", show_default=False)
]
Address = Annotated[
    str, typer.Option(metavar="TEXT", help="Street, number, code and town.", show_default=False)
]
Country = Annotated[str, typer.Option(metavar="CODE", help="Two capitals: BE.", show_default=False)]
Online = Annotated[
    str, typer.Option(metavar="URL", help="Where it is joined online; or none.", show_default=False)
]
Label = Annotated[
    str, typer.Option(metavar="TEXT", help="What the link is called.", show_default=False)
]
When = Annotated[
    str,
    typer.Argument(
        metavar="WHEN", help='The new date: "2027-06-12 10:00 to 12:00".', show_default=False
    ),
]
MaybeWhen = Annotated[
    str,
    typer.Argument(
        metavar="[WHEN]", help="A new date, where the old one is over.", show_default=False
    ),
]


@editing_command(Change.POSTPONED)
def postpone() -> Fields:
    """Say that an event is off and has no new date yet."""
    return {}


@editing_command(Change.RESCHEDULED)
def reschedule(  # noqa: PLR0913, PLR0917 - each is an option of the command
    when: When,
    timezone: Timezone = "",
    place: Place = "",
    address: Address = "",
    country: Country = "",
    online: Online = "",
    label: Label = "",
) -> Fields:
    """Give an event its new date, and a new place or link if it has one."""
    return {
        "when": when,
        "timezone": timezone,
        "place": _place(place, address, country),
        "online": _online(online, label),
    }


@editing_command(Change.CANCELLED)
def cancel() -> Fields:
    """Say that an event will not take place."""
    return {}


@editing_command(Change.REINSTATED)
def reinstate(when: MaybeWhen = "", timezone: Timezone = "") -> Fields:
    """Say that an event that was off takes place after all."""
    return {"when": when, "timezone": timezone}


@editing_command(Change.MOVED_ONLINE)
def move_online(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="Where it is joined.", show_default=False)
    ],
    label: Label = "",
) -> Fields:
    """Say that an event takes place online, and no longer at its place."""
    return {"online": _online(url, label)}


@editing_command(Change.RELOCATED)
def relocate(
    place: Annotated[
        str, typer.Argument(metavar="PLACE", help="Where it will be.", show_default=False)
    ],
    address: Address = "",
    country: Country = "",
    online: Online = "",
) -> Fields:
    """Give an event its new place."""
    return {"place": _place(place, address, country), "online": _online(online, "")}


@editing_command(Change.CORRECTED)
def correct(  # noqa: PLR0913, PLR0917 - each is an option of the command
    title: Texts = None,
    when: Annotated[
        str, typer.Option(metavar="WHEN", help="Its right date.", show_default=False)
    ] = "",
    timezone: Timezone = "",
    place: Place = "",
    address: Address = "",
    country: Country = "",
    online: Online = "",
    summary: Texts = None,
    website: Annotated[
        str, typer.Option(metavar="URL", help="Its own site.", show_default=False)
    ] = "",
    contact: Annotated[
        str, typer.Option(metavar="TEXT", help="Whom to ask.", show_default=False)
    ] = "",
) -> Fields:
    """Mend an error that nobody should be told of as news."""
    return {
        "title": title,
        "when": when,
        "timezone": timezone,
        "place": _place(place, address, country),
        "online": _online(online, ""),
        "summary": summary,
        "website": website,
        "contact": contact,
    }


def _place(name: str, address: str, country: str) -> Written:
    if not address and not country:
        return name
    details = {"name": name, "address": address, "country": country}
    return {key: value for key, value in details.items() if value}


def _online(url: str, label: str) -> Written:
    if url in {"", "none"}:
        return url
    return {"url": url, "label": label} if label else {"url": url}
