"""The hook for pre-commit, run by the real program on a repository of events."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.spine import an_entry, events_file

ROOT = Path(__file__).parents[1]
CONFIG = "repos:\n  - repo: {repo}\n    rev: {rev}\n    hooks:\n      - id: calfeed-check\n"


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.eu", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def repository(folder: Path) -> Path:
    folder.mkdir()
    git(folder, "init", "--quiet")
    return folder


def committed(folder: Path) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "as it is")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def events(tmp_path: Path) -> Path:
    """Return a repository of events that has the hook of this very checkout."""
    program = repository(tmp_path / "calfeed")
    for name in git(ROOT, "ls-files", "-co", "--exclude-standard").splitlines():
        if (ROOT / name).is_file():
            (program / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, program / name)
    folder = repository(tmp_path / "events")
    config = CONFIG.format(repo=program, rev=committed(program))
    (folder / ".pre-commit-config.yaml").write_text(config)
    return folder


def test_a_commit_with_a_broken_file_is_stopped_and_a_good_one_is_not(
    events: Path, tmp_path: Path
) -> None:
    def run_hooks() -> subprocess.CompletedProcess[str]:
        git(events, "add", "--all")
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--color", "never"],
            cwd=events,
            env={**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            check=False,
        )

    (events / "events.yaml").write_text(events_file({"garden": an_entry()}))
    good = run_hooks()
    assert (good.returncode, "Passed" in good.stdout) == (0, True), good.stdout

    (events / "events.yaml").write_text(events_file({"garden": an_entry(when="soon")}))
    broken = run_hooks()
    assert broken.returncode == 1
    assert 'error[E300]: "soon" is not understood' in broken.stdout

    git(events, "rm", "--force", "--quiet", "events.yaml")
    (events / "README.md").write_text("No events here.\n")
    assert "no files to check" in run_hooks().stdout
