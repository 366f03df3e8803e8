"""``calfeed init``: the first events file, with everything explained where it stands."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from calfeed.cli.finding import NAMES
from calfeed.cli.prompting import ask
from calfeed.errors import CalfeedError
from calfeed.source.json_schema import json_schema
from calfeed.source.keys import free_key
from calfeed.source.parse import parse_sources
from calfeed.source.saving import create
from calfeed.source.starter import SCHEMA_FILE, Starter, starter
from calfeed.source.yaml import parse_document

LANGUAGE, ZONE = "en", "Europe/Brussels"

To = Annotated[Path, typer.Argument(metavar="[FILE]", help="The file to begin.")]
Name = Annotated[
    str, typer.Option(metavar="TEXT", help="What the site is called.", show_default=False)
]
Url = Annotated[str, typer.Option(metavar="URL", help="Its public address.", show_default=False)]
Language = Annotated[
    str, typer.Option(metavar="CODE", help="Of its texts: en, fr …", show_default=False)
]
Timezone = Annotated[
    str, typer.Option(metavar="ZONE", help="Of its times: Europe/Brussels.", show_default=False)
]
Initiative = Annotated[
    str, typer.Option(metavar="TEXT", help="Whose events these are.", show_default=False)
]


def init(  # noqa: PLR0913, PLR0917 - each is an option of the command
    to: To = Path(NAMES[0]),
    name: Name = "",
    url: Url = "",
    language: Language = "",
    timezone: Timezone = "",
    initiative: Initiative = "",
) -> None:
    """Begin an events file, with an event to try things out on. What is not given is asked for."""
    if to.exists():
        raise CalfeedError(f"{to} is there already\nAdd an event to it:  calfeed add")
    console = Console(highlight=False)
    initiative = initiative or ask(
        "Whose events are they (an organisation or programme)? ", console
    )
    known = Starter(
        name=name or ask("What is the site called? ", console),
        url=url or ask("Its public address (https://…): ", console),
        language=language or ask(f"The language of its texts [{LANGUAGE}]: ", console) or LANGUAGE,
        timezone=timezone or ask(f"The zone of its times [{ZONE}]: ", console) or ZONE,
        initiative=initiative,
        slug=free_key(initiative, "", ()),
    )
    today = datetime.now(UTC).date()
    text = starter(known, today=today)
    parse_sources([parse_document(text.encode(), name=str(to))], today=today)
    create(to, text)
    beside = to.with_name(SCHEMA_FILE)
    if not beside.exists():
        create(beside, json_schema())
    console.print(f"Wrote {to}, with an event to try things out on.", soft_wrap=True)
    console.print("Next:  calfeed add, or open the file in an editor; then  calfeed check")
