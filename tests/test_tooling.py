"""What a fresh machine relies on: the lock files, the choice of a Python, the built package."""

import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from flit_core import buildapi  # type: ignore[import-untyped]  # it ships no types

PROJECT = Path(__file__).parents[1]
LOCK_FILES = ("requirements/run.txt", "requirements/dev.txt")
FUNDING = re.compile(r'"funding": \{[^{}]*\}')
"""Where its authors take money is an address, too."""

COMMANDS = ("sed", "sort", "ls")


@pytest.mark.parametrize("name", LOCK_FILES)
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    written = (PROJECT / name).read_text().replace("\\\n", " ")
    requirements = [line for line in written.splitlines() if not line.startswith("#")]

    assert requirements
    for requirement in requirements:
        assert re.match(r"[\w.-]+(\[\w+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", requirement)


def test_tests_run_with_the_versions_that_a_server_has() -> None:
    run, dev = (pins(PROJECT / name) for name in LOCK_FILES)

    assert run <= dev


@pytest.mark.parametrize("name", [*LOCK_FILES, "package-lock.json"])
def test_no_lock_file_says_where_packages_come_from(name: str) -> None:
    written = FUNDING.sub("", (PROJECT / name).read_text())

    assert "://" not in written
    assert '"resolved"' not in written
    assert "--index-url" not in written


def test_the_package_carries_its_catalogues_its_types_and_its_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PROJECT)

    with zipfile.ZipFile(tmp_path / buildapi.build_wheel(str(tmp_path))) as wheel:
        names = set(wheel.namelist())
        commands = wheel.read(next(name for name in names if name.endswith("entry_points.txt")))

    shipped = {path for path in PROJECT.glob("calfeed/**/*") if path.suffix in {".po", ".typed"}}
    assert {".po", ".typed"} == {path.suffix for path in shipped}
    assert {str(path.relative_to(PROJECT)) for path in shipped} <= names
    assert b"calfeed=calfeed.cli.main:main" in commands


def test_a_python_is_chosen_that_can_run_calfeed() -> None:
    chosen = subprocess.run(
        [PROJECT / "requirements/pythons", "first"], capture_output=True, text=True, check=True
    )
    version = subprocess.run(
        [chosen.stdout.strip(), "-c", "import sys; print(sys.version_info >= (3, 11))"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert version.stdout == "True\n"


def test_without_a_usable_python_it_is_said_what_to_install(tmp_path: Path) -> None:
    for command in COMMANDS:
        (tmp_path / command).symlink_to(Path("/bin") / command)
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    done = subprocess.run(
        [PROJECT / "requirements/pythons", "first"],
        env={"PATH": str(tmp_path), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == (
        "calfeed needs Python 3.11 or newer with its venv module, and found none.\n"
        "On Debian or Ubuntu: sudo apt-get install python3 python3-venv\n"
    )


def pins(lock_file: Path) -> set[str]:
    """Return the ``name==version`` of a lock file, with their markers."""
    found = re.findall(r"^([\w.\[\]-]+==[^\\\n]*?) *\\?$", lock_file.read_text(), re.MULTILINE)
    return {pin.strip() for pin in found}
