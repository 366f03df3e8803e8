"""The laws of the ledger and of what is drawn from it, over histories of any kind."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calfeed.errors import SourceError
from calfeed.ledger.store import open_ledger
from calfeed.site import Table, table_of
from calfeed.snapshot import snapshot
from tests.house import House, body, files, histories, read
from tests.readers.reading import ReadEvent
from tests.spine import stamp

FEEDS = (
    *("/feeds/all.ics", "/feeds/parks.ics", "/feeds/schools.active.utc.ics"),
    *("/feeds/all.json", "/feeds/parks.json"),
    *("/feeds/all.jcal.json", "/feeds/parks.fr.fullcalendar.json"),
)
UNDATED = ("/feeds/catalog.json", "/feeds/catalog.opml", "/sitemap.xml")
ALL = (*FEEDS, *UNDATED)
History = list[tuple[str, timedelta]]
few = settings(max_examples=40)


def lived(history: History, house: House | None = None) -> House:
    """Return a house that published each state of *history* that could be published."""
    house = house or House()
    for text, span in history:
        house.try_to_publish(text)
        house.now += span
    assume(house.told.version)
    return house


@few
@given(histories())
def test_reconciling_the_same_events_again_changes_nothing(history: History) -> None:
    house = lived(history)
    text = history[-1][0]
    house.try_to_publish(text)
    before = house.told

    house.now += timedelta(hours=1)
    house.try_to_publish(text)

    assert house.told.revisions == before.revisions
    assert house.told.version == before.version


@few
@given(histories())
def test_sequence_never_falls_stamps_never_go_back_and_no_uid_is_lost(history: History) -> None:
    house = House()
    told = house.told
    for text, span in history:
        house.try_to_publish(text)
        now = house.told
        assert told.revisions.keys() <= now.revisions.keys()
        assert told.pins.items() <= now.pins.items()
        for uid, before in told.revisions.items():
            after = now.revisions[uid]
            assert (after is before) or (
                after.sequence > before.sequence
                and after.stamp > before.stamp
                and after.created == before.created
            )
        told = now
        house.now += span - timedelta(hours=1)  # clocks are set back at times


@few
@given(histories())
def test_the_change_log_counts_every_sequence_once(history: History) -> None:
    house = lived(history)
    rows = [row for publication in house.publications for row in publication.rows]

    for uid, revision in house.told.revisions.items():
        numbers = [row.sequence for row in rows if row.uid == uid]
        assert numbers == sorted(set(numbers))
        assert numbers[-1] == revision.sequence


@few
@given(histories())
def test_bytes_are_a_function_of_version_and_day_in_any_process(
    tmp_path_factory: object, history: History
) -> None:
    house = lived(history)
    folder = Path(tmp_path_factory.mktemp("ledger"))  # type: ignore[attr-defined] # a fixture
    store = open_ledger(str(folder / ".calfeed" / "ledger.sqlite"))
    for version, publication in enumerate(
        publication for publication in house.publications if not publication.is_empty
    ):
        store.publish(publication, onto=version)
    store.close()

    again = snapshot(
        open_ledger(str(folder / ".calfeed" / "ledger.sqlite")).read(), day=house.now.date()
    )

    table = table_of(again, picture=lambda _: None)
    assert list(table.paths()) == list(house.table().paths())
    assert [body(table, path) for path in ALL] == [body(house.table(), path) for path in ALL]


@few
@given(files(), st.randoms(use_true_random=False))
def test_the_order_of_the_events_changes_no_byte(text: str, random: object) -> None:
    def shuffled(value: dict[str, object]) -> dict[str, object]:
        items = list(value.items())
        random.shuffle(items)  # type: ignore[attr-defined] # hypothesis types it so
        return dict(items)

    data = yaml.safe_load(text)
    data["events"] = shuffled({key: shuffled(entry) for key, entry in data["events"].items()})
    one, other = House(), House()
    one.try_to_publish(text)
    assume(one.told.version)

    other.publish(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))

    assert [body(one.table(), path) for path in ALL] == [body(other.table(), path) for path in ALL]


@few
@given(histories(), st.binary(max_size=40))
def test_a_broken_source_leaves_all_as_it_was(history: History, junk: bytes) -> None:
    house = lived(history)
    before, site = house.told, [body(house.table(), path) for path in ALL]

    broken = history[-1][0] + "\n" + junk.decode("latin-1") + "\n  - [unclosed"
    with pytest.raises(SourceError) as raised:
        house.publish(broken)

    assert all(problem.place.line and problem.message for problem in raised.value.problems)
    assert house.told is before
    assert [body(house.table(), path) for path in ALL] == site


@few
@given(histories())
def test_a_site_built_step_by_step_is_the_site_built_anew(history: History) -> None:
    house = House()
    table: Table | None = None
    for text, span in history:
        house.try_to_publish(text)
        if house.told.version:
            shown = house.snapshot()
            table = table.successor(shown) if table else house.table()
            assert [body(table, path) for path in ALL] == [
                body(house.table(), path) for path in ALL
            ]
            assert [_validators(table, path) for path in ALL] == [
                _validators(house.table(), path) for path in ALL
            ]
        house.now += span


Held = dict[str, tuple[datetime, list[ReadEvent]]]
"""What a subscriber has of each UID: its stamp, and its components."""


@few
@given(histories(), st.lists(st.booleans(), min_size=6, max_size=6))
def test_who_looks_again_only_when_a_stamp_moved_ends_with_the_feed_as_it_is(
    history: History, polls: list[bool]
) -> None:
    house = House()
    held: Held = {}
    for (text, span), is_polled in zip(history, polls, strict=False):
        house.try_to_publish(text)
        house.now += span
        if is_polled and house.told.version:
            held = polled(house, held)
    assume(house.told.version)

    assert polled(house, held) == polled(house, {})


def polled(house: House, held: Held) -> Held:
    """Return what a subscriber holds who leaves an event as it is while its stamp stands still."""
    fetched: Held = {}
    for event in read(house.table(), "/feeds/parks.ics"):
        fetched.setdefault(event.uid, (stamp(event), []))[1].append(event)
    return {
        uid: held[uid] if uid in held and held[uid][0] == found[0] else found
        for uid, found in fetched.items()
    }


@few
@given(histories())
def test_last_modified_never_falls(history: History) -> None:
    house = House()
    newest: dict[str, int] = {}
    for text, span in history:
        house.try_to_publish(text)
        house.now += span
        if not house.told.version:
            continue
        for path in FEEDS:
            made = house.table().make(path)
            assert made is not None
            assert made.modified is not None
            assert made.modified >= newest.get(path, 0)
            newest[path] = made.modified


def _validators(table: Table, path: str) -> tuple[str, int | None]:
    made = table.make(path)
    assert made is not None
    return made.etag, made.modified
