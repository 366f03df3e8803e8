"""Debian's Chromium, pages in it as somebody sees them, and a log of all that went wrong there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request, sync_playwright

from tests.readers.available import find_program

PATIENCE = 20_000
"""Milliseconds until what should come has not: a failure, never the speed of a machine."""

QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
"""What keeps it from asking anything of the world, whatever a page or the browser itself wants."""

OF_NOBODY = ("about:", "blob:", "data:")
OF_ITSELF = "/favicon.ico"
"""What the browser asks for where a page names no icon."""


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Run the Chromium of this system; Playwright downloads none.

    It has no sandbox: that cannot be had as root, and the pages are ours.
    """
    path = find_program("chromium")
    assert path is not None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=QUIET, chromium_sandbox=False, timeout=3 * PATIENCE
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """How somebody sees a page: the window, the preferences, and what the browser may do."""

    width: int = 1280
    height: int = 900
    dark: bool = False
    script: bool = True
    locale: str = "en"
    timezone: str = "Europe/Brussels"
    forced_colors: bool = False
    reduced_motion: bool = False
    more_contrast: bool = False
    touch: bool = False
    permissions: tuple[str, ...] = ()

    def context(self, browser: Browser) -> BrowserContext:
        """Return a fresh context of *browser* for this visitor: no cache, nothing stored."""
        context = browser.new_context(
            viewport={"width": self.width, "height": self.height},
            color_scheme="dark" if self.dark else "light",
            java_script_enabled=self.script,
            locale=self.locale,
            timezone_id=self.timezone,
            forced_colors="active" if self.forced_colors else "none",
            reduced_motion="reduce" if self.reduced_motion else "no-preference",
            contrast="more" if self.more_contrast else "no-preference",
            has_touch=self.touch,
            permissions=self.permissions,
        )
        context.set_default_timeout(PATIENCE)
        return context


@dataclass
class PageLog:
    """What the pages of one test did: all that they asked for, and a line for all that went wrong.

    ``own`` are the origins of the test's servers; to ask any other is wrong, too.
    """

    own: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def listen(self, context: BrowserContext) -> None:
        """Write down what happens in all pages of *context* from now on."""
        context.on("request", self._note)
        context.on("requestfailed", self._note_failure)
        context.on("weberror", lambda error: self.problems.append(f"page error: {error.error}"))
        context.on("console", self._note_saying)

    def take(self) -> list[str]:
        """Return the problems until now, as those that the test expects: they no longer fail it."""
        taken, self.problems = self.problems, []
        return taken

    def check(self) -> None:
        """Fail if there are problems that no test took."""
        assert not self.problems, "\n".join(self.problems)

    def _note(self, request: Request) -> None:
        self.asked.append(request.url)
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(request.url))
        if origin not in self.own and not request.url.startswith(OF_NOBODY):
            self.problems.append(f"asked a stranger: {request.url}")

    def _note_saying(self, said: ConsoleMessage) -> None:
        where = said.location["url"]
        if said.type == "error" and not where.endswith(OF_ITSELF):
            self.problems.append(f"console: {said.text} ({where})")

    def _note_failure(self, request: Request) -> None:
        # a page that went on, or a download, ends its request so: nothing failed
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"failed: {request.url}: {request.failure}")
