"""A site with an event in every state, and one of everything that a page can show."""

from datetime import date
from typing import Any

from calfeed.site import Table
from tests.house import House
from tests.spine import INITIATIVES, an_entry, an_update, events_file

TODAY = date(2026, 11, 23)
PLANNED = an_entry(
    title={"en": "Garden day", "fr": "Journée au jardin"},
    initiatives=["parks", "schools"],
    published="2026-01-02",
    place={"name": "Park", "address": "Lane 1", "country": "BE", "geo": [50.8, 4.3]},
    online={"url": "https://meet.example.eu/garden", "label": "Watch"},
    summary="Bring a spade.",
    description="# Why\n\nBecause of *soil*, <b>really</b>.",
    organisers=[
        {"name": "Gardeners", "url": "https://gardeners.example.eu"},
        {"name": "Friends", "email": "friends@example.eu"},
        "The town",
    ],
    contact="garden@example.eu",
    website="https://garden.example.eu/",
    languages=["en", "fr"],
    registration={"url": "https://register.example.eu/g", "closes": "2031-05-01"},
    agenda=[{"at": "14:00", "title": "Welcome"}],
    links=[{"url": "https://x.example.eu/r", "label": "Report"}, {"url": "https://x.example.eu/v"}],
    free=True,
)
MOVED = an_update("rescheduled", when="2031-06-01 10:00 to 12:00", notice="The *soil* was wet.")
EVENTS: dict[str, dict[str, Any]] = {
    "planned": PLANNED,
    "postponed": an_entry(updates=[an_update("postponed", notice="Rain.")]),
    "moved-postponed": an_entry(updates=[MOVED, an_update("postponed")]),
    "cancelled": an_entry(
        registration={"url": "https://r.example.eu"}, updates=[an_update("cancelled")]
    ),
    "rescheduled": an_entry(published="2026-01-01", updates=[MOVED]),
    "moved-twice": an_entry(
        updates=[MOVED, an_update("relocated", place={"name": "Hall"}, notice="Larger.")]
    ),
    "online": an_entry(
        updates=[an_update("moved-online", online={"url": "https://meet.example.eu/o"})]
    ),
    "private": an_entry(
        place=None, online={"url": "https://meet.example.eu/secret", "private": True}
    ),
    "relocated": an_entry(updates=[an_update("relocated", place="Hall")]),
    "reinstated": an_entry(updates=[an_update("cancelled"), an_update("reinstated")]),
    "corrected": an_entry(updates=[an_update("corrected", summary="Spade!")], free=False),
    "unconfirmed": an_entry(when="2031-05-08", time_to_be_confirmed=True),
    "undated": an_entry(when="to be announced", place=None, registration={"url": "https://r.eu"}),
    "dated": an_entry(
        when="to be announced",
        published="2026-01-01",
        updates=[an_update("rescheduled", when="2031-05-08 to 2031-05-09")],
    ),
    "open-end": an_entry(when="2031-05-08 14:00", description="No summary."),
    "waiting": an_entry(
        registration={"url": "https://r.example.eu"}, updates=[an_update("postponed")]
    ),
    "overnight": an_entry(when="2031-05-08 22:00 to 2031-05-09 02:00"),
    "closed": an_entry(registration={"url": "https://r.example.eu", "closes": "2026-02-01"}),
    "over": an_entry(
        when="2026-02-03 10:00 to 11:00",
        online={"url": "https://m.example.eu"},
        registration={"url": "https://r.example.eu"},
    ),
    "series": an_entry(
        when="2026-10-06 14:00 to 15:00",
        repeats={"every": "month", "by": "first Tuesday", "until": "2028-12-31"},
        updates=[
            an_update("cancelled", occurrence="2026-11-03", notice="Ill."),
            an_update("postponed", occurrence="2026-12-01"),
            an_update("rescheduled", occurrence="2027-01-05", when="2027-01-12 14:00 to 15:00"),
            an_update("moved-online", occurrence="2028-11-07 onwards", online="https://m.eu"),
        ],
    ),
    "days": an_entry(
        when="2026-01-05", repeats={"every": "week", "by": "Monday", "until": "2026-02-02"}
    ),
    "ended": an_entry(
        when="2027-01-04",
        repeats={"every": "week", "by": "Monday", "until": "2027-02-01"},
        updates=[an_update("cancelled")],
    ),
}
EVENTS["series"]["updates"][3]["online"] = {"url": "https://m.example.eu"}
PARTIES: dict[str, Any] = {
    "parks": {
        "name": "Parks",
        "colour": "#0e47cb",
        "url": "https://parks.example.eu",
        "contact": "https://parks.example.eu/contact",
        "summary": "Green places.",
        "licence": "CC BY 4.0",
    },
    "schools": {"name": {"en": "Schools", "fr": "Écoles"}, "short_name": "S"},
}
SITE: dict[str, Any] = {
    "contact": "The town hall",
    "links": {"accessibility": "https://town.example.eu/a11y"},
}


def a_house() -> House:
    """Return a house that told of all states, took one event off and renamed another."""
    house = House()
    before = {**EVENTS, "gone": an_entry(title="Gone"), "old-name": an_entry(title="Renamed")}
    house.publish(events_file(before, site=SITE, initiatives=INITIATIVES))
    after = {**EVENTS, "new-name": an_entry(title="Renamed", formerly=["old-name"])}
    house.publish(events_file(after, site=SITE, initiatives=PARTIES))
    return house


def a_table() -> Table:
    """Return its site."""
    return a_house().table()


def page(table: Table, path: str) -> str:
    """Return the page at *path*."""
    made = table.make(path)
    assert made is not None, path
    return made.body.decode()
