"""``calfeed explain``: what a code of ``check`` means, with an example of wrong and of right."""

import re
from importlib.resources import files
from textwrap import fill, indent
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from calfeed.cli.naming import likely
from calfeed.errors import CalfeedError

_EXAMPLE = re.compile(r"```yaml (wrong|right)\n(.*?)```\n?", re.DOTALL)
_HEADS = {"wrong": ("Wrong:", "bold red"), "right": ("Right:", "bold green")}
_WIDEST = 90


def explain(
    code: Annotated[
        str,
        typer.Argument(
            metavar="[CODE]", help="As it stands in a message: E210.", show_default=False
        ),
    ] = "",
) -> None:
    """Explain a code: what it means, and what to write instead. Without one, list them all."""
    console = Console(highlight=False)
    console.width = min(console.width, _WIDEST)
    if not code:
        for known in codes():
            console.print(Text(title_of(page(known))), soft_wrap=True)
        return
    wanted = code.strip().upper()
    if wanted not in codes():
        step = likely(wanted, codes(), otherwise="All codes:  calfeed explain")
        raise CalfeedError(f'there is no code "{code}"\n{step}')
    _print(page(wanted), console)


def codes() -> list[str]:
    """Return all codes that have a page, in their order: errors, warnings, reminders."""
    names = [one.name for one in (files("calfeed") / "explanations").iterdir()]
    found = [name.removesuffix(".md") for name in names if name.endswith(".md")]
    return sorted(found, key=lambda code: ("EWR".index(code[0]), code))


def page(code: str) -> str:
    """Return the page of *code*, in Markdown."""
    return (files("calfeed") / "explanations" / f"{code}.md").read_text(encoding="utf-8")


def title_of(text: str) -> str:
    """Return the first line of a page, without its mark."""
    return text.partition("\n")[0].removeprefix("# ")


def examples(text: str) -> list[tuple[str, str]]:
    """Return the examples of a page: ``wrong`` or ``right``, and the lines of a file."""
    return [(found[1], found[2]) for found in _EXAMPLE.finditer(text)]


def _print(text: str, console: Console) -> None:
    prose = _EXAMPLE.sub("", text).partition("\n")[2].strip()
    console.print(Text(title_of(text), style="bold"))
    for line in prose.splitlines():
        console.print(fill(line, console.width), markup=False)
    for kind, lines in examples(text):
        word, style = _HEADS[kind]
        console.print(Text(f"\n{word}", style=style))
        console.print(indent(lines.rstrip("\n"), "  "), markup=False, soft_wrap=True)
