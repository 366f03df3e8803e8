"""``calfeed explain`` and ``calfeed schema``: what the codes mean, and what the format is."""

import re
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from calfeed import explanations
from calfeed.cli.naming import likely
from calfeed.errors import CalfeedError
from calfeed.source.grammar import shown
from calfeed.source.json_schema import json_schema

Code = Annotated[
    str,
    typer.Argument(metavar="[CODE]", help="A code, as E210; without one, all.", show_default=False),
]
_WIDTH = 88
_FENCE = re.compile(r"```(?:yaml (\w+).*)?")
_LABELS = {
    "told": Text("Published before:", "bold"),
    "wrong": Text("Wrong:", "bold red"),
    "right": Text("Right:", "bold green"),
}
_QUOTED = re.compile("`([^`]+)`")


def explain(code: Code = "") -> None:
    """Say what a code that `calfeed check` tells means, with an example, and how to mend it."""
    pages = explanations.titles()
    wanted = code.upper()
    if not wanted:
        for name, title in pages.items():
            typer.echo(f"{name}  {title}")
        return
    if wanted not in pages:
        step = likely(wanted, pages, otherwise="All codes:  calfeed explain")
        raise CalfeedError(f"there is no code {shown(code)}\n{step}")
    console = Console(highlight=False)
    console.width = min(console.width, _WIDTH)
    for line in _lines(explanations.page(wanted), is_terminal=console.is_terminal):
        console.print(line, soft_wrap=not console.is_terminal)


def schema() -> None:
    """Print the format of events files as JSON Schema, for editors that complete and check it.

    Save it beside the events, and name it in their first line:

    # yaml-language-server: $schema=./events.schema.json
    """
    typer.echo(json_schema(), nl=False)


def _lines(page: str, *, is_terminal: bool) -> Iterator[Text]:
    """Yield the lines of a page: examples indented below their label, commands without quotes."""
    is_code = False
    for line in page.splitlines():
        if fence := _FENCE.fullmatch(line):
            is_code = fence[1] is not None
            if is_code:
                yield _LABELS[fence[1]]
        elif is_code:
            yield Text(f"    {line}".rstrip())
        elif line.startswith("# "):
            yield Text(line.removeprefix("# "), "bold")
        else:
            yield _marked(line) if is_terminal else Text(line)


def _marked(line: str) -> Text:
    """Return *line* with what stands in it between backticks in bold."""
    parts = _QUOTED.split(line)
    return Text.assemble(
        *((part, "bold" if number % 2 else "") for number, part in enumerate(parts))
    )
