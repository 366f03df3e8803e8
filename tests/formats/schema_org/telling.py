"""What pages tell of events in JSON-LD, and the words of schema.org that they tell it in."""

from datetime import UTC, date, datetime
from typing import Any

from calfeed.formats.schema_org import date_as_data, event_as_data
from calfeed.ledger.revision import Revision
from calfeed.model import Event
from tests.builders import a_revision, a_site

SCHEMA = "https://schema.org"
EVENTS = "https://events.example.eu/events"
ENGLISH = "https://events.example.eu/en/events"
JOIN = "https://join.example.org/secret"
WITHDRAWN = datetime(2021, 10, 20, 9, tzinfo=UTC)
DAY = date(2021, 10, 1)
DATES = {"startDate", "endDate", "previousStartDate", "availabilityEnds"}

SCHEDULED = f"{SCHEMA}/EventScheduled"
POSTPONED = f"{SCHEMA}/EventPostponed"
RESCHEDULED = f"{SCHEMA}/EventRescheduled"
CANCELLED = f"{SCHEMA}/EventCancelled"
MOVED_ONLINE = f"{SCHEMA}/EventMovedOnline"
IN_PERSON = f"{SCHEMA}/OfflineEventAttendanceMode"
AT_HOME = f"{SCHEMA}/OnlineEventAttendanceMode"
BOTH_WAYS = f"{SCHEMA}/MixedEventAttendanceMode"


def data_of(event: Event | Revision, *, language: str = "en", day: date = DAY) -> dict[str, Any]:
    """What the page of an event has on *day*."""
    revision = event if isinstance(event, Revision) else a_revision(event)
    return event_as_data(revision, site=a_site(), language=language, day=day)


def date_of(event: Event, original: str) -> dict[str, Any]:
    """What the English page of one date of a series has."""
    day = date.fromisoformat(original)
    return date_as_data(a_revision(event), day, site=a_site(), language="en")
