from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from calfeed.model import Change, Organiser, Registration, Standing
from tests import shipped
from tests.builders import an_event, at
from tests.formats.schema_org.telling import EVENTS, data_of


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        pytest.param("fr", "Atelier sur les pactes verts locaux", "fr", id="the page's"),
        pytest.param("nl", "Local Green Deals workshop", "en", id="the site's"),
    ],
)
def test_the_language_is_that_of_the_title(language: str, name: str, said: str) -> None:
    data = data_of(shipped.WORKSHOP, language=language)

    assert (data["name"], data["inLanguage"]) == (name, said)
    assert data["url"] == f"https://events.example.eu/{language}/events/{shipped.WORKSHOP.key}/"
    assert data["@id"] == f"{EVENTS}/{shipped.WORKSHOP.key}/"


LONG = "word " * 120


@pytest.mark.parametrize(
    ("texts", "description"),
    [
        pytest.param(
            {"summary": {"en": "In\nshort."}, "description": {"en": "At length."}},
            "In short.",
            id="the summary first",
        ),
        pytest.param(
            {"description": {"en": "Bring **gloves**.\n\n- [seeds](https://x.eu)"}},
            "Bring gloves. - seeds (https://x.eu)",
            id="else the description, as plain text",
        ),
        pytest.param({"summary": {"en": LONG}}, LONG[:499].strip() + "…", id="as far as it fits"),
        pytest.param({"description": {"en": "x" * 501}}, "x" * 499 + "…", id="an endless word"),
        pytest.param({"summary": {"en": "x" * 500}}, "x" * 500, id="as long as may be"),
        pytest.param({"summary": {"en": " "}}, None, id="blank"),
        pytest.param({}, None, id="none"),
    ],
)
def test_description(texts: dict[str, Any], description: str | None) -> None:
    assert data_of(an_event(**texts)).get("description") == description


REGISTRATION = Registration(url="https://register.example.eu", closes=date(2021, 11, 9))
FREE_TICKET = {"@type": "Offer", "price": 0, "url": "https://register.example.eu"}


@pytest.mark.parametrize(
    ("details", "offers"),
    [
        pytest.param(
            {"free": True, "registration": REGISTRATION},
            FREE_TICKET | {"availabilityEnds": "2021-11-09"},
            id="until a day",
        ),
        pytest.param(
            {
                "free": True,
                "registration": replace(REGISTRATION, closes=at("2021-11-09 18:00").start),
            },
            FREE_TICKET | {"availabilityEnds": "2021-11-09T18:00:00+01:00"},
            id="until an hour",
        ),
        pytest.param(
            {
                "free": True,
                "when": None,
                "registration": replace(REGISTRATION, closes=at("2021-07-09 18:00").start),
            },
            FREE_TICKET | {"availabilityEnds": "2021-07-09T18:00:00+02:00"},
            id="until an hour, the event to be announced",
        ),
        pytest.param(
            {"free": True, "registration": replace(REGISTRATION, closes=None)},
            FREE_TICKET,
            id="without an end",
        ),
        pytest.param(
            {
                "free": True,
                "registration": REGISTRATION,
                "standing": Standing(off=Change.POSTPONED),
            },
            None,
            id="not while it is off",
        ),
        pytest.param({"free": False, "registration": REGISTRATION}, None, id="not free"),
        pytest.param({"registration": REGISTRATION}, None, id="who knows what it costs"),
        pytest.param({"free": True}, None, id="no registration"),
    ],
)
def test_only_what_is_free_is_offered(details: dict[str, Any], offers: object) -> None:
    data = data_of(an_event(**details))

    assert data.get("offers") == offers
    assert data.get("isAccessibleForFree") == details.get("free")


def test_an_organiser_has_its_site_but_no_mail_address() -> None:
    parks = Organiser(name={"en": "Parks"}, url="https://parks.eu", email="info@parks.eu")

    data = data_of(an_event(organisers=(parks, Organiser(name={"en": "Schools"}))))

    assert data["organizer"] == [
        {"@type": "Organization", "name": "Parks", "url": "https://parks.eu"},
        {"@type": "Organization", "name": "Schools"},
    ]
