"""Fixtures for all tests: golden files, which ``pytest --regold`` writes anew."""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import reset_tzpath

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.leaving_out"]

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regold", action="store_true", help="write the golden files anew")


def pytest_configure() -> None:
    """Read the zones of tzdata alone, as the commands do: what a system has may be older.

    However slow a machine is, a law that holds there holds.
    """
    reset_tzpath(to=[])
    settings.register_profile("laws", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("laws")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare bytes with the golden file of that name; a reviewer reads its changes like code."""

    def compare(name: str, data: bytes) -> None:
        path = GOLDEN / name
        if request.config.getoption("regold"):
            path.write_bytes(data)
        assert data == path.read_bytes()

    return compare
