"""Every kind of page and every state of an event, for those who see, read and move otherwise."""

from collections.abc import Mapping
from itertools import product
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage, Visit
from tests.browser.kinds import KINDS, STATES, Kind
from tests.browser.looking import too_wide

pytestmark = pytest.mark.reader("chromium")

ALL = {**KINDS, **STATES}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

LARGE = "() => { document.documentElement.style.fontSize = '200%'; }"
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
COLOURS = """one => {
    const style = getComputedStyle(one);
    const ground = getComputedStyle(document.body).backgroundColor;
    return [style.color, style.borderTopColor, style.outlineColor].map(it => it !== ground);
}"""


@pytest.mark.reader("axe")
@pytest.mark.parametrize("pages", [KINDS, STATES], ids=["kinds", "states"])
def test_axe_finds_nothing_narrow_or_wide_in_light_or_dark(
    a_page: OpenPage, visit: Visit, pages: Mapping[str, Kind]
) -> None:
    page = a_page()
    found = []
    for name, kind in pages.items():
        if kind.path.startswith("/embed/"):  # see test_embeds: they stand on a ground not theirs
            continue
        visit(page, kind)
        for width, scheme in product((320, 1280), SCHEMES):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            found += [f"{name} {width} {scheme}: {one}" for one in axe_violations(page)]
    assert found == []


@pytest.mark.parametrize(
    ("width", "height", "wish"),
    [
        pytest.param(320, 256, "", id="1280 by 1024 at 400 %"),  # WCAG 2.2 §1.4.10
        pytest.param(1280, 1024, LARGE, id="text at 200 %"),  # §1.4.4
        pytest.param(640, 512, LARGE, id="text at 200 % in half a window"),
        pytest.param(320, 256, SPACED, id="text with wide spaces"),  # §1.4.12
    ],
)
def test_nothing_is_cut_and_nobody_scrolls_sideways(
    a_page: OpenPage, visit: Visit, width: int, height: int, wish: str
) -> None:
    page = a_page(width=width, height=height)
    for name, kind in ALL.items():
        visit(page, kind)
        if wish:
            page.evaluate(wish)
        assert too_wide(page) == [], name


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("postponed", "Postponed"),
        ("cancelled", "Cancelled"),
        ("rescheduled", "New date"),
        ("online", "Now online"),
        ("relocated", "New place"),
        ("reinstated", "Back on"),
    ],
)
def test_a_state_is_told_without_our_colours(
    a_page: OpenPage, visit: Visit, state: str, word: str, dark: bool
) -> None:
    page = a_page(forced_colors=True, dark=dark)
    visit(page, STATES[state])
    label = page.locator(".labels .label", has_text=word)
    message = page.locator(".message")
    for one in (label, message):
        assert is_bordered(one.evaluate(COLOURS))
        assert one.locator(".icon").first.is_visible()
    assert message.locator("h2").is_visible()


def test_without_our_colours_focus_and_buttons_are_seen(a_page: OpenPage, visit: Visit) -> None:
    page = a_page(forced_colors=True)
    visit(page, KINDS["initiative"])
    assert all(is_bordered(one.evaluate(COLOURS)) for one in page.locator(".way, .button").all())
    for _ in range(12):
        page.keyboard.press("Tab")
        assert focused(page) == ["solid", 3]


def test_nothing_moves_for_those_whom_motion_makes_ill(a_page: OpenPage, visit: Visit) -> None:
    page = a_page(reduced_motion=True)
    for name, kind in KINDS.items():
        visit(page, kind)
        assert page.evaluate("document.getAnimations().length") == 0, name
        moving = """[...document.querySelectorAll("*")].map(one => getComputedStyle(one)).filter(
            style => style.transitionDuration !== "0s" || style.scrollBehavior !== "auto").length"""
        assert page.evaluate(moving) == 0, name


def is_bordered(differs: list[bool]) -> bool:
    """Return whether text and border differ from the ground of the page."""
    text, border, _ = differs
    return text and border


def focused(page: Page) -> list[object]:
    """Return the line around what has the focus, and its width in pixels."""
    line: list[object] = page.evaluate(
        """() => {
            const style = getComputedStyle(document.activeElement);
            return [style.outlineStyle, parseFloat(style.outlineWidth)];
        }"""
    )
    return line
