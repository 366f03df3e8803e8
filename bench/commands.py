"""The commands of calfeed that the benchmark runs, on generated sources."""

import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.machine import HOST, PATIENCE, TooLongError


@dataclass(frozen=True, kw_only=True)
class Sources:
    """A generated file, or a folder of them, and the ledger of what was told of it."""

    path: Path
    ledger: Path

    def serve(self, port: int) -> list[str]:
        """Return the command that publishes, watches and serves on *port*."""
        return self._command("serve", str(self.path), "--host", HOST, "--port", str(port))

    def publish(self) -> float:
        """Publish once, and return the seconds that the whole process took."""
        return self._run("publish", str(self.path))

    def file_of(self, key: str) -> Path:
        """Return the file that states the event *key*."""
        files = [self.path] if self.path.is_file() else sorted(self.path.glob("*.yaml"))
        return next(file for file in files if f"\n  {key}:\n" in file.read_text())

    def edit(self, key: str, mark: str) -> None:
        """Write *mark* into the English title of the event *key*, by a rename as editors do."""
        file = self.file_of(key)
        pattern = rf"(\n  {key}:\n    title:\n      en: [^\n(]*)(?: \([^\n]*)?"
        edited = re.sub(pattern, rf"\1 ({mark})", file.read_text(), count=1)
        beside = file.with_suffix(".part")
        beside.write_text(edited)
        beside.replace(file)

    def _run(self, *arguments: str) -> float:
        started = time.perf_counter()
        command = self._command(*arguments)
        try:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise TooLongError(" ".join(arguments)) from error
        return time.perf_counter() - started

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "calfeed", *arguments, "--ledger", str(self.ledger)]
