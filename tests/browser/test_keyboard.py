"""A page by keyboard alone: all of it is reached, is seen when it is, and lets go again."""

import re
from collections.abc import Iterator
from itertools import islice

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Visit
from tests.browser.kinds import KINDS, STATES

pytestmark = pytest.mark.reader("chromium")

MOST = 150
"""How often one presses Tab on the longest page: more, and it is a trap."""

FOCUS = """async () => {
    const isNowhere = () => document.activeElement === document.body;
    // on its way into a frame of another process: a page that it has left has it no more
    while (isNowhere() && document.hasFocus()) await new Promise(requestAnimationFrame);
    if (isNowhere()) return null;
    const one = document.activeElement;
    const style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    const isSeen = box.bottom > 0 && box.top < innerHeight
        && box.right > 0 && box.left < innerWidth;
    const isRinged = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3;
    const name = one.labels?.[0]?.innerText || one.title || one.innerText;
    return [name.split("\\n")[0].trim(), isSeen && isRinged];
}"""


def walk(page: Page, key: str = "Tab") -> Iterator[tuple[str, bool]]:
    """Yield the name of all that *key* comes to, and whether one sees that it has the focus."""
    for _ in range(MOST):
        page.keyboard.press(key)
        focused = page.evaluate(FOCUS)
        if focused is None:
            return
        yield focused[0], focused[1]
    raise AssertionError(f"still on the page after {MOST} times {key}")


@pytest.mark.parametrize(
    ("name", "met"),
    [
        pytest.param(
            "index", ["Skip to the content", "EU cities events", "English", "Français"], id="index"
        ),
        pytest.param(
            "initiative",
            [
                "Website",
                "Apple Calendar and other apps",
                "Google Calendar",
                "Outlook.com",
                "Microsoft 365",
                "Address of the calendar",
                "Copy",
                "Address for Google, Outlook and Home Assistant",
                "Copy",
                "Steps for your app",
            ],
            id="initiative",
        ),
        pytest.param(
            "event",
            ["Intelligent Cities Challenge", "Living-in.EU", "Address of this page", "Copy"],
            id="event",
        ),
        pytest.param(
            "generator", ["Code", "Number of events", "Copy", "iCalendar"], id="generator"
        ),
        pytest.param("feeds", ["All calendars"], id="feeds"),
    ],
)
def test_tab_comes_to_all_of_it_in_its_order_and_goes_on(
    a_page: OpenPage, visit: Visit, name: str, met: list[str]
) -> None:
    page = a_page()
    visit(page, KINDS[name])
    found = list(walk(page))
    assert [one for one, is_seen in found if not is_seen and one != "Living-in.EU events"] == []
    names = iter([one for one, _ in found])
    assert all(one in names for one in met), found


def test_nothing_that_can_be_used_is_left_out(a_page: OpenPage, visit: Visit) -> None:
    page = a_page(width=320)
    for kind in (STATES["planned"], KINDS["initiative"], KINDS["index"]):
        visit(page, kind)
        usable = page.locator("a[href], button, input, select, summary, textarea")
        there = sum(one.is_visible() for one in usable.all())
        ahead = list(walk(page))
        assert len(ahead) == there
        assert list(islice(walk(page, "Shift+Tab"), there)) == ahead[::-1]


def test_enter_follows_a_link_and_the_skip_link_goes_to_the_content(
    a_page: OpenPage, visit: Visit
) -> None:
    page = a_page()
    visit(page, KINDS["index"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main .card a").first).to_be_focused()
    page.get_by_role("link", name=re.compile("Subscribe.*Living")).press("Enter")
    expect(page.get_by_role("heading", name="Subscribe")).to_be_in_viewport()
    page.get_by_role("link", name="Français").press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_enter_copies_and_opens(a_page: OpenPage, visit: Visit) -> None:
    page = a_page(permissions=("clipboard-read", "clipboard-write"))
    visit(page, KINDS["initiative"])
    page.get_by_role("button", name="Copy").first.press("Enter")
    expect(page.get_by_role("status").first).to_have_text("Copied")
    page.get_by_text("Steps for your app").press("Enter")
    expect(page.get_by_text("Thunderbird", exact=True)).to_be_visible()
    page.get_by_text("Show these events on your own site").press("Space")
    expect(page.get_by_label("Number of events")).to_be_visible()


def test_the_menu_of_many_languages_opens(a_page: OpenPage, visit: Visit) -> None:
    page = a_page(width=320)
    visit(page, KINDS["languages"])
    menu = page.get_by_role("navigation", name="Γλώσσα")
    expect(menu.get_by_role("link")).to_have_count(0)
    menu.locator("summary").press("Enter")
    expect(menu.get_by_role("link")).to_have_count(24)
    menu.get_by_role("link", name="Svenska").press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "sv")
