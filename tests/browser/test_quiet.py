"""Pages keep still while they load, keep nothing of their readers, and ask nobody else."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.chromium import PageLog
from tests.browser.conftest import OpenPage, Serve, Visit
from tests.browser.kinds import KINDS, SITES, STATES, Kind

pytestmark = pytest.mark.reader("chromium")

WATCH = """
    window.moved = [];
    const note = list => moved.push(...list.map(entry => entry.value));
    window.watcher = new PerformanceObserver(list => note(list.getEntries()));
    watcher.observe({type: "layout-shift", buffered: true});
"""
MOVED = """async () => {
    const drawn = () => new Promise(requestAnimationFrame);
    await drawn();
    await drawn();
    return [...moved, ...watcher.takeRecords().map(entry => entry.value)];
}"""
LOADED = """() => document.readyState !== "loading"
    && [...document.images].every(one => one.complete)"""
KEPT = """async () => [
    document.cookie, localStorage.length, sessionStorage.length,
    (await indexedDB.databases()).length, (await caches.keys()).length,
    (await navigator.serviceWorker.getRegistrations()).length,
]"""
SHOWN = {**KINDS, "planned": STATES["planned"], "postponed": STATES["postponed"]}


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_while_a_page_loads(a_page: OpenPage, visit: Visit, width: int) -> None:
    page = a_page(width=width, height=2000, timezone="Asia/Tokyo")  # hours are added to times
    page.add_init_script(WATCH)
    for name, kind in SHOWN.items():
        visit(page, kind)
        assert page.evaluate(MOVED) == [], name


@pytest.mark.parametrize("name", ["index", "initiative", "event", "greek"])
def test_nothing_moves_when_scripts_come_after_the_pictures(
    a_page: OpenPage, serving: Serve, name: str
) -> None:
    page = a_page(height=2000, width=320, timezone="Asia/Tokyo")
    page.add_init_script(WATCH)
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    page.route("**/*.js", hold)
    page.goto(serving(SITES[KINDS[name].site]()) + KINDS[name].path, wait_until="commit")
    page.wait_for_function(LOADED, polling=10)
    for one in late:
        one.continue_()
    page.wait_for_load_state()
    assert page.evaluate(MOVED) == []


def test_pages_keep_nothing_and_ask_nobody_else(
    a_page: OpenPage, visit: Visit, page_log: PageLog
) -> None:
    page = a_page(permissions=("clipboard-read", "clipboard-write"))
    for name, kind in SHOWN.items():
        visit(page, kind)
        use(page, kind)
        assert page.evaluate(KEPT) == ["", 0, 0, 0, 0, 0], name
    assert page.context.cookies() == []
    assert page.context.storage_state(indexed_db=True) == {"cookies": [], "origins": []}
    assert {url.split("/")[2] for url in page_log.asked if url.startswith("http")} == {
        origin.removeprefix("http://") for origin in page_log.own
    }


def use(page: Page, kind: Kind) -> None:
    """Use what there is to be used on the page."""
    if kind.path.startswith("/embed/"):
        return
    for one in page.locator("main details").all():
        if one.get_attribute("open") is None:
            one.locator("summary").click()
    for one in page.locator(".copyable").all():
        one.get_by_role("button").click()
        expect(one.get_by_role("status")).not_to_be_empty()
    if page.get_by_label("State").count():
        page.get_by_label("State").select_option("cancelled")
    if page.locator("#embed iframe").count():
        page.get_by_label("Number of events").fill("3")
        page.get_by_label("Let the frame grow").check()
