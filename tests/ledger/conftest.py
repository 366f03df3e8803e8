"""A ledger to test with: in a file, and in a real PostgreSQL where that is installed."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from calfeed.ledger.store import Store, open_ledger
from tests.readers.available import find_program

BINARIES = tuple(map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"))))
SERVER_USER = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of its own, without the name of a database."""
    folder = Path(tempfile.mkdtemp(prefix="calfeed-pg-"))
    data = folder / "data"
    if SERVER_USER:
        shutil.chown(folder, SERVER_USER)
    options = f"-k {folder} -c listen_addresses= -c fsync=off"
    _run("initdb", "-D", data, "-A", "trust", "-U", "calfeed", "--no-sync", "--no-locale")
    _run("pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start")
    yield f"postgresql://calfeed@/{{}}?host={folder}"
    _run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder)


def _run(program: str, *arguments: object) -> None:
    path = find_program(program, *BINARIES)
    assert path is not None
    subprocess.run(
        [path, *map(str, arguments)],
        user=SERVER_USER,
        check=True,
        stdout=subprocess.DEVNULL,  # a pipe would stay open for as long as the server lives
        stderr=subprocess.DEVNULL,
        cwd="/",
    )


@pytest.fixture
def a_database(postgresql: str) -> str:
    """The address of an empty database."""
    name = f"calfeed_{uuid4().hex}"
    _run("createdb", "-h", postgresql.partition("host=")[2], "-U", "calfeed", name)
    return postgresql.format(name)


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.reader("postgresql"))]
)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger may be begun: a file, and then a database."""
    if request.param == "sqlite":
        return str(tmp_path / ".calfeed" / "ledger.sqlite")
    return str(request.getfixturevalue("a_database"))


@pytest.fixture
def opened() -> Iterator[Callable[..., Store]]:
    """Open ledgers that are closed again after the test."""
    with ExitStack() as stack:

        def open_one(address: str | Path, **options: object) -> Store:
            store = open_ledger(str(address), **options)  # type: ignore[arg-type] # as it takes
            stack.callback(store.close)
            return store

        yield open_one


@pytest.fixture
def store(opened: Callable[..., Store], address: str) -> Store:
    """A ledger that has told nothing yet."""
    return opened(address)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a ledger in a file may be begun."""
    return tmp_path / ".calfeed" / "ledger.sqlite"
