"""The change log: the dates that its rows tell of, whose news they are, and ids that stay."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from calfeed.changelog import NEWS, Log
from calfeed.dates import When
from tests.builders import at
from tests.house import SERIES, House, histories
from tests.spine import an_entry, an_update, events_file
from tests.test_laws import History, few, lived

MAY, JUNE = "2031-05-08 14:00 to 16:00", "2031-06-08 14:00 to 16:00"
IN_MAY = at("2031-05-08 14:00", "2031-05-08 16:00")
IN_JUNE = at("2031-06-08 14:00", "2031-06-08 16:00")
BOTH = ["parks", "schools"]
POSTPONED = an_update("postponed", announced="2026-11-20")
MOVED = an_update("rescheduled", announced="2026-11-21", when=JUNE)
ONLINE = an_update("moved-online", announced="2026-11-22", online={"url": "https://m.example.eu/"})


def a_house(*entries: dict[str, Any] | None, initiatives: dict[str, Any] | None = None) -> House:
    """Return a house that told of one event in each of these states, None: it was taken out."""
    house = House()
    for entry in entries:
        events = {"other": an_entry(), **({} if entry is None else {"garden": entry})}
        house.publish(events_file(events, initiatives=initiatives))
        house.now += timedelta(hours=1)
    return house


Told = tuple[str, When | None, When | None]


def told(house: House, key: str = "garden") -> list[Told]:
    """Return what was told of an event: the change, the date it replaced, the date it left."""
    entries = Log(house.snapshot()).since(0, 1000)
    return [(str(one.row.kind), one.was, one.when) for one in entries if one.revision.key == key]


@pytest.mark.parametrize(
    ("entries", "rows"),
    [
        pytest.param(
            [an_entry(), an_entry(updates=[POSTPONED]), an_entry(updates=[POSTPONED, MOVED])],
            [
                ("new", None, IN_MAY),
                ("postponed", None, IN_MAY),
                ("rescheduled", IN_MAY, IN_JUNE),
            ],
            id="postponed, then dated",
        ),
        pytest.param(
            [an_entry(updates=[POSTPONED, MOVED, ONLINE])],
            [
                ("new", None, IN_MAY),
                ("postponed", None, IN_MAY),
                ("rescheduled", IN_MAY, IN_JUNE),
                ("moved-online", None, IN_JUNE),
            ],
            id="its history told at once",
        ),
        pytest.param(
            [an_entry(), an_entry(when=JUNE)],
            [("new", None, IN_MAY), ("rescheduled", IN_MAY, IN_JUNE)],
            id="a date edited in place",
        ),
        pytest.param(
            [an_entry(when="to be announced"), an_entry(when=MAY)],
            [("new", None, None), ("dated", None, IN_MAY)],
            id="its first date",
        ),
        pytest.param(
            [an_entry(when="to be announced", updates=[MOVED])],
            [("new", None, None), ("dated", None, IN_JUNE)],
            id="its first date, told with the event",
        ),
        pytest.param(
            [an_entry(), an_entry(updates=[{**MOVED, "change": "corrected"}])],
            [("new", None, IN_MAY), ("corrected", None, IN_JUNE)],
            id="a wrong date corrected",
        ),
        pytest.param(
            [an_entry(), an_entry(updates=[an_update("cancelled"), an_update("reinstated")])],
            [("new", None, IN_MAY), ("cancelled", None, IN_MAY), ("reinstated", None, IN_MAY)],
            id="back on",
        ),
        pytest.param(
            [an_entry(), None],
            [("new", None, IN_MAY), ("withdrawn", None, IN_MAY)],
            id="withdrawn",
        ),
        pytest.param(
            [an_entry(), an_entry(when="to be announced")],
            [("new", None, IN_MAY), ("withdrawn", None, IN_MAY)],
            id="withdrawn by the loss of its date",
        ),
        pytest.param(
            [an_entry(), an_entry(when=JUNE, initiatives=BOTH)],
            [("new", None, IN_MAY), ("joined", None, IN_JUNE)],
            id="a date edited while it joins, which has no row of its own",
        ),
    ],
)
def test_a_row_has_the_dates_that_it_tells_of(
    entries: list[dict[str, Any] | None], rows: list[Told]
) -> None:
    assert told(a_house(*entries)) == rows


def test_a_row_of_one_date_of_a_series_has_that_ones_dates() -> None:
    first = an_update("cancelled", occurrence="2026-12-01", announced="2026-11-20")
    moved = an_update(
        "rescheduled",
        occurrence="2026-12-01",
        announced="2026-11-21",
        when="2026-12-03 14:00 to 15:00",
    )
    before, after = (at(f"2026-12-0{day} 14:00", f"2026-12-0{day} 15:00") for day in (1, 3))
    assert told(a_house(an_entry(**SERIES), an_entry(**SERIES, updates=[first, moved]))) == [
        ("new", None, None),
        ("cancelled", None, before),
        ("rescheduled", before, after),
    ]


def test_an_update_of_all_later_dates_says_so() -> None:
    rest = an_update("cancelled", occurrence="2026-12-01 onwards")
    house = a_house(an_entry(**SERIES), an_entry(**SERIES, updates=[rest]))
    entry = Log(house.snapshot()).since(0, 1000)[-1]
    assert (entry.onwards, entry.occurrence) == (True, date(2026, 12, 1))


def test_ids_outlive_a_new_domain_and_a_renamed_key() -> None:
    house = a_house(an_entry(), an_entry(updates=[POSTPONED]))
    before = [one.id for one in Log(house.snapshot()).since(0, 1000)]
    renamed = an_entry(updates=[POSTPONED], formerly=["garden"])
    moved = events_file(
        {"other": an_entry(), "day": renamed}, site={"url": "https://new.example.eu"}
    )
    house.publish(moved)
    after = [one.id for one in Log(house.snapshot()).since(0, 1000)]
    assert after[: len(before)] == before
    assert len(set(after)) == len(after)
    assert all(one.startswith("urn:uuid:") for one in after)


def news(house: House, slug: str) -> list[tuple[str, str]]:
    entries = Log(house.snapshot()).news(slug)
    return [(str(one.row.kind), one.revision.key) for one in entries if one.revision.key != "other"]


UNION = {
    "parks": {"name": "Parks"},
    "schools": {"name": "Schools"},
    "pools": {"name": "Pools"},
    "town": {"name": "Town", "of": ["parks", "schools"]},
}


def test_who_joins_is_new_to_the_initiative_that_it_joins() -> None:
    house = a_house(
        an_entry(initiatives=["pools"]),
        an_entry(initiatives=["pools", "schools"]),
        an_entry(initiatives=["pools", "schools"], updates=[POSTPONED]),
        initiatives=UNION,
    )
    postponed, new = ("postponed", "garden"), ("new", "garden")
    assert news(house, "pools") == [postponed, new]
    assert news(house, "all") == [postponed, new]
    assert news(house, "schools") == [postponed, ("joined", "garden"), new]
    assert news(house, "town") == [postponed, ("joined", "garden"), new]
    assert news(house, "parks") == []


def test_who_leaves_an_initiative_is_news_there_alone_and_nothing_after_it() -> None:
    house = a_house(
        an_entry(initiatives=["schools"]),
        an_entry(initiatives=BOTH),
        an_entry(initiatives=["schools"]),
        an_entry(initiatives=["schools"], updates=[POSTPONED]),
    )
    assert news(house, "parks") == [("left", "garden")]
    assert news(house, "schools") == [("postponed", "garden"), ("new", "garden")]
    assert news(house, "all") == [("postponed", "garden"), ("new", "garden")]


def test_who_comes_back_to_an_initiative_had_left_it() -> None:
    house = a_house(
        an_entry(initiatives=BOTH), an_entry(initiatives=["schools"]), an_entry(initiatives=BOTH)
    )
    kinds = [kind for kind, _ in news(house, "parks")]
    assert kinds == ["joined", "left", "new"]


def test_a_union_is_left_with_the_last_of_those_that_it_gathers() -> None:
    states = [["pools", *BOTH], ["pools", "schools"], ["pools"]]
    house = House()
    newest = []
    for initiatives in states:
        event = {"garden": an_entry(initiatives=initiatives)}
        house.publish(events_file(event, initiatives=UNION))
        house.now += timedelta(minutes=1)
        newest.append(news(house, "town")[0])
    assert newest == [("new", "garden"), ("new", "garden"), ("left", "garden")]


def test_what_an_editor_puts_right_is_no_news() -> None:
    house = a_house(an_entry(), an_entry(title="Garden days"), an_entry(title="Garden fest"))
    assert news(house, "parks") == [("new", "garden")]
    assert [kind for kind, *_ in told(house)] == ["new", "edited", "edited"]


def test_news_are_the_last_that_were_told_whatever_their_dates() -> None:
    house = House()
    events = {f"event-{number}": an_entry() for number in range(NEWS)}
    house.publish(events_file(events))
    old = an_entry(published="2020-01-01")
    house.publish(events_file({**events, "garden": old}))
    found = Log(house.snapshot()).news("parks")
    assert len(found) == NEWS
    assert found[0].revision.key == "garden"


def test_rows_are_told_from_any_serial_on() -> None:
    log = Log(a_house(an_entry(), an_entry(updates=[POSTPONED]), None).snapshot())
    assert [one.row.serial for one in log.since(0, 1000)] == [1, 2, 3, 4]
    assert [one.row.serial for one in log.since(1, 2)] == [2, 3]
    assert log.since(log.last, 10) == ()


@few
@given(histories())
def test_the_last_row_has_the_present_date_and_no_row_replaces_a_date_by_itself(
    history: History,
) -> None:
    house = lived(history)
    log = Log(house.snapshot())
    entries = log.since(0, 1000)
    assert [one.row.serial for one in entries] == list(range(1, log.last + 1))
    assert all(one.was != one.when for one in entries if one.was)
    for uid, revision in house.told.revisions.items():
        *_, last = [one for one in entries if one.row.uid == uid]
        present = revision.event.details.when
        if present and not revision.event.rule:
            assert last.when == present
