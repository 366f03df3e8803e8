"""The harness itself: pages are seen as told, and nothing that goes wrong in one is overlooked."""

import pytest

from tests.browser.chromium import PageLog
from tests.browser.conftest import OpenPage, Partner, Serve
from tests.web.live import ASite, a_feed

pytestmark = pytest.mark.reader("chromium")

TRACKER = "https://tracker.example/pixel.png"


def a_document(body: str = "", head: str = "") -> str:
    return f'<!doctype html><html lang="en"><title>A page</title>{head}<body>{body}</body></html>'


def of_console(problems: list[str]) -> list[str]:
    return [one for one in problems if one.startswith("console: ")]


def test_a_good_page_logs_nothing_and_what_it_asked_for_is_known(
    a_page: OpenPage, partner: Partner, page_log: PageLog
) -> None:
    address = partner({"/": a_document('<iframe src="/inner"></iframe>'), "/inner": a_document()})
    a_page().goto(f"{address}/")
    assert page_log.asked == [f"{address}/", f"{address}/inner"]
    page_log.check()


def test_to_ask_a_stranger_fails_the_test_and_nobody_is_reached(
    a_page: OpenPage, partner: Partner, page_log: PageLog
) -> None:
    address = partner({"/": a_document(f'<img src="{TRACKER}" alt="">')})
    a_page().goto(f"{address}/")
    with pytest.raises(AssertionError, match=f"asked a stranger: {TRACKER}"):
        page_log.check()
    assert page_log.take() == [
        f"asked a stranger: {TRACKER}",
        f"failed: {TRACKER}: net::ERR_NAME_NOT_RESOLVED",
        f"console: Failed to load resource: net::ERR_NAME_NOT_RESOLVED ({TRACKER})",
    ]


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        pytest.param("console.error('no luck')", "console: no luck (", id="said on the console"),
        pytest.param("throw new Error('no luck')", "page error: no luck", id="thrown"),
        pytest.param("Promise.reject(new Error('no'))", "page error: no", id="rejected"),
        pytest.param("fetch('/gone')", "console: Failed to load resource: ", id="not there"),
    ],
)
def test_an_error_of_a_script_is_a_problem(
    a_page: OpenPage, partner: Partner, page_log: PageLog, script: str, problem: str
) -> None:
    address = partner({"/": a_document(f"<script>{script}</script>")})
    a_page().goto(f"{address}/", wait_until="networkidle")
    (logged,) = page_log.take()
    assert logged.startswith(problem)


def test_what_a_policy_forbids_is_a_problem(
    a_page: OpenPage, partner: Partner, page_log: PageLog
) -> None:
    policy = {"Content-Security-Policy": "default-src 'none'"}
    address = partner({"/": a_document("<script>1</script>")}, headers=policy)
    a_page().goto(f"{address}/")
    (logged,) = page_log.take()
    assert "Content Security Policy" in logged


def test_a_feed_is_served_as_calfeed_does_and_is_a_download(
    a_page: OpenPage, serving: Serve, partner: Partner
) -> None:
    feed = a_feed(b"BEGIN:VCALENDAR\r\n")
    address = serving(ASite(made={"/feed.ics": feed}))
    page = a_page()
    page.goto(partner({"/": a_document(f'<a href="{address}/feed.ics">Feed</a>')}))
    with page.expect_download() as downloading:
        page.get_by_role("link").click()
    assert downloading.value.path().read_bytes() == feed.body
    assert downloading.value.suggested_filename == "feed.ics"


@pytest.mark.parametrize(
    ("visitor", "question", "answer"),
    [
        pytest.param({"width": 320, "height": 500}, "innerWidth", 320, id="width"),
        pytest.param({"width": 320, "height": 500}, "innerHeight", 500, id="height"),
        pytest.param({"locale": "el"}, "navigator.language", "el", id="locale"),
        pytest.param(
            {"timezone": "Asia/Tokyo"},
            "Intl.DateTimeFormat().resolvedOptions().timeZone",
            "Asia/Tokyo",
            id="zone",
        ),
        pytest.param({"touch": True}, "navigator.maxTouchPoints > 0", True, id="touch"),
    ],
)
def test_a_visitor_is_as_told(
    a_page: OpenPage, visitor: dict[str, object], question: str, answer: object
) -> None:
    assert a_page(**visitor).evaluate(question) == answer


@pytest.mark.parametrize(
    ("wish", "media"),
    [
        ("dark", "(prefers-color-scheme: dark)"),
        ("forced_colors", "(forced-colors: active)"),
        ("reduced_motion", "(prefers-reduced-motion: reduce)"),
        ("more_contrast", "(prefers-contrast: more)"),
    ],
)
def test_a_preference_is_had_only_by_who_wants_it(a_page: OpenPage, wish: str, media: str) -> None:
    question = f"matchMedia('{media}').matches"
    assert [a_page(**{wish: wanted}).evaluate(question) for wanted in (True, False)] == [
        True,
        False,
    ]


def test_without_script_a_page_runs_none(a_page: OpenPage, partner: Partner) -> None:
    script = "<script>document.title = 'Ran'</script>"
    address = partner({"/": a_document(script)})
    titles = []
    for runs in (True, False):
        page = a_page(script=runs)
        page.goto(f"{address}/")
        titles.append(page.title())
    assert titles == ["Ran", "A page"]


def test_what_was_copied_can_be_read_where_that_is_permitted(
    a_page: OpenPage, partner: Partner
) -> None:
    page = a_page(permissions=("clipboard-read", "clipboard-write"))
    page.goto(partner({"/": a_document()}))
    page.evaluate("navigator.clipboard.writeText('https://events.example.eu/')")
    assert page.evaluate("navigator.clipboard.readText()") == "https://events.example.eu/"
