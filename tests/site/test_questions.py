"""Answers to queries: made once, bounded, and a problem in words where a query is bad."""

import json
from collections.abc import Iterator
from http import HTTPStatus

from calfeed.representation import Representation, represent
from calfeed.site.calendars import Calendars
from calfeed.site.holdings import Holdings
from calfeed.site.questions import MOST_ANSWERS, Answers, problem
from calfeed.site.sync import Syncs
from calfeed.site.table import MOST_PASSING, Table
from calfeed.snapshot import Snapshot
from tests.house import House
from tests.spine import an_entry, events_file


def a_text(text: str) -> Representation:
    return represent(
        text.encode(), media_type="text/plain", modified=None, cache_control="no-store"
    )


class Echo:
    """A shelf that has everything, and answers every query."""

    is_made_ahead = False

    def paths(self) -> Iterator[str]:
        yield from ()

    def proper(self, path: str) -> str:
        return path

    def make(self, path: str) -> Representation:
        return a_text(path)

    def is_same(self, path: str, following: Snapshot) -> bool:
        return following.told.version > 0 and not path

    def heeds(self, path: str) -> bool:
        return path == "/echo"

    def ask(self, path: str, query: str) -> Representation:
        return a_text(path + query)


def a_table() -> Table:
    house = House()
    house.publish(events_file({"garden": an_entry()}))
    return Table(of_echoes(house.snapshot()))


def of_echoes(snapshot: Snapshot) -> Holdings:
    return Holdings(
        snapshot=snapshot,
        shelves=(Echo(),),
        questions=(Echo(),),
        syncs=Syncs(snapshot, Calendars(snapshot)),
        prepare=lambda: None,
        farewells=lambda: iter(()),
        successor=of_echoes,
    )


def test_the_same_question_has_the_same_answer_while_it_is_kept() -> None:
    answers = Answers()
    first = answers.get("a", lambda: a_text("a"))
    assert answers.get("a", lambda: a_text("b")) is first
    for number in range(MOST_ANSWERS):
        answers.get(number, lambda: a_text("c"))
    assert answers.get("a", lambda: a_text("d")) is not first


def test_a_bad_query_is_a_problem_in_words() -> None:
    answer = problem(HTTPStatus.BAD_REQUEST, "limit is a number", parameter="limit")
    assert answer.status == HTTPStatus.BAD_REQUEST
    assert json.loads(answer.body) == {
        "title": "Bad Request",
        "status": 400,
        "detail": "limit is a number",
        "parameter": "limit",
    }


def test_a_query_is_answered_where_it_means_something() -> None:
    table = a_table()
    answer = table.ask("/echo", "x")
    assert answer is not None
    assert answer.body == b"/echox"
    assert table.ask("/other", "x") is None
    assert table.successor(table.snapshot).ask("/echo", "x") is not None


def test_a_crawler_cannot_fill_memory() -> None:
    table = a_table()
    for number in range(MOST_PASSING + 1):
        table.make(str(number))
    assert table.ready("0") is None
    assert table.ready("1") is not None
