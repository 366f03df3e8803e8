"""The founding event's page in its three states, whole: a reviewer can open them."""

from collections.abc import Callable

import pytest

from tests.formats.pages.states import page
from tests.house import House
from tests.spine import an_entry, an_update, events_file

POSTPONED = an_update("postponed", announced="2021-09-23", notice="Urgent business.")
RESCHEDULED = an_update("rescheduled", announced="2021-11-15", when="2021-12-02 14:30 to 16:30")


@pytest.mark.parametrize(
    ("name", "updates"),
    [
        pytest.param("planned", [], id="as planned"),
        pytest.param("postponed", [POSTPONED], id="postponed"),
        pytest.param("rescheduled", [POSTPONED, RESCHEDULED], id="new date"),
    ],
)
def test_the_page_of_the_mayors(
    golden: Callable[[str, bytes], None], name: str, updates: list[dict[str, object]]
) -> None:
    house = House()
    entry = an_entry(
        title="Commissioner meets EU mayors",
        published="2021-09-06",
        when="2021-09-30",
        time_to_be_confirmed=True,
        place="Brussels, Belgium",
        updates=updates or None,
    )
    house.publish(events_file({"mayors": entry}))
    golden(f"mayors-{name}.html", page(house.table(), "/en/events/mayors/").encode())
