"""What the tests of the commands share: the command itself, run in this process."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

from tests.cli.commands import Ran, run

Run: TypeAlias = Callable[..., Ran]


@pytest.fixture
def calfeed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")
    return lambda *arguments: run(capsys, monkeypatch, *arguments)
