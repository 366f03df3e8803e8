"""Items of lists: drawn once and kept, they always say what is told now."""

from typing import Any

import pytest

from tests.formats.pages.states import page
from tests.house import House
from tests.spine import INITIATIVES, an_entry, an_update, events_file

BEFORE = an_entry(title={"en": "Garden day", "de": "Gartentag"})
LANGUAGES = ["en", "de", "fr"]
LISTS = ("/fr/", "/fr/parks/", "/embed/fr/parks/")


def told(**fields: Any) -> str:
    return events_file({"garden": {**BEFORE, **fields}}, site={"languages": LANGUAGES})


def item(house: House, path: str) -> str:
    """Return the only item of the list at *path*."""
    return page(house.table(), path).partition('class="item ')[2].partition("</ul>")[0]


@pytest.mark.parametrize(
    ("after", "was", "now"),
    [
        pytest.param(told(title="Harvest day"), "Garden day", "Harvest day", id="title"),
        pytest.param(told(place="School yard"), "Town park", "School yard", id="place"),
        pytest.param(told(when="2031-06-09 14:00"), "2031-05-08T14", "2031-06-09T14", id="date"),
        pytest.param(
            told(updates=[an_update("postponed")]),
            'of-parks"',
            'of-parks is-postponed"',
            id="state",
        ),
        pytest.param(
            events_file({"garden": BEFORE}, site={"language": "de", "languages": LANGUAGES}),
            "Garden day",
            "Gartentag",
            id="language",
        ),
    ],
)
def test_a_list_shows_what_is_told_now(after: str, was: str, now: str) -> None:
    house = House()
    house.publish(told())
    for path in LISTS:
        shown = item(house, path)
        assert was in shown
        assert now not in shown
    house.publish(after)
    for path in LISTS:
        shown = item(house, path)
        assert now in shown
        assert was not in shown


def test_a_list_calls_an_initiative_what_it_is_called_now() -> None:
    house = House()
    for name in ("Parks", "Gardens", "Parks"):
        named = {**INITIATIVES, "parks": {"name": name}}
        house.publish(events_file({"garden": an_entry()}, initiatives=named))
        assert f"<li>{name}</li>" in item(house, "/en/")
