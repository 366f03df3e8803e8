import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from calfeed.formats.schema_org import as_script, date_as_data, event_as_data
from calfeed.model import Details
from tests.builders import a_revision, a_site
from tests.formats.schema_org.telling import (
    AT_HOME,
    BOTH_WAYS,
    CANCELLED,
    DATES,
    IN_PERSON,
    JOIN,
    MOVED_ONLINE,
    POSTPONED,
    RESCHEDULED,
    SCHEDULED,
    WITHDRAWN,
)
from tests.strategies import events

# https://schema.org/EventStatusType and https://schema.org/EventAttendanceModeEnumeration
STATUSES = {SCHEDULED, POSTPONED, RESCHEDULED, CANCELLED, MOVED_ONLINE}
ATTENDANCES = {IN_PERSON, AT_HOME, BOTH_WAYS}

# What https://schema.org says that a thing of each type may have.
_HAPPENING = {
    *("@context", "@type", "@id", "url", "name", "inLanguage", "description", "image"),
    *("startDate", "endDate", "previousStartDate", "eventStatus", "eventAttendanceMode"),
    *("location", "organizer", "isAccessibleForFree", "offers"),
}
PROPERTIES = {
    "Event": _HAPPENING | {"superEvent"},
    "EventSeries": _HAPPENING | {"subEvent"},
    "Place": {"@type", "name", "url", "address", "geo"},
    "PostalAddress": {"@type", "streetAddress", "addressCountry"},
    "GeoCoordinates": {"@type", "latitude", "longitude"},
    "VirtualLocation": {"@type", "url"},
    "Organization": {"@type", "name", "url"},
    "Offer": {"@type", "price", "url", "availabilityEnds"},
}
# What Google's guide to Event structured data requires; the rest is recommended at most:
# https://developers.google.com/search/docs/appearance/structured-data/event
REQUIRED = {"name", "startDate", "location"}
ISO_8601 = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?")


def nodes(value: object) -> Iterator[dict[str, Any]]:
    """Each thing with a type that *value* tells of, itself first."""
    if isinstance(value, dict):
        yield value
        yield from nodes(list(value.values()))
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def happenings_of(data: object) -> list[dict[str, Any]]:
    return [node for node in nodes(data) if node["@type"] in {"Event", "EventSeries"}]


def places_of(happenings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The places of each, which is an error if it has none."""
    places = [several(one["location"]) for one in happenings]
    assert all(places)
    return [place for each in places for place in each]


def several(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


@st.composite
def told(draw: st.DrawFn) -> dict[str, Any]:
    """What the page of any event, or of one date of a series, has; joined at `JOIN` if online."""
    event = draw(events())
    if event.rule is None and draw(st.booleans()):
        event = replace(event, details=replace(event.details, when=None))
    free = draw(st.sampled_from([None, False, True]))
    event = replace(
        event,
        details=_joined_at(event.details, free),
        overrides=tuple(
            replace(one, details=_joined_at(one.details, free)) for one in event.overrides
        ),
    )
    moment = draw(st.none() | st.just(WITHDRAWN))
    revision = a_revision(event, withdrawn=moment)
    language = draw(st.sampled_from(["en", "fr", "nl"]))
    if event.rule and draw(st.booleans()):
        days = set(event.rule.days) - set(event.rule.leaves_out)
        day = draw(st.sampled_from(sorted(days)))
        return date_as_data(revision, day, site=a_site(), language=language)
    return event_as_data(revision, site=a_site(), language=language, day=date(2010, 1, 1))


def _joined_at(details: Details, free: bool | None) -> Details:
    online = replace(details.online, url=JOIN) if details.online else None
    return replace(details, online=online, free=free)


@given(told())
def test_every_date_is_a_day_or_a_time_with_its_offset(data: dict[str, Any]) -> None:
    dates = [node[name] for node in nodes(data) for name in DATES & node.keys()]

    assert all(ISO_8601.fullmatch(one) for each in dates for one in several(each))


@given(told())
def test_every_happening_has_what_google_requires_but_a_date_that_there_is_not(
    data: dict[str, Any],
) -> None:
    happenings = happenings_of(data)

    assert all(node.keys() >= REQUIRED - {"startDate"} for node in happenings)
    assert all("startDate" in node for node in happenings if node.get("eventStatus") == SCHEDULED)
    assert all(place.keys() & {"url", "name"} for place in places_of(happenings))


@given(told())
def test_every_word_is_one_of_schema_org(data: dict[str, Any]) -> None:
    happenings = happenings_of(data)
    statuses = [several(one["eventStatus"]) for one in happenings if "eventStatus" in one]

    assert all(node.keys() <= PROPERTIES[node["@type"]] for node in nodes(data))
    assert all(one["eventAttendanceMode"] in ATTENDANCES for one in happenings)
    assert all(set(each) <= STATUSES and len(each) in {1, 2} for each in statuses)


@given(told())
def test_a_script_reads_back_and_names_our_page_where_people_join(data: dict[str, Any]) -> None:
    script = as_script(data)
    joined = [one["url"] for one in nodes(data) if one["@type"] == "VirtualLocation"]

    assert json.loads(script) == data
    assert not set(script) & set("<>&\u2028\u2029")
    assert JOIN not in script
    assert all(address.startswith(f"{a_site().url}/") for address in joined)
