"""libical, the parser of Evolution, GNOME and Claws: Debian's library, called through ctypes."""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from tests.readers.available import LIBICAL
from tests.readers.reading import (
    Instance,
    Moment,
    ReaderError,
    ReadEvent,
    among,
    in_order,
    normal_rule,
)

MOST_INSTANCES = 5000
ANY_PROPERTY = 0
Pointer = ctypes.c_void_p


class Time(ctypes.Structure):
    """struct icaltimetype."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", Pointer),
    )


class Rule(ctypes.Structure):
    """struct icalrecurrencetype of libical 3: its size is all that is needed here."""

    _fields_ = (("words", ctypes.c_uint64 * 362),)


SIGNATURES: dict[str, tuple[Any, ...]] = {  # name: result, arguments
    "icalparser_parse_string": (Pointer, ctypes.c_char_p),
    "icalrestriction_check": (ctypes.c_int, Pointer),
    "icalcomponent_free": (None, Pointer),
    "icalcomponent_string_to_kind": (ctypes.c_int, ctypes.c_char_p),
    "icalcomponent_get_first_component": (Pointer, Pointer, ctypes.c_int),
    "icalcomponent_get_next_component": (Pointer, Pointer, ctypes.c_int),
    "icalcomponent_get_first_property": (Pointer, Pointer, ctypes.c_int),
    "icalcomponent_get_next_property": (Pointer, Pointer, ctypes.c_int),
    "icalcomponent_get_timezone": (Pointer, Pointer, ctypes.c_char_p),
    "icalcomponent_as_ical_string_r": (Pointer, Pointer),
    "icalproperty_get_property_name": (ctypes.c_char_p, Pointer),
    "icalproperty_get_value": (Pointer, Pointer),
    "icalproperty_get_value_as_string_r": (Pointer, Pointer),
    "icalproperty_get_parameter_as_string_r": (Pointer, Pointer, ctypes.c_char_p),
    "icalvalue_isa": (ctypes.c_int, Pointer),
    "icalvalue_string_to_kind": (ctypes.c_int, ctypes.c_char_p),
    "icalvalue_get_text": (ctypes.c_char_p, Pointer),
    "icaltime_from_string": (Time, ctypes.c_char_p),
    "icaltime_as_timet_with_zone": (ctypes.c_long, Time, Pointer),
    "icaltime_is_null_time": (ctypes.c_int, Time),
    "icalrecurrencetype_from_string": (Rule, ctypes.c_char_p),
    "icalrecur_iterator_new": (Pointer, Rule, Time),
    "icalrecur_iterator_next": (Time, Pointer),
    "icalrecur_iterator_free": (None, Pointer),
    "icalmemory_free_buffer": (None, Pointer),
    "icalerror_set_errors_are_fatal": (None, ctypes.c_int),
}


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(LIBICAL)
    for name, (result, *arguments) in SIGNATURES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    library.icalerror_set_errors_are_fatal(0)
    return library


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its unescaped value, and the zone that its TZID names in the calendar."""

    name: str
    value: str
    zone: int | None


Properties = list[Property]


def read(data: bytes) -> list[ReadEvent]:
    """Return the events of the calendar *data*, in its order.

    Raises:
        ReaderError: libical refuses it, marks an error in it, or its restriction check does.

    One difference that is libical's: a line with several CATEGORIES is one text to it.
    """
    with _parsed(data) as calendar:
        return [_event(_properties(calendar, event)) for event in _children(calendar, "VEVENT")]


def expand(data: bytes, start: date, end: date) -> list[Instance]:
    """Return the dates that begin in [start, end), overrides in the place of what they replace."""
    with _parsed(data) as calendar:
        events = [_properties(calendar, event) for event in _children(calendar, "VEVENT")]
        overrides = [event for event in events if _one(event, "RECURRENCE-ID")]
        masters = [event for event in events if event not in overrides]
        replaced = {
            (_text(override, "UID"), moment)
            for override in overrides
            for moment in _moments(override, "RECURRENCE-ID")
        }
        dates = [(event, moment) for event in masters for moment in _dates(event)]
        kept = [each for each in dates if (_text(each[0], "UID"), each[1]) not in replaced]
        kept += [(override, _moment(_start(override))) for override in overrides]
        return among([_instance(*each) for each in kept], start, end)


def instants(jobs: Sequence[tuple[bytes, Sequence[datetime]]]) -> list[list[int]]:
    """Return, for each calendar and its naive local times, their Unix times by its VTIMEZONE."""
    return [_instants(data, locals_) for data, locals_ in jobs]


def _instants(data: bytes, locals_: Sequence[datetime]) -> list[int]:
    library = _library()
    with _parsed(data) as calendar:
        (component,) = _children(calendar, "VTIMEZONE")
        (tzid,) = (each for each in _properties(calendar, component) if each.name == "TZID")
        zone = library.icalcomponent_get_timezone(calendar, tzid.value.encode())
        return [
            library.icaltime_as_timet_with_zone(
                library.icaltime_from_string(f"{local:%Y%m%dT%H%M%S}".encode()), zone
            )
            for local in locals_
        ]


@contextmanager
def _parsed(data: bytes) -> Iterator[int]:
    library = _library()
    calendar = library.icalparser_parse_string(data)
    if calendar is None:
        raise ReaderError("libical finds no calendar")
    try:
        is_sound = library.icalrestriction_check(
            calendar
        )  # it marks what it minds, as parsing does
        text = _taken(library.icalcomponent_as_ical_string_r(calendar))
        lines = text.replace("\r\n ", "").split("\r\n")
        marks = [line for line in lines if line.startswith("X-LIC-ERROR")]
        if marks or not is_sound:
            raise ReaderError("\n".join(marks) or "libical's restriction check fails")
        yield calendar
    finally:
        library.icalcomponent_free(calendar)


def _taken(buffer: int | None) -> str:
    if buffer is None:
        return ""
    try:
        return ctypes.string_at(buffer).decode()
    finally:
        _library().icalmemory_free_buffer(buffer)


def _children(component: int, name: str) -> Iterator[int]:
    library = _library()
    kind = library.icalcomponent_string_to_kind(name.encode())
    child = library.icalcomponent_get_first_component(component, kind)
    while child is not None:
        yield child
        child = library.icalcomponent_get_next_component(component, kind)


def _properties(calendar: int, component: int) -> Properties:
    library = _library()
    found = []
    prop = library.icalcomponent_get_first_property(component, ANY_PROPERTY)
    while prop is not None:
        found.append(_property(calendar, prop))
        prop = library.icalcomponent_get_next_property(component, ANY_PROPERTY)
    return found


def _property(calendar: int, prop: int) -> Property:
    library = _library()
    value = library.icalproperty_get_value(prop)
    is_text = library.icalvalue_isa(value) == library.icalvalue_string_to_kind(b"TEXT")
    raw = _taken(library.icalproperty_get_value_as_string_r(prop))
    tzid = _taken(library.icalproperty_get_parameter_as_string_r(prop, b"TZID"))
    return Property(
        name=library.icalproperty_get_property_name(prop).decode(),
        value=library.icalvalue_get_text(value).decode() if is_text else raw,
        zone=library.icalcomponent_get_timezone(calendar, tzid.encode()) if tzid else None,
    )


def _event(found: Properties) -> ReadEvent:
    sequence, geo = _one(found, "SEQUENCE"), _one(found, "GEO")
    start = _moment(_start(found))
    return ReadEvent(
        uid=_text(found, "UID"),
        sequence=int(sequence.value) if sequence else None,
        dtstamp=_instant(found, "DTSTAMP"),
        created=_instant(found, "CREATED"),
        last_modified=_instant(found, "LAST-MODIFIED"),
        dtstart=start,
        dtend=next(iter(_moments(found, "DTEND")), None),
        recurrence_id=next(iter(_moments(found, "RECURRENCE-ID")), None),
        rrule=normal_rule(_text(found, "RRULE")),
        exdates=_moments(found, "EXDATE"),
        rdates=_moments(found, "RDATE"),
        status=_text(found, "STATUS"),
        transp=_text(found, "TRANSP"),
        busy_status=_text(found, "X-MICROSOFT-CDO-BUSYSTATUS"),
        summary=_text(found, "SUMMARY"),
        description=_text(found, "DESCRIPTION"),
        location=_text(found, "LOCATION"),
        url=_text(found, "URL"),
        organizer=_text(found, "ORGANIZER"),
        geo=_position(geo.value) if geo else None,
        categories=_texts(found, "CATEGORIES"),
        comments=_texts(found, "COMMENT"),
        conferences=_texts(found, "CONFERENCE"),
        contacts=_texts(found, "CONTACT"),
        images=_texts(found, "IMAGE"),
        related=_texts(found, "RELATED-TO"),
    )


def _start(found: Properties) -> Property:
    start = _one(found, "DTSTART")
    if start is None:
        raise ReaderError("an event without DTSTART")
    return start


def _one(found: Properties, name: str) -> Property | None:
    return next((each for each in found if each.name == name), None)


def _text(found: Properties, name: str) -> str:
    return next((each.value for each in found if each.name == name), "")


def _texts(found: Properties, name: str) -> tuple[str, ...]:
    return tuple(sorted(each.value for each in found if each.name == name))


def _position(value: str) -> tuple[float, float]:
    latitude, longitude = map(float, value.split(";"))
    return latitude, longitude


def _instant(found: Properties, name: str) -> datetime | None:
    moment = next(iter(_moments(found, name)), None)
    assert moment is None or isinstance(moment, datetime)
    return moment


def _moments(found: Properties, name: str) -> tuple[Moment, ...]:
    return in_order([_moment(each) for each in found if each.name == name])


def _moment(prop: Property) -> Moment:
    return _of(_library().icaltime_from_string(prop.value.encode()), prop)


def _of(time: Time, prop: Property) -> Moment:
    """Return what *time* means in the zone that *prop* has: UTC by its Z, else its TZID's."""
    if time.is_date:
        return date(time.year, time.month, time.day)
    if prop.zone is None and not prop.value.endswith("Z"):
        parts = time.year, time.month, time.day, time.hour, time.minute, time.second
        return datetime(*parts)
    seconds = _library().icaltime_as_timet_with_zone(time, prop.zone)
    return datetime.fromtimestamp(seconds, UTC)


def _instance(event: Properties, start: Moment) -> Instance:
    uid, summary, status = (_text(event, name) for name in ("UID", "SUMMARY", "STATUS"))
    return Instance(start=start, uid=uid, summary=summary, status=status)


def _dates(event: Properties) -> list[Moment]:
    start = _start(event)
    rules = [each.value for each in event if each.name == "RRULE"]
    given = {_moment(start)}
    ruled = {date_ for rule in rules for date_ in _recurring(rule, start)}
    return sorted(
        (given | ruled | set(_moments(event, "RDATE"))) - set(_moments(event, "EXDATE")), key=str
    )


def _recurring(rule: str, start: Property) -> Iterator[Moment]:
    library = _library()
    first = library.icaltime_from_string(start.value.encode())
    first.zone = start.zone or first.zone
    iterator = library.icalrecur_iterator_new(
        library.icalrecurrencetype_from_string(rule.encode()), first
    )
    try:
        for _ in range(MOST_INSTANCES):
            time = library.icalrecur_iterator_next(iterator)
            if library.icaltime_is_null_time(time):
                return
            yield _of(time, start)
        raise ReaderError("a series that does not end")
    finally:
        library.icalrecur_iterator_free(iterator)
