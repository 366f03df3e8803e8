"""Reads what was drawn with a library that is not ours, and compares it with what was meant.

One invalid line or value loses the whole feed for Home Assistant and Thunderbird, so no event is
told before it was read back.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

import icalendar
from dateutil.rrule import rrulestr

from calfeed.addresses import Show, Variant
from calfeed.dates import When, on_day
from calfeed.errors import ReadBackError
from calfeed.formats.ics.contentlines import label, plain, uri
from calfeed.formats.ics.drawing import Drawn, draw
from calfeed.formats.ics.occurrences import shown
from calfeed.formats.ics.wording import Wording
from calfeed.formats.timezones import vtimezone
from calfeed.ledger.revision import Revision
from calfeed.model import Rule
from calfeed.occurrences import Occurrence

Moment = date | datetime
BEGIN = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//calfeed//calfeed//EN\r\n"
END = b"END:VCALENDAR\r\n"
REMEMBERED = 256
TEXTS = ("UID", "STATUS", "TRANSP", "SUMMARY", "DESCRIPTION", "COMMENT", "LOCATION", "CONTACT")
MOMENTS = ("DTSTAMP", "CREATED", "LAST-MODIFIED", "RECURRENCE-ID", "DTSTART", "DTEND")
ADDRESSES = ("URL", "CONFERENCE")


def check(
    revision: Revision,
    languages: Sequence[str],
    *,
    drawn: Callable[[Revision, Variant], Drawn | None] = draw,
) -> None:
    """Read back how *revision* is drawn for the default feed of each of *languages*.

    Raises:
        ReadBackError: the library cannot read it, or finds something else than was meant.
    """
    seen = shown(revision, Show.STRUCK)
    if seen is None:
        return
    event, occurrences = revision.event, (seen.master, *seen.overrides)
    drawings = [drawn(revision, Variant(language=language)) for language in languages]
    read = _read(revision.key, [drawing for drawing in drawings if drawing])
    _compare(revision.key, {"VEVENT": len(read)}, {"VEVENT": len(occurrences) * len(languages)})
    for language in languages:
        events, read = read[: len(occurrences)], read[len(occurrences) :]
        for found, occurrence in zip(events, occurrences, strict=True):
            _compare(revision.key, _found(found), _meant(revision, occurrence, language))
        if event.rule and event.details.when:
            meant = _starts_meant(event.rule, event.details.when)
            _compare(revision.key, {"RRULE": _starts_found(events[0])}, {"RRULE": meant})


def _read(key: str, drawings: Sequence[Drawn]) -> list[icalendar.Event]:
    zones = {(zone, drawn.first, drawn.last) for drawn in drawings for zone in drawn.zones}
    try:
        for zone, first, last in zones:
            _read_zone(vtimezone(zone, first=first, last=last))
        events = _parse(b"".join(drawn.body for drawn in drawings)).events
    except ValueError as error:
        raise ReadBackError(f"{key}: cannot be read back: {error}") from error
    for event in events:
        for name, complaint in event.errors:
            raise ReadBackError(f"{key}: {name or 'a line'} cannot be read back: {complaint}")
    return events


@lru_cache(REMEMBERED)
def _read_zone(body: bytes) -> None:
    """Only that it can be read: with names it knows, the library trusts its own zones."""
    _parse(body)


def _parse(body: bytes) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(BEGIN + body + END)


def _compare(key: str, found: Mapping[str, object], meant: Mapping[str, object]) -> None:
    for name, value in meant.items():
        if found[name] != value:
            raise ReadBackError(f"{key}: {name} reads back as {found[name]!r}, not as {value!r}")


def _found(event: icalendar.Event) -> dict[str, object]:
    categories = event.get("CATEGORIES", [])
    lists = categories if isinstance(categories, list) else [categories]
    return (
        {name: _text(event.get(name)) for name in (*TEXTS, *ADDRESSES)}
        | {name: _moment(event.get(name)) for name in MOMENTS}
        | {
            "SEQUENCE": event.get("SEQUENCE"),
            "CATEGORIES": sorted(str(name) for names in lists for name in names.cats),
        }
    )


def _meant(revision: Revision, occurrence: Occurrence, language: str) -> dict[str, object]:
    wording = Wording(
        occurrence=occurrence, frame=revision.frame, key=revision.key, language=language
    )
    free = occurrence.is_off or occurrence.when.to_be_confirmed
    return {
        "UID": plain(revision.uid),
        "SEQUENCE": revision.sequence,
        "DTSTAMP": revision.stamp,
        "LAST-MODIFIED": revision.stamp,
        "CREATED": revision.created,
        "STATUS": "CANCELLED" if occurrence.is_off else "CONFIRMED",
        "TRANSP": "TRANSPARENT" if free else "OPAQUE",
        **_dates_of(occurrence),
        **_words_of(wording),
        "URL": uri(wording.page),
    }


def _dates_of(occurrence: Occurrence) -> dict[str, object]:
    start, end = _bounds(occurrence.when)
    original = _bounds(occurrence.original)[0] if occurrence.original else None
    return {"DTSTART": start, "DTEND": end, "RECURRENCE-ID": original}


def _words_of(wording: Wording) -> dict[str, object]:
    details = wording.occurrence.details
    comment, location = wording.comment, wording.location
    online = details.online
    is_joined = online and not online.private and not wording.occurrence.is_off
    categories = [*details.tags]
    categories += [wording.choose(name).text for name in wording.frame.initiatives.values()]
    return {
        "SUMMARY": plain(wording.title.text) or None,
        "DESCRIPTION": plain(wording.description.text),
        "COMMENT": plain(comment.text) or None if comment else None,
        "LOCATION": plain(location.text) or None if location else None,
        "CONTACT": plain(details.contact) or None if details.contact else None,
        "CONFERENCE": uri(online.url) if online and is_joined else None,
        "CATEGORIES": sorted(filter(None, map(label, categories))),
    }


def _starts_found(master: icalendar.Event) -> set[Moment | None]:
    """Where the dates of a series begin by its rule, before single ones are moved."""
    listed = {_in_utc(start) for start, _ in master.rdates}
    return ({_moment(master.get("DTSTART"))} | listed | _expanded(master)) - set(
        map(_in_utc, master.exdates)
    )


def _expanded(master: icalendar.Event) -> set[Moment | None]:
    """The dates of the rule, found on the wall clock of its zone and then put into UTC."""
    start = master.start
    zone = start.tzinfo if isinstance(start, datetime) else None
    found: set[Moment | None] = set()
    for recurrence in master.rrules:
        parts = {name: value for name, value in recurrence.items() if name != "UNTIL"}
        until = _on_clock(recurrence["UNTIL"][0], zone)
        written: bytes = icalendar.vRecur(parts).to_ical()  # type: ignore[no-untyped-call] # so it is
        rule = f"{written.decode()};UNTIL={until:%Y%m%dT%H%M%S}"
        for clock in rrulestr(rule, dtstart=_on_clock(start, zone)):
            found.add(_in_utc(clock.replace(tzinfo=zone)) if zone else clock.date())
    return found


def _on_clock(moment: Moment, zone: tzinfo | None) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    return moment.astimezone(zone).replace(tzinfo=None)


def _starts_meant(rule: Rule, first: When) -> set[Moment]:
    days = set(rule.days).difference(rule.leaves_out)
    return {_bounds(on_day(first, day))[0] for day in days}


def _bounds(when: When) -> tuple[Moment, Moment | None]:
    """Return what DTSTART and DTEND mean: instants in UTC, or days, the second one after it."""
    if isinstance(when.start, datetime):
        start, end = when.span()
        return start, end if when.end is not None else None
    return when.start, (when.end or when.start) + timedelta(days=1)


def _moment(value: object) -> Moment | None:
    found = getattr(value, "dt", None)
    return _in_utc(found) if isinstance(found, date) else None


def _in_utc(moment: Moment) -> Moment:
    """A time without a zone stays one: it is nothing that was meant."""
    if isinstance(moment, datetime) and moment.tzinfo:
        return moment.astimezone(UTC)
    return moment


def _text(value: object) -> str | None:
    return None if value is None else str(value)
