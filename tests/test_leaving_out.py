"""The plugin that leaves out tests whose reader is missing, run on a small suite of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
SUITE = """
import pytest

def test_of_ours():
    pass

@pytest.mark.reader("icaljs")
def test_of_theirs():
    pass
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    file = tmp_path / "test_suite.py"
    file.write_text(SUITE)
    return file


def run(suite: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run *suite* as on a machine without node: there are no programs on its path."""
    command = [sys.executable, "-m", "pytest", "-p", "tests.leaving_out", str(suite)]
    command += ["-p", "no:cacheprovider", "--rootdir", str(PROJECT), *options]
    kept = {name: value for name, value in os.environ.items() if name not in {"CI", "PATH"}}
    return subprocess.run(
        command,
        cwd=PROJECT,
        env=kept | {"PATH": str(suite.parent)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


IN_ONE_OR_TWO_PROCESSES = pytest.mark.parametrize("processes", ["0", "2"])


@IN_ONE_OR_TWO_PROCESSES
def test_a_test_whose_reader_is_missing_is_left_out_and_said_to_be(
    suite: Path, processes: str
) -> None:
    done = run(suite, "-n", processes)

    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
    assert "= left out =" in done.stdout
    assert "icaljs: 1 left out, node is not installed (Debian: nodejs)" in done.stdout


@IN_ONE_OR_TWO_PROCESSES
def test_in_ci_none_may_be_left_out(suite: Path, processes: str) -> None:
    done = run(suite, "-n", processes, CI="true")

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "passed" not in done.stdout
    assert "= in CI no test is left out =" in done.stdout
    assert "icaljs: 1 left out, node" in done.stdout
