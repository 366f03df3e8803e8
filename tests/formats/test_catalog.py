"""The catalogue as a reviewer reads it, in both forms."""

import json
from collections.abc import Callable
from xml.etree import ElementTree

from calfeed.formats.catalog import Entry, render_json, render_opml
from calfeed.forms import Format
from calfeed.model import Initiative, Picture
from tests import schemas
from tests.builders import a_feed, a_site
from tests.shipped import revisions

URL = "https://events.example.eu/feeds/"
CALENDAR = Format(name="ics", media_type="text/calendar", url=URL + "living-in-eu.ics")
NEWS = Format(name="atom", media_type="application/atom+xml", url=URL + "living-in-eu.changes.atom")
SITE = a_site(licence="CC BY 4.0", contact="events@example.eu")
ENTRIES = (
    Entry(
        feed=a_feed(slug="all", name=SITE.name),
        initiative=None,
        formats=(Format(name="ics", media_type="text/calendar", url=URL + "all.ics"),),
    ),
    Entry(
        feed=a_feed(
            *revisions(),
            colour="#0e47cb",
            name={"en": 'Living-in.EU & "friends" <all>'},
            summary={"en": "Cities and\ncommunities.", "fr": "Villes et communautés."},
        ),
        initiative=Initiative(
            slug="living-in-eu",
            name={"en": "Living-in.EU"},
            url="https://living-in.example.eu",
            logo=Picture(sha256="ab" * 32, extension="png", alt={"en": "A logo"}),
            licence="CC0",
            contact="hello@example.eu",
            of=("north", "south"),
        ),
        formats=(CALENDAR, NEWS),
    ),
)


def test_the_catalogue_as_json(golden: Callable[[str, bytes], None]) -> None:
    data = schemas.check("catalog", render_json(ENTRIES, site=SITE))
    golden("catalog.json", json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n")


def test_what_an_initiative_does_not_say_the_site_does() -> None:
    everybody, one = schemas.check("catalog", render_json(ENTRIES, site=SITE))["feeds"]
    assert (everybody["license"], everybody["contact"]) == ("CC BY 4.0", "events@example.eu")
    assert (one["license"], one["contact"]) == ("CC0", "hello@example.eu")
    assert (everybody["events"], one["events"]) == (0, 5)
    assert everybody["logo"] is None
    assert one["logo"]["url"] == "https://events.example.eu/media/abababababababab.png"


def test_the_catalogue_as_opml(golden: Callable[[str, bytes], None]) -> None:
    golden("catalog.opml", render_opml(ENTRIES, site=SITE))


def test_a_feed_reader_finds_the_news_of_a_feed() -> None:
    body = ElementTree.fromstring(render_opml(ENTRIES, site=SITE))[1]  # noqa: S314 - our own bytes
    everybody, one = body
    assert one.attrib["text"] == 'Living-in.EU & "friends" <all>'
    assert one.attrib["description"] == "Cities and communities."
    assert (one.attrib["type"], one.attrib["xmlUrl"]) == ("rss", NEWS.url)
    assert "xmlUrl" not in everybody.attrib
    assert [link.attrib["url"] for link in one] == [CALENDAR.url, NEWS.url]
