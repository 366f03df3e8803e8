"""A terminal for tests: commands run in a pseudo-terminal, answered as a person would type."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_STEERING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """One terminal in one folder; ``screen`` is all that the last command wrote on it."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._environment = {**os.environ, "TERM": "xterm-256color", **(environment or {})}
        for name in ("NO_COLOR", "COLUMNS", "FORCE_COLOR"):
            self._environment.pop(name, None)
        self._environment.update(environment or {})
        self.screen = ""

    def type(self, *arguments: str, answers: str = "") -> int:
        """Run ``calfeed`` with *arguments*, type *answers*; return its exit status."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "calfeed", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=self._folder,
            env=self._environment,
            close_fds=True,
        )
        os.close(theirs)
        os.write(ours, answers.encode())
        self.screen = _all_of(ours).replace("\r\n", "\n")
        os.close(ours)
        return process.wait()

    @property
    def text(self) -> str:
        """The screen without what only steers it."""
        return _STEERING.sub("", self.screen)


def _all_of(descriptor: int) -> str:
    """Return what is written until nobody has the other end any more."""
    pieces = []
    while True:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:  # Linux says so instead of an end of file
            break
        if not piece:
            break
        pieces.append(piece)
    return b"".join(pieces).decode()
