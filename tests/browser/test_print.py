"""A page on paper: what is told stays, what can only be clicked is left out."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, Visit
from tests.browser.kinds import KINDS, STATES

pytestmark = pytest.mark.reader("chromium")

CLICKED = "header, nav, .skip, .panel, .way, .button, button, input, select, footer ul, #embed"


@pytest.fixture
def on_paper(a_page: OpenPage) -> Page:
    page = a_page(width=794, dark=True, timezone="Asia/Tokyo")
    page.emulate_media(media="print", color_scheme="dark")
    return page


def added(one: Locator) -> str:
    """Return what the style sheet writes behind *one*."""
    written: str = one.evaluate("one => getComputedStyle(one, '::after').content")
    return written.strip('"')


def test_what_became_of_an_event_stays(on_paper: Page, visit: Visit) -> None:
    visit(on_paper, STATES["rescheduled"])
    expect(on_paper.locator(".labels")).to_contain_text("New date")
    message = on_paper.locator(".message")
    expect(message).to_contain_text("Was: Thursday 8 May 2031, 14:00–16:00, Brussels time")
    expect(message).to_contain_text("Now: Sunday 1 June 2031, 10:00–12:00, Brussels time")
    expect(message).to_contain_text("The soil was wet.")
    assert message.is_visible()
    assert on_paper.locator(".history li").count() == 2
    assert all(one.is_visible() for one in on_paper.locator(".history li").all())


@pytest.mark.parametrize("name", ["index", "initiative", "event", "series", "past"])
def test_what_can_only_be_clicked_is_left_out(on_paper: Page, visit: Visit, name: str) -> None:
    visit(on_paper, KINDS[name])
    assert on_paper.locator("h1").is_visible()
    shown = [one for one in on_paper.locator(CLICKED).all() if one.is_visible()]
    assert [one.evaluate("one => one.outerHTML.slice(0, 80)") for one in shown] == []
    assert not any(one.is_visible() for one in on_paper.locator(".your-time").all())


def test_addresses_are_written_out(on_paper: Page, visit: Visit) -> None:
    visit(on_paper, STATES["planned"])
    address = on_paper.locator("h1 + .u-url")
    assert address.is_visible()
    assert added(address) == "https://events.example.eu/en/events/planned/"
    link = on_paper.get_by_role("link", name="Gardeners")
    assert added(link) == " (https://gardeners.example.eu)"


def test_calendars_are_listed_with_their_addresses(on_paper: Page, visit: Visit) -> None:
    visit(on_paper, KINDS["feeds"])
    address = on_paper.locator("#living-in-eu input").first
    assert address.is_visible()
    assert address.input_value() == "https://events.example.eu/feeds/living-in-eu.ics"
    assert not any(one.is_visible() for one in on_paper.locator(".way, .button").all())


def test_the_day_of_the_last_change_stays(on_paper: Page, visit: Visit) -> None:
    visit(on_paper, KINDS["initiative"])
    assert on_paper.get_by_text("Last change told on 23 November 2026").is_visible()


def test_paper_is_white_for_those_who_read_in_the_dark(on_paper: Page, visit: Visit) -> None:
    visit(on_paper, STATES["postponed"])
    colours = on_paper.evaluate(
        """[document.body, document.querySelector(".message")].map(
            one => getComputedStyle(one)).flatMap(style => [style.color, style.backgroundColor])"""
    )
    ink, white, _, light = colours
    assert (ink, white, light) == ("rgb(27, 36, 48)", "rgb(255, 255, 255)", "rgb(253, 243, 223)")
