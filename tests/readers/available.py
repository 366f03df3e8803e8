"""Which of the programs and libraries that tests want are at hand; why not, in plain words."""

import ctypes
import shutil
from pathlib import Path

PROJECT = Path(__file__).parents[2]
ICAL_JS = PROJECT / "node_modules" / "ical.js" / "package.json"
CALENDARS = PROJECT / "build" / "calendars"
LIBICAL = "libical.so.3"


def missing() -> dict[str, str]:
    """Return the readers that are not at hand, each with the reason; empty when all are."""
    reasons = {
        "calendars": _calendars(),
        "icaljs": _icaljs(),
        "libical": _libical(),
        "nginx": _program("nginx", "/usr/sbin"),
        "postgresql": _program("initdb", *_folders("/usr/lib/postgresql/*/bin")),
    }
    return {reader: reason for reader, reason in reasons.items() if reason}


def find_program(name: str, *folders: str) -> str | None:
    """Return the path of a program, from PATH or else from *folders*, where Debian hides some."""
    return shutil.which(name) or shutil.which(name, path=":".join(folders))


def _calendars() -> str:
    return "" if list(CALENDARS.glob("*.tar.gz")) else "no calendars are fetched (make test)"


def _icaljs() -> str:
    if shutil.which("node") is None:
        return "node is not installed (Debian: nodejs)"
    return "" if ICAL_JS.exists() else "ical.js is not installed (npm ci)"


def _libical() -> str:
    try:
        ctypes.CDLL(LIBICAL)
    except OSError:
        return f"{LIBICAL} is not installed (Debian: libical3)"
    return ""


def _program(name: str, *folders: str) -> str:
    return "" if find_program(name, *folders) else f"{name} is not installed"


def _folders(pattern: str) -> list[str]:
    return sorted(map(str, Path("/").glob(pattern.lstrip("/"))), reverse=True)
