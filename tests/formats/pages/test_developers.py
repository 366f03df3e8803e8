"""The page for developers: real addresses, and excerpts of what the renderers really give."""

import json
import re
from html import unescape
from typing import Any

import pytest

from calfeed.formats.pages.examples import EXAMPLES
from calfeed.forms import formats_of
from calfeed.site import Table
from tests.formats.pages.states import a_table, page
from tests.house import House, body
from tests.spine import INITIATIVES, an_entry, an_update, events_file

BASE = "https://events.example.eu"
NAMES = {"initiative": "parks", "event": "garden-day"}
CURL = re.compile(r'value="(curl -s [^"]+)"')


@pytest.fixture(scope="module")
def postponed() -> Table:
    """A site with the event that the excerpts are of."""
    told = an_update(
        "postponed", announced="2026-11-20", notice={"en": "The park is being repaired."}
    )
    event = an_entry(when="2027-05-08 14:00 to 16:00", updates=[told])
    house = House()
    house.publish(events_file({"garden-day": event}, initiatives={"parks": INITIATIVES["parks"]}))
    return house.table()


def asked(table: Table, path: str) -> bytes:
    answer = table.ask(path, "")
    return answer.body if answer else body(table, path)


def is_within(shown: Any, answer: Any) -> bool:
    """Whether *answer* says all that *shown* does, in its order; what is left out means nothing."""
    if isinstance(shown, dict):
        return all(name in answer and is_within(said, answer[name]) for name, said in shown.items())
    if isinstance(shown, list):
        rest = iter(answer)
        return all(any(is_within(one, other) for other in rest) for one in shown)
    return bool(shown == answer)


@pytest.mark.parametrize("name", [one.name for one in EXAMPLES])
def test_an_excerpt_is_what_the_renderer_gives(name: str, postponed: Table) -> None:
    (example,) = (one for one in EXAMPLES if one.name == name)
    made = asked(postponed, example.path.format(**NAMES)).decode()
    if not example.media_type.endswith("json"):
        lines = iter(made.splitlines())
        assert all(line in lines for line in example.excerpt.splitlines())
    else:
        assert is_within(json.loads(example.excerpt), json.loads(made))


def test_every_form_of_a_feed_and_of_an_event_is_shown(postponed: Table) -> None:
    snapshot = postponed.snapshot
    shown = page(postponed, "/en/developers/")
    for feed in (snapshot.feeds["parks"], snapshot.feed_of_event("garden-day")):
        assert feed
        for one in formats_of(feed, snapshot.site):
            assert f'>{one.media_type}</label>\n<input id="curl-' in shown
            assert f'value="curl -s {one.url}"' in shown


def test_what_is_copied_asks_for_what_there_is() -> None:
    table = a_table()
    commands = map(unescape, CURL.findall(page(table, "/en/developers/")))
    addresses = [command.rpartition(" ")[2] for command in commands]
    assert len(addresses) == len(EXAMPLES) + 1
    assert all(asked(table, address.removeprefix(BASE)) for address in addresses)


def main_of(table: Table, path: str) -> str:
    return page(table, path).partition("<main")[2].partition("</main>")[0]


def test_in_another_language_what_is_english_says_so() -> None:
    french, english = (main_of(a_table(), f"/{one}/developers/") for one in ("fr", "en"))
    assert "<h1>Pour les développeurs</h1>" in french
    assert "en anglais" in french
    told = re.findall(
        r"<(?:h2|p|pre)\b[^>]*>", french.replace('<div lang="en" class="prose">\n<p>', "")
    )
    assert len(told) > 20
    assert [one for one in told if 'lang="en"' not in one] == [
        '<p class="lead">',
        '<p class="soft">',
    ]
    assert "lang=" not in english


def test_a_site_without_events_has_the_page_too() -> None:
    house = House()
    house.publish(events_file({}))
    shown = page(house.table(), "/en/developers/")
    assert "/feeds/parks.jcal.json" in shown
    assert "/events/" not in shown


def test_every_page_leads_to_it() -> None:
    for path in ("/fr/", "/fr/parks/", "/fr/events/planned/", "/fr/404.html"):
        assert '<a href="/fr/developers/">Pour les développeurs</a>' in page(a_table(), path)
