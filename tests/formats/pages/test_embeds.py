"""Documents for frames: compact lists and single events, true in every state, inert in any text."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest

from calfeed.formats.pages.statics import PUBLISHED, embed_scripts, newest_embed_script
from tests.formats.pages.states import a_house, a_table, page
from tests.house import House
from tests.spine import an_entry, an_update, events_file

POSTPONED = an_update("postponed", announced="2021-09-23", notice="Urgent business.")
RESCHEDULED = an_update("rescheduled", announced="2021-11-15", when="2021-12-02 14:30 to 16:30")
LINK = re.compile(r"<a ([^>]*)>")


def text_of(html: str) -> str:
    main = html.partition("<main>")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.mark.parametrize(
    ("name", "updates"),
    [
        pytest.param("postponed", [POSTPONED], id="postponed"),
        pytest.param("rescheduled", [POSTPONED, RESCHEDULED], id="new date"),
    ],
)
def test_the_embeds_of_the_mayors(
    golden: Callable[[str, bytes], None], name: str, updates: list[dict[str, object]]
) -> None:
    house = House(now=datetime(2021, 11, 16, 12, tzinfo=UTC))
    entry = an_entry(
        title="Commissioner meets EU mayors",
        when="2021-09-30",
        time_to_be_confirmed=True,
        place="Brussels, Belgium",
        updates=updates,
    )
    house.publish(events_file({"mayors": entry}))
    table = house.table()
    golden(f"mayors-{name}.embed.html", page(table, "/embed/en/events/mayors/").encode())
    golden(f"parks-{name}.embed.html", page(table, "/embed/en/parks/").encode())


@pytest.mark.parametrize(
    ("key", "said"),
    [
        pytest.param("planned", "Garden day Thursday 8 May 2031, 14:00–16:00, Brussels time Park "
                     "Online Details : Garden day", id="as planned"),
        pytest.param("postponed", "Postponed Garden day Was: Thursday 8 May 2031, 14:00–16:00, "
                     "Brussels time Now: to be announced Town park Details : Garden day",
                     id="postponed"),
        pytest.param("cancelled", "Cancelled Garden day Was: Thursday 8 May 2031, 14:00–16:00, "
                     "Brussels time Town park Details : Garden day", id="cancelled"),
        pytest.param("rescheduled", "New date Garden day Was: Thursday 8 May 2031, 14:00–16:00, "
                     "Brussels time Now: Sunday 1 June 2031, 10:00–12:00, Brussels time Town park "
                     "Details : Garden day", id="new date"),
        pytest.param("online", "Now online Garden day Thursday 8 May 2031, 14:00–16:00, Brussels "
                     "time Online Details : Garden day", id="now online"),
        pytest.param("undated", "Garden day The date is still to be announced Details : Garden day",
                     id="to be announced"),
        pytest.param("over", "Garden day This event took place on Tuesday 3 February 2026, "
                     "10:00–11:00, Brussels time Town park Online Details : Garden day", id="past"),
        pytest.param("ended", "Cancelled Garden day Mon 4 Jan 2027 Cancelled Garden day Town park "
                     "Mon 11 Jan 2027 Cancelled Garden day Town park Mon 18 Jan 2027 Cancelled "
                     "Garden day Town park Mon 25 Jan 2027 Cancelled Garden day Town park Mon 1 "
                     "Feb 2027 Cancelled Garden day Town park Details : Garden day", id="series"),
        pytest.param("days", "Garden day This series has ended Town park Details : Garden day",
                     id="past series"),
        pytest.param("series/2026-11-03", "Cancelled Garden day Was: Tuesday 3 November 2026, "
                     "14:00–15:00, Brussels time Town park Details : Garden day", id="one date"),
    ],
)  # fmt: skip
def test_an_embedded_event_says_its_state(key: str, said: str) -> None:
    shown = text_of(page(a_table(), f"/embed/en/events/{key}/"))
    assert re.sub(r"[\u2009\u202f]", "", shown) == said


def test_an_embed_shows_what_lies_ahead_then_what_waits_for_a_date() -> None:
    shown = text_of(page(a_table(), "/embed/en/parks/"))
    assert shown.startswith("Parks Tue 1 Dec 2026 Postponed Garden day")
    assert shown.index("2031") < shown.index("Date to be announced")
    assert shown.endswith("All events Subscribe")


def test_an_event_is_listed_once_while_it_waits_for_its_new_date() -> None:
    house = House()
    ahead = an_entry(title="Ahead", updates=[an_update("postponed")])
    passed = an_entry(title="Passed", when="2026-02-01", updates=[an_update("postponed")])
    house.publish(events_file({"ahead": ahead, "passed": passed}))
    shown = page(house.table(), "/embed/en/parks/")
    assert [shown.count(f">{title}</a>") for title in ("Ahead", "Passed")] == [1, 1]


def test_ten_are_shown_without_a_script_and_fifty_are_there() -> None:
    house = House()
    day = date(2027, 1, 1)
    events = {
        f"event-{number}": an_entry(when=(day + timedelta(number)).isoformat())
        for number in range(60)
    }
    house.publish(events_file(events))
    shown = page(house.table(), "/embed/en/all/")
    assert shown.count('<li class="item') == 50
    assert len(re.findall(r'<li class="item[^>]* hidden>', shown)) == 40


def test_where_nothing_lies_ahead_it_says_so() -> None:
    house = House()
    house.publish(events_file({"over": an_entry(when="2026-02-01")}))
    assert text_of(page(house.table(), "/embed/en/parks/")) == (
        "Parks No coming events. Subscribe to hear of the next. All events Subscribe"
    )


@pytest.mark.parametrize("path", ["/embed/en/parks/", "/embed/fr/all/"])
def test_every_link_opens_a_page_of_ours_in_a_window_of_its_own(path: str) -> None:
    links = LINK.findall(page(a_table(), path))
    assert len(links) > 10
    for link in links:
        assert 'target="_blank" rel="noopener"' in link
        assert re.search(r'href="/(en|fr)/', link)


@pytest.mark.parametrize(
    ("path", "ends"),
    [
        pytest.param("/embed/en/all/", ["/en/", "/en/feeds/"], id="all events"),
        pytest.param(
            "/embed/en/parks/", ["/en/parks/", "/en/parks/#subscribe"], id="an initiative"
        ),
    ],
)
def test_the_last_line_leads_to_all_events_and_to_subscribing(path: str, ends: list[str]) -> None:
    links = LINK.findall(page(a_table(), path))[-2:]
    assert [link.split('"')[1] for link in links] == ends


def test_what_was_removed_or_has_ended_is_named_in_the_frame() -> None:
    assert text_of(page(a_table(), "/embed/en/events/gone/")) == (
        "Gone Removed by the publisher. All events"
    )
    house = a_house()
    house.publish(events_file({}, initiatives={"schools": {"name": "Schools"}}))
    ended = house.table(house.now.date() + timedelta(days=3000))
    assert text_of(page(ended, "/embed/en/parks/")) == ("Parks This calendar has ended. All events")


HOSTILE = "\"><script>alert(1)</script>\u202e<img src=x onerror=alert(1)> ' javascript:alert(1)"


@pytest.mark.parametrize(
    "path", ["/embed/en/parks/", "/embed/en/events/garden/", "/en/parks/"], ids=str
)
def test_hostile_texts_are_inert(path: str) -> None:
    house = House()
    events = {"garden": an_entry(title=HOSTILE, place=HOSTILE)}
    house.publish(events_file(events, initiatives={"parks": {"name": HOSTILE}}))
    html = page(house.table(), path)
    assert "alert(1)" in html
    assert "<script>" not in html
    assert "<img" not in html
    assert "\u202e" not in html


def test_the_generator_has_a_snippet_that_needs_no_script() -> None:
    html = page(a_table(), "/fr/schools/")
    shown = re.findall(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    assert shown == [
        "&lt;iframe src=&#34;https://events.example.eu/embed/fr/schools/&#34;\n"
        "        title=&#34;Événements Écoles&#34; width=&#34;100%&#34; height=&#34;480&#34; "
        "loading=&#34;lazy&#34;\n"
        "        referrerpolicy=&#34;no-referrer&#34; style=&#34;border:0&#34;\n"
        "        sandbox=&#34;allow-scripts allow-popups allow-popups-to-escape-sandbox&#34;"
        "&gt;&lt;/iframe&gt;"
    ]


def test_no_version_of_the_script_for_partners_is_ever_lost() -> None:
    """To change v1.js, add its new hash; if a release had the former, keep it as v1-HASH.js."""
    scripts = embed_scripts().values()
    assert [sha256(one.body).hexdigest()[:16] for one in scripts] == list(PUBLISHED)
    assert newest_embed_script().path == f"/embed/v1-{PUBLISHED[-1]}.js"
