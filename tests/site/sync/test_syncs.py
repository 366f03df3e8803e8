"""What incremental sync answers: the table of docs/aggregators.md, row by row."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.representation import Representation
from calfeed.site import Table
from calfeed.site.questions import MOST_ANSWERS
from tests.house import House, body
from tests.readers import icalendar_reader
from tests.site.sync.mirror import PREFER, Mirror, events, fields, full
from tests.spine import an_entry, an_update, events_file

PARKS = "/feeds/parks.ics"
GARDEN = {"garden": an_entry()}
TWO = {"garden": an_entry(), "pond": an_entry(title="Pond day")}
BOTH = ["parks", "schools"]


def a_house(events: Mapping[str, object], **site: object) -> House:
    house = House()
    house.publish(events_file(events, site=site))
    return house


def answered(
    table: Table, token: str = "", path: str = PARKS, prefer: str = PREFER
) -> Representation:
    answer = table.sync(path, prefer, token)
    assert answer is not None
    return answer


def told(table: Table, path: str = PARKS) -> str:
    """Return the Sync-Token that comes with all of the feed."""
    return fields(answered(table, path=path))["sync-token"]


@pytest.mark.parametrize(
    ("path", "prefer"),
    [
        pytest.param(PARKS, "respond-async", id="something else is preferred"),
        pytest.param("/events/garden.ics", PREFER, id="one event alone"),
        pytest.param("/feeds/none.ics", PREFER, id="no such feed"),
        pytest.param("/feeds/parks.de.ics", PREFER, id="no such language"),
        pytest.param("/robots.txt", PREFER, id="no feed at all"),
    ],
)
def test_all_else_is_answered_as_ever(path: str, prefer: str) -> None:
    assert a_house(GARDEN).table().sync(path, prefer, "") is None


def test_without_a_token_comes_all_of_the_feed() -> None:
    table = a_house(TWO).table()
    answer = answered(table)

    assert answer.status == 200
    assert answer.body == body(table, PARKS)
    headers = fields(answer)
    assert headers["preference-applied"] == PREFER
    assert headers["vary"] == "Accept-Encoding, Prefer, Sync-Token"
    assert headers["cache-control"] == "private, no-cache"
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    assert headers["sync-token"].startswith('"data:,')
    assert "Sync-Token" in headers["access-control-expose-headers"]
    assert "last-modified" not in headers


def test_with_a_token_comes_what_changed() -> None:
    house = a_house(TWO)
    token = told(house.table())
    postponed = an_entry(updates=[an_update("postponed")])
    house.publish(events_file({**TWO, "garden": postponed}))

    answer = answered(house.table(), token)

    assert answer.status == 200
    (vevent,) = icalendar_reader.read(answer.body)
    assert (vevent.summary, vevent.status) == ("POSTPONED: Garden day", "CANCELLED")
    assert b"BEGIN:VTIMEZONE" in answer.body
    assert fields(answer)["preference-applied"] == PREFER
    assert fields(answer)["sync-token"] != token


def zones(calendar: bytes) -> list[bytes]:
    return re.findall(rb"BEGIN:VTIMEZONE.*?END:VTIMEZONE", calendar, re.DOTALL)


@pytest.mark.parametrize("prefer", [PREFER, f"{PREFER}, limit=1"])
def test_a_zone_is_wide_enough_for_what_a_mirror_holds_already(prefer: str) -> None:
    file = {"late": an_entry(), "soon": an_entry(when="2026-12-01 14:00")}
    site = {"timezone": "Africa/Casablanca"}  # whose changes have no yearly rule
    house = House()
    house.publish(events_file(file, site=site))
    token = told(house.table())
    house.publish(events_file({**file, "late": an_entry(title="Later")}, site=site))
    table = house.table()

    answer = answered(table, token, prefer=prefer)

    assert len(events(answer.body)) == 1
    assert zones(answer.body) == zones(body(table, PARKS))


def test_where_nothing_changed_comes_nothing() -> None:
    house = a_house(TWO)
    token = told(house.table())
    house.publish(events_file({**TWO, "exam": an_entry(initiatives=["schools"])}))

    answer = answered(house.table(), token)

    assert (answer.status, answer.body) == (304, b"")
    headers = fields(answer)
    assert headers["sync-token"] != token  # what it holds is newer, though it is the same
    assert headers["preference-applied"] == PREFER
    assert headers["vary"] == "Accept-Encoding, Prefer, Sync-Token"
    assert headers.keys().isdisjoint({"content-type", "content-length", "content-disposition"})


def test_an_event_that_left_the_initiative_is_told_as_its_skeleton() -> None:
    house = a_house({"garden": an_entry(initiatives=BOTH)})
    table = house.table()
    parks, schools = told(table), told(table, "/feeds/schools.ics")
    house.now += timedelta(hours=1)
    house.publish(events_file({"garden": an_entry(initiatives=["schools"])}))
    table = house.table()

    uid = next(iter(house.told.revisions))
    assert b"".join(events(answered(table, parks).body).values()).decode().splitlines() == [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:20261123T130000Z",
        "DTSTART:20310508T120000Z",
        "STATUS:DELETED",
        "END:VEVENT",
    ]
    assert b"STATUS:DELETED" not in answered(table, schools, "/feeds/schools.ics").body


def test_a_withdrawn_event_comes_as_cancelled_and_goes_by_age() -> None:
    house = a_house(TWO)
    mirror = Mirror(PARKS)
    mirror.catch_up(house.table())
    house.publish(events_file({"garden": TWO["garden"]}))

    mirror.catch_up(house.table())
    assert any(b"STATUS:CANCELLED" in vevent for vevent in mirror.events.values())
    later = house.table(date(2031, 5, 16))
    assert b"STATUS:DELETED" in answered(later, mirror.token).body
    mirror.catch_up(later)
    assert len(mirror.events) == 1


def test_an_event_of_the_past_is_dropped_at_the_midnight_that_takes_it_from_the_feed() -> None:
    house = a_house({"garden": an_entry(when="2026-11-20"), **{"pond": an_entry()}}, keep_past=5)
    token = told(house.table(date(2026, 11, 25)))

    assert answered(house.table(date(2026, 11, 25)), token).status == 304
    answer = answered(house.table(date(2026, 11, 26)), token)

    assert answer.body.count(b"BEGIN:VEVENT") == answer.body.count(b"STATUS:DELETED") == 1
    assert b"DTSTART;VALUE=DATE:20261120\r\n" in answer.body


def test_what_leaves_another_feed_by_age_is_no_news_here() -> None:
    over = an_entry(when="2026-11-20", initiatives=["schools"])
    house = a_house({"exam": over, "pond": an_entry()}, keep_past=5)
    token = told(house.table(date(2026, 11, 25)))
    assert answered(house.table(date(2026, 11, 26)), token).status == 304


def test_an_event_withdrawn_and_gone_since_a_mirror_last_asked_is_dropped() -> None:
    house = a_house({**TWO, "fair": an_entry(when="2026-12-01")})
    mirror = Mirror(PARKS)
    mirror.catch_up(house.table())
    house.publish(events_file(TWO))

    mirror.catch_up(house.table(date(2027, 2, 1)))

    assert len(mirror.events) == 2


def test_what_is_over_for_long_is_not_deleted_again_when_all_is_told_anew() -> None:
    past = {"garden": an_entry(when="2026-10-01"), "pond": an_entry(title="Pond day")}
    house = a_house(past, keep_past=5)
    token = told(house.table())
    house.publish(events_file(past, site={"keep_past": 5, "url": "https://new.example.eu"}))

    answer = answered(house.table(), token)

    assert answer.body.count(b"BEGIN:VEVENT") == 1
    assert b"STATUS:DELETED" not in answer.body


def test_an_event_that_never_had_a_date_is_nothing_to_drop() -> None:
    house = a_house({"garden": an_entry(when="to be announced"), "pond": an_entry()})
    token = told(house.table())
    house.publish(events_file({"garden": an_entry(when="to be announced", summary="Soon."), **TWO}))
    house.publish(events_file({"garden": an_entry(when="to be announced"), "pond": an_entry()}))
    assert answered(house.table(), token).status in {200, 304}
    assert b"STATUS:DELETED" not in answered(house.table(), token).body


def test_a_limit_brings_a_batch_and_the_token_of_the_next() -> None:
    house = a_house(TWO)
    mirror = Mirror(PARKS)

    assert mirror.ask(house.table(), limit=1)
    assert len(mirror.events) == 1
    assert not mirror.ask(house.table(), limit=1)
    assert mirror.events == full(house.table(), PARKS)


def test_a_limit_is_named_where_it_left_something_out() -> None:
    table = a_house(TWO).table()
    cut, whole = (answered(table, prefer=f"{PREFER}, limit={limit}") for limit in (1, 2))
    assert fields(cut)["preference-applied"] == "subscribe-enhanced-get, limit=1"
    assert fields(whole)["preference-applied"] == "subscribe-enhanced-get"


def test_an_event_that_comes_and_goes_while_batches_go_on_does_not_stay() -> None:
    file: dict[str, object] = {**TWO, "lake": an_entry(), "exam": an_entry(initiatives=["schools"])}
    house = a_house(file)
    mirror = Mirror(PARKS)
    mirror.catch_up(house.table())
    for key in ("garden", "pond"):
        file[key] = an_entry(title="Another title")
        house.publish(events_file(file))
    assert mirror.ask(house.table(), limit=1)
    for changed in ({"exam": an_entry(initiatives=BOTH)}, {"lake": an_entry(title="Lake day")}):
        file |= changed
        house.publish(events_file(file))
    assert mirror.ask(house.table(), limit=2)
    assert len(mirror.events) == 4
    house.publish(events_file(file | {"exam": an_entry(initiatives=["schools"])}))

    mirror.catch_up(house.table(), limit=1)

    assert mirror.events == full(house.table(), PARKS)


def test_the_former_address_of_a_renamed_initiative_goes_on() -> None:
    house = a_house(GARDEN)
    mirror = Mirror(PARKS)
    mirror.catch_up(house.table())
    entry = an_entry(initiatives=["greens"])
    greens = {"greens": {"name": "Greens", "formerly": ["parks"]}}
    house.publish(events_file({"garden": entry}, initiatives=greens))

    mirror.catch_up(house.table())

    assert mirror.refused == 1
    assert mirror.events == full(house.table(), "/feeds/greens.ics")


def another_ledger(house: House) -> None:
    house.told = replace(house.told, ledger_id="restored")


def keeps_longer(house: House) -> None:
    house.publish(events_file(TWO, site={"keep_past": 3}))


def gathers_more(house: House) -> None:
    of = {"name": "Parks", "of": ["schools", "pools"]}
    initiatives = {"parks": of, "schools": {"name": "Schools"}, "pools": {"name": "Pools"}}
    entries = {key: {**entry, "initiatives": ["pools"]} for key, entry in TWO.items()}
    house.publish(events_file(entries, initiatives=initiatives))


@pytest.mark.parametrize("change", [another_ledger, keeps_longer, gathers_more])
def test_a_token_from_before_other_rules_is_refused(change: object) -> None:
    house = a_house(TWO)
    token = told(house.table())
    change(house)  # type: ignore[operator] # one of the three above

    assert_refused(answered(house.table(), token))


def assert_refused(answer: Representation) -> None:
    assert answer.status == 409
    headers = fields(answer)
    assert headers["preference-applied"] == PREFER
    assert headers["content-type"] == "application/problem+json"
    assert headers["vary"] == "Accept-Encoding, Prefer, Sync-Token"
    assert b"ask again without a Sync-Token" in answer.body


@pytest.mark.parametrize(
    "path", ["/feeds/schools.ics", "/feeds/parks.fr.ics", "/feeds/parks.utc.ics"]
)
def test_a_token_is_of_one_feed_and_variant(path: str) -> None:
    table = a_house(TWO).table()
    assert_refused(answered(table, told(table), path))
    assert answered(table, told(table), "/feeds/parks.en.ics").status == 304


FORGED = {
    "no token of ours": '"http://example.com/ns/sync/1234"',
    "without quotes": "data:,1",
    "nothing in quotes": '""',
    "beyond the log": '"data:,{of}.9.9.9.2026-11-23.2026-11-23"',
    "of a day to come": '"data:,{of}.1.1.1.2026-11-24.2026-11-24"',
    "from a day to come": '"data:,{of}.1.1.1.2026-11-24.2026-11-23"',
    "in no order": '"data:,{of}.2.2.1.2026-11-23.2026-11-23"',
    "seen before it was held": '"data:,{of}.2.1.2.2026-11-23.2026-11-23"',
    "a day that is none": '"data:,{of}.1.1.1.2026-02-30.2026-11-23"',
    "a number without end": '"data:,{of}.' + "1" * 4000 + '.1.1.2026-11-23.2026-11-23"',
    "twice": '"data:,{of}.1.1.1.2026-11-23.2026-11-23", "data:,{of}.1.1.1.2026-11-23.2026-11-23"',
}


@pytest.mark.parametrize("written", FORGED.values(), ids=FORGED)
def test_a_token_that_cannot_be_is_refused(written: str) -> None:
    table = a_house(TWO).table()
    of = told(table).removeprefix('"data:,').partition(".")[0]
    assert_refused(answered(table, written.format(of=of)))


@settings(max_examples=50, deadline=None)
@given(
    st.tuples(*[st.integers(0, 4)] * 3),
    st.dates(date(2026, 9, 1), date(2026, 11, 24)),
    st.sampled_from([None, 1, 3]),
)
def test_a_forged_token_harms_nobody(
    numbers: tuple[int, ...], day: date, limit: int | None
) -> None:
    table = a_house({**TWO, "past": an_entry(when="2026-10-02")}, keep_past=5).table()
    of = told(table).removeprefix('"data:,').partition(".")[0]
    token = f'"data:,{of}.{".".join(map(str, numbers))}.{day}.2026-11-23"'
    mirror = Mirror(PARKS, token=token)
    mirror.catch_up(table, limit)
    assert mirror.events.items() <= full(table, PARKS).items()


def test_an_empty_token_is_none() -> None:
    assert answered(a_house(TWO).table(), "  ").status == 200


def test_an_answer_is_made_once() -> None:
    table = a_house(TWO).table()
    token = told(table)
    assert answered(table) is answered(table, path="/feeds/parks.en.ics")
    assert answered(table, token) is answered(table, f" {token} ", prefer=f"x=y,{PREFER}")


def test_a_strangers_tokens_cannot_grow_memory() -> None:
    table = a_house(TWO).table()
    first = answered(table)
    for limit in range(1, MOST_ANSWERS + 1):
        answered(table, prefer=f"{PREFER}, limit={limit}")
    assert answered(table) is not first


def test_a_successor_draws_no_event_again() -> None:
    house = a_house(TWO)
    table = house.table()
    token = told(table)
    house.publish(events_file({**TWO, "lake": an_entry(title="Lake day")}))
    following = table.successor(house.snapshot())
    assert answered(following, token).body.count(b"BEGIN:VEVENT") == 1
    assert answered(following).body == body(following, PARKS)
