"""Whole calendars, as a reviewer and a client read them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from calfeed.addresses import Show, Variant
from calfeed.formats import ics, readback
from calfeed.model import Change, Event, Standing
from tests.builders import a_feed, a_revision, a_site, an_override, an_update
from tests.shipped import (
    COFFEE_CORNER,
    COFFEE_CORNER_MOVED,
    COFFEE_CORNER_OFF,
    EXPO,
    MAYORS,
    MAYORS_CANCELLED,
    MAYORS_POSTPONED,
    MAYORS_REINSTATED,
    MAYORS_RESCHEDULED,
    SUMMIT,
    WORKSHOP,
    WORKSHOP_ONLINE,
    WORKSHOP_RELOCATED,
    revisions,
)

Golden = Callable[[str, bytes], None]
ENGLISH = Variant(language="en")
BACK = an_update(Change.REINSTATED, "2021-10-04", occurrence="2021-10-05")
CALLED_OFF = an_update(Change.CANCELLED, "2021-10-20", notice={"en": "Nobody came."})

STATES = {
    "mayors": MAYORS,
    "mayors-postponed": MAYORS_POSTPONED,
    "mayors-rescheduled": MAYORS_RESCHEDULED,
    "mayors-cancelled": MAYORS_CANCELLED,
    "mayors-reinstated": MAYORS_REINSTATED,
    "summit": SUMMIT,
    "coffee-corner": COFFEE_CORNER,
    "coffee-corner-date-postponed": COFFEE_CORNER_OFF,
    "coffee-corner-date-rescheduled": COFFEE_CORNER_MOVED,
    "coffee-corner-date-reinstated": replace(
        COFFEE_CORNER,
        overrides=(an_override(COFFEE_CORNER, "2021-10-05", Standing(reason=BACK)),),
        updates=(BACK,),
    ),
    "coffee-corner-called-off": replace(
        COFFEE_CORNER_MOVED, standing=Standing(off=Change.CANCELLED, reason=CALLED_OFF)
    ),
    "expo": EXPO,
    "workshop": WORKSHOP,
    "workshop-moved-online": WORKSHOP_ONLINE,
    "workshop-relocated": WORKSHOP_RELOCATED,
}


def alone(event: Event, variant: Variant, *, withdrawn: datetime | None = None) -> bytes:
    revision = a_revision(event, sequence=len(event.updates), withdrawn=withdrawn)
    feed = a_feed(revision, key=event.key, name=event.details.title)
    return ics.render(feed, variant, site=a_site())


@pytest.mark.parametrize("name", STATES)
def test_an_event_in_each_state(name: str, golden: Golden) -> None:
    golden(f"{name}.ics", alone(STATES[name], ENGLISH))


@pytest.mark.parametrize("name", STATES)
def test_what_is_drawn_reads_back_in_every_language(name: str) -> None:
    readback.check(a_revision(STATES[name]), ("en", "fr", "de", "el", "nl"))


@pytest.mark.parametrize(
    "name", ["coffee-corner-date-postponed", "coffee-corner-called-off", "mayors-postponed"]
)
@pytest.mark.parametrize(
    ("show", "utc"),
    [
        (Show.VISIBLE, False),
        (Show.ACTIVE, False),
        (Show.STRUCK, True),
        (Show.ACTIVE, True),
    ],
)
def test_an_event_that_is_off_in_each_variant(
    name: str, show: Show, utc: bool, golden: Golden
) -> None:
    variant = Variant(language="en", show=show, utc=utc)
    dotted = "".join(f".{part}" for part in (show.value, "utc" if utc else "") if part)
    event = STATES[name]
    feed = a_feed(a_revision(event, sequence=len(event.updates)))
    golden(f"{name}{dotted}.ics", ics.render(feed, variant, site=a_site()))


@pytest.mark.parametrize("language", ["fr", "de", "el"])
@pytest.mark.parametrize(
    "name",
    ["mayors-postponed", "mayors-rescheduled", "workshop-moved-online", "workshop-relocated"],
)
def test_an_event_in_each_language(name: str, language: str, golden: Golden) -> None:
    golden(f"{name}.{language}.ics", alone(STATES[name], Variant(language=language)))


@pytest.mark.parametrize("name", ["mayors-postponed", "coffee-corner-date-rescheduled"])
def test_an_event_that_was_withdrawn(name: str, golden: Golden) -> None:
    withdrawn = datetime(2021, 10, 20, 9, 30, tzinfo=UTC)
    golden(f"{name}-withdrawn.ics", alone(STATES[name], ENGLISH, withdrawn=withdrawn))


@pytest.mark.parametrize(
    ("suffix", "variant"),
    [
        ("", ENGLISH),
        (".fr", Variant(language="fr")),
        (".visible", Variant(language="en", show=Show.VISIBLE)),
        (".fr.active.utc", Variant(language="fr", show=Show.ACTIVE, utc=True)),
    ],
)
def test_the_feed_of_an_initiative(suffix: str, variant: Variant, golden: Golden) -> None:
    feed = a_feed(
        *(told for told in revisions() if "living-in-eu" in told.initiatives),
        summary={
            "en": "The European way of digital transformation in cities and communities.",
            "fr": "La transformation numérique des villes et des communautés, à l'européenne.",
        },
        colour="#0e47cb",
    )
    golden(f"living-in-eu{suffix}.ics", ics.render(feed, variant, site=a_site()))
