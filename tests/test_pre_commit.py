"""The hook for pre-commit: installed as its users install it, then a good and a bad commit."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.spine import an_entry, events_file

PROJECT = Path(__file__).parent.parent
PATIENCE = 600
"""Seconds until an installation that should have ended has not: a failure, not a measure."""

Git = Callable[..., subprocess.CompletedProcess[str]]


def run(*words: object, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, words)),
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What programs run with: one place for all that pre-commit installs, and a name for git."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **kept,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "An editor",
        "GIT_AUTHOR_EMAIL": "editor@example.eu",
        "GIT_COMMITTER_NAME": "An editor",
        "GIT_COMMITTER_EMAIL": "editor@example.eu",
        "NO_COLOR": "1",
    }


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """A repository of calfeed as it stands here, as pre-commit fetches it by its address."""
    folder = tmp_path_factory.mktemp("published")
    listed = run(
        *("git", "ls-files", "--cached", "--others", "--exclude-standard"),
        *("--", "calfeed", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"),
        cwd=PROJECT,
        env=environment,
    )
    for name in listed.stdout.splitlines():
        if (PROJECT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / name, folder / name)
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "as it stands"]):
        assert run("git", *words, cwd=folder, env=environment).returncode == 0
    return folder


@pytest.fixture(scope="module")
def repository(
    tmp_path_factory: pytest.TempPathFactory, published: Path, environment: dict[str, str]
) -> Path:
    """A repository whose editors commit events, its hooks installed."""
    folder = tmp_path_factory.mktemp("events")
    assert run("git", "init", "-q", cwd=folder, env=environment).returncode == 0
    revision = run("git", "rev-parse", "HEAD", cwd=published, env=environment).stdout.strip()
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {published}\n    rev: {revision}\n"
        "    hooks:\n      - id: calfeed-check\n"
    )
    installed = run("pre-commit", "install", "--install-hooks", cwd=folder, env=environment)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return folder


@pytest.fixture
def commit(repository: Path, environment: dict[str, str]) -> Iterator[Git]:
    """Commit all that stands in the repository; afterwards it is as empty as before."""

    def commit() -> subprocess.CompletedProcess[str]:
        run("git", "add", "--all", cwd=repository, env=environment)
        return run("git", "commit", "-m", "what changed", cwd=repository, env=environment)

    yield commit
    run("git", "update-ref", "-d", "HEAD", cwd=repository, env=environment)
    run("git", "rm", "-rqf", "--cached", ".", cwd=repository, env=environment)
    for entry in repository.iterdir():
        if entry.name == "events":
            shutil.rmtree(entry)
        elif entry.is_file() and entry.name != ".pre-commit-config.yaml":
            entry.unlink()


GOOD = events_file({"garden": an_entry()})
BAD = events_file({"garden": an_entry(when="2031-02-30")})


def test_a_good_file_is_committed(repository: Path, commit: Git) -> None:
    (repository / "events.yaml").write_text(GOOD)
    done = commit()
    assert "calfeed check" in done.stderr
    assert (done.returncode, "Passed" in done.stderr) == (0, True)


def test_a_bad_file_is_not_and_its_editor_is_told(repository: Path, commit: Git) -> None:
    (repository / "events.yaml").write_text(BAD)
    done = commit()
    assert done.returncode == 1
    assert "error[E301]: 2031-02-30 does not exist" in done.stderr
    assert "More on a code:  calfeed explain E301" in done.stderr


def test_of_a_folder_all_files_are_read_though_one_was_changed(
    repository: Path, commit: Git
) -> None:
    (repository / "events").mkdir()
    (repository / "events" / "site.yaml").write_text(GOOD)
    assert commit().returncode == 0
    (repository / "events" / "2031.yaml").write_text(
        "events:\n  rose-day: {title: Rose day, initiatives: [park], when: 2031-05-08}\n"
    )
    done = commit()
    assert (done.returncode, 'did you mean "parks"?' in done.stderr) == (1, True)


def test_a_commit_without_events_is_not_looked_at(repository: Path, commit: Git) -> None:
    (repository / "notes.txt").write_text("no events")
    done = commit()
    assert (done.returncode, "Skipped" in done.stderr) == (0, True)
