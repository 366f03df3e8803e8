"""What the doctor says, as text that a test can compare."""

import re
from collections.abc import Iterable
from datetime import date
from io import StringIO

from rich.console import Console

from calfeed.cli.asking import asking
from calfeed.cli.diagnosis import print_diagnosis, print_findings
from calfeed.doctor.answers import Ask
from calfeed.doctor.examining import Diagnosis, examine
from calfeed.doctor.findings import Finding
from calfeed.doctor.targets import parse_target
from calfeed.doctor.visiting import visit

DAY = date(2026, 11, 24)
WIDE = 400


def diagnosed(address: str, ask: Ask | None = None) -> Diagnosis:
    """Return what is to be said of *address*."""
    visited = visit(parse_target(address), ask or asking(), lambda _: None)
    return examine(visited, before=None, day=DAY)


def report(diagnosis: Diagnosis) -> str:
    """Return the whole report, the port of a test's server left out."""
    console = a_console(80)
    print_diagnosis(diagnosis, console)
    return _told(console)


def findings(found: Iterable[Finding]) -> str:
    """Return how *found* are printed where no line is too long."""
    console = a_console(WIDE)
    print_findings(found, console)
    return _told(console)


def a_console(width: int) -> Console:
    return Console(file=StringIO(), width=width, highlight=False, color_system=None)


def _told(console: Console) -> str:
    assert isinstance(console.file, StringIO)
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1", console.file.getvalue())
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())
