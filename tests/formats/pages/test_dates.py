"""A series of many dates: its page shows the nearest, and leads to all of them."""

import re
from datetime import date

import pytest

from calfeed.site import Table
from tests.formats.pages.states import page
from tests.house import House
from tests.spine import an_entry, events_file

WHOLE = "/en/events/weekly/all/"


def a_table(times: int) -> Table:
    house = House()
    weekly = an_entry(
        title="Weekly <walk>",
        when="2026-01-05 10:00 to 11:00",
        repeats={"every": "week", "times": times},
    )
    house.publish(events_file({"weekly": weekly, "once": an_entry()}))
    return house.table()


def dates_on(document: str) -> list[date]:
    shown = re.findall(r'href="/en/events/weekly/(\d{4}-\d\d-\d\d)/"', document)
    return [date.fromisoformat(day) for day in shown]


def test_its_page_shows_the_nearest_dates_and_leads_to_all() -> None:
    document = page(a_table(100), "/en/events/weekly/")
    ahead, over = dates_on(document)[:12], dates_on(document)[12:]
    assert ahead == sorted(ahead)
    assert ahead[0] == date(2026, 11, 23)
    assert over == sorted(over, reverse=True)
    assert over[0] == date(2026, 11, 16)
    assert len(over) == 12
    assert f'<a href="{WHOLE}">All dates</a>' in document


def test_all_dates_are_on_pages_that_lead_to_one_another() -> None:
    table = a_table(100)
    paths = [WHOLE, f"{WHOLE}2/", f"{WHOLE}3/"]
    assert [path for path in table.paths() if path.startswith(WHOLE)] == paths
    documents = [page(table, path) for path in paths]
    found = [day for document in documents for day in dates_on(document)]
    assert len(found) == 100
    assert found == sorted(found)
    assert table.make(f"{WHOLE}4/") is None
    assert 'rel="prev"' not in documents[0]
    assert f'href="{WHOLE}2/" rel="next"' in documents[0]
    assert f'href="{WHOLE}" rel="prev"' in documents[1]
    assert 'rel="next"' not in documents[2]
    assert '<a href="/en/events/weekly/">Weekly &lt;walk&gt;</a>' in documents[0]
    assert all(len(document.encode()) < 60_000 for document in documents)


def test_where_none_is_left_out_nothing_leads_elsewhere() -> None:
    assert WHOLE not in page(a_table(12), "/en/events/weekly/")


@pytest.mark.parametrize(
    "path", ["/en/events/once/all/", "/en/events/nobody/all/", "/events/weekly/all/"]
)
def test_there_are_no_such_pages_of_anything_else(path: str) -> None:
    assert a_table(3).make(path) is None
