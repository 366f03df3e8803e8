"""What tests in a browser stand on: a Chromium, pages in it, and servers that they may ask.

A test fails when its pages log an error, fail to load something, or ask a stranger.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from http import HTTPStatus
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Browser, Page, Response

from calfeed.web.application import SiteLike
from tests.browser import serving as servers
from tests.browser.chromium import PageLog, Visitor, running_chromium
from tests.browser.kinds import SITES, Kind

OpenPage: TypeAlias = Callable[..., Page]
Serve: TypeAlias = Callable[[SiteLike], str]
Partner: TypeAlias = Callable[..., str]
Visit: TypeAlias = Callable[[Page, Kind], None]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process.

    Until it is closed no test in this thread can run an asyncio loop: Playwright's is running.
    """
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def page_log() -> PageLog:
    """What the pages of this test did; a test takes the problems that it expects."""
    return PageLog()


@pytest.fixture
def serving(page_log: PageLog) -> Iterator[Serve]:
    """Serve a site by calfeed's own server until the test ends; return its address."""
    with ExitStack() as stack:

        def serve(site: SiteLike) -> str:
            address = stack.enter_context(servers.serving(site))
            page_log.own.add(address)
            return address

        yield serve


@pytest.fixture
def partner(page_log: PageLog) -> Iterator[Partner]:
    """Serve the pages of another site, with header fields if given; return its address."""
    with ExitStack() as stack:

        def serve(html_by_path: Mapping[str, str], **headers: Any) -> str:
            address = stack.enter_context(servers.a_partner(html_by_path, **headers))
            page_log.own.add(address)
            return address

        yield serve


@pytest.fixture
def a_page(
    chromium: Browser,
    page_log: PageLog,
    serving: Serve,  # noqa: ARG001 - pages close before the servers that they ask
    partner: Partner,  # noqa: ARG001 - likewise
) -> Iterator[OpenPage]:
    """Open a page as a visitor sees it, ``a_page(width=320, dark=True)``, in a fresh context."""
    with ExitStack() as stack:

        def open_page(**visitor: Any) -> Page:
            context = Visitor(**visitor).context(chromium)
            stack.callback(context.close)
            page_log.listen(context)
            return context.new_page()

        yield open_page
        page_log.check()


@pytest.fixture
def visit(serving: Serve, page_log: PageLog) -> Visit:
    """Open a kind of page, on a site that is made and served when one of its pages is opened."""
    addresses: dict[str, str] = {}

    def go(page: Page, kind: Kind) -> None:
        if kind.site not in addresses:
            addresses[kind.site] = serving(SITES[kind.site]())
        page.goto("about:blank")  # or a fragment alone would load nothing
        answer = opened(page, addresses[kind.site] + kind.path, kind.status, page_log)
        assert answer.status == kind.status
        if kind.path.endswith("#embed"):
            page.frame_locator("#embed iframe").locator("main").wait_for()

    return go


def opened(page: Page, address: str, status: int, page_log: PageLog) -> Response:
    """Return the answer at *address*; that the browser complains of a *status* is no problem."""
    if status == HTTPStatus.OK:
        answer = page.goto(address)
    else:
        with page.expect_console_message(lambda said: said.location["url"] == address) as saying:
            answer = page.goto(address)
        complaint = f"console: {saying.value.text} ({address})"
        page_log.problems = [one for one in page_log.problems if one != complaint]
    assert answer is not None
    return answer
