"""FullCalendar, as others build it in: what it shows of our feeds, and at which hour of whom."""

import json
from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chromium import PageLog
from tests.browser.conftest import OpenPage, Partner, Serve
from tests.house import House
from tests.readers.available import FULLCALENDAR
from tests.spine import an_entry, an_update, events_file

pytestmark = pytest.mark.reader("chromium", "fullcalendar")

Show: TypeAlias = Callable[[object, str], Locator]

BRUSSELS, NEW_YORK = "Europe/Brussels", "America/New_York"
EVENTS = {
    "garden": an_entry(
        when="2031-05-08 14:30 to 16:00",
        updates=[an_update("postponed", notice="The park is being repaired.")],
    ),
    "fair": an_entry(title="Tree fair", when="2031-05-06 to 2031-05-07"),
    "talk": an_entry(
        title="Talk",
        when="2031-05-05 10:00 to 11:00",
        updates=[an_update("rescheduled", when="2031-05-09 18:00 to 19:00")],
    ),
}


@pytest.fixture
def address(serving: Serve) -> str:
    house = House()
    house.publish(events_file(EVENTS))
    return serving(house.table())


def a_calendar(source: object) -> str:
    """Return a page of somebody else whose FullCalendar shows *source* in one week."""
    options = {
        "initialView": "timeGridWeek",
        "initialDate": "2031-05-08",
        "eventTimeFormat": {"hour": "2-digit", "minute": "2-digit", "hour12": False},
        "events": source,
    }
    bundles = "".join(f"<script>{one.read_text('utf-8')}</script>" for one in FULLCALENDAR)
    return (
        '<!doctype html><html lang="en"><head><title>Partner</title></head><body>'
        f'<div id="here"></div>{bundles}<script>'
        f"new FullCalendar.Calendar(here, {json.dumps(options)}).render()</script></body></html>"
    )


@pytest.fixture
def show(a_page: OpenPage, partner: Partner) -> Show:
    """Show a source to somebody in a time zone; return what a week of it looks like."""

    def show_it(source: object, timezone: str) -> Locator:
        page = a_page(timezone=timezone)
        page.goto(partner({"/": a_calendar(source)}) + "/")
        expect(page.locator(".fc-event").first).to_be_visible()
        return page.locator(".fc")

    return show_it


def on(week: Locator, day: str, title: str) -> Locator:
    """Return the one event with *title* that *week* has on *day*."""
    found = week.locator(f'td[data-date="{day}"] .fc-event').filter(has_text=title)
    expect(found).to_have_count(1)
    return found


def test_events_are_at_their_hour_with_their_state(
    show: Show, address: str, page_log: PageLog
) -> None:
    feed = f"{address}/feeds/parks.fullcalendar.json"
    week = show(feed, BRUSSELS)

    garden = on(week, "2031-05-08", "Garden day")
    expect(garden.locator(".fc-event-title")).to_have_text("POSTPONED: Garden day")
    expect(garden.locator(".fc-event-time")).to_have_text("14:30 - 16:00")
    expect(garden).to_contain_class("is-postponed")
    expect(garden).to_have_attribute("href", "https://events.example.eu/en/events/garden/")
    talk = on(week, "2031-05-09", "Talk")
    expect(talk.locator(".fc-event-time")).to_have_text("18:00 - 19:00")
    expect(talk).to_contain_class("is-rescheduled")
    expect(week.locator('td[data-date="2031-05-05"] .fc-event')).to_have_count(0)
    assert any(one.startswith(f"{feed}?start=2031-05-04") for one in page_log.asked)


def test_whole_days_are_whole_and_all_of_them(show: Show, address: str) -> None:
    week = show(f"{address}/feeds/parks.fullcalendar.json", NEW_YORK)
    fair = on(week, "2031-05-06", "Tree fair")
    expect(fair).to_contain_class("fc-event-start")
    box, day = fair.bounding_box(), week.locator('th[data-date="2031-05-06"]').bounding_box()
    assert box
    assert day
    assert 1.5 < box["width"] / day["width"] <= 2


def test_a_language_is_chosen_by_the_address(show: Show, address: str) -> None:
    week = show(f"{address}/feeds/parks.fr.fullcalendar.json", BRUSSELS)
    on(week, "2031-05-08", "REPORTÉ")


@pytest.mark.parametrize(
    "source",
    [
        pytest.param({"url": "fullcalendar.json"}, id="json"),
        pytest.param({"url": "utc.ics", "format": "ics"}, id="ics"),
    ],
)
@pytest.mark.parametrize(
    ("timezone", "hours"), [(BRUSSELS, "14:30 - 16:00"), (NEW_YORK, "08:30 - 10:00")]
)
def test_an_hour_is_that_of_who_looks(
    show: Show, address: str, source: dict[str, str], timezone: str, hours: str
) -> None:
    week = show({**source, "url": f"{address}/feeds/parks.{source['url']}"}, timezone)
    garden = on(week, "2031-05-08", "Garden day")
    expect(garden.locator(".fc-event-time")).to_have_text(hours)
