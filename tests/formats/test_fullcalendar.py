"""Feeds as FullCalendar's event source: what it shows is what the listing says."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from calfeed.formats import fullcalendar
from calfeed.ledger.revision import Revision
from calfeed.model import Change, Event, Online, Standing
from tests import schemas
from tests.builders import STAMP, a_revision, an_event, at
from tests.house import body, histories
from tests.shipped import (
    COFFEE_CORNER_MOVED,
    EXPO,
    MAYORS_POSTPONED,
    MAYORS_RESCHEDULED,
    SUMMIT,
    WORKSHOP_ONLINE,
    revisions,
)
from tests.strategies import revisions as any_revisions
from tests.test_laws import History, few, lived

Golden = Callable[[str, bytes], None]


def dates(revision: Revision, language: str = "en") -> list[Any]:
    document = fullcalendar.render([fullcalendar.draw(revision, language)])
    found: list[Any] = schemas.check("fullcalendar", document)
    return found


def only(event: Event, **told: Any) -> Any:
    (one,) = dates(a_revision(event, **told))
    return one


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_shipped_events(language: str, golden: Golden) -> None:
    document = fullcalendar.render(fullcalendar.draw(one, language) for one in revisions())
    data = schemas.check("fullcalendar", document)
    if language == "en":
        shown = json.dumps(data, ensure_ascii=False, indent=1)
        golden("living-in-eu.fullcalendar.json", shown.encode() + b"\n")
    assert len(document.splitlines()) == len(data) + 2


@pytest.mark.parametrize(
    ("event", "title", "classes", "start"),
    [
        (SUMMIT, "", [], "2021-11-10T16:00:00+01:00"),
        (MAYORS_POSTPONED, "POSTPONED: ", ["is-postponed"], "2021-09-30"),
        (MAYORS_RESCHEDULED, "NEW DATE: ", ["is-rescheduled"], "2021-12-02T14:30:00+01:00"),
        (WORKSHOP_ONLINE, "ONLINE: ", ["is-moved-online"], "2021-11-09T09:30:00+02:00"),
    ],
)
def test_what_each_state_says(event: Event, title: str, classes: list[str], start: str) -> None:
    said = only(event)
    assert said["title"] == title + event.details.title["en"]
    assert said["classNames"] == classes
    assert said["start"] == start


def test_whole_days_end_on_the_day_after_the_last() -> None:
    said = only(EXPO)
    assert (said["start"], said["end"], said["allDay"]) == ("2021-11-16", "2021-11-19", True)
    one_day = only(an_event(when=at("2021-09-30")))
    assert (one_day["start"], one_day["end"]) == ("2021-09-30", "2021-10-01")


def test_a_time_without_an_end_has_none() -> None:
    assert only(an_event(when=at("2021-11-16 10:00")))["end"] is None


def test_each_date_of_a_series_has_a_name_and_a_page_of_its_own() -> None:
    revision = a_revision(COFFEE_CORNER_MOVED)
    first, moved, *_ = dates(revision)
    assert moved["id"] == f"{revision.uid}/2021-10-05"
    assert moved["url"].endswith("/en/events/living-in-eu-coffee-corner/2021-10-05/")
    assert moved["start"] == "2021-10-12T14:00:00+02:00"
    assert (first["classNames"], moved["classNames"]) == ([], ["is-rescheduled"])


def test_what_is_to_be_announced_has_no_date_to_show() -> None:
    assert dates(a_revision(an_event(when=None))) == []


def test_texts_are_in_the_language_asked_for_or_else_the_sites() -> None:
    (french,) = dates(a_revision(WORKSHOP_ONLINE), "fr")
    assert french["url"].endswith("/fr/events/local-green-deals-workshop/")
    assert french["title"] == "EN LIGNE\N{NO-BREAK SPACE}: Atelier sur les pactes verts locaux"
    assert french["extendedProps"]["notice"].startswith("Pour des raisons sanitaires")
    assert french["extendedProps"]["label"]


def test_a_withdrawn_event_says_so_and_no_notice_of_before() -> None:
    said = only(MAYORS_POSTPONED, withdrawn=STAMP)
    assert said["title"].startswith("WITHDRAWN: ")
    assert said["extendedProps"]["notice"] is None


def test_a_site_may_do_without_some_prefixes() -> None:
    said = only(MAYORS_RESCHEDULED, prefix_new_date=False)
    assert said["title"].startswith("Smart")
    assert said["classNames"] == ["is-rescheduled"]


def test_the_way_in_is_for_those_who_may_come() -> None:
    online = Online(url="https://meet.example.eu/secret")
    open_, off, private = (
        only(event)["extendedProps"]
        for event in (
            an_event(online=online),
            an_event(online=online, standing=Standing(off=Change.CANCELLED)),
            an_event(online=replace(online, private=True)),
        )
    )
    assert open_["onlineUrl"] == online.url
    assert (off["onlineUrl"], private["onlineUrl"]) == (None, None)
    assert off["isOnline"]
    assert private["isOnline"]


@given(any_revisions())
def test_any_event_is_as_the_schema_has_it(revision: Revision) -> None:
    dates(revision, "fr")


@few
@given(histories())
def test_it_has_the_dates_of_the_listing(history: History) -> None:
    table = lived(history).table()
    listed = json.loads(body(table, "/feeds/parks.json"))["events"]
    shown = schemas.check("fullcalendar", body(table, "/feeds/parks.fullcalendar.json"))
    assert [
        (one["extendedProps"]["uid"], one["start"], one["extendedProps"]["status"]) for one in shown
    ] == [
        (event["uid"], one["when"]["start"], one["status"])
        for event in listed
        for one in event["dates"] or ([event] if event["when"] else [])
    ]
