"""What a publication would tell, event by event, and what of it subscribers see: pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calfeed.addresses import Variant
from calfeed.formats import ics
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Kind, Publication, Row, Told
from calfeed.model import Text

Lines = tuple[str, ...]
Component = Mapping[str, Lines]
"""One VEVENT: its unfolded content lines by the name of their property."""

STAMPS = frozenset({"DTSTAMP", "LAST-MODIFIED", "CREATED"})
MASTER = ""
"""What stands for RECURRENCE-ID on the VEVENT of a whole event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyChange:
    """How one property of one VEVENT changes; no lines where it is not there.

    ``occurrence`` is the RECURRENCE-ID of the date of a series, as its line has it.
    """

    occurrence: str
    name: str
    before: Lines
    after: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One event that would be told otherwise; ``before`` None: it was never told.

    ``calendars`` are the names, by slug, of the initiatives whose subscribers see it, unions
    among them; ``left`` are the slugs of those that it leaves, whose subscribers lose it.
    """

    before: Revision | None
    after: Revision
    rows: tuple[Row, ...]
    calendars: Mapping[str, Text]
    left: tuple[str, ...] = ()


def compare(before: Told, after: Told, publication: Publication) -> tuple[Difference, ...]:
    """Return what *publication* changes of *before*, by the keys of the events."""
    rows: dict[str, list[Row]] = {}
    for row in publication.rows:
        rows.setdefault(row.uid, []).append(row)
    differences = (
        Difference(
            before=before.revisions.get(revision.uid),
            after=revision,
            rows=tuple(rows.get(revision.uid, ())),
            calendars=calendars_of(revision, after),
            left=tuple(
                row.initiative
                for row in rows.get(revision.uid, ())
                if row.kind is Kind.LEFT and row.initiative
            ),
        )
        for revision in publication.revisions
    )
    return tuple(sorted(differences, key=lambda one: one.after.key))


def calendars_of(revision: Revision, told: Told) -> dict[str, Text]:
    """Return the names of the initiatives that publish *revision*, unions too, by slug."""
    own = {told.slugs.get(slug, slug) for slug in revision.initiatives}
    return {
        slug: known.initiative.name
        for slug, known in told.initiatives.items()
        if known.retired is None
        and slug not in told.slugs
        and (slug in own or own & {told.slugs.get(one, one) for one in known.initiative.of})
    }


def components_of(revision: Revision, variant: Variant) -> dict[str, Component]:
    """Return the VEVENTs of *revision* by RECURRENCE-ID; none if its feeds do not show it."""
    drawn = ics.draw(revision, variant)
    return components_in(drawn.body.decode()) if drawn else {}


def components_in(text: str) -> dict[str, Component]:
    """Return the VEVENTs in *text*, content lines of one UID, by RECURRENCE-ID."""
    found: dict[str, Component] = {}
    current: dict[str, list[str]] = {}
    for line in unfolded(text):
        if line == "BEGIN:VEVENT":
            current = {}
        elif line == "END:VEVENT":
            recurrence = current.get("RECURRENCE-ID", [MASTER])[0]
            found[recurrence] = {name: tuple(lines) for name, lines in current.items()}
        else:
            current.setdefault(name_of(line), []).append(line)
    return found


def vevents_by_uid(text: str) -> dict[str, dict[str, Component]]:
    """Return the VEVENTs of a whole feed by UID, those of one UID by RECURRENCE-ID."""
    bodies: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in unfolded(text):
        lines = [line] if line == "BEGIN:VEVENT" else [*lines, line]
        if line == "END:VEVENT":
            uid = next((one for one in lines if name_of(one) == "UID"), "UID:")
            bodies.setdefault(uid.partition(":")[2], []).extend(lines)
    return {uid: components_in("\r\n".join(body)) for uid, body in bodies.items()}


def unfolded(text: str) -> Iterator[str]:
    """Yield the content lines of *text* (RFC 5545 §3.1), empty ones left out."""
    for line in text.replace("\r\n ", "").replace("\r\n\t", "").split("\r\n"):
        if line:
            yield line


def name_of(line: str) -> str:
    """Return the name of the property that a content line has."""
    return line.partition(":")[0].partition(";")[0]


def property_changes(
    before: Mapping[str, Component], after: Mapping[str, Component]
) -> tuple[PropertyChange, ...]:
    """Return what differs between the VEVENTs of one UID, but for its stamps."""
    return tuple(
        PropertyChange(occurrence=occurrence, name=name, before=was, after=now)
        for occurrence in dict.fromkeys((*before, *after))
        for name in _names(before.get(occurrence, {}), after.get(occurrence, {}))
        if (was := before.get(occurrence, {}).get(name, ()))
        != (now := after.get(occurrence, {}).get(name, ()))
    )


def _names(before: Component, after: Component) -> list[str]:
    return [name for name in dict.fromkeys((*after, *before)) if name not in STAMPS]
