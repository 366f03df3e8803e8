"""A half-saved file must not withdraw a season."""

import pytest

from calfeed.errors import GuardError
from calfeed.ledger.guard import check_withdrawals
from calfeed.ledger.reconcile import reconcile
from calfeed.source.parse import parse_sources
from calfeed.source.yaml import parse_document
from tests.house import House
from tests.spine import an_entry, events_file


def names(count: int) -> list[str]:
    return [f"event-{number}" for number in range(count)]


def check(before: int, after: int, *, past: int = 0, withdraw: int | None = None) -> None:
    """Check a file that had *before* coming events (and *past* ones) and now has *after*."""
    held = {f"held-{name}": an_entry(when="2026-01-08") for name in names(past)}
    house = House()
    house.publish(events_file({**held, **{name: an_entry() for name in names(before)}}))
    text = events_file({**held, **{name: an_entry() for name in names(after)}})
    stated = parse_sources(
        [parse_document(text.encode(), name="events.yaml")], today=house.now.date()
    )
    publication = reconcile(house.told, stated, now=house.now).publication
    day = house.now.date()
    check_withdrawals(house.told, stated, publication, day=day, withdraw=withdraw)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(20, 17, id="three may go at once"),
        pytest.param(60, 54, id="a tenth may go at once"),
        pytest.param(0, 3, id="nothing was there"),
        pytest.param(5, 5, id="nothing goes"),
    ],
)
def test_what_goes_unasked(before: int, after: int) -> None:
    check(before, after)


def test_many_at_once_are_named_and_stop_the_publication() -> None:
    with pytest.raises(GuardError) as raised:
        check(40, 33)
    assert str(raised.value) == (
        "7 of 40 coming events are gone from the sources: "
        "event-33, event-34, event-35, event-36, event-37 and 2 more\n"
        "Nothing was published. If a file is missing or half saved, put it back.\n"
        "If they are to be shown as WITHDRAWN:  calfeed publish --withdraw 7"
    )


def test_the_share_is_of_coming_events_not_of_all() -> None:
    with pytest.raises(GuardError):
        check(20, 16, past=100)


def test_no_events_at_all_stop_the_publication_though_they_are_few() -> None:
    with pytest.raises(GuardError, match="the sources have no events any more: event-0"):
        check(1, 0)


def test_no_events_at_all_stop_the_publication_though_all_were_over() -> None:
    house = House()
    house.publish(events_file({"held": an_entry(when="2026-01-08")}))
    stated = parse_sources(
        [parse_document(events_file({}).encode(), name="e")], today=house.now.date()
    )
    publication = reconcile(house.told, stated, now=house.now).publication
    with pytest.raises(GuardError, match="all that were published are over"):
        check_withdrawals(house.told, stated, publication, day=house.now.date(), withdraw=None)


def test_the_number_confirms_them() -> None:
    check(40, 33, withdraw=7)


def test_another_number_does_not() -> None:
    with pytest.raises(GuardError, match=r"\(--withdraw says 6\)"):
        check(40, 33, withdraw=6)
