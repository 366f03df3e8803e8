"""The founding story, ten years on: what was published, and what an editor made of it."""

from typing import Any

from tests.spine import an_entry, an_update, events_file

SITE = {"name": "EU cities events", "languages": ["en", "fr"]}
INITIATIVES = {
    "living-in-eu": {"name": "Living-in.EU", "colour": "#0e47cb"},
    "intelligent-cities-challenge": {"name": "Intelligent Cities Challenge"},
}
BOTH = ["living-in-eu", "intelligent-cities-challenge"]
MAYORS = an_entry(
    title="Smart, Green and Resilient cities and communities - "
    "Commissioner Thierry Breton meets EU mayors",
    initiatives=BOTH,
    when="2031-09-30",
    time_to_be_confirmed=True,
    place="Brussels, Belgium",
)
COFFEE = an_entry(
    title="Living-in.EU coffee corner",
    initiatives=["living-in-eu"],
    when="2031-09-02 14:00 to 15:00",
    repeats={"every": "month", "by": "first Tuesday", "until": "2031-12-31"},
    place=None,
    online={"url": "https://meet.example.eu/coffee"},
)
EXPO = an_entry(
    title="Meet us at the Smart City Expo World Congress",
    initiatives=BOTH,
    when="2031-11-18 to 2031-11-20",
    place="Fira Barcelona Gran Via",
)
WORKSHOP = an_entry(
    title={"en": "Local Green Deals workshop"}, initiatives=BOTH, when="2031-11-11 09:30 to 12:30"
)
SUMMIT = an_entry(
    title="UserCentriCities Summit", initiatives=["living-in-eu"], when="2031-11-12 16:00 to 17:30"
)

BEFORE: dict[str, Any] = {
    "commissioner-meets-eu-mayors": MAYORS,
    "living-in-eu-coffee-corner": COFFEE,
    "smart-city-expo-2031": EXPO,
    "local-green-deals-workshop": WORKSHOP,
    "usercentricities-summit-2031": SUMMIT,
}
AFTER: dict[str, Any] = {
    "commissioner-meets-eu-mayors": {
        **MAYORS,
        "updates": [an_update("postponed", notice="The Commissioner is detained.")],
    },
    "living-in-eu-coffee-corner": {
        **COFFEE,
        "updates": [
            an_update("postponed", occurrence="2031-10-07"),
            an_update("rescheduled", occurrence="2031-10-07", when="2031-10-14 14:00 to 15:00"),
        ],
    },
    "local-green-deals-workshop": {**WORKSHOP, "initiatives": ["intelligent-cities-challenge"]},
    "usercentricities-summit-2031": {
        **SUMMIT,
        "title": {"en": "UserCentriCities Summit", "fr": "Sommet UserCentriCities"},
    },
    "winter-school-2032": an_entry(
        title="Winter school", initiatives=["living-in-eu"], when="2032-01-20 to 2032-01-22"
    ),
}


def before() -> str:
    """Return the events file that was published."""
    return events_file(BEFORE, site=SITE, initiatives=INITIATIVES)


def after() -> str:
    """Return it after mayors were postponed, a date moved, one event removed, one added …"""
    initiatives = {**INITIATIVES, "living-in-eu": {"name": "Living-in.EU", "colour": "#123456"}}
    return events_file(AFTER, site=SITE, initiatives=initiatives)
