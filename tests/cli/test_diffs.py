"""How a change of a file is shown before it is written."""

from io import StringIO
from typing import Literal

from rich.console import Console

from calfeed.cli.diffs import print_diff

LINES = [f"line {number}\n" for number in range(1, 13)]


def shown(old: list[str], new: list[str], *, color: bool = False) -> str:
    out = StringIO()
    system: Literal["standard"] | None = "standard" if color else None
    console = Console(file=out, force_terminal=color, width=80, color_system=system)
    print_diff("events.yaml", "".join(old), "".join(new), console)
    return out.getvalue()


def test_lines_are_numbered_and_stand_among_their_neighbours() -> None:
    new = [*LINES[:4], "added\n", *LINES[4:10], "changed\n", LINES[11]]
    assert shown(LINES, new).splitlines() == [
        "  events.yaml",
        "     3 | line 3",
        "     4 | line 4",
        "  +  5 | added",
        "     6 | line 5",
        "     7 | line 6",
        "       ...",
        "    10 | line 9",
        "    11 | line 10",
        "  - 11 | line 11",
        "  + 12 | changed",
        "    13 | line 12",
    ]


def test_colours_stand_on_a_terminal_only() -> None:
    assert "\x1b" not in shown(LINES, [*LINES, "added\n"])
    assert "\x1b[32m  + 13 | added" in shown(LINES, [*LINES, "added\n"], color=True)


def test_what_steers_a_terminal_is_made_visible() -> None:
    assert "␛[31mred" in shown([], ["\x1b[31mred\n"])
