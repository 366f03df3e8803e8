"""Which event somebody means when they name one."""

import pytest

from calfeed.cli.naming import find_event
from calfeed.errors import CalfeedError
from calfeed.source.parse import parse_sources
from calfeed.source.stated import Stated
from calfeed.source.yaml import parse_document
from tests.house import NOON
from tests.spine import an_entry, events_file


@pytest.fixture(scope="module")
def stated() -> Stated:
    text = events_file(
        {
            "garden-day-2031": an_entry(
                title={"en": "Garden  day", "fr": "Journée du jardin"}, formerly=["garden-day"]
            ),
            "market": an_entry(title="Farmers' market"),
            "market-night": an_entry(title="Night market", when="to be announced"),
            **{f"walk-{number}": an_entry(title=f"Walk {number}") for number in range(9)},
        }
    )
    return parse_sources([parse_document(text.encode(), name="events.yaml")], today=NOON.date())


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("garden-day-2031", "garden-day-2031", id="its key"),
        pytest.param("garden-day", "garden-day-2031", id="a former key"),
        pytest.param("market", "market", id="a key goes before titles"),
        pytest.param("GARDEN day", "garden-day-2031", id="a title, whatever its case and blanks"),
        pytest.param("du jardin", "garden-day-2031", id="a part of a title in any language"),
        pytest.param("night", "market-night", id="a part that only one title has"),
    ],
)
def test_an_event_is_found(stated: Stated, name: str, key: str) -> None:
    assert find_event(stated, name).event.key == key


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param(
            "garden-dya",
            'there is no event "garden-dya"\nDid you mean "garden-day-2031"?',
            id="a slip in the key",
        ),
        pytest.param(
            "nihgt market",
            'there is no event "nihgt market"\nDid you mean "market-night"?',
            id="a slip in the title",
        ),
        pytest.param(
            "opera", 'there is no event "opera"\nAll events:  calfeed list', id="nothing like it"
        ),
        pytest.param(" ", 'there is no event " "\nAll events:  calfeed list', id="no name"),
        pytest.param(
            "rket",
            '2 events have "rket" in their title\n'
            "Say which one, by its name in the file:\n"
            "  market        Farmers' market (Thursday 8 May 2031, 14:00–16:00, Brussels time)\n"
            "  market-night  Night market (to be announced)",
            id="several",
        ),
    ],
)
def test_what_cannot_be_found_is_said_with_what_there_is(
    stated: Stated, name: str, said: str
) -> None:
    with pytest.raises(CalfeedError) as refused:
        find_event(stated, name)
    assert str(refused.value) == said


def test_of_many_candidates_some_are_named(stated: Stated) -> None:
    with pytest.raises(CalfeedError) as refused:
        find_event(stated, "walk")
    lines = str(refused.value).splitlines()
    assert (len(lines), lines[-1]) == (11, "  and 1 more")
