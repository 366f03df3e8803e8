from dataclasses import replace
from datetime import UTC, datetime

import pytest

from calfeed.addresses import Show, Variant
from calfeed.formats import ics
from calfeed.formats.timezones import vtimezone
from calfeed.ledger.revision import Revision
from calfeed.snapshot import Feed
from tests.builders import a_feed, a_revision, a_site, an_event, at
from tests.shipped import COFFEE_CORNER, EXPO, MAYORS, WORKSHOP

ENGLISH = Variant(language="en")


def head(feed: Feed, variant: Variant = ENGLISH, **site: object) -> list[str]:
    """Return the unfolded lines that the calendar says of itself."""
    data = ics.render(feed, variant, site=a_site(**site)).decode().replace("\r\n ", "")
    return data.split("BEGIN:VEVENT")[0].split("BEGIN:VTIMEZONE")[0].splitlines()


def test_a_calendar_says_what_it_is() -> None:
    feed = a_feed(
        a_revision(),
        name={"en": "Cities;\n towns", "fr": "Villes"},
        summary={"en": "All of them"},
        colour="#0e47cb",
        modified=datetime(2021, 9, 24, tzinfo=UTC),
    )

    assert head(feed, refresh="PT2H", timezone="Europe/Athens") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//calfeed//calfeed//EN",
        "CALSCALE:GREGORIAN",
        "NAME;LANGUAGE=en:Cities\\; towns",
        "X-WR-CALNAME:Cities\\; towns",
        "DESCRIPTION;LANGUAGE=en:All of them",
        "X-WR-CALDESC:All of them",
        "LAST-MODIFIED:20210924T000000Z",
        "URL:https://events.example.eu/en/living-in-eu/",
        "SOURCE;VALUE=URI:https://events.example.eu/feeds/living-in-eu.ics",
        "REFRESH-INTERVAL;VALUE=DURATION:PT2H",
        "X-PUBLISHED-TTL:PT2H",
        "COLOR:royalblue",
        "X-APPLE-CALENDAR-COLOR:#0E47CB",
        "X-WR-TIMEZONE:Europe/Athens",
        "CATEGORIES;LANGUAGE=en:Cities\\;\\n towns",
    ]


def test_a_calendar_says_no_more_than_is_known() -> None:
    lines = head(a_feed(summary=None, colour=None))

    assert not any("DESC" in line or "COLOR" in line for line in lines)


@pytest.mark.parametrize("name", ["UID", "METHOD"])
def test_what_clients_mind_is_never_there(name: str) -> None:
    assert not any(line.startswith(name) for line in head(a_feed(a_revision())))


def test_the_name_is_in_the_language_of_the_feed_if_it_can_be() -> None:
    feed = a_feed(name={"en": "Cities", "fr": "Villes"}, summary={"en": "All"})
    lines = head(feed, Variant(language="fr"))

    assert "NAME;LANGUAGE=fr:Villes" in lines
    assert "DESCRIPTION;LANGUAGE=en:All" in lines


@pytest.mark.parametrize(
    ("facts", "variant", "source", "page"),
    [
        pytest.param(
            {},
            Variant(language="fr", show=Show.ACTIVE, utc=True),
            "/feeds/living-in-eu.fr.active.utc.ics",
            "/fr/living-in-eu/",
            id="an initiative",
        ),
        pytest.param(
            {"slug": "all"},
            Variant(language="en", show=Show.VISIBLE),
            "/feeds/all.visible.ics",
            "/en/",
            id="all, in the site's own language",
        ),
        pytest.param(
            {"key": "summit"},
            Variant(language="fr", show=Show.VISIBLE),
            "/events/summit.fr.visible.ics",
            "/fr/events/summit/",
            id="one event",
        ),
    ],
)
def test_a_calendar_names_its_own_address_and_its_page(
    facts: dict[str, str], variant: Variant, source: str, page: str
) -> None:
    lines = head(a_feed(a_revision(), **facts), variant)

    assert f"SOURCE;VALUE=URI:https://events.example.eu{source}" in lines
    assert f"URL:https://events.example.eu{page}" in lines


def test_the_calendar_of_one_event_has_the_names_of_its_initiatives() -> None:
    lines = head(a_feed(a_revision(MAYORS), key="commissioner-meets-eu-mayors"))

    assert [line for line in lines if line.startswith("CATEGORIES")] == [
        "CATEGORIES;LANGUAGE=en:Intelligent Cities Challenge",
        "CATEGORIES;LANGUAGE=en:Living-in.EU",
    ]


def test_an_initiative_without_events_is_a_calendar_all_the_same() -> None:
    data = ics.render(a_feed(), ENGLISH, site=a_site())

    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")


def test_events_stand_in_the_order_of_the_feed_as_they_were_drawn() -> None:
    told = [a_revision(EXPO), a_revision(COFFEE_CORNER), a_revision(MAYORS)]
    bodies = [drawn.body for one in told if (drawn := ics.draw(one, ENGLISH))]

    data = ics.render(a_feed(*told), ENGLISH, site=a_site())

    assert data.endswith(b"".join(bodies) + b"END:VCALENDAR\r\n")


def test_what_is_not_shown_leaves_no_trace() -> None:
    unknown = a_revision(an_event(when=None))

    assert ics.render(a_feed(unknown), ENGLISH, site=a_site()) == ics.render(
        a_feed(), ENGLISH, site=a_site()
    )


def test_each_zone_stands_once_before_the_events_as_wide_as_the_events_need() -> None:
    later = an_event("later", when=at("2027-06-01 10:00", "2027-06-01 11:00"))
    feed = a_feed(a_revision(WORKSHOP), a_revision(later), a_revision(COFFEE_CORNER))
    brussels = vtimezone(
        "Europe/Brussels",
        first=datetime(2021, 9, 7, tzinfo=UTC),
        last=datetime(2027, 6, 1, tzinfo=UTC),
    )
    nine = datetime(2021, 11, 9, tzinfo=UTC)

    data = ics.render(feed, ENGLISH, site=a_site())

    before = data.partition(b"BEGIN:VEVENT")[0]
    assert before.endswith(vtimezone("Europe/Athens", first=nine, last=nine) + brussels)
    assert data.count(b"BEGIN:VTIMEZONE") == 2


def test_a_feed_in_utc_has_no_zone() -> None:
    data = ics.render(
        a_feed(a_revision(COFFEE_CORNER)), Variant(language="en", utc=True), site=a_site()
    )

    assert b"VTIMEZONE" not in data
    assert b"TZID" not in data


def test_a_drawing_that_is_remembered_is_not_drawn_again() -> None:
    asked = []

    def remembered(revision: Revision, variant: Variant) -> ics.Drawn | None:
        asked.append((revision.key, variant))
        drawn = ics.draw(revision, variant)
        return replace(drawn, body=b"BEGIN:VEVENT\r\nEND:VEVENT\r\n") if drawn else None

    data = ics.render(a_feed(a_revision()), ENGLISH, site=a_site(), drawn=remembered)

    assert asked == [("summit", ENGLISH)]
    assert data.endswith(b"BEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
