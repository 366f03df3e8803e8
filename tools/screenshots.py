"""Draw every kind of page into ``build/screenshots``, to be looked at: ``make screenshots``.

Sites, days and the browser's clock stand still: a page that is as it was is drawn as it was.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.chromium import Visitor, running_chromium
from tests.browser.kinds import FOUNDING, KINDS, NOON, SITES, STATES, Kind, shipped
from tests.browser.serving import serving

PROJECT = Path(__file__).parents[1]
FOLDER = PROJECT / "build" / "screenshots"
WIDTHS = (320, 768, 1280)
HEIGHT = 900
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PAIRS = len(WIDTHS) * len(SCHEMES)

DRAWN = "() => new Promise(requestAnimationFrame)"

README = "readme"
PICTURE = PROJECT / "docs" / "images" / "postponed.png"
WINDOW = Visitor(width=1180, height=960)
THE_DAY_AFTER = date(2021, 9, 24)
COLOURS = 224
"""How many the picture of the README has: it stays small."""


def main(*names: str) -> None:
    """Draw the pages of *names*, all if there are none; ``readme`` draws the README's picture."""
    kinds = {**KINDS, **{f"state-{key}": one for key, one in STATES.items()}}
    unknown = set(names) - {README, *kinds}
    if unknown:
        sys.exit(f"expected some of: {README} {' '.join(kinds)}; found: {' '.join(unknown)}")
    chosen = {name: one for name, one in kinds.items() if not names or name in names}
    with running_chromium() as browser:
        if README in names:
            draw_for_readme(browser)
        if chosen:
            draw_all(browser, chosen, FOLDER)
            sys.stdout.write(f"{len(chosen) * PAIRS} screenshots in {FOLDER}\n")


def draw_all(browser: Browser, kinds: Mapping[str, Kind], folder: Path) -> None:
    """Draw *kinds* into *folder*, narrow to wide, light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {kind.site for kind in kinds.values()}
    with addresses(names) as address_of, a_page(browser, Visitor()) as page:
        for name, kind in kinds.items():
            show(page, address_of[kind.site] + kind.path)
            for width, scheme in product(WIDTHS, SCHEMES):
                page.set_viewport_size({"width": width, "height": HEIGHT})
                page.emulate_media(color_scheme=scheme)
                settle(page)
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)


def draw_for_readme(browser: Browser) -> None:
    """Draw the founding event's page as it was on the day after it was postponed."""
    with serving(shipped(THE_DAY_AFTER)) as address, a_page(browser, WINDOW) as page:
        show(page, address + FOUNDING)
        settle(page)
        drawn = Image.open(BytesIO(page.screenshot()))
    PICTURE.parent.mkdir(exist_ok=True)
    drawn.convert("RGB").quantize(COLOURS).save(PICTURE, optimize=True)
    sys.stdout.write(f"{PICTURE.stat().st_size} bytes in {PICTURE}\n")


@contextmanager
def addresses(names: Iterable[str]) -> Iterator[Mapping[str, str]]:
    """Serve the sites of *names*; give the address of each."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(serving(SITES[name]())) for name in names}


@contextmanager
def a_page(browser: Browser, visitor: Visitor) -> Iterator[Page]:
    """Give a page of *visitor* whose clock stands still."""
    context = visitor.context(browser)
    page = context.new_page()
    page.clock.set_fixed_time(NOON)
    yield page
    context.close()


def show(page: Page, address: str) -> None:
    """Open *address*."""
    page.goto("about:blank")  # or a fragment alone would load nothing
    page.goto(address)


def settle(page: Page) -> None:
    """Wait until all is drawn, the preview of an embed too."""
    page.evaluate(DRAWN)
    if page.url.endswith("#embed"):
        page.locator("#embed iframe").scroll_into_view_if_needed()  # out of sight none is drawn
        page.frame_locator("#embed iframe").locator("main").evaluate(DRAWN)


if __name__ == "__main__":
    main(*sys.argv[1:])
