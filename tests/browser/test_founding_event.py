"""The founding event as its readers see it: planned, postponed, and with its new date.

One server and one file, which an editor changes while they look.
"""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import PageLog
from tests.browser.conftest import OpenPage
from tests.spine import a_spine, an_entry, an_update, events_file

pytestmark = pytest.mark.reader("chromium")

PATH = "/en/events/commissioner-meets-eu-mayors/"
BUSINESS = "The Commissioner is detained by urgent business."
OLD = "Tuesday 30 September 2031"
NEW = "Tuesday 2 December 2031, 14:30–16:30, Brussels time"
POSTPONED = an_update("postponed", notice=BUSINESS)
RESCHEDULED = an_update(
    "rescheduled",
    announced="2026-03-02",
    when="2031-12-02 14:30 to 16:30",
    online={"url": "https://video.example.eu/live", "label": "Watch live"},
)


def a_file(*updates: dict[str, Any]) -> str:
    entry = an_entry(
        title="Commissioner meets EU mayors",
        published="2026-01-02",
        when="2031-09-30",
        time_to_be_confirmed=True,
        place="Brussels, Belgium",
        registration={"url": "https://register.example.eu/mayors"},
        updates=list(updates) or None,
    )
    return events_file({"commissioner-meets-eu-mayors": entry})


def test_what_a_reader_sees(a_page: OpenPage, page_log: PageLog, tmp_path: Path) -> None:
    with a_spine(tmp_path, a_file()) as spine:
        address = f"http://127.0.0.1:{spine.port}"
        page_log.own.add(address)
        page = a_page()

        page.goto(address + PATH)
        sees_it_planned(page)

        spine.edit(a_file(POSTPONED))
        page.reload()
        sees_it_postponed(page)

        spine.edit(a_file(POSTPONED, RESCHEDULED))
        page.reload()
        sees_its_new_date(page)

        page.goto(f"{address}/en/")
        sees_it_in_the_lists(page)


def sees_it_planned(page: Page) -> None:
    expect(page.locator(".message")).to_have_count(0)
    expect(fact(page, "When")).to_have_text(f"When {OLD} Time to be confirmed")
    expect(page.locator(".actions").get_by_role("link", name="Register")).to_be_visible()
    expect(page.locator(".history li")).to_have_text([f"2 January 2026: Announced for {OLD}"])


def sees_it_postponed(page: Page) -> None:
    expect(page).to_have_title("Postponed: Commissioner meets EU mayors | Parks")
    expect(page.locator(".labels")).to_have_text("Postponed")
    message = page.get_by_role("region", name="This event is postponed")
    expect(message).to_contain_text(f"It was planned for {OLD}.")
    expect(message).to_contain_text("The new date is not known yet.")
    expect(message).to_contain_text(BUSINESS)
    expect(fact(page, "When")).to_have_text(f"When Was: {OLD} Now: to be announced")
    expect(page.locator(".facts s")).to_have_css("text-decoration-line", "line-through")
    expect(page.locator(".actions")).to_have_count(0)
    expect(page.get_by_text("Only add a copy")).to_have_count(0)
    expect(page.locator(".history li")).to_have_text(
        [f"10 January 2026: Postponed {BUSINESS}", f"2 January 2026: Announced for {OLD}"]
    )


def sees_its_new_date(page: Page) -> None:
    expect(page.locator(".labels")).to_have_text("New date")
    message = page.get_by_role("region", name="This event has a new date")
    expect(message).to_contain_text(f"Was: {OLD}")
    expect(message).to_contain_text(f"Now: {NEW}")
    expect(message.locator("s")).to_have_css("text-decoration-line", "line-through")
    expect(fact(page, "When")).to_have_text(f"When Was: {OLD} Now: {NEW}")
    expect(page.locator(".actions").get_by_role("link", name="Watch live")).to_be_visible()
    expect(page.locator(".history li")).to_have_text(
        [
            f"2 March 2026: New date: {NEW}",
            f"10 January 2026: Postponed {BUSINESS}",
            f"2 January 2026: Announced for {OLD}",
        ]
    )


def sees_it_in_the_lists(page: Page) -> None:
    news = page.locator(".news li").first
    expect(news).to_contain_text("New date")
    item = page.locator(".listing .item")
    expect(item).to_have_count(1)
    expect(item.locator(".label")).to_have_text("New date")
    expect(item.locator("time")).to_have_text("Tue 2 Dec 2031")


def fact(page: Page, term: str) -> Any:
    """Return the fact of that name."""
    return page.locator(".facts dl > div").filter(has=page.get_by_text(term, exact=True))
