"""What a publication would tell: which events, by which numbers, in whose calendars."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given

from calfeed.comparing import Comparison, Difference, FeedName, compare
from calfeed.ledger.told import Kind, Told
from tests.house import House, files
from tests.spine import an_entry, an_update, events_file

PARKS = FeedName(slug="parks", name="Parks")
SCHOOLS = FeedName(slug="schools", name="Schools")
DAY = date(2026, 11, 23)


def compared(before: str, after: str) -> Comparison:
    """Return what subscribers see otherwise when a file was *before* and is *after*."""
    house = House()
    house.publish(before)
    told = house.told
    publication = house.publish(after)
    return compare(told, house.told, publication, day=DAY)


def a_file(*, initiatives: dict[str, Any] | None = None, **events: Any) -> str:
    return events_file(events, initiatives=initiatives)


def only(comparison: Comparison) -> Difference:
    (difference,) = comparison.events
    return difference


def kinds(difference: Difference) -> list[Kind]:
    return [row.kind for row in difference.rows]


def test_all_is_new_where_nothing_was_told() -> None:
    house = House()
    publication = house.publish(a_file(garden=an_entry(initiatives=["parks", "schools"])))

    found = compare(Told(ledger_id=""), house.told, publication, day=DAY)

    garden = only(found)
    assert (garden.key, garden.before, garden.is_told) == ("garden", None, True)
    assert garden.feeds == garden.joins == (PARKS, SCHOOLS)
    assert kinds(garden) == [Kind.NEW]


def test_nothing_told_and_nothing_to_tell_are_alike() -> None:
    nothing = Told(ledger_id="")
    assert not compare(nothing, nothing, day=DAY)


def test_a_change_has_its_rows_its_numbers_and_its_feeds() -> None:
    garden = only(
        compared(
            a_file(garden=an_entry(), market=an_entry(title="Market")),
            a_file(
                garden=an_entry(updates=[an_update("postponed")]), market=an_entry(title="Market")
            ),
        )
    )
    assert garden.before
    assert (garden.before.sequence, garden.after.sequence) == (0, 1)
    assert kinds(garden) == [Kind.POSTPONED]
    assert (garden.feeds, garden.joins, garden.leaves) == ((PARKS,), (), ())


def test_who_leaves_and_who_joins() -> None:
    garden = only(
        compared(a_file(garden=an_entry()), a_file(garden=an_entry(initiatives=["schools"])))
    )
    assert (garden.feeds, garden.joins, garden.leaves) == ((SCHOOLS,), (SCHOOLS,), (PARKS,))


def test_an_event_without_a_date_is_in_no_feed_until_it_has_one() -> None:
    waiting = a_file(garden=an_entry(when="to be announced"))
    house = House()
    publication = house.publish(waiting)
    assert only(compare(Told(ledger_id=""), house.told, publication, day=DAY)).feeds == ()

    dated = an_entry(when="to be announced", updates=[an_update("rescheduled", when="2031-05-08")])
    assert only(compared(waiting, a_file(garden=dated))).joins == (PARKS,)


def test_a_renamed_initiative_is_neither_left_nor_joined() -> None:
    garden = only(
        compared(
            a_file(garden=an_entry()),
            a_file(
                initiatives={
                    "gardens": {"name": "Parks", "formerly": ["parks"]},
                    "schools": {"name": "Schools"},
                },
                garden=an_entry(initiatives=["gardens"]),
            ),
        )
    )
    assert garden.feeds == (FeedName(slug="gardens", name="Parks"),)
    assert (garden.joins, garden.leaves) == ((), ())


def test_the_feed_of_a_union_counts_and_what_it_gathers_anew_is_shown_there() -> None:
    def town(*of: str) -> str:
        initiatives = {
            "parks": {"name": "Parks"},
            "schools": {"name": "Schools"},
            "town": {"name": "Town", "of": list(of)},
        }
        return a_file(
            initiatives=initiatives, garden=an_entry(), lesson=an_entry(initiatives=["schools"])
        )

    lesson = only(compared(town("parks"), town("parks", "schools")))

    assert lesson.key == "lesson"
    assert not lesson.is_told
    assert not lesson.rows
    assert lesson.joins == (FeedName(slug="town", name="Town"),)
    assert [feed.slug for feed in lesson.feeds] == ["schools", "town"]


def test_without_a_publication_nobody_says_in_which_steps() -> None:
    house = House()
    house.publish(a_file(garden=an_entry()))
    before = house.told
    house.publish(a_file(garden=an_entry(title="Garden days")))
    assert only(compare(before, house.told, day=DAY)).rows == ()


def test_properties_are_those_of_the_language_that_is_asked_for() -> None:
    title = {"en": "Garden day", "fr": "Jardin"}
    garden = only(
        compared(
            a_file(garden=an_entry(title=title)),
            a_file(garden=an_entry(title={**title, "fr": "Journée du jardin"})),
        )
    )
    assert [change.name for change in garden.properties()] == ["SEQUENCE"]
    assert ("SUMMARY;LANGUAGE=fr:Journée du jardin",) in [
        change.after for change in garden.properties("fr")
    ]


@given(files())
def test_what_was_told_compared_with_itself_shows_nothing(text: str) -> None:
    house = House(now=datetime(2026, 11, 23, 12, tzinfo=UTC))
    house.try_to_publish(text)
    assert not compare(house.told, house.told, day=DAY)


@given(files(), files())
def test_an_event_that_is_told_shows_what_the_change_log_says(before: str, after: str) -> None:
    house = House()
    house.try_to_publish(before)
    told = house.told
    house.try_to_publish(after)
    publication = house.publications[-1] if house.told is not told else None

    found = compare(told, house.told, publication, day=DAY)

    rows = publication.rows if publication else ()
    assert sorted(row.serial for one in found.events for row in one.rows) == [0] * len(rows)
    assert {one.uid for one in found.events if one.is_told} == {row.uid for row in rows}
