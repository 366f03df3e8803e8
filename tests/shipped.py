"""The five events that calfeed ships, built by hand: as planned, and after their updates."""

from dataclasses import replace
from datetime import date

from calfeed.dates import When
from calfeed.ledger.revision import Revision
from calfeed.model import (
    AgendaItem,
    Change,
    Event,
    Online,
    Organiser,
    Picture,
    Registration,
    Rule,
    Standing,
    Venue,
)
from tests.builders import a_revision, an_event, an_override, an_update, at

BOTH = ("intelligent-cities-challenge", "living-in-eu")

MAYORS = an_event(
    "commissioner-meets-eu-mayors",
    initiatives=BOTH,
    title={
        "en": "Smart, Green and Resilient cities and communities - "
        "Commissioner Thierry Breton meets EU mayors"
    },
    when=When(start=date(2021, 9, 30), zone="Europe/Brussels", to_be_confirmed=True),
    place=Venue(name={"en": "Brussels, Belgium"}),
    image=Picture(
        sha256="0123456789abcdef" * 4,
        extension="jpg",
        alt={"en": "Commissioner Breton beside the logos of both initiatives"},
        credit="European Union",
    ),
    summary={
        "en": "A dialogue between the Commissioner and mayors on the green and digital transition."
    },
    description={
        "en": "Commissioner Thierry Breton and EU mayors discuss the **green and digital\n"
        "transformation** and the resilience of cities and communities.\n\n"
        "- Panel 1: planning the local transition; local green deals; skills\n"
        "- Panel 2: the power of technology; data governance; local digital twins\n"
    },
    organisers=(Organiser(name={"en": "European Commission"}),),
)
POSTPONED = an_update(
    Change.POSTPONED,
    "2021-09-23",
    notice={
        "en": "The Commissioner is detained by urgent business. The meeting with the mayors "
        "will take place in person on a later day, to be announced here.",
        "fr": "Le commissaire est retenu par une affaire urgente. La rencontre avec les maires "
        "aura lieu plus tard, en personne ; la date sera annoncée ici.",
    },
)
RESCHEDULED = an_update(Change.RESCHEDULED, "2021-11-15")
MAYORS_POSTPONED = replace(
    MAYORS, standing=Standing(off=Change.POSTPONED, reason=POSTPONED), updates=(POSTPONED,)
)
MAYORS_RESCHEDULED = replace(
    MAYORS,
    details=replace(
        MAYORS.details,
        when=at("2021-12-02 14:30", "2021-12-02 16:30"),
        place=Venue(
            name={"en": "Berlaymont building"},
            address={"en": "Rue de la Loi 200, 1049 Brussels"},
            country="BE",
        ),
        online=Online(url="https://video.example.eu/live", label={"en": "Watch live"}),
    ),
    standing=Standing(
        old=(When(start=date(2021, 9, 30), zone="Europe/Brussels", to_be_confirmed=True),),
        reason=RESCHEDULED,
    ),
    updates=(POSTPONED, RESCHEDULED),
)
CANCELLED = an_update(Change.CANCELLED, "2021-11-29", notice={"en": "The building is closed."})
MAYORS_CANCELLED = replace(
    MAYORS_RESCHEDULED,
    standing=replace(MAYORS_RESCHEDULED.standing, off=Change.CANCELLED, reason=CANCELLED),
    updates=(POSTPONED, RESCHEDULED, CANCELLED),
)
REINSTATED = an_update(Change.REINSTATED, "2021-11-30", notice={"en": "It is *open* again."})
MAYORS_REINSTATED = replace(
    MAYORS_RESCHEDULED,
    standing=replace(MAYORS_RESCHEDULED.standing, reason=REINSTATED),
    updates=(POSTPONED, RESCHEDULED, CANCELLED, REINSTATED),
)

SUMMIT = an_event(
    "usercentricities-summit-2021",
    title={"en": "UserCentriCities Summit"},
    when=at("2021-11-10 16:00", "2021-11-10 17:30"),
    online=Online(url="https://meet.example.eu/ucc-summit", label={"en": "Join the summit"}),
    summary={"en": "How cities and regions put users at the centre of digital public services."},
    languages=("en",),
    registration=Registration(
        url="https://register.example.eu/ucc-summit", closes=at("2021-11-09 18:00").start
    ),
    agenda=(
        AgendaItem(at="16:00", title={"en": "Welcome"}),
        AgendaItem(at="16:10", title={"en": "Panel: services designed with their users"}),
        AgendaItem(at="17:25", title={"en": "Closing"}),
    ),
)

OCTOBER = at("2021-10-05 14:00", "2021-10-05 15:00")
DATE_POSTPONED = an_update(
    Change.POSTPONED,
    "2021-09-28",
    occurrence="2021-10-05",
    notice={"en": "Our speaker is ill."},
)
DATE_RESCHEDULED = an_update(Change.RESCHEDULED, "2021-10-01", occurrence="2021-10-05")
COFFEE_CORNER = an_event(
    "living-in-eu-coffee-corner",
    title={"en": "Living-in.EU coffee corner"},
    when=at("2021-09-07 14:00", "2021-09-07 15:00"),
    rule=Rule(
        rrule="FREQ=MONTHLY;BYDAY=1TU",
        days=(date(2021, 9, 7), date(2021, 10, 5), date(2021, 11, 2), date(2021, 12, 7)),
    ),
    online=Online(url="https://meet.example.eu/coffee"),
)
COFFEE_CORNER_OFF = replace(
    COFFEE_CORNER,
    overrides=(
        an_override(
            COFFEE_CORNER,
            "2021-10-05",
            Standing(off=Change.POSTPONED, reason=DATE_POSTPONED),
            when=OCTOBER,
        ),
    ),
    updates=(DATE_POSTPONED,),
)
COFFEE_CORNER_MOVED = replace(
    COFFEE_CORNER,
    overrides=(
        an_override(
            COFFEE_CORNER,
            "2021-10-05",
            Standing(old=(OCTOBER,), reason=DATE_RESCHEDULED),
            when=at("2021-10-12 14:00", "2021-10-12 15:00"),
        ),
    ),
    updates=(DATE_POSTPONED, DATE_RESCHEDULED),
)

EXPO = an_event(
    "smart-city-expo-2021",
    initiatives=BOTH,
    title={"en": "Meet us at the Smart City Expo World Congress"},
    when=at("2021-11-16", "2021-11-18", "Europe/Madrid"),
    place=Venue(
        name={"en": "Fira Barcelona Gran Via"},
        address={"en": "Av. Joan Carles I 64, 08908 L'Hospitalet de Llobregat"},
        country="ES",
    ),
    website="https://www.smartcityexpo.com",
)

WORKSHOP = an_event(
    "local-green-deals-workshop",
    initiatives=("intelligent-cities-challenge",),
    title={
        "de": "Workshop zu lokalen Grünen Deals",
        "el": "Εργαστήριο για τις τοπικές πράσινες συμφωνίες",
        "en": "Local Green Deals workshop",
        "fr": "Atelier sur les pactes verts locaux",
    },
    when=at("2021-11-09 09:30", "2021-11-09 12:30", "Europe/Athens"),
    place=Venue(
        name={"en": "Technopolis"}, address={"en": "Pireos 100, 118 54 Athens"}, country="GR"
    ),
    languages=("de", "el", "en", "fr"),
    summary={
        "de": "Städte und Unternehmen entwerfen an einem Vormittag ihren lokalen Grünen Deal.",
        "el": "Δήμαρχοι και επιχειρήσεις καταρτίζουν την τοπική πράσινη συμφωνία τους "
        "σε ένα πρωινό.",
        "en": "Mayors and businesses draft their local green deal in a morning.",
        "fr": "Maires et entreprises élaborent leur pacte vert local en une matinée.",
    },
)
MOVED_ONLINE = an_update(
    Change.MOVED_ONLINE,
    "2021-10-27",
    notice={
        "en": "For public-health reasons the workshop takes place online only. "
        "The time is unchanged.",
        "fr": "Pour des raisons sanitaires, l'atelier se tient uniquement en ligne, "
        "à la même heure.",
    },
)
WORKSHOP_ONLINE = replace(
    WORKSHOP,
    details=replace(
        WORKSHOP.details,
        place=None,
        online=Online(url="https://meet.example.eu/lgd", label={"en": "Join online"}),
    ),
    standing=Standing(online=True, reason=MOVED_ONLINE),
    updates=(MOVED_ONLINE,),
)
RELOCATED = an_update(Change.RELOCATED, "2021-11-02")
WORKSHOP_RELOCATED = replace(
    WORKSHOP_ONLINE,
    details=replace(WORKSHOP.details, place=Venue(name={"el": "Ζάππειο", "en": "Zappeion"})),
    standing=Standing(reason=RELOCATED),
    updates=(MOVED_ONLINE, RELOCATED),
)


def revisions() -> tuple[Revision, ...]:
    """Return the five as they are first told, in the order of a feed."""
    events: list[tuple[Event, int]] = [
        (COFFEE_CORNER_MOVED, 2),
        (MAYORS_POSTPONED, 1),
        (WORKSHOP_ONLINE, 1),
        (SUMMIT, 0),
        (EXPO, 0),
    ]
    return tuple(a_revision(event, sequence=sequence) for event, sequence in events)
