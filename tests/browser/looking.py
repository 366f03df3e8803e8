"""What can be seen of any page: what is too wide for its window, and what is cut off."""

from playwright.sync_api import Page

CUT = """() => {
    const hides = one => ["hidden", "clip"].includes(getComputedStyle(one).overflowX);
    const isCut = one => hides(one) && one.scrollWidth > one.clientWidth + 1;
    const isShown = one => one.checkVisibility() && !one.matches(".hidden, .skip, input");
    return [...document.body.querySelectorAll("*")]
        .filter(one => isShown(one) && (isCut(one) || one.getBoundingClientRect().right
            > document.documentElement.clientWidth + 1) && !one.closest("textarea"))
        .map(one => one.outerHTML.slice(0, 80));
}"""


def too_wide(page: Page) -> list[str]:
    """Return what somebody would have to scroll sideways for, or could not see at all."""
    found: list[str] = page.evaluate(CUT)
    width, window = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    return found if width <= window else [f"{width} wide in a window of {window}", *found]
