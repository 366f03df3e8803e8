"""The store on each database: what was told is read as it was told, and never taken back."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from calfeed.errors import LedgerError
from calfeed.ledger.applying import applied
from calfeed.ledger.numbering import LARGEST_SEQUENCE
from calfeed.ledger.revision import Revision
from calfeed.ledger.store import Overtaken, Store
from calfeed.ledger.told import Kind, Publication, Told
from tests.builders import a_revision, a_site, an_event, at
from tests.ledger.telling import (
    NAMESPACE,
    SUMMIT,
    WORKSHOP,
    a_picture,
    a_publication,
    a_row,
    an_initiative,
    the_first,
    told_again,
)

Open = Callable[..., Store]
LATER = datetime(2021, 9, 23, 9, 15, tzinfo=UTC)


def test_a_new_ledger_has_told_nothing(store: Store) -> None:
    told = store.read()

    assert store.is_new
    assert told == Told(ledger_id=told.ledger_id)
    assert store.version() == 0
    assert store.rows() == ()


def test_every_ledger_has_an_id_of_its_own(opened: Open, address: str, path: object) -> None:
    assert opened(address).read().ledger_id != opened(f"{path}.other/ledger").read().ledger_id


def test_a_ledger_is_begun_once(opened: Open, address: str) -> None:
    first = opened(address)
    again = opened(address)

    assert not again.is_new
    assert again.read() == first.read()


def everything() -> Publication:
    """Return a publication that tells something of every kind."""
    series = a_revision(
        an_event("coffee", when=at("2021-09-07 14:00", "2021-09-07 15:00")), sequence=2
    )
    unknown = a_revision(
        an_event("gala", when=None, title={"de": "Frühlingsfest 🎉", "en": "Gala"})
    )
    withdrawn = replace(WORKSHOP, withdrawn=LATER, initiatives=("a", "b"), sequence=3)
    return the_first(
        SUMMIT,
        series,
        unknown,
        withdrawn,
        site=a_site(links={"privacy": "https://x.eu"}, keep_past=None),
        initiatives=(
            an_initiative("living-in-eu", left=LATER),
            an_initiative("gone", retired=LATER),
        ),
        slugs={"living-in": "living-in-eu"},
        pictures=(a_picture(),),
    )


def test_all_that_was_told_is_read_as_it_was_told(opened: Open, address: str) -> None:
    store = opened(address)
    before, publication = store.read(), everything()

    assert store.publish(publication, onto=0) == 1

    assert store.read() == applied(before, publication)
    assert opened(address).read() == store.read()
    assert [told.event for told in store.read().revisions.values()] == sorted(
        (told.event for told in publication.revisions),
        key=lambda event: next(one.uid for one in publication.revisions if one.key == event.key),
    )


def test_what_is_told_later_is_read_on_top_of_what_is_known(store: Store) -> None:
    store.publish(everything(), onto=0)
    known = store.read()
    moved = told_again(SUMMIT, key="summit-2021")
    later = a_publication(
        moved,
        a_revision(an_event("newcomer")),
        at=LATER,
        sources="4567",
        edition=2,
        languages=("fr",),
        slugs={"living-in": "living"},
        initiatives=(an_initiative("living"),),
    )

    store.publish(later, onto=1)
    told = store.read(known)

    assert told == applied(known, later) == store.read()
    assert list(told.revisions) == sorted(told.revisions)
    assert told.revisions[WORKSHOP.uid] is known.revisions[WORKSHOP.uid]
    assert told.revisions[SUMMIT.uid] == moved
    assert known.revisions[SUMMIT.uid] == SUMMIT


def test_what_is_known_already_is_not_read_again(store: Store) -> None:
    store.publish(the_first(SUMMIT), onto=0)
    known = store.read()

    assert store.read(known) is known


def test_the_site_alone_may_change(store: Store) -> None:
    store.publish(the_first(SUMMIT), onto=0)
    known = store.read()
    renamed = a_publication(at=LATER, site=a_site(name={"en": "Town events"}))

    store.publish(renamed, onto=1)
    told = store.read(known)

    assert told.site == renamed.site
    assert (told.site_changed, told.namespace) == (LATER, NAMESPACE)
    assert told.revisions is known.revisions


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"ledger_id": "another"}, id="of another ledger"),
        pytest.param({"version": 7}, id="of a version that this ledger has not reached"),
    ],
)
def test_what_is_known_of_something_else_is_not_built_upon(
    store: Store, change: dict[str, object]
) -> None:
    store.publish(the_first(SUMMIT), onto=0)
    known = replace(store.read(), revisions={}, **change)  # type: ignore[arg-type] # fields of it

    assert store.read(known) == store.read()


def test_a_publication_without_difference_writes_nothing(store: Store) -> None:
    store.publish(the_first(SUMMIT), onto=0)
    before = store.read()

    assert store.publish(a_publication(sources="another"), onto=1) == 1

    assert store.read() == before
    assert not store.was_told("another")


def test_rows_have_serials_that_are_never_reused_and_the_version_of_their_publication(
    store: Store,
) -> None:
    store.publish(the_first(SUMMIT, WORKSHOP), onto=0)
    again = told_again(SUMMIT)
    row = a_row(again, Kind.POSTPONED, given={"notice": {"en": "ill"}, "announced": "2021-09-23"})
    joined = a_row(told_again(again), Kind.JOINED, initiative="living-in-eu")

    store.publish(a_publication(told_again(again), rows=(row, joined)), onto=1)

    rows = store.rows()
    assert [(one.uid, one.kind, one.version) for one in rows] == [
        (SUMMIT.uid, Kind.NEW, 1),
        (WORKSHOP.uid, Kind.NEW, 1),
        (SUMMIT.uid, Kind.POSTPONED, 2),
        (SUMMIT.uid, Kind.JOINED, 2),
    ]
    serials = [one.serial for one in rows]
    assert serials == sorted(set(serials))
    assert serials[0] > 0
    assert rows[2] == replace(row, serial=serials[2], version=2)
    assert rows[3] == replace(joined, serial=serials[3], version=2)
    assert store.rows(after=serials[1]) == rows[2:]
    assert store.rows(uid=SUMMIT.uid, limit=2) == (rows[0], rows[2])


def test_a_picture_is_found_by_the_name_in_its_address(store: Store) -> None:
    picture = a_picture()
    store.publish(the_first(SUMMIT, pictures=(picture,)), onto=0)

    assert store.picture(picture.sha256[:16]) == picture
    assert store.picture("0" * 16) is None


def test_a_picture_may_be_told_again(store: Store) -> None:
    picture = a_picture()
    store.publish(the_first(pictures=(picture,)), onto=0)

    store.publish(a_publication(pictures=(picture,)), onto=1)

    assert store.picture(picture.sha256[:16]) == picture


def test_sources_that_were_told_once_are_known_for_ever(store: Store) -> None:
    store.publish(the_first(SUMMIT, sources="first"), onto=0)
    store.publish(a_publication(told_again(SUMMIT), sources="second"), onto=1)

    assert [store.was_told(one) for one in ("first", "second", "third")] == [True, True, False]


def test_a_publication_decided_on_what_is_no_longer_so_is_overtaken(store: Store) -> None:
    store.publish(the_first(SUMMIT), onto=0)

    with pytest.raises(Overtaken, match="another publisher wrote meanwhile"):
        store.publish(the_first(WORKSHOP), onto=0)

    assert list(store.read().revisions) == [SUMMIT.uid]


def test_of_publishers_at_the_same_moment_one_wins_each_time(opened: Open, address: str) -> None:
    store = opened(address)
    store.publish(the_first(SUMMIT), onto=0)
    start = threading.Barrier(4)
    outcomes: list[int | None] = []

    def publish(revision: Revision) -> None:
        start.wait()
        try:
            outcomes.append(opened(address).publish(a_publication(revision), onto=1))
        except Overtaken:
            outcomes.append(None)

    rivals = [
        threading.Thread(target=publish, args=[a_revision(an_event(f"event-{number}"))])
        for number in range(4)
    ]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()

    assert sorted(outcomes, key=str) == [2, None, None, None]
    assert len(store.read().revisions) == 2


def test_an_older_edition_never_publishes(store: Store) -> None:
    store.publish(the_first(SUMMIT, edition=3), onto=0)

    with pytest.raises(
        LedgerError, match=r"a newer calfeed published it .edition 3, this one has 2"
    ):
        store.publish(a_publication(told_again(SUMMIT), edition=2), onto=1)

    assert store.read().revisions == {SUMMIT.uid: SUMMIT}


TOLD_TWICE = told_again(SUMMIT)


@pytest.mark.parametrize(
    ("publication", "message"),
    [
        pytest.param(
            a_publication(replace(TOLD_TWICE, sequence=0)),
            f"SEQUENCE of {SUMMIT.uid} would fall from 1 to 0",
            id="SEQUENCE falls",
        ),
        pytest.param(
            a_publication(replace(TOLD_TWICE, stamp=SUMMIT.stamp)),
            f"DTSTAMP of {SUMMIT.uid} would go back from "
            "2021-09-23 09:15:00+00:00 to 2021-09-23 08:15:00+00:00",
            id="the stamp goes back",
        ),
        pytest.param(
            a_publication(replace(TOLD_TWICE, sequence=LARGEST_SEQUENCE + 1)),
            f"SEQUENCE of {SUMMIT.uid} would be 2147483648",
            id="SEQUENCE is no INTEGER any more",
        ),
        pytest.param(
            a_publication(pins={"summit": "another-uid"}),
            f'the UID of "summit" would change from {SUMMIT.uid} to another-uid',
            id="a key gets another UID",
        ),
        pytest.param(
            a_publication(TOLD_TWICE, namespace=uuid4()),
            f"the namespace of UIDs would change from {NAMESPACE} to",
            id="another namespace",
        ),
    ],
)
def test_a_publication_that_breaks_a_law_is_refused_whole(
    store: Store, publication: Publication, message: str
) -> None:
    store.publish(the_first(SUMMIT), onto=0)
    store.publish(a_publication(TOLD_TWICE), onto=1)
    before = store.read()
    beside = replace(publication, revisions=(WORKSHOP, *publication.revisions))

    with pytest.raises(LedgerError) as refused:
        store.publish(beside, onto=2)

    assert message in str(refused.value)
    assert "This is a defect of calfeed" in str(refused.value)
    assert store.read() == before


def test_very_many_events_are_told_at_once(store: Store) -> None:
    revisions = [replace(SUMMIT, uid=f"{n:05}", key=f"event-{n}") for n in range(1201)]
    store.publish(the_first(*revisions), onto=0)

    store.publish(a_publication(*map(told_again, revisions)), onto=1)

    told = store.read()
    assert list(told.revisions.values()) == list(map(told_again, revisions))


def test_a_follower_is_told_of_what_others_write(opened: Open, address: str) -> None:
    store, publisher = opened(address), opened(address)
    assert store.has_changed()
    assert not store.has_changed()

    publisher.publish(the_first(SUMMIT), onto=0)

    assert store.has_changed()
    assert not store.has_changed()


def test_a_follower_is_told_of_what_its_own_store_writes(store: Store) -> None:
    store.has_changed()

    store.publish(the_first(SUMMIT), onto=0)

    assert store.has_changed()


def test_times_before_1970_and_after_2038_are_kept(store: Store) -> None:
    late = replace(
        SUMMIT,
        created=datetime(1969, 7, 20, 20, 17, tzinfo=UTC),
        stamp=datetime(2121, 9, 23, tzinfo=UTC) + timedelta(seconds=1),
    )

    store.publish(the_first(late), onto=0)

    assert store.read().revisions[late.uid] == late
