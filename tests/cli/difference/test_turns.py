"""What happens to an event, in the words of a person who would explain it."""

from datetime import date
from typing import Any

import pytest

from calfeed.cli.difference.turns import DRAFT, MISSING, UNDATED, turn_of, turn_of_new, why_gone
from calfeed.comparing import compare
from calfeed.source.parse import parse_sources
from calfeed.source.yaml import parse_document
from tests.house import House
from tests.spine import an_entry, an_update, events_file

DAY = date(2026, 11, 23)
SERIES: dict[str, Any] = {
    "title": "Coffee",
    "when": "2031-05-06 14:00 to 15:00",
    "repeats": {"every": "month", "by": "first Tuesday", "times": 3},
}
ONLINE = {"url": "https://meet.example.eu"}


def turned(
    before: dict[str, Any], after: dict[str, Any], **site: Any
) -> tuple[str, tuple[str, ...]]:
    """Return head and lines of what is said when an event that was *before* is *after*."""
    house = House()
    house.publish(events_file({"garden": an_entry(**before)}))
    told = house.told
    publication = house.publish(events_file({"garden": an_entry(**after)}, site=site))
    (difference,) = compare(told, house.told, publication, day=DAY).events
    turn = turn_of(difference, why_gone="gone")
    return turn.head, turn.said


@pytest.mark.parametrize(
    ("before", "after", "head", "said"),
    [
        pytest.param(
            {},
            {"updates": [an_update("postponed")]},
            "as planned -> postponed",
            ["Thursday 8 May 2031, 14:00–16:00, Brussels time -> no new date yet"],
            id="postponed",
        ),
        pytest.param(
            {"updates": [an_update("postponed")]},
            {"updates": [an_update("postponed"), an_update("rescheduled", when="2031-06-12")]},
            "postponed -> new date",
            ["Thursday 8 May 2031, 14:00–16:00, Brussels time -> Thursday 12 June 2031"],
            id="dated again",
        ),
        pytest.param(
            {"updates": [an_update("cancelled")]},
            {"updates": [an_update("cancelled"), an_update("reinstated")]},
            "cancelled -> as planned",
            ["Thursday 8 May 2031, 14:00–16:00, Brussels time"],
            id="after all",
        ),
        pytest.param(
            {},
            {"updates": [an_update("cancelled")]},
            "as planned -> cancelled",
            ["Thursday 8 May 2031, 14:00–16:00, Brussels time -> off"],
            id="cancelled",
        ),
        pytest.param(
            {"updates": [an_update("rescheduled", when="2031-06-12")]},
            {
                "updates": [
                    an_update("rescheduled", when="2031-06-12"),
                    an_update("rescheduled", when="2031-06-13"),
                ]
            },
            "new date",
            ["Thursday 12 June 2031 -> Friday 13 June 2031"],
            id="moved twice",
        ),
        pytest.param(
            {"when": "to be announced"},
            {
                "when": "to be announced",
                "updates": [an_update("rescheduled", when="2031-05-08")],
            },
            "has its date",
            ["to be announced -> Thursday 8 May 2031"],
            id="dated",
        ),
        pytest.param(
            {},
            {"updates": [an_update("moved-online", online=ONLINE)]},
            "as planned -> moved online",
            ["in person -> online"],
            id="online",
        ),
        pytest.param(
            {"place": None},
            {"place": "Library"},
            "edited",
            ["no place -> in person"],
            id="a place at last",
        ),
        pytest.param(
            {},
            {"updates": [an_update("relocated", place="Library")]},
            "new place",
            ["edited: place"],
            id="another place",
        ),
        pytest.param(
            {"title": {"en": "Garden day", "fr": "Jardin"}, "contact": "Ann"},
            {
                "title": {"en": "Garden day", "fr": "Le jardin"},
                "summary": "Dig",
                "published": "2026-01-01",
            },
            "edited",
            ["edited: title (fr), summary, contact, published"],
            id="texts and facts",
        ),
        pytest.param(
            {"updates": [an_update("postponed")]},
            {"updates": [an_update("postponed", notice="Rain")]},
            "edited",
            ["edited: notice"],
            id="a notice",
        ),
        pytest.param(
            {},
            {"updates": [an_update("corrected", title="Gardens day")]},
            "corrected",
            ["edited: title (en)"],
            id="corrected",
        ),
        pytest.param(
            SERIES,
            {
                **SERIES,
                "updates": [
                    an_update("cancelled", occurrence="2031-06-03"),
                    an_update("corrected", occurrence="2031-07-01", title="Tea"),
                ],
            },
            "2 dates of the series",
            [
                "3 June 2031: as planned, Tuesday 3 June 2031, 14:00–15:00, Brussels time"
                " -> cancelled",
                "1 July 2031: edited: title (en)",
            ],
            id="dates of a series",
        ),
        pytest.param(
            {**SERIES, "updates": [an_update("cancelled", occurrence="2031-06-03")]},
            {
                **SERIES,
                "title": "Tea",
                "repeats": {**SERIES["repeats"], "times": 4},
                "updates": [an_update("cancelled", occurrence="2031-06-03")],
            },
            "edited",
            [
                "3 dates from 6 May 2031, 14:00–15:00, Brussels time, to 1 July 2031 -> "
                "4 dates from 6 May 2031, 14:00–15:00, Brussels time, to 5 August 2031",
                "edited: title (en), repeats",
            ],
            id="a whole series",
        ),
        pytest.param(
            {"updates": [an_update("postponed"), an_update("reinstated")]},
            {"updates": [an_update("cancelled"), an_update("reinstated")]},
            "edited",
            ["edited: history"],
            id="what was undone since",
        ),
        pytest.param({}, {"draft": True}, "withdrawn", ["gone"], id="withdrawn"),
        pytest.param(
            {},
            {"initiatives": ["parks", "schools"]},
            "joins 1 calendar",
            [],
            id="in one more calendar",
        ),
        pytest.param(
            {},
            {"initiatives": ["schools"]},
            "joins 1 calendar, leaves 1 calendar",
            [],
            id="in another calendar",
        ),
    ],
)
def test_what_happens_is_said(
    before: dict[str, Any], after: dict[str, Any], head: str, said: list[str]
) -> None:
    assert turned(before, after) == (head, tuple(said))


def test_an_event_whose_surroundings_changed_says_so() -> None:
    site = {"url": "https://town.example.eu"}
    assert turned({}, {}, **site) == (
        "sent again",
        ("names or settings around it have changed",),
    )


def test_what_was_withdrawn_before_is_not_withdrawn_again() -> None:
    house = House()
    house.publish(events_file({"garden": an_entry()}))
    house.publish(events_file({}))
    told = house.told
    publication = house.publish(events_file({}, site={"url": "https://town.example.eu"}))
    (difference,) = compare(told, house.told, publication, day=DAY).events
    assert not difference.is_withdrawn
    turn = turn_of(difference, why_gone="")
    assert (turn.head, turn.said) == ("sent again", ("names or settings around it have changed",))


def test_what_comes_back_says_from_where() -> None:
    house = House()
    file = events_file({"garden": an_entry()})
    house.publish(file)
    house.publish(events_file({}))
    told = house.told
    publication = house.publish(file)
    (difference,) = compare(told, house.told, publication, day=DAY).events
    assert turn_of(difference, why_gone="").head == "withdrawn -> as planned"


def test_what_only_a_feed_gathers_anew_is_told_nobody_else() -> None:
    def town(*of: str) -> str:
        initiatives = {"parks": {"name": "Parks"}, "schools": {"name": "Schools"}}
        union = {"name": "Town", "of": list(of)}
        return events_file({"garden": an_entry()}, initiatives={**initiatives, "town": union})

    house = House()
    house.publish(town("schools"))
    told = house.told
    publication = house.publish(town("parks", "schools"))
    (difference,) = compare(told, house.told, publication, day=DAY).events
    assert turn_of(difference, why_gone="").head == "joins 1 calendar"


@pytest.mark.parametrize(
    ("entry", "is_shown", "head", "said"),
    [
        pytest.param(
            {},
            True,
            "new",
            "Thursday 8 May 2031, 14:00–16:00, Brussels time, in person",
            id="as planned",
        ),
        pytest.param(
            {"updates": [an_update("postponed")], "place": None},
            True,
            "new, postponed",
            "Thursday 8 May 2031, 14:00–16:00, Brussels time",
            id="postponed already",
        ),
        pytest.param(
            {"when": "to be announced"},
            False,
            "new",
            "to be announced: in no calendar until it has a date",
            id="without a date",
        ),
        pytest.param(
            {"when": "2020-01-01"},
            False,
            "new",
            "Wednesday 1 January 2020: it is over, and in no calendar any more",
            id="over",
        ),
    ],
)
def test_a_new_event(entry: dict[str, Any], is_shown: bool, head: str, said: str) -> None:
    house = House()
    house.publish(events_file({"garden": an_entry(**entry)}))
    (revision,) = house.told.revisions.values()
    turn = turn_of_new(revision.event, is_shown=is_shown)
    assert (turn.head, turn.said) == (head, (said,))


def test_why_an_event_would_be_withdrawn() -> None:
    document = parse_document(FILE.encode(), name="events.yaml")
    stated = {one.event.key: one for one in parse_sources([document], today=DAY).statements}
    assert why_gone(None) == MISSING
    assert why_gone(stated["draft"]) == DRAFT
    assert why_gone(stated["undated"]) == UNDATED


FILE = events_file(
    {"draft": an_entry(draft=True), "undated": an_entry(title="B", when="to be announced")}
)
