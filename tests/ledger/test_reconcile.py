"""What is told when: numbers, stamps, rows of the change log, and what stops a publication."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from calfeed.dates import When
from calfeed.errors import SourceError
from calfeed.ledger.applying import applied
from calfeed.ledger.numbering import LARGEST_SEQUENCE
from calfeed.ledger.reconcile import reconcile
from calfeed.ledger.told import Floor, Told
from calfeed.source.parse import parse_sources
from calfeed.source.yaml import parse_document
from tests.house import NOON, House
from tests.spine import INITIATIVES, an_entry, an_update, events_file

NEW = "2031-06-12 10:00 to 12:00"
LATER = timedelta(hours=1)


def told(*states: dict[str, Any] | None, site: dict[str, Any] | None = None) -> House:
    """Return a house that told the event ``garden`` in each of *states*, an hour apart."""
    house = House()
    for state in states:
        events = {"garden": state} if state else {"other": an_entry(title="Market")}
        house.publish(events_file(events, site=site))
        house.now += LATER
    return house


def rows(house: House) -> list[tuple[str, int]]:
    """Return kind and SEQUENCE of what the last publication told of ``garden``."""
    uid = house.told.pins["garden"]
    return [(row.kind.value, row.sequence) for row in house.publications[-1].rows if row.uid == uid]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param({}, {"summary": "Bring a spade."}, [("edited", 1)], id="a text"),
        pytest.param({}, {"when": NEW}, [("rescheduled", 1)], id="a date in place"),
        pytest.param(
            {},
            {"when": "2031-05-08 14:00 to 17:00"},
            [("edited", 1)],
            id="a later end is no new date",
        ),
        pytest.param(
            {"when": "2031-05-08", "time_to_be_confirmed": True},
            {},
            [("dated", 1)],
            id="an hour for a day that was to be confirmed",
        ),
        pytest.param(
            {"when": "2031-05-08"}, {}, [("rescheduled", 1)], id="an hour for a day that was not"
        ),
        pytest.param({"when": "to be announced"}, {}, [("dated", 1)], id="a first date in place"),
        pytest.param(
            {"when": "to be announced"},
            {"when": "to be announced", "updates": [an_update("rescheduled", when=NEW)]},
            [("dated", 1)],
            id="a first date by an update",
        ),
        pytest.param(
            {},
            {"updates": [an_update("postponed"), an_update("rescheduled", when=NEW)]},
            [("postponed", 1), ("rescheduled", 2)],
            id="two updates at once",
        ),
        pytest.param(
            {"updates": [an_update("postponed")]},
            {"updates": [an_update("cancelled")]},
            [("cancelled", 2)],
            id="an update rewritten into another",
        ),
        pytest.param(
            {"updates": [an_update("cancelled")]}, {}, [("reinstated", 2)], id="an update taken out"
        ),
        pytest.param(
            {"updates": [an_update("postponed")]},
            {"updates": [an_update("postponed", notice="The gate is shut.")]},
            [("edited", 2)],
            id="a notice",
        ),
        pytest.param(
            {},
            {"place": None, "online": {"url": "https://meet.example.eu/a"}},
            [("moved-online", 1)],
            id="put online in place",
        ),
        pytest.param({}, {"place": "Library"}, [("relocated", 1)], id="another place"),
        pytest.param(
            {},
            {"place": {"name": {"en": "Town park", "fr": "Parc"}}},
            [("edited", 1)],
            id="a place translated",
        ),
        pytest.param(
            {},
            {"initiatives": ["schools"]},
            [("joined", 1), ("left", 2)],
            id="another initiative",
        ),
        pytest.param({}, {"draft": True}, [("withdrawn", 1)], id="a draft again"),
        pytest.param(
            {"draft": True},
            {"updates": [an_update("postponed")]},
            [("new", 0), ("postponed", 1)],
            id="a draft no more, with its history",
        ),
    ],
)
def test_rows(
    before: dict[str, Any], after: dict[str, Any], expected: list[tuple[str, int]]
) -> None:
    assert rows(told(an_entry(**before), an_entry(**after))) == expected


def test_a_series_has_rows_for_its_dates_but_no_new_date_of_its_own() -> None:
    series = {
        "when": "2031-05-06 14:00 to 15:00",
        "repeats": {"every": "month", "by": "first Tuesday", "times": 4},
    }
    moved = an_update("rescheduled", occurrence="2031-06-03", when="2031-06-04 14:00 to 15:00")
    moved_on = {**moved, "when": "2031-06-05 14:00 to 15:00"}

    house = told(
        an_entry(**series),
        an_entry(**{**series, "when": "2031-05-06 15:00 to 16:00"}),
        an_entry(**series, updates=[moved]),
        an_entry(**series, updates=[moved_on]),
    )

    assert [(row.kind.value, row.sequence) for p in house.publications for row in p.rows] == [
        ("new", 0),
        ("edited", 1),
        ("rescheduled", 2),
        ("rescheduled", 3),
    ]
    (revision,) = house.told.revisions.values()
    assert revision.event.standing.old == ()
    (override,) = revision.event.overrides
    assert [str(old) for old in override.standing.old] == [
        "2031-06-03 14:00 to 15:00",
        "2031-06-04 14:00 to 15:00",
    ]


def test_a_first_telling_replays_the_history_as_its_editor_dated_it() -> None:
    house = told(
        an_entry(
            published="2026-01-05",
            updates=[an_update("postponed"), an_update("rescheduled", when=NEW)],
        )
    )

    assert [(row.kind.value, row.sequence, row.dated) for row in house.publications[0].rows] == [
        ("new", 0, datetime(2026, 1, 4, 23, tzinfo=UTC)),
        ("postponed", 1, datetime(2026, 1, 9, 23, tzinfo=UTC)),
        ("rescheduled", 2, datetime(2026, 1, 9, 23, tzinfo=UTC)),
    ]
    assert {row.stamp for row in house.publications[0].rows} == {NOON}


def test_without_a_day_of_publication_an_event_is_new_when_it_is_told() -> None:
    (row,) = told(an_entry()).publications[0].rows
    assert row.dated == row.stamp == NOON


def test_a_later_update_is_dated_by_its_telling() -> None:
    house = told(an_entry(), an_entry(updates=[an_update("postponed")]))
    (row,) = house.publications[-1].rows
    assert row.dated == row.stamp == NOON + LATER


def test_stamps_grow_by_a_second_at_least_when_clocks_are_set_back() -> None:
    house = told(an_entry())
    house.now = NOON - timedelta(days=2)
    house.publish(events_file({"garden": an_entry(summary="Bring a spade.")}))

    (revision,) = house.told.revisions.values()
    assert revision.stamp == NOON + timedelta(seconds=1)
    assert house.told.told_at == NOON


def old_dates(house: House) -> list[str]:
    (revision,) = (one for one in house.told.revisions.values() if one.key == "garden")
    return [str(when) for when in revision.event.standing.old]


def test_a_date_that_was_told_and_edited_in_place_stays_an_old_date() -> None:
    house = told(an_entry(), an_entry(when=NEW), an_entry(when=NEW, summary="Bring a spade."))
    assert old_dates(house) == ["2031-05-08 14:00 to 16:00"]


def test_a_told_update_that_was_deleted_leaves_its_date_behind() -> None:
    house = told(an_entry(), an_entry(updates=[an_update("rescheduled", when=NEW)]), an_entry())
    assert old_dates(house) == [NEW]


def test_a_corrected_date_leaves_none_behind() -> None:
    house = told(an_entry(), an_entry(updates=[an_update("corrected", when=NEW)]))
    assert old_dates(house) == []


def test_an_event_that_is_still_to_be_announced_has_no_old_dates() -> None:
    waiting = an_entry(when="to be announced")
    house = told(waiting, {**waiting, "summary": "Bring a spade."})
    assert rows(house) == [("edited", 1)]
    assert old_dates(house) == []


def test_another_zone_is_another_date() -> None:
    house = told(an_entry(), an_entry(timezone="Europe/Athens"))
    assert rows(house) == [("rescheduled", 1)]
    assert old_dates(house) == ["2031-05-08 14:00 to 16:00"]


def test_postponed_without_a_date_in_the_file_keeps_the_told_one() -> None:
    house = told(an_entry(), an_entry(when="to be announced", updates=[an_update("postponed")]))
    (event,) = house.vevents("/feeds/parks.ics")
    assert (event.summary, event.status) == ("POSTPONED: Garden day", "CANCELLED")
    assert event.dtstart == datetime(2031, 5, 8, 12, tzinfo=UTC)


def test_uids_are_made_of_the_first_address_and_the_oldest_key() -> None:
    house = told(an_entry(), site={"url": "https://events.example.eu"})
    namespace = uuid5(NAMESPACE_URL, "https://events.example.eu")
    assert house.told.pins == {"garden": str(uuid5(namespace, "garden"))}

    house.publish(
        events_file(
            {"garden": an_entry(), "new-one": an_entry(formerly=["never-told"])},
            site={"url": "https://other.example.eu"},
        )
    )
    assert house.told.namespace == namespace
    assert house.told.pins["new-one"] == str(uuid5(namespace, "never-told"))


def test_a_renamed_event_keeps_its_uid_and_its_old_address() -> None:
    house = told(an_entry())
    uid = house.told.pins["garden"]
    house.publish(events_file({"garden-day": an_entry(formerly=["garden"])}))

    assert house.told.pins == {"garden": uid, "garden-day": uid}
    assert house.told.revisions[uid].key == "garden-day"
    assert house.vevents("/events/garden.ics") == house.vevents("/events/garden-day.ics")


def test_of_two_keys_that_were_both_told_the_older_pin_wins() -> None:
    house = told(an_entry())
    old = house.told.pins["garden"]
    house.publish(events_file({"garden": an_entry(), "spring": an_entry(title="Spring day")}))
    young = house.told.pins["spring"]
    house.now += LATER

    house.publish(events_file({"spring": an_entry(title="Spring day", formerly=["garden"])}))

    assert house.told.pins == {"garden": old, "spring": old}
    assert house.told.revisions[young].withdrawn is not None
    assert house.told.revisions[old].event.details.title == {"en": "Spring day"}


def test_an_imported_event_keeps_its_uid_and_its_number() -> None:
    house = told(an_entry(uid="abc@old.example.eu", sequence=7))
    (event,) = house.vevents()
    assert (event.uid, event.sequence) == ("abc@old.example.eu", 7)


def problems(house: House, text: str) -> list[str]:
    with pytest.raises(SourceError) as raised:
        house.publish(text)
    return [f"{problem.code} {problem.message}" for problem in raised.value.problems]


def test_a_uid_against_its_pin_is_an_error() -> None:
    house = told(an_entry())
    assert problems(house, events_file({"garden": an_entry(uid="another")})) == [
        'E411 "garden" was published with another UID'
    ]


def test_two_events_of_one_uid_are_an_error() -> None:
    house = told(an_entry(uid="abc"))
    found = problems(
        house,
        events_file({"garden": an_entry(), "spring": an_entry(title="Spring day", uid="abc")}),
    )
    assert found == ['E412 "spring" and "garden" have the same UID']


def test_a_former_slug_is_given_to_nobody() -> None:
    house = House()
    renamed = {"gardens": {"name": "Parks", "formerly": ["parks"]}}
    house.publish(events_file({"garden": an_entry(initiatives=["gardens"])}, initiatives=renamed))
    del renamed["gardens"]["formerly"]
    taken = {**renamed, "parks": {"name": "Car parks"}}
    entry = {"garden": an_entry(initiatives=["gardens"])}
    assert problems(house, events_file(entry, initiatives=taken)) == [
        'E410 "parks" was the name of "gardens"'
    ]


def test_a_key_that_returns_as_another_event_is_an_error() -> None:
    house = told(an_entry(when="2026-11-20 10:00 to 11:00"), None)
    found = problems(
        house,
        events_file(
            {
                "garden": an_entry(title="Harvest", when="2031-09-09"),
                "other": an_entry(title="Market"),
            }
        ),
    )
    assert found == ['E413 "garden" was the name of another event']


def test_a_renamed_initiative_counts_once_and_nobody_joins_or_leaves() -> None:
    house = told(an_entry())
    renamed = {"gardens": {"name": "Gardens", "formerly": ["parks"]}}
    house.publish(events_file({"garden": an_entry(initiatives=["gardens"])}, initiatives=renamed))

    assert rows(house) == [("edited", 1)]
    (event,) = house.vevents("/feeds/gardens.ics")
    assert house.vevents("/feeds/parks.ics") == [event]
    assert "Gardens" in event.categories


def test_a_new_name_of_an_initiative_reissues_withdrawn_and_past_events_too() -> None:
    past = an_entry(title="Planting", when="2026-11-20 10:00 to 11:00")
    house = House()
    house.publish(events_file({"garden": an_entry(), "past": past, "stays": an_entry(title="x")}))
    house.publish(events_file({"stays": an_entry(title="x")}))
    house.now += LATER

    house.publish(
        events_file(
            {"stays": an_entry(title="x")},
            initiatives={**INITIATIVES, "parks": {"name": "Parks and gardens"}},
        )
    )

    assert sorted(
        (house.told.revisions[row.uid].key, row.kind.value, row.sequence)
        for row in house.publications[-1].rows
    ) == [("garden", "reissued", 2), ("past", "reissued", 1), ("stays", "reissued", 1)]
    for event in house.vevents():
        assert "Parks and gardens" in event.categories


def test_new_zone_data_that_moves_nothing_reissues_nothing() -> None:
    house = House()
    past = {"past": an_entry(title="Planting", when="2026-11-20 10:00 to 11:00")}
    for events, sources in ((past, "one/2026.1"), ({}, "two/2026.2")):
        text = events_file({"stays": an_entry(), **events})
        stated = parse_sources(
            [parse_document(text.encode(), name="events.yaml")], today=house.now.date()
        )
        publication = reconcile(house.told, stated, now=house.now, sources=sources).publication
        house.told = applied(house.told, publication)

    assert publication.is_empty


def test_another_place_of_one_date_in_place_is_news_of_that_date() -> None:
    series = {
        "when": "2031-05-06 14:00 to 15:00",
        "repeats": {"every": "month", "by": "first Tuesday", "times": 4},
    }
    moved = an_update("relocated", occurrence="2031-06-03", place="Library")
    house = told(
        an_entry(**series, updates=[moved]),
        an_entry(**series, updates=[{**moved, "place": "Museum"}]),
    )
    assert rows(house) == [("relocated", 2)]


def test_an_update_that_reaches_more_dates_than_it_did_is_news_of_them() -> None:
    series = {
        "when": "2031-05-06 14:00 to 15:00",
        "repeats": {"every": "month", "by": "first Tuesday", "times": 4},
    }
    house = told(
        an_entry(**series, updates=[an_update("cancelled", occurrence="2031-06-03")]),
        an_entry(**series, updates=[an_update("cancelled", occurrence="2031-06-03 onwards")]),
    )
    assert rows(house) == [("cancelled", 2)]


def test_what_was_told_elsewhere_goes_on_from_its_numbers() -> None:
    uid, then = "abc@calfeed", NOON + timedelta(days=1)
    created = NOON - timedelta(days=9)
    restored = Told(
        ledger_id="restored",
        pins={"garden": uid},
        floors={uid: Floor(sequence=4, stamp=then, created=created)},
    )
    house = House(told=restored)

    house.publish(events_file({"garden": an_entry()}))

    revision = house.told.revisions[uid]
    assert revision.sequence == 5
    assert revision.stamp == then + timedelta(seconds=1)
    assert revision.created == created


def test_sequence_stops_at_the_largest_integer() -> None:
    house = told(an_entry(sequence=LARGEST_SEQUENCE))
    house.publish(events_file({"garden": an_entry(summary="Bring a spade.")}))
    (revision,) = house.told.revisions.values()
    assert revision.sequence == LARGEST_SEQUENCE


def test_an_initiative_is_retired_and_comes_back() -> None:
    house = told(an_entry())
    parks = {"parks": INITIATIVES["parks"]}
    house.publish(events_file({"garden": an_entry()}, initiatives=parks))
    retired = house.told.initiatives["schools"]
    assert retired.retired == house.now
    assert house.vevents("/feeds/schools.ics") == []

    house.publish(events_file({"garden": an_entry()}))
    assert house.told.initiatives["schools"].retired is None


def test_a_moved_instant_counts_though_the_file_says_the_same() -> None:
    """As when new zone data moves a date: here the told frame is of other data."""
    house = told(an_entry())
    (revision,) = house.told.revisions.values()
    other = replace(revision, digest="of other zone data")
    house.told = replace(house.told, revisions={revision.uid: other})

    house.publish(events_file({"garden": an_entry()}))

    assert rows(house) == [("reissued", 1)]


def test_a_new_language_and_a_setting_are_told_without_touching_events() -> None:
    house = told(an_entry())
    publication = house.publish(
        events_file({"garden": an_entry()}, site={"languages": ["en", "fr", "de"], "cache": 60})
    )
    assert (publication.revisions, publication.languages) == ((), ("de",))
    assert house.told.languages == ("de", "en", "fr")


def test_a_date_knows_how_a_file_writes_it() -> None:
    zone = "Europe/Brussels"
    day, end = date(2031, 5, 8), datetime.fromisoformat("2031-05-09T01:00")
    start = datetime.fromisoformat("2031-05-08T14:00")
    assert str(When(start=day, zone=zone)) == "2031-05-08"
    assert str(When(start=day, end=date(2031, 5, 9), zone=zone)) == "2031-05-08 to 2031-05-09"
    assert str(When(start=start, end=end, zone=zone)) == "2031-05-08 14:00 to 2031-05-09 01:00"
