"""A calendar in the format of RFC 5545 -> entries of an events file."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from calfeed.source.importing.components import Component, read_components
from calfeed.source.importing.events import Importing, Source
from calfeed.source.importing.moments import Clocks
from calfeed.source.importing.outcome import PAST, Candidate, Note, Terms
from calfeed.source.importing.zones import Zones

_OTHERS = {"VTODO": "task", "VJOURNAL": "journal entry", "VFREEBUSY": "free-busy time"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read of a source, before its entries are checked and have their keys."""

    candidates: tuple[Candidate, ...]
    notes: tuple[Note, ...] = ()
    known: int = 0
    skipped: Counter[str]


def read_calendar(
    data: bytes, terms: Terms, *, name: str, progress: Callable[[int, int], None]
) -> Read:
    """Return the events in *data*; *progress* hears how many of how many are done.

    Raises:
        CalfeedError: it is no calendar.
    """
    root = read_components(data, name=name)
    candidates: list[Candidate] = []
    notes: list[Note] = []
    skipped: Counter[str] = Counter()
    known = 0
    groups = list(_groups(root))
    for number, (calendar, group) in enumerate(groups, 1):
        if group[0].text("UID") in terms.uids:
            known += 1
        else:
            importing = Importing(_source(calendar, terms), group)
            importing.run()
            candidates += importing.candidates
            notes += importing.notes
            skipped[PAST] += importing.past
        progress(number, len(groups))
    for calendar in root.parts:
        skipped.update(_OTHERS[part.name] for part in calendar.parts if part.name in _OTHERS)
        notes += _broken(calendar)
    return Read(candidates=tuple(candidates), notes=tuple(notes), known=known, skipped=+skipped)


def _source(calendar: Component, terms: Terms) -> Source:
    zones = Zones(calendar)
    named = zones.named(calendar.text("X-WR-TIMEZONE"))
    zone = (named.name if named else "") or terms.timezone
    is_own = "//calfeed//" in calendar.text("PRODID")
    return Source(clocks=Clocks(zones=zones, zone=zone), terms=terms, is_own=is_own)


def _groups(root: Component) -> Iterator[tuple[Component, list[Component]]]:
    """Yield the components of each UID together, with the calendar that they stand in."""
    for calendar in root.parts:
        by_uid: dict[str, list[Component]] = {}
        for part in calendar.parts:
            if part.name == "VEVENT":
                uid = part.text("UID") or f"line {part.line}"
                by_uid.setdefault(uid, []).append(part)
        for group in by_uid.values():
            yield calendar, group


def _broken(component: Component) -> list[Note]:
    lines = [*component.broken, *(line for part in component.parts for line in part.broken)]
    return [
        Note(line=line, what="a line that is none of a calendar", outcome="skipped")
        for line in lines
    ]
