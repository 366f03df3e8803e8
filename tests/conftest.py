"""Fixtures for all tests: golden files, which ``pytest --regold`` writes anew."""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import reset_tzpath

import pytest

pytest_plugins = ["tests.leaving_out"]

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regold", action="store_true", help="write the golden files anew")


def pytest_configure() -> None:
    """Read the zones of tzdata alone, as the commands do: what a system has may be older."""
    reset_tzpath(to=[])


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare bytes with the golden file of that name; a reviewer reads its changes like code."""

    def compare(name: str, data: bytes) -> None:
        path = GOLDEN / name
        if request.config.getoption("regold"):
            path.write_bytes(data)
        assert data == path.read_bytes()

    return compare
