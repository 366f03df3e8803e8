"""What a page says of an event in each state: in words, with both dates, and never an old link."""

import html
import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from calfeed.ledger.revision import encode_event
from calfeed.model import Picture
from calfeed.site import Table
from tests.formats.pages.states import EVENTS, PARTIES, a_house, a_table, page
from tests.house import House
from tests.spine import an_entry, an_update, events_file


@pytest.fixture(scope="module")
def table() -> Table:
    return a_table()


def text(document: str) -> str:
    """Return what is read, without tags."""
    main = document.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.mark.parametrize(
    ("key", "said"),
    [
        pytest.param(
            "postponed", ["This event is postponed", "The new date is not known"], id="off"
        ),
        pytest.param("moved-postponed", ["to be announced", "Was:"], id="moved, then off"),
        pytest.param("cancelled", ["Registration is closed: the event is cancelled"], id="no more"),
        pytest.param("waiting", ["Registration is closed: the event is postponed"], id="waiting"),
        pytest.param(
            "rescheduled",
            [
                "This event has a new date",
                "Was: Thursday 8 May 2031",
                "Now: Sunday 1 June 2031",
                "1 January 2026 : Announced for Thursday 8 May 2031",
            ],
            id="new date",
        ),
        pytest.param("moved-twice", ["The place is new, too.", "New place: Hall"], id="both"),
        pytest.param(
            "online",
            ["now takes place online", "The time is unchanged.", "Was: Town park"],
            id="on line",
        ),
        pytest.param("private", ["The link is given after registration."], id="private"),
        pytest.param("relocated", ["This event has a new place", "Was: Town park"], id="elsewhere"),
        pytest.param("reinstated", ["This event takes place after all"], id="after all"),
        pytest.param("corrected", ["Corrected", "There is a charge"], id="corrected"),
        pytest.param("unconfirmed", ["Time to be confirmed"], id="no hour yet"),
        pytest.param(
            "undated", ["The date is still to be announced", "Register"], id="no date yet"
        ),
        pytest.param("dated", ["Date announced: 8–9 May 2031", ": Announced"], id="first date"),
        pytest.param("open-end", ["14:00, Brussels time"], id="no end"),
        pytest.param("closed", ["Registration is closed."], id="closed"),
        pytest.param("over", ["This event took place on Tuesday 3 February 2026"], id="over"),
        pytest.param("days", ["This series has ended", "Past dates"], id="a series that is over"),
        pytest.param("ended", ["This event is cancelled"], id="a series that is off"),
        pytest.param(
            "series",
            ["The date of 3 November 2026 : Cancelled", "From 7 November 2028 onwards"],
            id="a series",
        ),
    ],
)
def test_an_event_says_what_became_of_it(table: Table, key: str, said: list[str]) -> None:
    shown = text(page(table, f"/en/events/{key}/"))
    for words in said:
        assert words in shown.replace(" :", ":").replace("\N{THIN SPACE}", "") or words in shown


@pytest.mark.parametrize("key", sorted(EVENTS))
def test_json_ld_is_of_the_event(table: Table, key: str) -> None:
    document = page(table, f"/en/events/{key}/")
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', document)
    assert json.loads(data)["url"] == f"https://events.example.eu/en/events/{key}/"


@pytest.mark.parametrize("key", ["postponed", "cancelled", "over", "private"])
def test_who_cannot_take_part_is_offered_no_way_in(table: Table, key: str) -> None:
    document = page(table, f"/en/events/{key}/")
    assert 'class="button"' not in document
    assert "meet.example.eu" not in document


def test_a_planned_event_has_all_that_the_file_says(table: Table) -> None:
    document = page(table, "/en/events/planned/")
    assert '<a class="button" href="https://meet.example.eu/garden">Watch</a>' in document
    assert '<a href="mailto:friends@example.eu">Friends</a>' in document
    assert "<h3>Why</h3>" in document
    assert "&lt;b&gt;really&lt;/b&gt;" in document
    assert "dates=20310508T140000%2F20310508T160000&amp;ctz=Europe%2FBrussels" in document
    assert '<data class="dt-end" value="2031-05-08T16:00:00+02:00">' in document


def test_a_text_without_translation_says_so(table: Table) -> None:
    assert '<span lang="en">Garden day</span>' in page(table, "/fr/events/postponed/")
    assert "Journée au jardin" in page(table, "/fr/events/planned/")


def test_a_date_of_a_series_has_its_own_page(table: Table) -> None:
    moved = text(page(table, "/en/events/series/2027-01-05/"))
    assert "Was: Tuesday 5 January 2027" in moved
    assert "Now: Tuesday 12 January 2027" in moved
    assert "All dates" in moved
    assert table.make("/en/events/series/2027-01-06/") is None


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        pytest.param("/en/events/gone/", 410, None, id="withdrawn"),
        pytest.param("/en/events/old-name/", 301, "/en/events/new-name/", id="renamed"),
        pytest.param("/events/old-name/", 301, "/events/new-name/", id="renamed, no language"),
        pytest.param("/events/planned/", 302, "/en/events/planned/", id="no language"),
        pytest.param("/", 302, "/en/", id="the site, no language"),
        pytest.param("/parks/", 302, "/en/parks/", id="an initiative, no language"),
        pytest.param("/en/parks", 301, "/en/parks/", id="no slash"),
        pytest.param("/404.html", 404, None, id="missing"),
        pytest.param("/xx/404.html", 404, None, id="missing, in no language of ours"),
    ],
)
def test_where_a_page_has_gone(table: Table, path: str, status: int, location: str | None) -> None:
    made = table.make(path)
    assert made is not None
    assert made.status == status
    assert dict(made.kept).get(b"location") == (location and location.encode())


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/xx/", id="a language"),
        pytest.param("/en/nobody/", id="an initiative"),
        pytest.param("/en/nobody", id="without a slash"),
        pytest.param("/nobody/", id="an initiative, no language"),
        pytest.param("/en/events/nothing/", id="an event"),
        pytest.param("/en/all/9/", id="a further page"),
        pytest.param("/en/past/9/", id="a page of the past"),
        pytest.param("/static/pages-0123456789abcdef.css", id="another version of a file"),
    ],
)
def test_what_there_is_not(table: Table, path: str) -> None:
    assert table.make(path) is None


def test_people_are_told_that_there_is_nothing_and_where_there_is(table: Table) -> None:
    missing = table.missing("/fr/nothing/")
    assert missing is not None
    assert missing.status == 404
    assert b'href="/fr/parks/"' in missing.body
    assert table.missing("/feeds/nothing.ics") is None


def test_a_renamed_and_an_ended_initiative() -> None:
    house = House()
    house.publish(events_file({"g": an_entry()}))
    renamed = {"gardens": {"name": "Gardens", "formerly": ["parks"]}}
    house.publish(events_file({"g": an_entry(initiatives=["gardens"])}, initiatives=renamed))
    moved = house.table().make("/en/parks/")
    assert moved is not None
    assert (moved.status, dict(moved.kept)[b"location"]) == (301, b"/en/gardens/")
    neutral = house.table().make("/parks/")
    assert neutral is not None
    assert dict(neutral.kept)[b"location"] == b"/gardens/"
    ended = house.table(house.now.date() + timedelta(days=402)).make("/en/schools/")
    assert ended is not None
    assert ended.status == 410
    assert b"This calendar has ended." in ended.body


def test_long_lists_go_on_on_further_pages() -> None:
    house = House()
    ahead = {f"a{n}": an_entry(when=f"2031-05-{n % 28 + 1:02}") for n in range(45)}
    over = {f"o{n}": an_entry(when=f"2026-02-{n % 28 + 1:02}") for n in range(45)}
    house.publish(events_file({**ahead, **over}))
    table = house.table()
    paths = set(table.paths())
    for path in ("/en/all/2/", "/en/parks/all/2/", "/en/past/2/", "/en/parks/past/2/"):
        assert path in paths
        assert page(table, path).count('class="item ') == 5
    assert "/en/all/3/" not in paths
    assert 'href="/en/all/2/"' in page(table, "/en/")
    assert all(len(page(table, path)) < 60_000 for path in paths if path.startswith("/en/"))


def test_nothing_ahead_and_nothing_over() -> None:
    house = House()
    house.publish(events_file({"gone": an_entry()}))
    house.publish(events_file({"gone": an_entry(when="2026-01-05"), "x": an_entry()}))
    table = house.table(date(2033, 1, 1))
    assert "No coming events." in page(table, "/en/parks/")
    assert "Nothing is over yet." in page(a_house().table(date(2026, 11, 23)), "/en/schools/past/")


def test_a_single_language_has_no_menu() -> None:
    house = House()
    house.publish(
        events_file({"g": an_entry(updates=[an_update("postponed")])}, site={"languages": ["en"]})
    )
    document = page(house.table(), "/en/")
    assert '<nav class="tongues"' not in document
    assert "Postponed" in document


HOSTILE = (
    "</script><script>alert(1)</script>",
    "javascript:alert(1)",
    "\u202eevil\u2066",
    "]]><!--",
    "\"'><img src=x onerror=alert(1)>",
    "x" * 30_000,
)


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_shown_and_does_nothing(hostile: str) -> None:
    house = House()
    entry = an_entry(title="T", summary=hostile[:1900], description=f"[a]({hostile}) {hostile}")
    house.publish(events_file({"g": entry}))
    table = house.table()
    for path in ("/en/", "/en/parks/", "/en/events/g/"):
        document = page(table, path)
        assert "<script>alert" not in document
        assert "<img src=x" not in document
        assert 'href="javascript:' not in document
        assert (
            "\u202e" not in document.partition("<script type")[0] + document.partition("</head>")[2]
        )


def test_the_page_follows_the_next_publication() -> None:
    house = House()
    house.publish(events_file({"g": an_entry()}))
    table = house.table()
    before = table.make("/en/events/g/")
    style = next(path for path in table.paths() if path.startswith("/static/pages-"))
    kept = table.make(style)
    house.publish(events_file({"g": an_entry(updates=[an_update("postponed")])}))
    following = table.successor(house.snapshot())
    assert following.ready("/en/events/g/") is None
    assert following.ready(style) is kept
    after = following.make("/en/events/g/")
    assert before is not None
    assert after is not None
    assert b"This event is postponed" in after.body


def test_every_path_that_is_listed_is_there(table: Table) -> None:
    pages = [path for path in table.paths() if ".ics" not in path]
    assert "/en/events/series/2027-01-05/" in pages
    assert len(pages) == len(set(pages))
    assert all(table.make(path) for path in pages)


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        pytest.param((1200, 630), 'width="1200" height="630"', id="its room is kept"),
        pytest.param(None, 'alt="A garden">', id="a size that its bytes do not say"),
    ],
)
def test_a_picture_has_its_words_and_its_owner(size: tuple[int, int] | None, shown: str) -> None:
    alt = {"en": "A garden"}
    image = Picture(sha256="ab" * 32, extension="png", alt=alt, credit="Ann", size=size)
    house = House()
    house.publish(events_file({"garden": an_entry()}))
    (told,) = house.told.revisions.values()
    event = replace(told.event, details=replace(told.event.details, image=image))
    changed = replace(told, facts=encode_event(event))
    house.told = replace(house.told, revisions={told.uid: changed})
    document = page(house.table(), "/en/events/garden/")
    assert shown in document
    assert "Picture: Ann" in document
    address = "https://events.example.eu/media/abababababababab.png"
    assert f'<meta property="og:image" content="{address}">' in document


def test_a_prepared_site_has_the_same_pages() -> None:
    house = House()
    house.publish(events_file({"g": an_entry(), "h": an_entry(updates=[an_update("postponed")])}))
    prepared = house.table()
    prepared.prepare()
    for path in ("/en/", "/en/parks/", "/en/events/g/"):
        assert page(prepared, path) == page(house.table(), path)


def test_lists_follow_the_next_publication_of_the_same_day() -> None:
    house = House()
    house.publish(events_file({"g": an_entry(), "h": an_entry(title="Harvest")}))
    table = house.table()
    assert page(table, "/en/").count('class="item ') == 2
    house.publish(events_file({"g": an_entry(title="Garden week"), "h": an_entry(title="Harvest")}))
    following = page(table.successor(house.snapshot()), "/en/")
    assert "Garden week" in following
    assert "Harvest" in following


def test_a_site_of_many_initiatives_and_events_keeps_its_pages_small() -> None:
    initiatives = {f"party-{n}": {"name": f"Party of the {n}th hour"} for n in range(50)}
    events = {
        f"e{n}": an_entry(initiatives=[f"party-{n}", "party-1"], when=f"2031-05-{n % 28 + 1:02}")
        for n in range(50)
        if n != 1
    }
    house = House()
    house.publish(events_file(events, initiatives=initiatives))
    table = house.table()
    for path in ("/en/", "/en/feeds/", "/en/party-1/"):
        document = page(table, path)
        assert len(document.encode()) < 60_000
        assert "/en/party-1/" in document


def test_a_union_lists_the_events_of_those_it_gathers() -> None:
    gathering = {"name": "Both", "of": ["parks", "schools"]}
    union = {**PARTIES, "both": gathering, "woods": {"name": "Woods"}}
    events = {
        "a": an_entry(title="In the park"),
        "b": an_entry(title="At school", initiatives=["schools"]),
        "c": an_entry(title="Long ago", when="2026-02-02"),
        "d": an_entry(title="In the wood", initiatives=["woods"]),
    }
    house = House()
    house.publish(events_file(events, initiatives=union))
    table = house.table()
    shown = page(table, "/en/both/")
    assert "In the park" in shown
    assert "At school" in shown
    assert "In the wood" not in shown
    assert "Long ago" in page(table, "/en/both/past/")
    assert "Long ago" not in page(table, "/en/schools/past/")


def test_a_union_tells_the_news_of_those_it_gathers_each_once() -> None:
    union = {**PARTIES, "both": {"name": "Both", "of": ["parks", "schools"]}}
    shared = an_entry(title="For all", initiatives=["parks", "schools"])
    others = {
        "park": an_entry(title="In the park"),
        "school": an_entry(title="At school", initiatives=["schools"]),
    }
    house = House()
    for events in (others, {**others, "shared": shared}):
        house.publish(events_file(events, initiatives=union))
        house.now += timedelta(minutes=1)
    news = page(house.table(), "/en/both/").partition('<section class="news">')[2]
    told = re.findall(r'<a href="/en/events/(\w+)/">', news.partition("</section>")[0])
    assert told[0] == "shared"
    assert sorted(told) == ["park", "school", "shared"]


def test_the_page_of_an_initiative_tells_what_has_left_it() -> None:
    house = House()
    for initiatives in (["parks"], ["schools"]):
        house.publish(events_file({"g": an_entry(initiatives=initiatives)}))
    left = page(house.table(), "/en/parks/")
    assert "No longer in this calendar" in text(left)
    assert 'class="label is-left"' in left
    assert "No longer in this calendar" not in page(house.table(), "/en/schools/")


def test_what_was_held_before_a_rename_stands_under_the_new_name() -> None:
    house = House()
    held = an_entry(title="Long ago", when="2026-02-02")
    house.publish(events_file({"held": held, "g": an_entry()}))
    renamed = {"gardens": {"name": "Gardens", "formerly": ["parks"]}}
    house.publish(events_file({"g": an_entry(initiatives=["gardens"])}, initiatives=renamed))
    assert "Long ago" in page(house.table(), "/en/gardens/past/")


def test_what_waits_for_a_date_is_listed_to_the_last() -> None:
    waiting = {
        f"w{n}": an_entry(title=f"Waiting {n}", when="2026-02-02", updates=[an_update("postponed")])
        for n in range(20)
    }
    ahead = {f"a{n}": an_entry(when=f"2031-05-{n % 28 + 1:02}") for n in range(40)}
    house = House()
    house.publish(events_file({**ahead, **waiting}))
    table = house.table()
    assert "/en/all/2/" in set(table.paths())
    shown = page(table, "/en/") + page(table, "/en/all/2/")
    assert "Date to be announced" in page(table, "/en/all/2/")
    assert all(f'href="/en/events/{key}/"' in shown for key in waiting)
