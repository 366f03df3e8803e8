"""Small calendars of other programs, and what an import makes of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from calfeed.source.importing.assembling import assemble
from calfeed.source.importing.calendar import read_calendar
from calfeed.source.importing.outcome import Imported, Terms

TODAY = date(2026, 11, 23)
TERMS = Terms(
    initiative="parks",
    language="en",
    languages=("en", "fr"),
    timezone="Europe/Brussels",
    today=TODAY,
    draft=False,
)


def quiet(done: int, total: int) -> None:
    """Say nothing of the progress."""
    assert done <= total


def a_calendar(*lines: str, head: Sequence[str] = ()) -> bytes:
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Old//EN", *head, *lines, "END:VCALENDAR"]
    return "\r\n".join([*whole, ""]).encode()


def a_vevent(*lines: str, uid: str = "1@old", start: str = "DTSTART:20270508T120000Z") -> list[str]:
    named = [f"UID:{uid}"] if uid else []
    title = [] if any(line.startswith("SUMMARY") for line in lines) else ["SUMMARY:Garden day"]
    return ["BEGIN:VEVENT", *named, *title, *([start] if start else []), *lines, "END:VEVENT"]


def imported(*lines: str, terms: Terms = TERMS, head: Sequence[str] = ()) -> Imported:
    data = a_calendar(*lines, head=head)
    return assemble(read_calendar(data, terms, name="old.ics", progress=quiet), terms)


def fields(*lines: str, terms: Terms = TERMS, head: Sequence[str] = ()) -> dict[str, Any]:
    """Return the fields of the only event, but for those that every event has."""
    found = imported(*lines, terms=terms, head=head)
    (entry,) = found.entries.values()
    return {name: value for name, value in entry.items() if name not in {"initiatives", "uid"}}


def notes(*lines: str, terms: Terms = TERMS, head: Sequence[str] = ()) -> list[str]:
    found = imported(*lines, terms=terms, head=head).notes
    return [f"{note.line}: {note.what}: {note.outcome}" for note in found]
