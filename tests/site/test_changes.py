"""The change log for programs: all rows, some at a time, from where one left off."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given

from calfeed.representation import Representation
from calfeed.site import Table
from calfeed.site.changes import MOST, USUAL
from tests import schemas
from tests.house import House, histories
from tests.spine import an_entry, an_update, events_file
from tests.test_laws import History, few, lived

CHANGES = "/api/changes"


def a_house() -> House:
    """Return a house that told of two events, postponed one and let the other leave the parks."""
    house = House()
    both = ["parks", "schools"]
    house.publish(events_file({"garden": an_entry(), "pond": an_entry(initiatives=both)}))
    house.now += timedelta(days=1)
    postponed = an_entry(updates=[an_update("postponed", notice={"en": "*Rain*.", "fr": "Pluie."})])
    house.publish(events_file({"garden": postponed, "pond": an_entry(initiatives=["schools"])}))
    return house


def asked(table: Table, query: str = "") -> Representation:
    answer = table.ask(CHANGES, query)
    assert answer is not None
    return answer


def told(table: Table, query: str = "") -> dict[str, Any]:
    data: dict[str, Any] = schemas.check("changes", asked(table, query).body)
    return data


def test_a_postponement_is_a_row_with_its_date_and_its_reason() -> None:
    (row,) = [one for one in told(a_house().table())["changes"] if one["change"] == "postponed"]
    assert row["title"] == {"en": "Garden day"}
    assert row["notice"] == {"en": "Rain.", "fr": "Pluie."}
    assert row["when"]["start"] == "2031-05-08T14:00:00+02:00"
    assert (row["event"], row["sequence"], row["told"]) == ("garden", 1, "2026-11-24T12:00:00Z")
    assert row["url"] == {"en": "https://events.example.eu/en/events/garden/"}


def test_who_left_an_initiative_is_told_of_it() -> None:
    (row,) = [one for one in told(a_house().table())["changes"] if one["change"] == "left"]
    assert (row["event"], row["initiative"], row["initiatives"]) == ("pond", "parks", ["schools"])


def test_who_asks_from_its_cursor_on_gets_what_came_since() -> None:
    house = a_house()
    first = told(house.table())
    assert len(first["changes"]) == 4
    nothing = told(house.table(), f"since={first['cursor']}")
    assert (nothing["changes"], nothing["cursor"], nothing["next"]) == ([], first["cursor"], None)

    house.publish(events_file({"garden": an_entry(updates=[an_update("postponed")])}))
    rows = told(house.table(), f"since={first['cursor']}")["changes"]
    assert [(row["change"], row["event"]) for row in rows][-1] == ("withdrawn", "pond")
    assert {row["id"] for row in rows}.isdisjoint(row["id"] for row in first["changes"])


@few
@given(histories())
def test_page_by_page_comes_all_of_it(history: History) -> None:
    table = lived(history).table()
    rows, query = [], "limit=2"
    while query:
        page = told(table, query)
        rows += page["changes"]
        query = urlsplit(page["next"] or "").query
    assert rows == told(table)["changes"]
    assert [(row["uid"], row["sequence"]) for row in rows] == list(
        dict.fromkeys((row["uid"], row["sequence"]) for row in rows)
    )


def test_of_a_ledger_that_told_nothing_there_is_nothing() -> None:
    house = House()
    house.publish(events_file({}))
    assert told(house.table())["changes"] == []


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        pytest.param("since=1", "since", id="no cursor"),
        pytest.param("since=", "since", id="an empty one"),
        pytest.param("since={ledger}-5", "since", id="beyond the log"),
        pytest.param("since={ledger}--1", "since", id="before the log"),
        pytest.param("since=0123456789abcdef-1", "since", id="of another ledger"),
        pytest.param("since={ledger}-1&since={ledger}-1", "since", id="twice"),
        pytest.param("since={ledger}-" + "1" * 5000, "since", id="without end"),
        pytest.param("limit=0", "limit", id="none at once"),
        pytest.param(f"limit={MOST + 1}", "limit", id="too many at once"),
        pytest.param("limit=ten", "limit", id="a limit in words"),
    ],
)
def test_a_bad_value_is_a_problem_that_names_it(query: str, parameter: str) -> None:
    table = a_house().table()
    ledger = told(table)["cursor"].partition("-")[0]
    answer = asked(table, query.format(ledger=ledger))
    data = json.loads(answer.body)
    assert (answer.status, data["parameter"]) == (400, parameter)
    assert data["detail"].startswith(f"{parameter}: expected ")


def test_the_cursor_of_a_ledger_that_was_is_refused() -> None:
    house = a_house()
    cursor = told(house.table())["cursor"]
    house.told = replace(house.told, ledger_id="restored")
    assert asked(house.table(), f"since={cursor}").status == 400


def test_the_same_question_is_answered_once() -> None:
    table = a_house().table()
    first = asked(table)
    assert asked(table, "utm_source=x") is first
    assert asked(table, f"limit={USUAL}&x=y") is first
    cursor = told(table)["cursor"].partition("-")[0] + "-0"
    assert asked(table, f"since={cursor}") is first


def test_it_is_in_no_static_export() -> None:
    table = a_house().table()
    assert CHANGES not in table.paths()
    assert table.make(CHANGES) is None
    assert table.ask("/api/changes/", "") is None
