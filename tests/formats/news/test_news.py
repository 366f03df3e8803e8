"""What feed readers get of the founding case, and what each kind of change says."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from calfeed.changelog import Entry, Log
from calfeed.formats.news.telling import tell
from tests import schemas
from tests.house import SERIES, House, body, histories
from tests.readers import atom
from tests.spine import an_entry, an_update, events_file
from tests.test_laws import History, few, lived

MAYORS: dict[str, Any] = {
    "title": "Commissioner Thierry Breton meets EU mayors",
    "initiatives": ["living-in-eu"],
    "published": "2021-09-06",
    "when": "2021-09-30",
    "time_to_be_confirmed": True,
    "place": "Brussels, Belgium",
}
POSTPONED: dict[str, Any] = {
    "announced": "2021-09-23",
    "change": "postponed",
    "notice": "The Commissioner is detained by *urgent business*.\n\nThe meeting will take place "
    "on a later day.",
}
INITIATIVES = {
    "living-in-eu": {"name": "Living-in.EU", "summary": "Cities & communities.", "licence": "CC0"}
}


@pytest.fixture(scope="module")
def mayors() -> House:
    """Return the house of the founding case: a meeting is announced, and postponed."""
    house = House(now=datetime(2021, 9, 6, 10, tzinfo=UTC))
    house.publish(events_file({"mayors": MAYORS}, initiatives=INITIATIVES))
    house.now = datetime(2021, 9, 23, 8, 15, tzinfo=UTC)
    postponed = {**MAYORS, "updates": [POSTPONED]}
    house.publish(events_file({"mayors": postponed}, initiatives=INITIATIVES))
    return house


def test_the_founding_case_as_atom(mayors: House, golden: Callable[[str, bytes], None]) -> None:
    golden("mayors-postponed.changes.atom", body(mayors.table(), "/feeds/all.changes.atom"))


def test_a_feed_reader_finds_the_postponement(mayors: House) -> None:
    read = atom.read(body(mayors.table(), "/feeds/living-in-eu.changes.atom"))
    assert (read.title, read.author, read.language) == (
        "Living-in.EU: Recent changes",
        "Living-in.EU",
        "en",
    )
    assert read.links == {
        "self": "https://events.example.eu/feeds/living-in-eu.changes.atom",
        "alternate": "https://events.example.eu/en/living-in-eu/",
    }
    postponed, new = read.entries
    assert postponed.title == "Postponed: Commissioner Thierry Breton meets EU mayors"
    assert postponed.updated == datetime(2021, 9, 23, 8, 15, tzinfo=UTC)
    assert postponed.link == "https://events.example.eu/en/events/mayors/"
    assert postponed.tags == ("postponed",)
    assert "<p>Postponed on 23 September 2021. " in postponed.content
    assert "<em>urgent business</em>" in postponed.content
    assert new.updated == datetime(2021, 9, 5, 22, tzinfo=UTC)  # the stated day begins


def test_the_founding_case_as_json_feed(
    mayors: House, golden: Callable[[str, bytes], None]
) -> None:
    found = body(mayors.table(), "/feeds/living-in-eu.changes.json")
    data = schemas.check("jsonfeed", found)
    golden(
        "mayors-postponed.changes.json",
        json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n",
    )


def entries(*states: dict[str, Any] | None, **site: Any) -> tuple[House, list[Entry]]:
    """Return the news of one event that was told in each of these states, oldest first."""
    house = House()
    for state in states:
        events = {"other": an_entry(initiatives=["schools"])}
        if state is not None:
            events["garden"] = state
        house.publish(events_file(events, site=site))
        house.now += timedelta(hours=1)
    return house, list(reversed(Log(house.snapshot()).news("parks")))


def said(*states: dict[str, Any] | None, **site: Any) -> tuple[str, str]:
    """Return the title and the text of the last news."""
    house, news = entries(*states, **site)
    telling = tell(news[-1], house.snapshot().site)
    return telling.title, telling.text


THEN = "8 May 2031, 14:00–16:00, Brussels time"
PLAIN = an_entry()
UNDATED = "to be announced"


def updated(change: str, **fields: Any) -> dict[str, Any]:
    return an_entry(updates=[an_update(change, **fields)])


@pytest.mark.parametrize(
    ("states", "title", "text"),
    [
        pytest.param(
            [PLAIN], "New: Garden day", f"Announced for Thursday {THEN}", id="new, with a date"
        ),
        pytest.param(
            [an_entry(when="to be announced")], "New: Garden day", "Announced", id="without one"
        ),
        pytest.param(
            [PLAIN, updated("postponed", notice="*Rain*.")],
            "Postponed: Garden day",
            f"Postponed on 10 January 2026. It was planned for {THEN}; the new date is not known "
            "yet.\n\nRain.",
            id="postponed",
        ),
        pytest.param(
            [PLAIN, updated("cancelled")],
            "Cancelled: Garden day",
            f"Cancelled on 10 January 2026. It was planned for {THEN}.",
            id="cancelled",
        ),
        pytest.param(
            [PLAIN, updated("rescheduled", when="2031-06-08")],
            "New date: Garden day",
            "New date, announced on 10 January 2026: Sunday 8 June 2031. "
            f"It was planned for {THEN}.",
            id="moved",
        ),
        pytest.param(
            [PLAIN, an_entry(when="2031-06-08")],
            "New date: Garden day",
            "New date, announced on 23 November 2026: Sunday 8 June 2031. "
            f"It was planned for {THEN}.",
            id="moved in place",
        ),
        pytest.param(
            [an_entry(when="to be announced"), PLAIN],
            "Date announced: Garden day",
            f"Date announced on 23 November 2026: Thursday {THEN}.",
            id="dated",
        ),
        pytest.param(
            [PLAIN, updated("moved-online", online={"url": "https://meet.example.eu/"})],
            "Now online: Garden day",
            f"Moved online on 10 January 2026.\n\nThursday {THEN}",
            id="moved online",
        ),
        pytest.param(
            [PLAIN, updated("relocated", place="Hall")],
            "New place: Garden day",
            f"New place, announced on 10 January 2026: Hall.\n\nThursday {THEN}",
            id="elsewhere",
        ),
        pytest.param(
            [PLAIN, an_entry(place="Hall")],
            "New place: Garden day",
            f"New place, announced on 23 November 2026: Hall.\n\nThursday {THEN}",
            id="elsewhere, edited in place",
        ),
        pytest.param(
            [PLAIN, an_entry(updates=[an_update("cancelled"), an_update("reinstated")])],
            "Back on: Garden day",
            "It takes place after all, as announced on 10 January 2026.\n\n" + f"Thursday {THEN}",
            id="back on",
        ),
        pytest.param(
            [PLAIN, None],
            "Withdrawn: Garden day",
            f"Removed by the publisher on 23 November 2026. It was planned for {THEN}.",
            id="withdrawn",
        ),
        pytest.param(
            [PLAIN, None, PLAIN],
            "Back on: Garden day",
            f"It takes place after all, as announced on 23 November 2026.\n\nThursday {THEN}",
            id="put back",
        ),
        pytest.param(
            [an_entry(initiatives=["schools"]), PLAIN | {"initiatives": ["parks", "schools"]}],
            "New: Garden day",
            f"Announced for Thursday {THEN}",
            id="joined",
        ),
        pytest.param(
            [PLAIN, an_entry(initiatives=["schools"])],
            "No longer in this calendar: Garden day",
            f"Taken out of this calendar on 23 November 2026.\n\nThursday {THEN}",
            id="left",
        ),
        pytest.param(
            [an_entry(when=UNDATED), an_entry(initiatives=["schools"], when=UNDATED)],
            "No longer in this calendar: Garden day",
            "Taken out of this calendar on 23 November 2026.",
            id="left without a date",
        ),
        pytest.param(
            [
                an_entry(**SERIES),
                an_entry(**SERIES, updates=[an_update("cancelled", occurrence="2026-12-01")]),
            ],
            "Cancelled: Garden day",
            "Cancelled on 10 January 2026. It was planned for 1 December 2026, 14:00–15:00, "
            "Brussels time.",
            id="one date of a series",
        ),
        pytest.param(
            [
                an_entry(**SERIES),
                an_entry(
                    **SERIES, updates=[an_update("cancelled", occurrence="2026-12-01 onwards")]
                ),
            ],
            "Cancelled: Garden day",
            "From 1 December 2026 onwards\n\nCancelled on 10 January 2026.",
            id="all later dates of a series",
        ),
    ],
)
def test_what_is_told(states: list[dict[str, Any] | None], title: str, text: str) -> None:
    assert said(*states) == (title, text)


def test_it_is_told_in_the_language_of_the_site() -> None:
    french = an_entry(title={"en": "Garden day", "fr": "Journée au jardin"})
    told = french | {"updates": [an_update("postponed", notice={"en": "Rain.", "fr": "Pluie."})]}
    title, text = said(french, told, language="fr")
    assert title == "Reporté\N{NO-BREAK SPACE}: Journée au jardin"
    assert text.endswith("Pluie.")


def test_any_text_survives_atom() -> None:
    odd = 'Q&A <b>"now"</b> ]]> 🌳 & more'
    house, _ = entries(an_entry(title=odd, initiatives=["parks"]))
    (entry,) = atom.read(body(house.table(), "/feeds/parks.changes.atom")).entries
    assert entry.title == f"New: {odd}"


def test_a_notice_is_safe_wherever_a_reader_shows_it() -> None:
    told = updated("postponed", notice="<script>alert(1)</script> # no\n\n# Why & how")
    house, news = entries(PLAIN, told)
    html = tell(news[-1], house.snapshot().site).html
    assert "<script" not in html
    assert "<h3>Why &amp; how</h3>" in html


@few
@given(histories())
def test_whatever_happens_can_be_told(history: History) -> None:
    table = lived(history).table()
    told = schemas.check("jsonfeed", body(table, "/feeds/all.changes.json"))["items"]
    assert len({item["id"] for item in told}) == len(told)
    assert all("None" not in item["content_text"] for item in told)
    read = atom.read(body(table, "/feeds/all.changes.atom"))
    assert [(one.id, one.title, one.content) for one in read.entries] == [
        (item["id"], item["title"], item["content_html"]) for item in told
    ]
