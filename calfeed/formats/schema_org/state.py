"""When and where an event takes place and what has become of that, as members of JSON-LD."""

from collections.abc import Sequence

from calfeed.dates import moment_text
from calfeed.formats.schema_org.subject import EventPage, Subject
from calfeed.model import Change, Venue

Data = dict[str, object]

VOCABULARY = "https://schema.org"


def state_of(subject: Subject) -> Data:
    """Return dates, status, attendance and place of *subject*; what is unknown is left out.

    An endDate like the startDate is left out too: one whole day is that day. A place and how it
    is attended are always there.
    """
    statuses = _statuses(subject)
    known = {
        "startDate": subject.starts,
        "endDate": subject.ends if subject.ends != subject.starts else "",
        "previousStartDate": _one_or_all(_previous_starts(subject, statuses)),
        "eventStatus": _one_or_all([f"{VOCABULARY}/{status}" for status in statuses]),
        "eventAttendanceMode": f"{VOCABULARY}/{_attendance(subject)}",
        "location": _one_or_all(_locations(subject)),
    }
    return {name: value for name, value in known.items() if value}


def _statuses(subject: Subject) -> list[str]:
    """None while to be announced: EventScheduled says that it takes place on its startDate."""
    standing = subject.standing
    if subject.is_withdrawn or standing.off is Change.CANCELLED:
        return ["EventCancelled"]
    if standing.off:
        return ["EventPostponed"]
    changed = ["EventMovedOnline"] if standing.online else []
    if standing.is_moved and subject.starts:
        changed.append("EventRescheduled")
    return changed or (["EventScheduled"] if subject.starts else [])


def _previous_starts(subject: Subject, statuses: Sequence[str]) -> list[str]:
    """Oldest first; of a postponed event also the date that it keeps, as schema.org asks.

    None of a cancelled one: Google reads them as those of an event that was rescheduled.
    """
    before = [moment_text(when.start, when.zone) for when in subject.standing.old]
    if "EventPostponed" in statuses:
        before += [subject.starts] if subject.starts else []
    elif "EventRescheduled" not in statuses:
        return []
    return list(dict.fromkeys(before))


def _is_online(subject: Subject) -> bool:
    return subject.details.online is not None or subject.standing.online


def _attendance(subject: Subject) -> str:
    """In person where neither is known: what Google assumes of an event that does not say."""
    if not _is_online(subject):
        return "OfflineEventAttendanceMode"
    is_mixed = subject.details.place is not None
    return "MixedEventAttendanceMode" if is_mixed else "OnlineEventAttendanceMode"


def _locations(subject: Subject) -> list[Data]:
    """At least one: where neither is known, a place of which our page will say more.

    The address to join at is not among them, private or not: our page stands for it.
    """
    page, place = subject.page, subject.details.place
    locations = [_place(page, place)] if place else []
    if _is_online(subject):
        locations.append({"@type": "VirtualLocation", "url": page.address})
    return locations or [{"@type": "Place", "url": page.address}]


def _place(page: EventPage, venue: Venue) -> Data:
    """The name is the address too where no other is known: Google requires one."""
    name = page.say(venue.name)
    place: Data = {"@type": "Place", "name": name, "address": name}
    parts = {
        "streetAddress": page.say(venue.address) if venue.address else "",
        "addressCountry": venue.country,
    }
    if known := {part: value for part, value in parts.items() if value}:
        place["address"] = {"@type": "PostalAddress", **known}
    if venue.geo:
        latitude, longitude = (round(degrees, 6) for degrees in venue.geo)
        place["geo"] = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return place


def _one_or_all(values: Sequence[object]) -> object:
    return values[0] if len(values) == 1 else values
