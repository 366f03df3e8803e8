"""What is in which feed on which day, and since when it is as it is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from calfeed.ledger.told import Told
from calfeed.snapshot import snapshot
from tests.house import NOON, House
from tests.spine import INITIATIVES, an_entry, events_file


def shown(house: House, day: date, slug: str = "parks") -> list[str]:
    return [revision.key for revision in house.snapshot(day).feeds[slug].revisions]


def modified(house: House, day: date, slug: str = "parks") -> datetime:
    return house.snapshot(day).feeds[slug].modified


def midnight(day: date) -> datetime:
    """Return the beginning of *day* in Brussels in winter."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=1)


def test_nothing_was_ever_told() -> None:
    with pytest.raises(ValueError, match="nothing was ever told"):
        snapshot(Told(ledger_id="new"), day=NOON.date())


def test_a_past_event_stays_for_as_long_as_the_site_keeps_it() -> None:
    house = House()
    entry = an_entry(when="2026-11-20 10:00 to 11:00")
    house.publish(events_file({"garden": entry}, site={"keep_past": 10}))

    assert shown(house, date(2026, 11, 30)) == ["garden"]
    assert modified(house, date(2026, 11, 30)) == NOON
    assert shown(house, date(2026, 12, 1)) == []
    assert modified(house, date(2026, 12, 1)) == midnight(date(2026, 12, 1))


def test_what_leaves_because_its_date_was_moved_back_does_not_make_the_feed_older() -> None:
    house = House()
    site = {"keep_past": 10}
    house.publish(events_file({"garden": an_entry(when="2026-11-23"), "a": an_entry()}, site=site))
    house.now += timedelta(hours=1)
    house.publish(events_file({"garden": an_entry(when="2026-11-03"), "a": an_entry()}, site=site))
    assert shown(house, house.now.date()) == ["a"]
    assert modified(house, house.now.date()) == house.now


def test_a_site_may_keep_them_for_ever() -> None:
    house = House()
    entry = an_entry(when="2021-11-20 10:00 to 11:00")
    house.publish(events_file({"garden": entry}, site={"keep_past": "forever"}))
    assert shown(house, date(2226, 1, 1)) == ["garden"]


def test_a_withdrawn_event_stays_for_thirty_days_at_least() -> None:
    house = House()
    house.publish(events_file({"garden": an_entry(when="2026-11-25"), "other": an_entry()}))
    house.publish(events_file({"other": an_entry()}))
    last = date(2026, 12, 23)

    assert shown(house, last) == ["garden", "other"] or shown(house, last) == ["other", "garden"]
    assert shown(house, last + timedelta(days=1)) == ["other"]
    assert modified(house, last + timedelta(days=1)) == midnight(last + timedelta(days=1))


def test_a_withdrawn_event_that_lies_far_ahead_stays_until_a_week_after_its_end() -> None:
    house = House()
    house.publish(events_file({"garden": an_entry(when="2027-11-25"), "other": an_entry()}))
    house.publish(events_file({"other": an_entry()}))
    assert "garden" in shown(house, date(2027, 12, 2))
    assert "garden" not in shown(house, date(2027, 12, 3))


def test_an_event_that_was_never_dated_and_is_withdrawn_is_no_trouble() -> None:
    house = House()
    house.publish(events_file({"garden": an_entry(when="to be announced"), "o": an_entry()}))
    house.publish(events_file({"o": an_entry()}))
    assert "garden" not in shown(house, date(2027, 1, 1))


def test_who_left_a_feed_is_gone_at_once_and_the_feed_says_when() -> None:
    house = House()
    house.publish(events_file({"garden": an_entry(initiatives=["parks", "schools"])}))
    house.now += timedelta(hours=1)
    house.publish(events_file({"garden": an_entry()}))

    assert shown(house, house.now.date(), "schools") == []
    assert modified(house, house.now.date(), "schools") == house.now
    assert shown(house, house.now.date()) == ["garden"]


def test_a_union_has_the_events_of_its_members_once() -> None:
    house = House()
    house.publish(
        events_file(
            {
                "one": an_entry(initiatives=["parks", "schools"]),
                "two": an_entry(initiatives=["schools"]),
            },
            initiatives={**INITIATIVES, "town": {"name": "Town", "of": ["parks", "schools"]}},
        )
    )
    assert sorted(shown(house, NOON.date(), "town")) == ["one", "two"]


def test_the_day_is_never_before_the_newest_stamp() -> None:
    house = House()
    house.publish(events_file({"garden": an_entry()}))
    assert house.snapshot(date(2020, 1, 1)).day == NOON.date()


def test_a_retired_initiative_ends_400_days_after_its_last_event_left() -> None:
    house = House()
    house.publish(
        events_file(
            {"garden": an_entry(initiatives=["schools"]), "other": an_entry()},
            site={"keep_past": 20},
        )
    )
    parks = {"parks": INITIATIVES["parks"]}
    house.publish(events_file({"other": an_entry()}, site={"keep_past": 20}, initiatives=parks))
    gone = date(2031, 5, 8) + timedelta(days=8)  # withdrawn, until a week after its end

    assert shown(house, gone - timedelta(days=1), "schools") == ["garden"]
    assert shown(house, gone + timedelta(days=399), "schools") == []
    assert house.snapshot(gone + timedelta(days=401)).ended == {"schools"}


def test_an_initiative_renamed_twice_is_found_under_all_its_names() -> None:
    house = House()
    for slug, former in (("a-park", None), ("b-park", "a-park"), ("c-park", "b-park")):
        initiative = {"name": "Park", **({"formerly": [former]} if former else {})}
        house.publish(
            events_file({"garden": an_entry(initiatives=[slug])}, initiatives={slug: initiative})
        )
    found = house.snapshot()
    assert found.slugs == {"a-park": "c-park", "b-park": "c-park"}
    assert set(found.feeds) == {"all", "c-park"}


def test_a_feed_that_is_as_it_was_is_equal() -> None:
    house = House()
    house.publish(events_file({"garden": an_entry(), "other": an_entry(initiatives=["schools"])}))
    before = house.snapshot()
    house.publish(
        events_file(
            {
                "garden": an_entry(summary="Bring a spade."),
                "other": an_entry(initiatives=["schools"]),
            }
        )
    )
    after = house.snapshot()
    assert after.feeds["schools"] == before.feeds["schools"]
    assert after.feeds["parks"] != before.feeds["parks"]
    assert after != replace(before, day=after.day)
