"""What each case sends: edit the file, wait for the publication, fetch, parse, compare."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.readers.reading import ReadEvent
from tests.spine import Spine, a_spine, an_entry, an_update, events_file, number, stamp

OLD = "2031-05-08 14:00 to 16:00"
NEW = "2031-06-12 10:00 to 12:00"
OLD_START = datetime(2031, 5, 8, 12, tzinfo=UTC)
NEW_START = datetime(2031, 6, 12, 8, tzinfo=UTC)
ONLINE = {"url": "https://meet.example.eu/garden"}


@dataclass
class Town:
    """One server for all cases; each case has an event of its own, and leaves it behind."""

    spine: Spine
    entries: dict[str, Any] = field(default_factory=dict)

    def state(self, key: str, entry: dict[str, Any] | None) -> str:
        """Put *entry* under *key*, or take it out; return what the server said of it."""
        if entry is None:
            del self.entries[key]
        else:
            self.entries[key] = entry
        return self.spine.edit(events_file(self.entries))

    def told(self, key: str) -> ReadEvent:
        """Return the VEVENT of *key* in its first initiative's feed, the same in every feed."""
        found = [event for event in self.spine.vevents() if f"/{key}/" in event.url]
        assert len(found) == 1, found
        (alone,) = self.spine.vevents(f"/events/{key}.ics")
        (among_all,) = (
            event for event in self.spine.vevents("/feeds/all.ics") if f"/{key}/" in event.url
        )
        assert alone == found[0] == among_all
        return found[0]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = Path(tmp_path_factory.mktemp("town"))
    entries = {"always-there": an_entry(title="Market")}
    with a_spine(folder, events_file(entries)) as spine:
        yield Town(spine, entries)


@dataclass(frozen=True, kw_only=True)
class Case:
    """An edit, and what a subscriber sees of it; ``moves`` is by how much SEQUENCE grows."""

    before: dict[str, Any]
    after: dict[str, Any] | None
    moves: int = 1
    status: str = "CONFIRMED"
    summary: str = "Garden day"
    start: datetime | date = OLD_START
    is_off: bool = False


CASES = {
    "a text edited": Case(
        before=an_entry(),
        after=an_entry(summary="Bring a spade."),
    ),
    "a translation added": Case(
        before=an_entry(),
        after=an_entry(title={"en": "Garden day", "fr": "Journée au jardin"}),
    ),
    "moved to a new date": Case(
        before=an_entry(),
        after=an_entry(updates=[an_update("rescheduled", when=NEW)]),
        summary="NEW DATE: Garden day",
        start=NEW_START,
    ),
    "postponed, no date": Case(
        before=an_entry(),
        after=an_entry(updates=[an_update("postponed")]),
        status="CANCELLED",
        summary="POSTPONED: Garden day",
        is_off=True,
    ),
    "postponed, then dated": Case(
        before=an_entry(updates=[an_update("postponed")]),
        after=an_entry(updates=[an_update("postponed"), an_update("rescheduled", when=NEW)]),
        summary="NEW DATE: Garden day",
        start=NEW_START,
    ),
    "cancelled": Case(
        before=an_entry(),
        after=an_entry(updates=[an_update("cancelled")]),
        status="CANCELLED",
        summary="CANCELLED: Garden day",
        is_off=True,
    ),
    "cancelled after it had moved": Case(
        before=an_entry(updates=[an_update("rescheduled", when=NEW)]),
        after=an_entry(updates=[an_update("rescheduled", when=NEW), an_update("cancelled")]),
        status="CANCELLED",
        summary="CANCELLED: Garden day",
        start=NEW_START,
        is_off=True,
    ),
    "moved online": Case(
        before=an_entry(),
        after=an_entry(updates=[an_update("moved-online", online=ONLINE)]),
        summary="ONLINE: Garden day",
    ),
    "moved online and to a new date": Case(
        before=an_entry(),
        after=an_entry(
            updates=[
                an_update("moved-online", online=ONLINE),
                an_update("rescheduled", when=NEW),
            ]
        ),
        moves=2,
        summary="NEW DATE: Garden day",
        start=NEW_START,
    ),
    "relocated": Case(
        before=an_entry(),
        after=an_entry(updates=[an_update("relocated", place="Library")]),
    ),
    "reinstated": Case(
        before=an_entry(updates=[an_update("cancelled")]),
        after=an_entry(updates=[an_update("cancelled"), an_update("reinstated")]),
    ),
    "reinstated on a new date": Case(
        before=an_entry(updates=[an_update("cancelled")]),
        after=an_entry(updates=[an_update("cancelled"), an_update("reinstated", when=NEW)]),
        summary="NEW DATE: Garden day",
        start=NEW_START,
    ),
    "a date edited in place, no update written": Case(
        before=an_entry(),
        after=an_entry(when=NEW),
        summary="NEW DATE: Garden day",
        start=NEW_START,
    ),
    "an hour given to a day whose time was to be confirmed": Case(
        before=an_entry(when="2031-05-08", time_to_be_confirmed=True),
        after=an_entry(when=OLD),
    ),
    "removed before it is over": Case(
        before=an_entry(),
        after=None,
        status="CANCELLED",
        summary="WITHDRAWN: Garden day",
        is_off=True,
    ),
    "a draft again": Case(
        before=an_entry(),
        after=an_entry(draft=True),
        status="CANCELLED",
        summary="WITHDRAWN: Garden day",
        is_off=True,
    ),
    "taken back to be announced, not postponed": Case(
        before=an_entry(),
        after=an_entry(when="to be announced"),
        status="CANCELLED",
        summary="WITHDRAWN: Garden day",
        is_off=True,
    ),
    "corrected": Case(
        before=an_entry(),
        after=an_entry(updates=[an_update("corrected", when=NEW)]),
        start=NEW_START,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_case(town: Town, name: str) -> None:
    case, key = CASES[name], name.replace(" ", "-").replace(",", "")
    town.state(key, case.before)
    before = town.told(key)

    line = town.state(key, case.after)
    after = town.told(key)

    assert key in line
    assert after.uid == before.uid
    assert after.sequence == number(before) + case.moves
    assert stamp(after) > stamp(before)
    assert after.created == before.created
    assert after.status == case.status
    assert after.summary == case.summary
    assert after.dtstart == case.start
    assert (after.transp == "TRANSPARENT") is case.is_off
    visible = town.spine.vevent(f"/events/{key}.visible.ics")
    assert visible.status == ("TENTATIVE" if case.is_off else "CONFIRMED")
    active = [event.url for event in town.spine.vevents("/feeds/parks.active.ics")]
    assert any(f"/{key}/" in url for url in active) is not case.is_off


def test_a_new_event_starts_with_the_number_of_its_updates(town: Town) -> None:
    town.state("brand-new", an_entry())
    town.state("with-history", an_entry(updates=[an_update("postponed"), an_update("cancelled")]))

    assert town.told("brand-new").sequence == 0
    assert town.told("with-history").sequence == 2


def test_to_be_announced_and_then_dated_is_new_in_feeds(town: Town) -> None:
    town.state("later", an_entry(when="to be announced"))
    assert not [event for event in town.spine.vevents() if "/later/" in event.url]
    assert town.spine.vevents("/events/later.ics") == []

    line = town.state(
        "later", an_entry(when="to be announced", updates=[an_update("rescheduled", when=OLD)])
    )

    assert "has its date" in line
    told = town.told("later")
    assert (told.summary, told.status, told.sequence) == ("Garden day", "CONFIRMED", 1)


def test_put_back_after_it_was_withdrawn_is_as_given(town: Town) -> None:
    town.state("comes-back", an_entry())
    town.state("comes-back", None)
    withdrawn = town.told("comes-back")

    line = town.state("comes-back", an_entry())

    told = town.told("comes-back")
    assert "back in the file" in line
    assert (told.summary, told.status) == ("Garden day", "CONFIRMED")
    assert (told.uid, told.sequence) == (withdrawn.uid, number(withdrawn) + 1)


def test_removed_after_it_was_over_tells_nothing(town: Town) -> None:
    held = an_entry(when="2026-05-08 14:00 to 16:00")
    town.state("was-held", held)
    before = town.spine.get("/feeds/parks.ics")[2]

    assert "nothing to tell" in town.state("was-held", None)
    assert town.spine.get("/feeds/parks.ics")[2] == before


def test_an_event_that_leaves_one_initiative_is_gone_from_that_feed_at_once(town: Town) -> None:
    both = an_entry(initiatives=["parks", "schools"])
    town.state("shared", both)
    before = town.told("shared")
    assert len([e for e in town.spine.vevents("/feeds/schools.ics") if "/shared/" in e.url]) == 1

    line = town.state("shared", an_entry(initiatives=["parks"]))

    after = town.told("shared")
    assert "left schools" in line
    assert not [e for e in town.spine.vevents("/feeds/schools.ics") if "/shared/" in e.url]
    assert (after.sequence, after.status) == (number(before) + 1, "CONFIRMED")


@pytest.mark.parametrize(
    "noise",
    [
        pytest.param(lambda text: "# a comment\n" + text, id="a comment"),
        pytest.param(lambda text: text.replace("\nevents:", "\n\n\nevents:"), id="white space"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="line ends"),
    ],
)
def test_what_is_no_fact_moves_nothing(town: Town, noise: Any) -> None:
    before = town.spine.get("/feeds/all.ics")[2]

    assert "nothing to tell" in town.spine.edit(noise(events_file(town.entries)))
    assert town.spine.get("/feeds/all.ics")[2] == before


def test_the_order_of_the_events_changes_no_byte(town: Town) -> None:
    town.spine.edit(events_file(town.entries))
    before = town.spine.get("/feeds/all.ics")[2]

    backwards = dict(reversed(town.entries.items()))

    assert "nothing to tell" in town.spine.edit(events_file(backwards))
    assert town.spine.get("/feeds/all.ics")[2] == before


SERIES = {
    "when": "2031-05-06 14:00 to 15:00",
    "repeats": {"every": "month", "by": "first Tuesday", "times": 4},
}


def test_one_date_of_a_series_off_and_another_moved(town: Town) -> None:
    town.state("corner", an_entry(**SERIES))
    before = town.told("corner")

    town.state(
        "corner",
        an_entry(
            **SERIES,
            updates=[
                an_update("cancelled", occurrence="2031-06-03"),
                an_update("rescheduled", occurrence="2031-07-01", when="2031-07-08 14:00 to 15:00"),
            ],
        ),
    )

    events = [e for e in town.spine.vevents() if "/corner/" in e.url]
    master, off, moved = events
    assert master.recurrence_id is None
    assert [(e.status, e.summary) for e in events] == [
        ("CONFIRMED", "Garden day"),
        ("CANCELLED", "CANCELLED: Garden day"),
        ("CONFIRMED", "NEW DATE: Garden day"),
    ]
    assert off.recurrence_id == datetime(2031, 6, 3, 12, tzinfo=UTC)
    assert moved.recurrence_id == datetime(2031, 7, 1, 12, tzinfo=UTC)
    assert moved.dtstart == datetime(2031, 7, 8, 12, tzinfo=UTC)
    assert {(e.sequence, e.dtstamp) for e in events} == {(number(before) + 2, master.dtstamp)}


def test_from_postponed_to_put_back_with_restarts_between_any_two(tmp_path: Path) -> None:
    history = [
        an_update("postponed"),
        an_update("rescheduled", when=NEW),
        an_update("rescheduled", when="2031-07-03 10:00 to 12:00"),
        an_update("cancelled"),
        an_update("reinstated"),
    ]
    market = {"market": an_entry(title="Market", initiatives=["schools"])}
    steps: list[tuple[dict[str, Any], str]] = [
        ({"garden": an_entry(updates=history[:count])}, prefix)
        for count, prefix in enumerate(
            ["", "POSTPONED: ", "NEW DATE: ", "NEW DATE: ", "CANCELLED: ", "NEW DATE: "]
        )
    ]
    steps.append(({}, "WITHDRAWN: "))
    steps.append(({"garden": an_entry(updates=history)}, "NEW DATE: "))
    with a_spine(tmp_path, events_file({**market, **steps[0][0]})) as spine:
        told = [spine.vevent()]
        for events, prefix in steps[1:]:
            spine.edit(events_file({**market, **events}))
            told.append(spine.vevent())
            before = {path: spine.get(path) for path in ("/feeds/parks.ics", "/feeds/all.ics")}
            spine.restart()
            after = {path: spine.get(path) for path in before}
            assert [(s, h["ETag"], b) for s, h, b in after.values()] == [
                (s, h["ETag"], b) for s, h, b in before.values()
            ]
            assert told[-1].summary == f"{prefix}Garden day"

    assert [event.sequence for event in told] == list(range(8))
    assert len({event.uid for event in told}) == 1
    stamps = [stamp(event) for event in told]
    assert stamps == sorted(set(stamps))
