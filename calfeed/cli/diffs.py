"""How a change of a file is shown: the lines that come and go, numbered, among their neighbours."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import takewhile

from rich.console import Console
from rich.text import Text

from calfeed.cli.report import visible

CONTEXT = 2
"""Lines of the file that are shown before and after a change."""

_STYLES = {"+": "green", "-": "red", " ": ""}


def print_diff(name: str, old: str, new: str, console: Console) -> None:
    """Print on *console* how *new* differs from *old*, the text of the file *name* until now."""
    console.print(Text(f"  {visible(name)}"), soft_wrap=True)
    before, after = old.splitlines(), new.splitlines()
    width = len(str(max(len(before), len(after))))
    for number, group in enumerate(_groups(before, after)):
        if number:
            console.print(Text(f"  {'':>{width + 2}} ..."))
        for sign, line_number, line in group:
            text = f"  {sign} {line_number:>{width}} | {visible(line)}"
            console.print(Text(text, style=_STYLES[sign]), soft_wrap=True)


def _groups(before: list[str], after: list[str]) -> Iterator[list[tuple[str, int, str]]]:
    """Yield the changes that stand together: sign, number in its own text, and line."""
    same = _same(before, after)
    # lines that stand in every event would be compared with one another for minutes: they are junk
    matcher = SequenceMatcher(a=before[same:], b=after[same:])
    for group in matcher.get_grouped_opcodes(CONTEXT):
        lines = []
        for kind, start, end, new_start, new_end in group:
            if kind != "equal":
                lines += [("-", at + 1, before[at]) for at in range(same + start, same + end)]
            sign = " " if kind == "equal" else "+"
            lines += [(sign, at + 1, after[at]) for at in range(same + new_start, same + new_end)]
        yield lines


def _same(before: list[str], after: list[str]) -> int:
    """Return how many lines at the top are the same and not even shown."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    return max(0, sum(1 for _ in pairs) - CONTEXT)
