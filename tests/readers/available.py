"""Which of the programs and libraries that tests want are at hand; why not, in plain words."""

import ctypes
import shutil
from pathlib import Path

PROJECT = Path(__file__).parents[2]
MODULES = PROJECT / "node_modules"
ICAL_JS = MODULES / "ical.js" / "package.json"
AXE = MODULES / "axe-core" / "axe.min.js"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
FULLCALENDAR = (
    MODULES / "ical.js" / "dist" / "ical.es5.min.cjs",
    *(
        MODULES / "@fullcalendar" / name / "index.global.min.js"
        for name in ("core", "daygrid", "timegrid", "icalendar")
    ),
)
CALENDARS = PROJECT / "build" / "calendars"
LIBICAL = "libical.so.3"


def missing() -> dict[str, str]:
    """Return the readers that are not at hand, each with the reason; empty when all are."""
    reasons = {
        "axe": _module(AXE),
        "calendars": _calendars(),
        "chromium": _program("chromium"),
        "fullcalendar": next(filter(None, map(_module, FULLCALENDAR)), ""),
        "icaljs": _icaljs(),
        "libical": _libical(),
        "nginx": _program("nginx", "/usr/sbin"),
        "nu": _nu(),
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
    return _module(ICAL_JS)


def _nu() -> str:
    if shutil.which("java") is None:
        return "java is not installed (Debian: default-jre-headless)"
    return _module(NU)


def _libical() -> str:
    try:
        ctypes.CDLL(LIBICAL)
    except OSError:
        return f"{LIBICAL} is not installed (Debian: libical3)"
    return ""


def _module(file: Path) -> str:
    name = file.relative_to(MODULES).parts[0]
    return "" if file.exists() else f"{name} is not installed (npm ci)"


def _program(name: str, *folders: str) -> str:
    return "" if find_program(name, *folders) else f"{name} is not installed"


def _folders(pattern: str) -> list[str]:
    return sorted(map(str, Path("/").glob(pattern.lstrip("/"))), reverse=True)
