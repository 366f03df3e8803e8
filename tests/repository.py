"""A git repository for tests, as somebody has it who commits events."""

import subprocess
from pathlib import Path

WHO = ("-c", "user.name=Ann", "-c", "user.email=ann@example.eu", "-c", "commit.gpgsign=false")


def git(folder: Path, *arguments: str) -> str:
    """Return what git says in *folder*."""
    done = subprocess.run(
        ["git", "-C", str(folder), *WHO, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def committed(folder: Path) -> str:
    """Commit all that is in *folder*; return the name of the commit."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "as it is")
    return git(folder, "rev-parse", "HEAD")
