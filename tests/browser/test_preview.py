"""``calfeed preview`` as an editor has it beside the file: it follows each save by itself."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Locator, Page, expect

from calfeed.cli.preview.endpoints import endpoints
from calfeed.cli.preview.previewer import Previewer
from calfeed.web.application import Health, application
from calfeed.web.server import listen, server_of
from tests.browser.axe import axe_violations
from tests.browser.chromium import PageLog
from tests.browser.conftest import OpenPage
from tests.browser.nu import nu_messages
from tests.spine import Spine, an_entry, an_update, events_file

pytestmark = pytest.mark.reader("chromium")

EVENTS: dict[str, Any] = {
    "mayors": an_entry(title="Mayors meet", summary="As each year.\n\n" * 40),
    "garden": an_entry(updates=[an_update("rescheduled", when="2031-06-12")]),
    "expo": an_entry(title={"en": "Expo", "fr": "Exposition"}, when="2026-01-20", draft=True),
    "coffee": an_entry(
        when="2031-05-06 14:00",
        repeats={"every": "month", "by": "first Tuesday", "times": 3},
        updates=[an_update("cancelled", occurrence="2031-06-03")],
    ),
}
MAYORS = "/en/events/mayors/"
GOOD = events_file(EVENTS)
HOSTILE = "<img src=x onerror=alert(1)>"
Preview: TypeAlias = Callable[..., "Previewed"]


def with_mayors(**fields: Any) -> str:
    """Return the file with another event of the mayors."""
    return events_file({**EVENTS, "mayors": {**EVENTS["mayors"], **fields}})


BROKEN = with_mayors(when=HOSTILE)
ALL_BROKEN = events_file({f"e-{number}": an_entry(when="soon") for number in range(20)})


@dataclass(frozen=True, kw_only=True)
class Previewed:
    """A preview that runs in this process, at an address; what is saved is looked at at once."""

    file: Path
    previewer: Previewer
    address: str

    def save(self, text: str) -> None:
        self.file.write_text(text, encoding="utf-8")
        self.previewer.look()


@contextmanager
def previewed(file: Path) -> Iterator[Previewed]:
    previewer = Previewer(file, as_of=date(2026, 2, 3))
    previewer.look()
    routes = endpoints(previewer.bar, previewer.news, previewer.choose)
    app = application(lambda: previewer.site, Health, routes=routes)
    server = server_of(app, before_end=previewer.news.end)
    with listen("127.0.0.1", 0) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread = Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield Previewed(file=file, previewer=previewer, address=address)
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def preview(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page_log: PageLog
) -> Iterator[Preview]:
    """Preview a file with a text, in its folder."""
    monkeypatch.chdir(tmp_path)
    with ExitStack() as stack:

        def run(text: str = GOOD) -> Previewed:
            file = tmp_path / "events.yaml"
            file.write_text(text, encoding="utf-8")
            running = stack.enter_context(previewed(file))
            page_log.own.add(running.address)
            return running

        yield run


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page_log: PageLog) -> Iterator[Spine]:
    """Run ``calfeed preview`` as a process, which watches the file."""
    monkeypatch.chdir(tmp_path)
    spine = Spine(tmp_path, "--as-of", "2026-02-03", command="preview")
    spine.file.write_text(GOOD, encoding="utf-8")
    page_log.own.add(address_of(spine))
    try:
        spine.start()
        yield spine
    finally:
        assert spine.stop() == 0


def address_of(spine: Spine) -> str:
    return f"http://127.0.0.1:{spine.port}"


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def problems(page: Page) -> Locator:
    return page.get_by_role("alert")


def lost(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Preview").get_by_role("status")


def test_each_save_is_seen(command: Spine, a_page: OpenPage) -> None:
    page = a_page()
    page.goto(address_of(command) + MAYORS)
    expect(heading(page)).to_have_text("Mayors meet")

    command.write(with_mayors(title="Mayors meet again"))
    expect(heading(page)).to_have_text("Mayors meet again")

    command.write(with_mayors(title="Mayors meet again", when="2031-04-39"))
    expect(problems(page)).to_contain_text("1 error in events.yaml")
    expect(problems(page)).to_contain_text("error[E301]: 2031-04-39 does not exist")
    expect(problems(page)).to_contain_text("events.yaml:20:11")
    expect(problems(page)).to_contain_text("help: the last day of that month is 2031-04-30")
    expect(heading(page)).to_have_text("Mayors meet again")

    command.write(with_mayors(title="Mayors meet again", updates=[an_update("postponed")]))
    expect(page.get_by_text("This event is postponed")).to_be_visible()
    expect(problems(page)).to_be_empty()


def test_a_save_that_undoes_the_error_takes_it_away(preview: Preview, a_page: OpenPage) -> None:
    running, page = preview(), a_page()
    page.goto(running.address + MAYORS)
    page.evaluate("document.body.dataset.same = 'yes'")
    for _ in range(2):
        running.save(BROKEN)
        expect(problems(page)).to_contain_text(HOSTILE)
        expect(problems(page).locator("img")).to_have_count(0)
        running.save(GOOD)
        expect(problems(page)).to_be_empty()
    assert page.evaluate("document.body.dataset.same") == "yes"


def test_problems_are_there_on_each_page_that_is_opened(preview: Preview, a_page: OpenPage) -> None:
    running, page = preview(), a_page(script=False)
    running.save(BROKEN)
    for path in (MAYORS, "/en/", "/_preview/"):
        page.goto(running.address + path)
        expect(problems(page)).to_contain_text("events.yaml:20:11")


def test_a_file_that_was_never_good_becomes_the_site(preview: Preview, a_page: OpenPage) -> None:
    running, page = preview("events: [\n"), a_page()
    page.goto(running.address + "/")
    expect(heading(page)).to_have_text("Nothing to see yet")
    expect(problems(page)).to_contain_text("events.yaml:")
    running.save(GOOD)
    expect(heading(page)).to_have_text("Town events")
    assert page.url == running.address + "/en/"


def test_a_reload_keeps_the_place_on_the_page(preview: Preview, a_page: OpenPage) -> None:
    running, page = preview(), a_page(height=500)
    page.goto(running.address + MAYORS)
    page.get_by_role("contentinfo").scroll_into_view_if_needed()
    running.save(with_mayors(title="Mayors meet again"))
    expect(heading(page)).to_have_text("Mayors meet again")
    expect(page.get_by_role("contentinfo")).to_be_in_viewport()
    expect(page.get_by_role("complementary", name="Preview")).to_be_in_viewport()


@pytest.mark.parametrize("width", [1280, 320])
def test_an_error_is_seen_wherever_the_page_is_scrolled_to(
    preview: Preview, a_page: OpenPage, width: int
) -> None:
    running, page = preview(), a_page(width=width, height=700)
    page.goto(running.address + MAYORS)
    page.get_by_role("contentinfo").scroll_into_view_if_needed()
    running.save(BROKEN)
    expect(page.get_by_role("heading", name="1 error in events.yaml")).to_be_in_viewport()
    expect(page.get_by_text("events.yaml:20:11")).to_be_in_viewport()
    expect(page.get_by_label("Another day")).to_be_hidden()


def test_another_day_is_chosen_by_keyboard(preview: Preview, a_page: OpenPage) -> None:
    running = preview(with_mayors(updates=[an_update("postponed", announced="2026-03-01")]))
    page = a_page()
    page.goto(running.address + MAYORS)
    expect(page.get_by_text("Shown as of 3 February 2026")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Another day")).to_be_focused()
    page.get_by_label("Another day").fill("2026-03-02")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Shown as of 2 March 2026")).to_be_visible()
    expect(page.get_by_text("This event is postponed")).to_be_visible()
    assert page.url == running.address + MAYORS
    page.get_by_role("button", name="Today").click()
    expect(page.get_by_text("Shown as of today, ")).to_be_visible()
    expect(page.get_by_role("button", name="Today")).to_have_count(0)


def test_all_events_are_one_link_away(preview: Preview, a_page: OpenPage) -> None:
    running, page = preview(), a_page()
    page.goto(running.address + MAYORS)
    page.get_by_role("link", name="All events and feeds").click()
    expect(page.get_by_text("Draft.")).to_be_visible()
    page.get_by_role("link", name="Expo", exact=True).click()
    expect(page).to_have_url(running.address + "/en/events/expo/")


def test_an_embed_has_the_bar_alone_but_not_in_a_frame(preview: Preview, a_page: OpenPage) -> None:
    running, page = preview(), a_page()
    page.goto(running.address + "/embed/en/parks/")
    expect(page.get_by_text("Nothing is published.")).to_be_visible()
    page.goto(running.address + "/en/parks/#embed")
    framed = page.frame_locator("#embed iframe")
    expect(framed.get_by_text("Mayors meet")).to_be_visible()
    expect(framed.get_by_text("Nothing is published.")).to_be_hidden()


def test_nothing_of_it_is_printed(preview: Preview, a_page: OpenPage) -> None:
    running, page = preview(), a_page()
    page.goto(running.address + MAYORS)
    page.emulate_media(media="print")
    expect(page.get_by_text("Nothing is published.")).to_be_hidden()
    expect(heading(page)).to_be_visible()


def test_a_page_that_is_left_open_says_when_the_preview_has_ended(
    command: Spine, a_page: OpenPage, page_log: PageLog
) -> None:
    page = a_page()
    page.goto(address_of(command) + MAYORS)
    expect(lost(page)).to_be_empty()
    assert command.stop() == 0
    expect(lost(page)).to_contain_text("The preview has ended.")
    command.start()
    expect(lost(page)).to_be_empty()
    assert all("ERR_CONNECTION" in line or "changes" in line for line in page_log.take())


@pytest.mark.reader("axe")
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)], ids=["wide", "dark"])
def test_axe_finds_nothing(preview: Preview, a_page: OpenPage, width: int, dark: bool) -> None:
    running, page = preview(), a_page(width=width, dark=dark)
    for text, count in ((GOOD, 0), (BROKEN, 1), (ALL_BROKEN, 20)):
        running.save(text)
        for path in (MAYORS, "/en/", "/_preview/"):
            page.goto(running.address + path)
            expect(problems(page).locator("li")).to_have_count(count)
            assert axe_violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.reader("axe")
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)], ids=["wide", "dark"])
def test_axe_finds_nothing_where_nothing_was_good(
    preview: Preview, a_page: OpenPage, width: int, dark: bool
) -> None:
    running, page = preview(ALL_BROKEN), a_page(width=width, dark=dark)
    page.goto(running.address + "/")
    expect(problems(page).locator("li")).to_have_count(20)
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.reader("nu")
def test_the_nu_checker_finds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "events.yaml"
    documents = {}
    for state, texts in {"good": [GOOD], "broken": [GOOD, BROKEN], "never": [BROKEN]}.items():
        previewer = Previewer(file, as_of=None)
        for text in texts:
            file.write_text(text, encoding="utf-8")
            previewer.look()
        assert previewer.site is not None
        for path in ("/_preview/", "/en/", "/embed/en/parks/", "/_preview/preview.css"):
            made = previewer.site.make(path) or previewer.site.missing(path)
            if made is not None:
                documents[f"{state} {path.strip('/')}"] = made.body
    assert nu_messages(documents) == []
