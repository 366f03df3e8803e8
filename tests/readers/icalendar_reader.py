"""icalendar with its own knowledge of zones off: what it finds, it has from the VTIMEZONEs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from icalendar import Calendar, Event
from icalendar.timezone import tzp
from icalendar.timezone.zoneinfo import ZONEINFO

from tests.readers.reading import Moment, ReaderError, ReadEvent, in_order, normal_rule


class KnowsNoZone(ZONEINFO):
    """A source of zones for icalendar that has none but UTC."""

    def timezone(self, name: str) -> tzinfo | None:
        return UTC if name == "UTC" else None

    def knows_timezone_id(self, tzid: str) -> bool:
        return tzid == "UTC"


def read(data: bytes) -> list[ReadEvent]:
    """Return the events of the calendar *data*, in its order.

    Raises:
        ReaderError: icalendar refuses it, or anything in it.
    """
    calendar = _parse(data)
    complaints = [str(error) for part in calendar.walk() for error in part.errors]
    complaints += [
        "an event without DTSTART" for event in calendar.events if "DTSTART" not in event
    ]
    if complaints:
        raise ReaderError("\n".join(complaints))
    return [_event(event) for event in calendar.events]


def instants(jobs: Sequence[tuple[bytes, Sequence[datetime]]]) -> list[list[int]]:
    """Return, for each calendar and its naive local times, their Unix times by its VTIMEZONE."""
    found = []
    for data, locals_ in jobs:
        zone = _parse(data).timezones[0].to_tz(lookup_tzid=False)
        found.append([int(local.replace(tzinfo=zone).timestamp()) for local in locals_])
    return found


def _parse(data: bytes) -> Calendar:
    with _no_zones():
        try:
            return Calendar.from_ical(data)
        except ValueError as error:
            raise ReaderError(str(error)) from error


@contextmanager
def _no_zones() -> Iterator[None]:
    tzp.use(KnowsNoZone())  # this also forgets the VTIMEZONEs of calendars that were read before
    try:
        yield
    finally:
        tzp.use_default()


def _event(event: Event) -> ReadEvent:
    (rule, *_) = [line.to_ical().decode() for line in _all(event, "RRULE")] or [""]
    return ReadEvent(
        uid=_text(event, "UID"),
        sequence=event.get("SEQUENCE"),
        dtstamp=_instant(event, "DTSTAMP"),
        created=_instant(event, "CREATED"),
        last_modified=_instant(event, "LAST-MODIFIED"),
        dtstart=_moments(event, "DTSTART")[0],
        dtend=_first(_moments(event, "DTEND")),
        recurrence_id=_first(_moments(event, "RECURRENCE-ID")),
        rrule=normal_rule(rule),
        exdates=_listed(event, "EXDATE"),
        rdates=_listed(event, "RDATE"),
        status=_text(event, "STATUS"),
        transp=_text(event, "TRANSP"),
        busy_status=_text(event, "X-MICROSOFT-CDO-BUSYSTATUS"),
        summary=_text(event, "SUMMARY"),
        description=_text(event, "DESCRIPTION"),
        location=_text(event, "LOCATION"),
        url=_text(event, "URL"),
        organizer=_text(event, "ORGANIZER"),
        geo=next(((line.latitude, line.longitude) for line in _all(event, "GEO")), None),
        categories=tuple(
            sorted(str(name) for line in _all(event, "CATEGORIES") for name in line.cats)
        ),
        comments=_texts(event, "COMMENT"),
        conferences=_texts(event, "CONFERENCE"),
        contacts=_texts(event, "CONTACT"),
        images=_texts(event, "IMAGE"),
        related=_texts(event, "RELATED-TO"),
    )


def _all(event: Event, name: str) -> list[Any]:
    found = event.get(name, [])
    return found if isinstance(found, list) else [found]


def _text(event: Event, name: str) -> str:
    return str(event.get(name, ""))


def _texts(event: Event, name: str) -> tuple[str, ...]:
    return tuple(sorted(map(str, _all(event, name))))


def _first(moments: list[Moment]) -> Moment | None:
    return moments[0] if moments else None


def _instant(event: Event, name: str) -> datetime | None:
    found = _first(_moments(event, name))
    assert found is None or isinstance(found, datetime)
    return found


def _moments(event: Event, name: str) -> list[Moment]:
    return [_moment(line.dt) for line in _all(event, name)]


def _listed(event: Event, name: str) -> tuple[Moment, ...]:
    return in_order([_moment(each.dt) for line in _all(event, name) for each in line.dts])


def _moment(value: date | datetime) -> Moment:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC)
    return value
