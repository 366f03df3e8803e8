"""The consoles on the pages for people are what the commands print, run one after the other."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from calfeed.cli.main import main

DOCS = Path(__file__).parent.parent / "docs"
STORIES = ("editors.md", "importing.md", "reviewing.md")
WRITTEN_ON = date(2026, 11, 27)
"""What the pages show as the present day."""

_BLOCK = re.compile(
    r"(?:`([\w.-]+)`[^\n`]*:\n\n)?^(`{3,})(\w+)\n(.*?)^\2$", re.DOTALL | re.MULTILINE
)
_COMMAND = re.compile(r"^\$ (calfeed .+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_ANSWERED = "[Y/n] y\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A file that the page shows and names (``command`` empty), or a command and its output."""

    name: str = ""
    command: str = ""
    text: str


def steps(page: str) -> Iterator[Step]:
    """Yield what *page* shows, in its order."""
    for name, _, kind, body in _BLOCK.findall(page):
        if kind == "console":
            for command, text in _COMMAND.findall(body):
                yield Step(command=command, text=text)
        elif name:
            yield Step(name=name, text=body)


def printed(monkeypatch: pytest.MonkeyPatch, command: str, *, answer: str) -> tuple[int, str]:
    """Return the status of *command*, and all it prints as on a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys, "argv", shlex.split(command))
    monkeypatch.setattr(sys, "stdin", StringIO(answer))
    both = StringIO()
    with redirect_stdout(both), redirect_stderr(both), pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0), both.getvalue()


def write(folder: Path, step: Step) -> None:
    """Write the file of *step*; the first one is committed too, so that git has an old version."""
    (folder / step.name).write_text(step.text, encoding="utf-8")
    if (folder / ".git").exists():
        return
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.eu", "-c", "commit.gpgsign=false")
    for words in (
        ("init", "--quiet", "--initial-branch=main"),
        ("add", "--all"),
        (*who, "commit", "--quiet", "--message=as it is"),
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)


def undated(text: str, *days: date) -> list[str]:
    """Return the lines of *text*, without the day on which it was printed and blanks at ends."""
    for day in days:
        text = text.replace(f"{day}", "TODAY").replace(f"{day.day} {day:%B %Y}", "TODAY")
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def today() -> date:
    return datetime.now(ZoneInfo("Europe/Brussels")).date()


@pytest.mark.parametrize("page", STORIES)
def test_a_page_shows_what_the_commands_print(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = 0
    for step in steps((DOCS / page).read_text(encoding="utf-8")):
        if step.name:
            write(tmp_path, step)
            continue
        commands += 1
        before = today()
        answer = "y\n" if _ANSWERED in step.text else ""
        _, said = printed(monkeypatch, step.command, answer=answer)
        expected = step.text.replace(_ANSWERED, "[Y/n] ")
        assert undated(said, before, today()) == undated(expected, WRITTEN_ON), step.command
    assert commands


def recipes() -> list[tuple[str, str]]:
    """Return the update and the command of each row of "What happened, and what to write"."""
    page = (DOCS / "editors.md").read_text(encoding="utf-8")
    table = page.split("## What happened, and what to write")[1].split("\n## ")[0]
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \| `(calfeed [^|`]+)` \|$", table, re.MULTILINE)
    return [(update, command) for update, command in rows if command != "calfeed add"]


@pytest.mark.parametrize(("update", "command"), recipes())
def test_a_command_writes_the_update_beside_it(
    update: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = next(steps((DOCS / "editors.md").read_text(encoding="utf-8")))
    (tmp_path / first.name).write_text(first.text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    if "reinstate" in command:
        printed(monkeypatch, "calfeed cancel garden-day --yes", answer="")
    status, said = printed(monkeypatch, f"{command} --yes", answer="")
    assert status == 0, said

    file = yaml.safe_load((tmp_path / first.name).read_text(encoding="utf-8"))
    name = "coffee-corner" if "coffee-corner" in command else "garden-day"
    written = as_text(file["events"][name]["updates"][-1])
    for one in re.findall("`([^`]+: [^`]+)`", update):
        if not one.startswith("announced"):
            assert as_text(yaml.safe_load(one)).items() <= written.items()


def as_text(update: dict[str, object]) -> dict[str, str]:
    return {key: str(value) for key, value in update.items()}
