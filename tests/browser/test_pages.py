"""Pages in a real browser: what they offer works, and what they are made of is HTML."""

import pytest

from tests.browser.conftest import OpenPage, Serve
from tests.browser.nu import nu_messages
from tests.formats.pages.states import EVENTS, a_table

KINDS = [
    "/en/",
    "/fr/parks/",
    "/en/past/",
    "/en/feeds/",
    "/fr/developers/",
    "/en/events/series/2027-01-05/",
]
PATHS = [*KINDS, *(f"/en/events/{key}/" for key in sorted(EVENTS))]


@pytest.mark.reader("nu")
def test_the_nu_checker_finds_nothing() -> None:
    table = a_table()
    made = {path: table.make(path) for path in (*PATHS, "/", "/404.html", "/en/events/gone/")}
    documents = {
        path.strip("/").replace("/", "-") or "neutral": one.body
        for path, one in made.items()
        if one
    }
    assert nu_messages(documents) == []


@pytest.mark.reader("chromium")
def test_an_address_is_copied(a_page: OpenPage, serving: Serve) -> None:
    page = a_page(permissions=("clipboard-read", "clipboard-write"))
    page.goto(serving(a_table()) + "/en/parks/")
    page.get_by_role("button", name="Copy").first.click()
    page.get_by_text("Copied").first.wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "https://events.example.eu/feeds/parks.ics"


@pytest.mark.reader("chromium")
def test_the_links_that_subscribe_are_exact(a_page: OpenPage, serving: Serve) -> None:
    page = a_page(script=False)
    page.goto(serving(a_table()) + "/en/parks/")
    links = [link.get_attribute("href") for link in page.locator("#subscribe .way").all()]
    visible = "events.example.eu%2Ffeeds%2Fparks.visible.ics"
    assert links == [
        "webcal://events.example.eu/feeds/parks.ics",
        f"https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F{visible}",
        "https://outlook.live.com/calendar/0/addfromweb"
        f"?url=https%3A%2F%2F{visible}&name=Parks%20events",
        "https://outlook.office.com/calendar/0/addfromweb"
        f"?url=https%3A%2F%2F{visible}&name=Parks%20events",
    ]


@pytest.mark.reader("chromium")
def test_a_filter_hides_and_an_hour_is_added(a_page: OpenPage, serving: Serve) -> None:
    page = a_page(timezone="America/New_York")
    address = serving(a_table())
    page.goto(f"{address}/en/")
    page.get_by_label("State").select_option("cancelled")
    shown = page.locator(".listing .item:visible")
    assert shown.count() > 0
    assert shown.count() == page.locator(".listing .item.is-cancelled:visible").count()
    page.goto(f"{address}/en/events/planned/")
    assert "your time" in page.locator(".facts .your-time").first.inner_text()


@pytest.mark.reader("chromium")
def test_the_language_is_the_readers(a_page: OpenPage, serving: Serve) -> None:
    page = a_page(locale="fr-BE")
    page.goto(serving(a_table()) + "/parks/")
    assert page.url.endswith("/fr/parks/")
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/en/parks/")
