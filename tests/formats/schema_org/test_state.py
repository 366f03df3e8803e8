from dataclasses import replace
from typing import Any

import pytest

from calfeed.dates import When
from calfeed.ledger.revision import Revision
from calfeed.model import Change, Event, Online, Standing, Venue
from tests import shipped
from tests.builders import a_revision, an_event, at
from tests.formats.schema_org.telling import (
    AT_HOME,
    BOTH_WAYS,
    CANCELLED,
    DATES,
    ENGLISH,
    EVENTS,
    IN_PERSON,
    JOIN,
    MOVED_ONLINE,
    POSTPONED,
    RESCHEDULED,
    SCHEDULED,
    SCHEMA,
    WITHDRAWN,
    data_of,
)

MAYORS: dict[str, object] = {
    "@context": SCHEMA,
    "@type": "Event",
    "@id": f"{EVENTS}/commissioner-meets-eu-mayors/",
    "url": f"{ENGLISH}/commissioner-meets-eu-mayors/",
    "name": "Smart, Green and Resilient cities and communities - "
    "Commissioner Thierry Breton meets EU mayors",
    "inLanguage": "en",
    "description": "A dialogue between the Commissioner and mayors on the green and digital "
    "transition.",
    "image": ["https://events.example.eu/media/0123456789abcdef.jpg"],
    "organizer": [{"@type": "Organization", "name": "European Commission"}],
}
IN_BRUSSELS: dict[str, object] = {
    "eventAttendanceMode": IN_PERSON,
    "location": {"@type": "Place", "name": "Brussels, Belgium", "address": "Brussels, Belgium"},
}
IN_THE_BERLAYMONT: dict[str, object] = {
    "startDate": "2021-12-02T14:30:00+01:00",
    "endDate": "2021-12-02T16:30:00+01:00",
    "eventAttendanceMode": BOTH_WAYS,
    "location": [
        {
            "@type": "Place",
            "name": "Berlaymont building",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Rue de la Loi 200, 1049 Brussels",
                "addressCountry": "BE",
            },
        },
        {"@type": "VirtualLocation", "url": f"{ENGLISH}/commissioner-meets-eu-mayors/"},
    ],
}
WORKSHOP: dict[str, object] = {
    "@context": SCHEMA,
    "@type": "Event",
    "@id": f"{EVENTS}/local-green-deals-workshop/",
    "url": f"{ENGLISH}/local-green-deals-workshop/",
    "name": "Local Green Deals workshop",
    "inLanguage": "en",
    "description": "Mayors and businesses draft their local green deal in a morning.",
    "startDate": "2021-11-09T09:30:00+02:00",
    "endDate": "2021-11-09T12:30:00+02:00",
}
ON_OUR_PAGE: dict[str, object] = {
    "eventAttendanceMode": AT_HOME,
    "location": {
        "@type": "VirtualLocation",
        "url": f"{ENGLISH}/local-green-deals-workshop/",
    },
}


TWICE_MOVED = replace(
    shipped.MAYORS_RESCHEDULED,
    standing=Standing(
        old=(at("2021-09-30"), at("2021-11-25 09:00", "2021-11-25 11:00")),
        reason=shipped.RESCHEDULED,
    ),
)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(
            shipped.MAYORS,
            MAYORS | IN_BRUSSELS | {"startDate": "2021-09-30", "eventStatus": SCHEDULED},
            id="scheduled, the time unknown",
        ),
        pytest.param(
            shipped.MAYORS_POSTPONED,
            MAYORS
            | IN_BRUSSELS
            | {
                "startDate": "2021-09-30",
                "previousStartDate": "2021-09-30",
                "eventStatus": POSTPONED,
            },
            id="postponed, no new date",
        ),
        pytest.param(
            shipped.MAYORS_RESCHEDULED,
            MAYORS
            | IN_THE_BERLAYMONT
            | {"previousStartDate": "2021-09-30", "eventStatus": RESCHEDULED},
            id="rescheduled, in person and online",
        ),
        pytest.param(
            TWICE_MOVED,
            MAYORS
            | IN_THE_BERLAYMONT
            | {
                "previousStartDate": ["2021-09-30", "2021-11-25T09:00:00+01:00"],
                "eventStatus": RESCHEDULED,
            },
            id="rescheduled twice, the oldest date first",
        ),
        pytest.param(
            replace(TWICE_MOVED, standing=replace(TWICE_MOVED.standing, off=Change.POSTPONED)),
            MAYORS
            | IN_THE_BERLAYMONT
            | {
                "previousStartDate": [
                    "2021-09-30",
                    "2021-11-25T09:00:00+01:00",
                    "2021-12-02T14:30:00+01:00",
                ],
                "eventStatus": POSTPONED,
            },
            id="postponed after it was rescheduled",
        ),
        pytest.param(
            shipped.MAYORS_CANCELLED,
            MAYORS | IN_THE_BERLAYMONT | {"eventStatus": CANCELLED},
            id="cancelled, its last date and place as they were",
        ),
        pytest.param(
            a_revision(shipped.MAYORS_RESCHEDULED, withdrawn=WITHDRAWN),
            MAYORS | IN_THE_BERLAYMONT | {"eventStatus": CANCELLED},
            id="withdrawn",
        ),
        pytest.param(
            shipped.MAYORS_REINSTATED,
            MAYORS
            | IN_THE_BERLAYMONT
            | {"previousStartDate": "2021-09-30", "eventStatus": RESCHEDULED},
            id="reinstated on its new date",
        ),
        pytest.param(
            replace(shipped.MAYORS, standing=Standing(reason=shipped.REINSTATED)),
            MAYORS | IN_BRUSSELS | {"startDate": "2021-09-30", "eventStatus": SCHEDULED},
            id="reinstated as it was planned",
        ),
        pytest.param(
            shipped.WORKSHOP_ONLINE,
            WORKSHOP | ON_OUR_PAGE | {"eventStatus": MOVED_ONLINE},
            id="moved online",
        ),
        pytest.param(
            replace(
                shipped.WORKSHOP_ONLINE,
                standing=replace(
                    shipped.WORKSHOP_ONLINE.standing,
                    old=(at("2021-11-02 09:30", "2021-11-02 12:30", "Europe/Athens"),),
                ),
            ),
            WORKSHOP
            | ON_OUR_PAGE
            | {
                "previousStartDate": "2021-11-02T09:30:00+02:00",
                "eventStatus": [MOVED_ONLINE, RESCHEDULED],
            },
            id="moved online, on a new date",
        ),
        pytest.param(
            shipped.WORKSHOP_RELOCATED,
            WORKSHOP
            | {
                "eventStatus": SCHEDULED,
                "eventAttendanceMode": IN_PERSON,
                "location": {"@type": "Place", "name": "Zappeion", "address": "Zappeion"},
            },
            id="in another place",
        ),
        pytest.param(
            shipped.EXPO,
            {
                "@context": SCHEMA,
                "@type": "Event",
                "@id": f"{EVENTS}/smart-city-expo-2021/",
                "url": f"{ENGLISH}/smart-city-expo-2021/",
                "name": "Meet us at the Smart City Expo World Congress",
                "inLanguage": "en",
                "startDate": "2021-11-16",
                "endDate": "2021-11-18",
                "eventStatus": SCHEDULED,
                "eventAttendanceMode": IN_PERSON,
                "location": {
                    "@type": "Place",
                    "name": "Fira Barcelona Gran Via",
                    "address": {
                        "@type": "PostalAddress",
                        "streetAddress": "Av. Joan Carles I 64, 08908 L'Hospitalet de Llobregat",
                        "addressCountry": "ES",
                    },
                },
            },
            id="several whole days, the last one included",
        ),
        pytest.param(
            shipped.SUMMIT,
            {
                "@context": SCHEMA,
                "@type": "Event",
                "@id": f"{EVENTS}/usercentricities-summit-2021/",
                "url": f"{ENGLISH}/usercentricities-summit-2021/",
                "name": "UserCentriCities Summit",
                "inLanguage": "en",
                "description": "How cities and regions put users at the centre of digital public "
                "services.",
                "startDate": "2021-11-10T16:00:00+01:00",
                "endDate": "2021-11-10T17:30:00+01:00",
                "eventStatus": SCHEDULED,
                "eventAttendanceMode": AT_HOME,
                "location": {
                    "@type": "VirtualLocation",
                    "url": f"{ENGLISH}/usercentricities-summit-2021/",
                },
            },
            id="scheduled online",
        ),
    ],
)
def test_a_state_has_its_members(told: Event | Revision, expected: dict[str, object]) -> None:
    assert data_of(told) == expected


TO_BE_ANNOUNCED = an_event(when=None)


@pytest.mark.parametrize(
    ("standing", "status"),
    [
        pytest.param(Standing(), None, id="as planned, and no day to be scheduled on"),
        pytest.param(Standing(off=Change.CANCELLED), CANCELLED, id="cancelled"),
        pytest.param(Standing(off=Change.POSTPONED), POSTPONED, id="postponed"),
        pytest.param(Standing(online=True), MOVED_ONLINE, id="moved online"),
        pytest.param(Standing(old=(at("2021-09-30"),)), None, id="no new date for the old one"),
    ],
)
def test_no_date_is_made_up_for_an_event_that_is_to_be_announced(
    standing: Standing, status: str | None
) -> None:
    data = data_of(replace(TO_BE_ANNOUNCED, standing=standing))

    assert data.get("eventStatus") == status
    assert not data.keys() & DATES


@pytest.mark.parametrize(
    ("when", "dates"),
    [
        pytest.param(at("2021-09-30"), {"startDate": "2021-09-30"}, id="one whole day"),
        pytest.param(
            at("2021-09-30", "2021-09-30"), {"startDate": "2021-09-30"}, id="until the same day"
        ),
        pytest.param(
            at("2021-07-01 09:00"), {"startDate": "2021-07-01T09:00:00+02:00"}, id="no end known"
        ),
        pytest.param(
            at("2021-10-30 22:00", "2021-10-31 04:00"),
            {"startDate": "2021-10-30T22:00:00+02:00", "endDate": "2021-10-31T04:00:00+01:00"},
            id="through the night that clocks go back",
        ),
        pytest.param(
            at("2021-10-30 22:00", zone="UTC"), {"startDate": "2021-10-30T22:00:00+00:00"}, id="UTC"
        ),
        pytest.param(
            at("2021-10-30 22:00", zone="Asia/Calcutta"),
            {"startDate": "2021-10-30T22:00:00+05:30"},
            id="half an hour",
        ),
        pytest.param(
            at("1901-05-01 12:00", zone="Africa/Monrovia"),
            {"startDate": "1901-05-01T12:43:08+00:00"},
            id="an offset with seconds, which has no form",
        ),
    ],
)
def test_a_date_says_no_more_than_is_known(when: When, dates: dict[str, str]) -> None:
    data = data_of(an_event(when=when))

    assert {name: value for name, value in data.items() if name in DATES} == dates


def place_of(**details: Any) -> tuple[str, object]:
    data = data_of(an_event(**details))
    return data["eventAttendanceMode"], data["location"]


OUR_PAGE = {"@type": "VirtualLocation", "url": f"{ENGLISH}/summit/"}


@pytest.mark.parametrize(
    ("details", "attendance", "location"),
    [
        pytest.param(
            {"place": Venue(name={"en": "Town hall"}, geo=(50.84671234, 4.3525))},
            IN_PERSON,
            {
                "@type": "Place",
                "name": "Town hall",
                "address": "Town hall",
                "geo": {"@type": "GeoCoordinates", "latitude": 50.846712, "longitude": 4.3525},
            },
            id="a name and a pin",
        ),
        pytest.param(
            {"place": Venue(name={"en": "Town hall"}, country="BE")},
            IN_PERSON,
            {
                "@type": "Place",
                "name": "Town hall",
                "address": {"@type": "PostalAddress", "addressCountry": "BE"},
            },
            id="a country",
        ),
        pytest.param(
            {"place": Venue(name={"en": "Town hall"}, address={"en": "Square 1\n1000 Brussels"})},
            IN_PERSON,
            {
                "@type": "Place",
                "name": "Town hall",
                "address": {"@type": "PostalAddress", "streetAddress": "Square 1 1000 Brussels"},
            },
            id="an address of two lines",
        ),
        pytest.param({"online": Online(url=JOIN)}, AT_HOME, OUR_PAGE, id="online"),
        pytest.param(
            {"online": Online(url=JOIN, private=True)}, AT_HOME, OUR_PAGE, id="online, in private"
        ),
        pytest.param(
            {"standing": Standing(online=True)}, AT_HOME, OUR_PAGE, id="online, no link yet"
        ),
        pytest.param(
            {}, IN_PERSON, {"@type": "Place", "url": f"{ENGLISH}/summit/"}, id="nothing known"
        ),
    ],
)
def test_a_place_says_no_more_than_is_known(
    details: dict[str, Any], attendance: str, location: object
) -> None:
    assert place_of(**details) == (attendance, location)
