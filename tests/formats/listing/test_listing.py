"""Events as JSON: what each case says, and that it is what the calendar says."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from calfeed.formats import listing
from calfeed.ledger.revision import Revision
from calfeed.model import Change, Event, Online, Picture, Registration, Standing, Venue
from tests import schemas
from tests.builders import (
    STAMP,
    a_feed,
    a_revision,
    a_site,
    an_event,
    an_update,
    at,
)
from tests.house import body, histories, read
from tests.readers.reading import Moment, ReadEvent
from tests.shipped import (
    COFFEE_CORNER_MOVED,
    COFFEE_CORNER_OFF,
    EXPO,
    MAYORS_POSTPONED,
    MAYORS_RESCHEDULED,
    SUMMIT,
    WORKSHOP_ONLINE,
    WORKSHOP_RELOCATED,
    revisions,
)
from tests.strategies import revisions as any_revisions
from tests.test_laws import History, few, lived

Golden = Callable[[str, bytes], None]


def drawn(revision: Revision, *languages: str) -> str:
    return listing.draw(
        revision, languages=languages or a_site().languages, initiatives=revision.initiatives
    )


def item(event: Event, *, withdrawn: datetime | None = None) -> Any:
    """Return *event* as its own listing has it."""
    revision = a_revision(event, sequence=len(event.updates), withdrawn=withdrawn)
    feed = a_feed(revision, key=event.key, name=event.details.title)
    document = listing.render(listing.Listed(feed=feed, events=[drawn(revision)]), site=a_site())
    (only,) = schemas.check("listing", document)["events"]
    return only


def test_the_shipped_events(golden: Golden) -> None:
    feed = a_feed(*revisions(), colour="#0e47cb", summary={"en": "Cities and communities."})
    events = [drawn(revision, "en") for revision in revisions()]
    listed = listing.Listed(feed=feed, events=events, licence="CC BY 4.0")
    document = listing.render(listed, site=a_site(languages=("en",)))
    assert len(document.splitlines()) == len(revisions()) + 2
    data = schemas.check("listing", document)
    golden("living-in-eu.json", json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n")


def test_a_listing_without_events_is_one_all_the_same() -> None:
    document = listing.render(listing.Listed(feed=a_feed(), events=()), site=a_site())
    assert schemas.check("listing", document)["events"] == []


@pytest.mark.parametrize(
    ("event", "status", "label", "start", "previous"),
    [
        (SUMMIT, "as-planned", None, "2021-11-10T16:00:00+01:00", []),
        (MAYORS_POSTPONED, "postponed", "Postponed", "2021-09-30", []),
        (
            MAYORS_RESCHEDULED,
            "rescheduled",
            "New date",
            "2021-12-02T14:30:00+01:00",
            ["2021-09-30"],
        ),
        (WORKSHOP_ONLINE, "moved-online", "Now online", "2021-11-09T09:30:00+02:00", []),
        (WORKSHOP_RELOCATED, "as-planned", "New place", "2021-11-09T09:30:00+02:00", []),
        (an_event(when=at("2021-09-30")), "as-planned", None, "2021-09-30", []),
    ],
)
def test_what_each_state_says(
    event: Event, status: str, label: str | None, start: str, previous: list[str]
) -> None:
    said = item(event)
    assert said["status"] == status
    assert (said["label"] and said["label"]["en"]) == label
    assert said["when"]["start"] == start
    assert [old["start"] for old in said["previous"]] == previous
    assert said["dates"] is None


def test_the_place_that_was_left_is_remembered() -> None:
    moved = Standing(online=True, was_at=Venue(name={"en": "Technopolis"}, country="GR"))
    assert item(an_event(standing=moved))["previous_place"] == {
        "name": {"en": "Technopolis"},
        "address": None,
        "country": "GR",
        "geo": None,
    }


def test_a_picture_has_its_size_where_its_bytes_say_it() -> None:
    picture = Picture(sha256="ab" * 32, extension="png", alt={"en": "A hall"}, size=(600, 400))
    assert item(an_event(image=picture))["image"] == {
        "url": "https://events.example.eu/media/abababababababab.png",
        "alt": {"en": "A hall"},
        "credit": None,
        "width": 600,
        "height": 400,
    }


def test_a_withdrawn_event_says_so_and_no_notice_of_before() -> None:
    said = item(MAYORS_POSTPONED, withdrawn=STAMP)
    assert (said["status"], said["label"]["en"]) == ("withdrawn", "Withdrawn")
    assert said["withdrawn"] == "2021-09-23T08:15:00Z"
    assert said["notice"] is None


def test_the_last_day_of_whole_days_is_one_of_them() -> None:
    assert item(EXPO)["when"] == {
        "start": "2021-11-16",
        "end": "2021-11-18",
        "all_day": True,
        "timezone": "Europe/Madrid",
        "time_confirmed": True,
    }


def test_a_time_without_an_end_has_none() -> None:
    assert item(an_event(when=at("2021-11-16 10:00")))["when"]["end"] is None


def test_what_is_to_be_announced_has_no_date_yet() -> None:
    said = item(an_event(when=None))
    assert (said["when"], said["dates"], said["status"]) == (None, None, "as-planned")


def test_of_a_series_each_date_says_in_what_it_differs() -> None:
    said = item(COFFEE_CORNER_MOVED)
    first, moved, *_ = said["dates"]
    assert [one["original"] for one in said["dates"]] == [
        "2021-09-07",
        "2021-10-05",
        "2021-11-02",
        "2021-12-07",
    ]
    assert (first["status"], first["label"]) == ("as-planned", None)
    assert (moved["status"], moved["label"]["en"]) == ("rescheduled", "New date")
    assert moved["when"]["start"] == "2021-10-12T14:00:00+02:00"
    assert [old["start"] for old in moved["previous"]] == ["2021-10-05T14:00:00+02:00"]
    assert moved["url"]["en"].endswith("/en/events/living-in-eu-coffee-corner/2021-10-05/")
    assert "title" not in moved
    assert said["online"]["url"]


def test_a_date_that_is_off_hides_its_way_in() -> None:
    off = item(COFFEE_CORNER_OFF)["dates"][1]
    assert off["status"] == "postponed"
    assert off["online"] == {"url": None, "label": None}


PRIVATE = Online(url="https://meet.example.eu/secret", label={"en": "Secret"}, private=True)


@pytest.mark.parametrize("standing", [Standing(), Standing(off=Change.CANCELLED)])
def test_a_private_address_is_published_nowhere(standing: Standing) -> None:
    update = an_update(Change.MOVED_ONLINE, given={"online": {"url": PRIVATE.url, "private": True}})
    event = an_event(online=PRIVATE, standing=standing, updates=(update,))
    assert item(event)["online"] == {"url": None, "label": None}
    assert "ecret" not in drawn(a_revision(event))


def test_registration_closes_on_the_clocks_of_the_event_and_is_gone_while_it_is_off() -> None:
    closes = Registration(url="https://register.example.eu", closes=at("2021-11-09 18:00").start)
    assert item(an_event(registration=closes))["registration"] == {
        "url": "https://register.example.eu",
        "closes": "2021-11-09T18:00:00+01:00",
    }
    off = an_event(registration=closes, standing=Standing(off=Change.CANCELLED))
    assert item(off)["registration"] is None
    day = Registration(url="https://register.example.eu", closes=date(2021, 11, 9))
    assert item(an_event(registration=day))["registration"]["closes"] == "2021-11-09"
    never = Registration(url="https://register.example.eu")
    assert item(an_event(registration=never))["registration"]["closes"] is None


def test_texts_are_in_the_languages_they_were_written_in_and_labels_in_all() -> None:
    said = item(WORKSHOP_ONLINE)
    assert sorted(said["title"]) == ["de", "el", "en", "fr"]
    assert sorted(said["notice"]) == ["en", "fr"]
    assert sorted(said["label"]) == ["de", "el", "en", "fr"]
    assert sorted(said["url"]) == ["de", "el", "en", "fr"]
    assert sorted(item(SUMMIT)["url"]) == ["en"]


def test_the_history_has_every_update_as_it_was_announced() -> None:
    assert [
        (one["announced"], one["change"], one["occurrence"])
        for one in item(COFFEE_CORNER_MOVED)["history"]
    ] == [
        ("2021-09-28", "postponed", "2021-10-05"),
        ("2021-10-01", "rescheduled", "2021-10-05"),
    ]


@given(any_revisions())
def test_any_event_is_as_the_schema_has_it(revision: Revision) -> None:
    listed = listing.Listed(feed=a_feed(revision), events=[drawn(revision, "en", "fr")])
    document = listing.render(listed, site=a_site(languages=("en", "fr")))
    (said,) = schemas.check("listing", document)["events"]
    assert said["uid"] == revision.uid
    assert len(document.splitlines()) == 3


@few
@given(histories())
def test_the_listing_has_the_facts_of_the_calendar(history: History) -> None:
    table = lived(history).table()
    data = schemas.check("listing", body(table, "/feeds/parks.json"))
    vevents = read(table, "/feeds/parks.utc.ics")
    assert {
        (one["uid"], one["sequence"], one["updated"]) for one in data["events"] if one["when"]
    } == {
        (one.uid, one.sequence, one.dtstamp and f"{one.dtstamp:%Y-%m-%dT%H:%M:%SZ}")
        for one in vevents
    }
    assert dict(listed_dates(data)) == dict(calendar_dates(vevents))


Facts = tuple[Moment, Moment | None, bool, str]


def listed_dates(data: Any) -> Iterator[tuple[tuple[str, str], Facts]]:
    """Yield start, exclusive end, whether it is off, and title of each date of a listing."""
    for event in data["events"]:
        for date_ in event["dates"] or ([event] if event["when"] else []):
            one = {**event, **date_}
            start, end = (parsed(one["when"][name]) for name in ("start", "end"))
            if one["when"]["all_day"]:
                assert end is not None
                end += timedelta(days=1)
            is_off = one["status"] in {"withdrawn", "cancelled", "postponed"}
            original = one.get("original", "")
            assert start is not None
            yield (event["uid"], original), (start, end, is_off, one["title"]["en"])


def parsed(text: str | None) -> Moment | None:
    if text is None:
        return None
    if "T" in text:
        return datetime.fromisoformat(text).astimezone(UTC)
    return date.fromisoformat(text)


def calendar_dates(vevents: list[ReadEvent]) -> Iterator[tuple[tuple[str, str], Facts]]:
    """Yield the same of a calendar whose series are lists of dates."""
    for one in vevents:
        length = one.dtend - one.dtstart if one.dtend else None
        for start in one.rdates or (one.dtstart,):
            original = one.recurrence_id or (start if one.rdates else None)
            end = None if length is None else start + length
            title = one.summary.rpartition(": ")[2]
            day = f"{original:%Y-%m-%d}" if original else ""
            yield (one.uid, day), (start, end, one.status == "CANCELLED", title)
