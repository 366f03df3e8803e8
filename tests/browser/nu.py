"""The Nu HTML checker: whether documents are the HTML, CSS and SVG that the standards define."""

import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.readers.available import NU

PATIENCE = 300.0
"""Seconds until what should come has not: a failure, never the speed of a machine."""

NOT_HTML = frozenset({".css", ".svg"})
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")


def nu_messages(documents: Mapping[str, bytes]) -> list[str]:
    """Return a line for each error and each warning, with the name of its document.

    Names that end in ``.css`` or ``.svg`` are checked as such, all others as HTML. All are
    checked by one process, for its start takes longer than many documents. A line shows what
    is wrong, not where: the checker miscounts the lines of HTML when it is to check CSS, too.
    """
    with tempfile.TemporaryDirectory(prefix="calfeed-nu-") as folder:
        files = {name: Path(folder, _file(name, at)) for at, name in enumerate(documents)}
        for name, file in files.items():
            file.write_bytes(documents[name])
        found = sorted((_path(message), _told(message)) for message in _check(Path(folder)))
    names = {str(file): name for name, file in files.items()}
    return [f"{names.get(path, path)}: {told}" for path, told in found if told]


def _file(name: str, at: int) -> str:
    suffix = PurePosixPath(name).suffix
    return f"{at:05}{suffix if suffix in NOT_HTML else '.html'}"


def _check(folder: Path) -> list[dict[str, Any]]:
    command = [
        "java",
        *QUICK,
        "-jar",
        str(NU),
        "--stdout",
        "--format",
        "json",
        "--exit-zero-always",
    ]
    command += ["--also-check-css", "--also-check-svg", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return messages


def _path(message: Mapping[str, Any]) -> str:
    return unquote(urlsplit(message.get("url", "")).path)


def _told(message: Mapping[str, Any]) -> str:
    """Return what it says, empty for what is neither an error nor a warning."""
    kind = message.get("subType", message["type"])
    if kind == "info":
        return ""
    extract = " ".join(message.get("extract", "").split())
    return f"{kind}: {message['message']}" + (f" [{extract}]" if extract else "")
