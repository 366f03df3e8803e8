"""Runs commands as a shell does: arguments in; exit status, output and complaints out."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from calfeed.cli.main import main


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What one command said, and with which status it ended."""

    status: int
    out: str
    err: str


def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: object
) -> Ran:
    """Run ``calfeed`` with *arguments* in this process."""
    monkeypatch.setattr(sys, "argv", ["calfeed", *map(str, arguments)])
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    return Ran(status=int(ended.value.code or 0), out=said.out, err=said.err)


def spawn(*arguments: object, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Ran:
    """Run ``calfeed`` with *arguments* as a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-m", "calfeed", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        timeout=60,
        check=False,
    )
    return Ran(status=ended.returncode, out=ended.stdout, err=ended.stderr)
