"""Embeds on partner sites in a real browser: framed, grown, or drawn into the partner's page."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect

from calfeed.site import Table
from tests.browser.axe import axe_violations
from tests.browser.chromium import PageLog
from tests.browser.conftest import OpenPage, Partner, Serve
from tests.browser.nu import nu_messages
from tests.formats.pages.states import EVENTS, a_table
from tests.house import House
from tests.spine import an_entry, an_update, events_file

pytestmark = pytest.mark.reader("chromium")

SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
KINDS = [
    "/embed/en/parks/?count=50",
    "/embed/fr/all/",
    "/embed/en/events/gone/",
    "/embed/en/events/series/2027-01-05/",
    *(f"/embed/en/events/{key}/" for key in sorted(EVENTS)),
]


def a_snippet(address: str, path: str = "/embed/en/parks/?count=5", sandbox: str = SANDBOX) -> str:
    """Return snippet A."""
    return (
        f'<iframe src="{address}{path}" title="Events" width="100%" height="480" loading="lazy"'
        f' referrerpolicy="no-referrer" style="border:0" sandbox="{sandbox}"></iframe>'
    )


def a_document(body: str) -> str:
    head = '<!doctype html><html lang="en"><head><title>Partner</title></head>'
    return f"{head}<body>{body}</body></html>"


def framed(page: Page) -> Frame:
    """Return the embed in *page*, once it is drawn."""
    handle = page.locator("iframe").first.element_handle()
    frame = handle.content_frame()
    assert frame is not None
    frame.locator("main").wait_for()
    return frame


@pytest.fixture
def ahead() -> Table:
    """A site with dates that lie ahead on any day, told now."""
    house = House(now=datetime.now(UTC).replace(microsecond=0))
    days = [(house.now + timedelta(number)).date().isoformat() for number in (400, 30, 20, 60)]
    house.publish(
        events_file(
            {
                "far": an_entry(title={"en": "Far day", "fr": "Jour lointain"}, when=days[0]),
                "near": an_entry(
                    title="Near <b>day</b>",
                    when=f"{days[1]} 14:00 to 15:30",
                    online={"url": "https://meet.example.eu/a"},
                ),
                "off": an_entry(
                    title="Off day",
                    when=days[2],
                    updates=[an_update("cancelled", announced=house.now.date().isoformat())],
                ),
                "week": an_entry(
                    title="Weekly",
                    when=f"{days[3]} 10:00 to 11:00",
                    repeats={"every": "week", "times": 3},
                ),
                "over": an_entry(title="Over", when="2026-01-05"),
                "someday": an_entry(title="Some day", when="to be announced"),
                "waits": an_entry(
                    title="Waits", when="2026-01-05", updates=[an_update("postponed")]
                ),
            }
        )
    )
    return house.table()


# A. a frame


def test_a_frame_stands_on_any_site_and_asks_nobody_else(
    a_page: OpenPage, serving: Serve, partner: Partner, page_log: PageLog
) -> None:
    address = serving(a_table())
    page = a_page()
    page.goto(partner({"/": a_document(a_snippet(address))}) + "/")
    embed = framed(page)

    expect(embed.locator(".item:visible")).to_have_count(5)
    assert embed.evaluate("origin") == "null"
    assert page.context.cookies() == []
    assert {url.split("/")[3] for url in page_log.asked if url.startswith(address)} == {
        "embed",
        "static",
    }


def test_a_link_in_a_frame_opens_our_page_in_a_window_of_its_own(
    a_page: OpenPage, serving: Serve, partner: Partner
) -> None:
    address = serving(a_table())
    page = a_page()
    page.goto(partner({"/": a_document(a_snippet(address))}) + "/")
    with page.context.expect_page() as opened:
        framed(page).get_by_role("link", name="All events").click()
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{address}/en/parks/"
    assert opened.value.evaluate("opener") is None
    assert opened.value.evaluate("document.referrer") == ""


def test_without_a_script_a_frame_shows_ten_events(
    a_page: OpenPage, serving: Serve, partner: Partner
) -> None:
    address = serving(a_table())
    page = a_page(script=False)
    page.goto(partner({"/": a_document(a_snippet(address))}) + "/")
    assert framed(page).locator(".item:visible").count() == 10


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("count=1", 1, id="the least"),
        pytest.param("count=12", 12, id="more than usual"),
        pytest.param("count=0", 10, id="none"),
        pytest.param("count=51", 10, id="too many"),
        pytest.param("count=all", 10, id="no number"),
    ],
)
def test_the_address_says_how_many(
    a_page: OpenPage, serving: Serve, query: str, shown: int
) -> None:
    page = a_page()
    page.goto(f"{serving(a_table())}/embed/en/parks/?{query}")
    assert page.locator(".item:visible").count() == shown


BLUE, PALE_BLUE = ["rgb(11, 63, 168)"], ["rgb(156, 194, 255)"]
LIGHT, DARK = ["rgb(27, 36, 48)"], ["rgb(231, 235, 240)"]
COLOURS = """() => [".title a", "body"].map(
    name => getComputedStyle(document.querySelector(name)).color)"""


@pytest.mark.parametrize(
    ("reader", "query", "colours"),
    [
        pytest.param("light", "", [*BLUE, *LIGHT], id="light as the reader has it"),
        pytest.param("dark", "", [*PALE_BLUE, *DARK], id="dark as the reader has it"),
        pytest.param("light", "theme=dark", [*PALE_BLUE, *DARK], id="dark"),
        pytest.param("dark", "theme=light", [*BLUE, *LIGHT], id="light"),
        pytest.param("light", "theme=red", [*BLUE, *LIGHT], id="no theme"),
        pytest.param("light", "accent=7A0000", ["rgb(122, 0, 0)", *LIGHT], id="an accent"),
        pytest.param("dark", "accent=7a0000", [*PALE_BLUE, *DARK], id="an accent too dark"),
        pytest.param("light", "accent=ffcc00", [*BLUE, *LIGHT], id="an accent too pale"),
    ],
)
def test_the_address_says_which_colours(
    a_page: OpenPage, serving: Serve, reader: str, query: str, colours: list[str]
) -> None:
    page = a_page(dark=reader == "dark")
    page.goto(f"{serving(a_table())}/embed/en/parks/?{query}")
    assert page.evaluate(COLOURS) == colours


@pytest.mark.parametrize(
    ("query", "note"),
    [
        pytest.param("accent=7a0000&theme=dark", "its contrast on a dark ground is ", id="dark"),
        pytest.param("accent=ffcc00", "its contrast on a light ground is 1.51:1", id="pale"),
        pytest.param("accent=red;}", "expected six hex digits, such as 0e47cb", id="no colour"),
    ],
)
def test_the_console_says_why_an_accent_is_left_out(
    a_page: OpenPage, serving: Serve, query: str, note: str
) -> None:
    page = a_page()
    with page.expect_console_message(lambda said: "is left out" in said.text) as said:
        page.goto(f"{serving(a_table())}/embed/en/parks/?{query}")
    assert note in said.value.text


def test_a_refused_accent_comes_back_with_the_theme_that_it_fits(
    a_page: OpenPage, serving: Serve
) -> None:
    page = a_page(dark=True)
    page.goto(f"{serving(a_table())}/embed/en/parks/?accent=7a0000")
    page.emulate_media(color_scheme="light")
    expect(page.locator(".title a").first).to_have_css("color", "rgb(122, 0, 0)")


# B. a frame that grows


def test_a_frame_grows_and_shrinks_with_its_content(
    a_page: OpenPage, serving: Serve, partner: Partner
) -> None:
    address = serving(a_table())
    body = a_snippet(address) + f'<script async src="{address}/embed/v1.js"></script>'
    page = a_page()
    page.goto(partner({"/": a_document(body)}) + "/")
    embed, frame = framed(page), page.locator("iframe")
    expect(frame).not_to_have_css("height", "480px")
    height = embed.evaluate("Math.ceil(document.documentElement.getBoundingClientRect().height)")
    expect(frame).to_have_css("height", f"{height}px")
    page.set_viewport_size({"width": 240, "height": 900})
    expect(frame).not_to_have_css("height", f"{height}px")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(frame).to_have_css("height", f"{height}px")
    embed.evaluate("document.querySelectorAll('.items').forEach(list => list.remove())")
    expect(frame).to_have_css("height", "100px")
    embed.evaluate("document.querySelector('main').style.setProperty('height', '9999px')")
    expect(frame).to_have_css("height", "4000px")


def test_a_frame_that_was_there_first_is_asked_how_tall_it_is(
    a_page: OpenPage, serving: Serve, partner: Partner
) -> None:
    address = serving(a_table())
    page = a_page()
    page.goto(partner({"/": a_document(a_snippet(address))}) + "/")
    framed(page)
    expect(page.locator("iframe")).to_have_css("height", "480px")
    page.add_script_tag(url=f"{address}/embed/v1.js")
    expect(page.locator("iframe")).not_to_have_css("height", "480px")


STRANGER = """<!doctype html><title>Stranger</title><script>
for (const height of [1234, NaN, "1234", null, {}]) {
  parent.postMessage({calfeed: 1, type: "height", height}, "*");
}
parent.postMessage("done", "*");
</script>"""


def test_a_stranger_cannot_set_the_height_of_any_frame(
    a_page: OpenPage, serving: Serve, partner: Partner
) -> None:
    address = serving(a_table())
    strange = partner({"/embed/x/": STRANGER})
    body = (
        '<script>var done = 0; onmessage = ({data}) => { done += data === "done"; };</script>'
        f'<script src="{address}/embed/v1.js"></script>'
        '<iframe src="https://[/"></iframe>'
        f'<iframe id="strange" src="{strange}/embed/x/" height="300"></iframe>'
        f'<iframe id="ours" src="{address}/embed/en/events/over/" height="301"></iframe>'
    )
    page = a_page()
    home = partner({"/": a_document(body)})
    page.goto(f"{home}/")
    page.wait_for_function("done === 1")
    page.evaluate("postMessage({calfeed: 1, type: 'height', height: 1234}, '*')")
    page.evaluate("postMessage('done', '*')")
    page.wait_for_function("done === 2")
    expect(page.locator("#strange")).to_have_css("height", "300px")
    expect(page.locator("#ours")).not_to_have_css("height", "301px")
    expect(page.locator("#ours")).not_to_have_css("height", "1234px")


# C. an element in the partner's own page

PAGE = (Path(__file__).parents[2] / "docs" / "embedding.md").read_text(encoding="utf-8")
ADDED = re.findall("`([a-z]+-src https://events.example.eu)`", PAGE)
CSP = "; ".join(["default-src 'none'", *ADDED])
ELEMENT = (
    '<script async src="{address}/embed/v1.js"></script>'
    '<calfeed-events feed="{address}/feeds/{feed}.json" lang="{lang}" {more}>'
    '<a href="https://partner.example.eu/">All events</a></calfeed-events>'
)
LINES = """() => Array.from(
    document.querySelector("calfeed-events").shadowRoot.querySelectorAll("li"),
    item => Array.from(item.children, one => `${one.getAttribute("part")}: ${one.innerText}`))"""


def an_element(
    address: str, *, lang: str = "en", feed: str = "parks", more: str = ""
) -> dict[str, str]:
    body = ELEMENT.format(address=address, feed=feed, lang=lang, more=more)
    return {"/": a_document(body)}


def test_an_element_is_drawn_in_a_page_that_allows_next_to_nothing(
    a_page: OpenPage, serving: Serve, partner: Partner, ahead: Table, page_log: PageLog
) -> None:
    address = serving(ahead)
    policy = {"Content-Security-Policy": CSP.replace("https://events.example.eu", address)}
    frame = a_snippet(address).replace(' style="border:0"', "")
    body = ELEMENT.format(address=address, feed="parks", lang="en", more="") + frame
    page = a_page()
    page.goto(partner({"/": a_document(body)}, headers=policy) + "/")
    expect(framed(page).locator(".item:visible")).to_have_count(5)
    expect(page.locator("iframe")).not_to_have_css("height", "480px")
    element = page.locator("calfeed-events")
    expect(element.locator("li")).to_have_count(8)
    expect(element.get_by_text("All events")).to_be_hidden()

    lines = page.evaluate(LINES)
    assert [line[-2] for line in lines] == [
        "title: Off day",
        "title: Near <b>day</b>",
        *["title: Weekly"] * 3,
        "title: Far day",
        "title: Waits",
        "title: Some day",
    ]
    assert lines[0][1] == "status: Cancelled"
    assert re.fullmatch(r"date: \w+,? \d+ \w+ 2\d{3}, 14:00\W15:30 (CEST|CET)", lines[1][0])
    assert re.fullmatch(r"date: \w+,? \d+ \w+ 2\d{3}", lines[5][0])
    assert lines[1][2] == "place: Town park · Online"
    assert lines[6][0].endswith(" 5 January 2026")
    assert lines[6][1] == "status: Postponed"
    assert lines[7][0] == "date: Date to be announced"
    links = element.locator("a:visible")
    assert links.first.get_attribute("href") == "https://events.example.eu/en/events/off/"
    assert links.first.get_attribute("rel") == "noopener"
    assert links.last.get_attribute("href") == "https://events.example.eu/en/parks/"
    assert page.context.cookies() == []
    assert not [url for url in page_log.asked if "?from=" not in url and ".json" in url]


def test_an_element_speaks_its_own_language_and_shows_its_own_number(
    a_page: OpenPage, serving: Serve, partner: Partner, ahead: Table
) -> None:
    page = a_page(timezone="America/New_York")
    address = serving(ahead)
    page.goto(partner(an_element(address, lang="fr", feed="all", more='count="2"')) + "/")
    element = page.locator("calfeed-events")
    expect(element.locator("li")).to_have_count(2)
    (first, second) = page.evaluate(LINES)
    assert first[1] == "status: Annulé"
    assert "14:00" in second[0]  # the event's clocks, not the reader's
    expect(element.locator("li .title a").first).to_have_attribute("lang", "en")
    element.evaluate("one => one.setAttribute('count', 50)")
    expect(element.locator("li")).to_have_count(8)
    expect(element.get_by_text("Date à préciser")).to_be_visible()
    expect(element.get_by_text("Jour lointain")).to_be_visible()


def test_an_element_is_as_the_page_around_wants_it(
    a_page: OpenPage, serving: Serve, partner: Partner, ahead: Table
) -> None:
    style = """<style>calfeed-events { --calfeed-accent: #7a0000; --calfeed-font: monospace;
        --calfeed-text: #222; --calfeed-ground: #eee; --calfeed-gap: 20px; --calfeed-line: #abc }
        calfeed-events::part(title) { font-size: 30px }</style>"""
    pages = an_element(serving(ahead))
    pages["/"] = pages["/"].replace("</head>", f"{style}</head>")
    page = a_page()
    page.goto(partner(pages) + "/")
    element = page.locator("calfeed-events")
    expect(element.locator("li a").first).to_have_css("color", "rgb(122, 0, 0)")
    expect(element.locator("li a").first).to_have_css("font-size", "30px")
    expect(element.locator("li").first).to_have_css("padding-top", "20px")
    expect(element.locator("li").first).to_have_css("border-bottom-color", "rgb(170, 187, 204)")
    expect(element).to_have_css("background-color", "rgb(238, 238, 238)")
    expect(element).to_have_css("font-family", "monospace")


def test_the_children_are_seen_where_the_feed_is_missing(
    a_page: OpenPage, serving: Serve, partner: Partner, ahead: Table, page_log: PageLog
) -> None:
    page = a_page()
    address = partner(an_element(serving(ahead), feed="none")) + "/"
    with page.expect_console_message(lambda said: "no events are shown" in said.text):
        page.goto(address)
    expect(page.get_by_text("All events")).to_be_visible()
    assert page.locator("calfeed-events li").count() == 0
    assert all("404" in line for line in page_log.take())


def test_the_children_are_seen_where_nothing_lies_ahead(
    a_page: OpenPage, serving: Serve, partner: Partner, ahead: Table
) -> None:
    page = a_page()
    address = partner(an_element(serving(ahead), feed="schools")) + "/"
    with page.expect_request_finished(lambda request: ".json" in request.url):
        page.goto(address)
    expect(page.get_by_text("All events")).to_be_visible()
    assert page.locator("calfeed-events li").count() == 0


def test_the_children_are_seen_without_a_script(
    a_page: OpenPage, serving: Serve, partner: Partner
) -> None:
    page = a_page(script=False)
    page.goto(partner(an_element(serving(a_table()))) + "/")
    expect(page.get_by_text("All events")).to_be_visible()


def test_a_script_that_is_there_twice_does_its_work_once(
    a_page: OpenPage, serving: Serve, partner: Partner, ahead: Table, page_log: PageLog
) -> None:
    address = serving(ahead)
    page = a_page()
    body = ELEMENT.format(address=address, feed="parks", lang="en", more="")
    page.goto(partner({"/": a_document(f'{body}<script src="{address}/embed/v1.js"></script>')}))
    expect(page.locator("calfeed-events li")).to_have_count(8)
    assert len([url for url in page_log.asked if ".json" in url]) == 1


@pytest.mark.reader("axe")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_an_element(
    a_page: OpenPage, serving: Serve, partner: Partner, ahead: Table, dark: bool
) -> None:
    page = a_page(dark=dark)
    scheme = "<style>:root { color-scheme: light dark; background: Canvas }</style>"
    pages = an_element(serving(ahead))
    body = pages["/"].replace("<head>", f"<head>{scheme}")
    pages["/"] = body.replace("<body>", "<body><main><h1>Partner</h1>") + "</main>"
    page.goto(partner(pages) + "/")
    expect(page.locator("calfeed-events li")).to_have_count(8)
    assert axe_violations(page) == []


# WordPress, which frames what oEmbed gave it

WORDPRESS = """<iframe sandbox="allow-scripts" src="{address}#?secret=aB3dE6gH9j"></iframe>
<script>
  var heard = [];
  onmessage = ({{data, source}}) => {{
    if (source === document.querySelector("iframe").contentWindow) heard.push(data);
  }};
</script>"""


def test_wordpress_hears_the_height_and_follows_links_itself(
    a_page: OpenPage, serving: Serve, partner: Partner
) -> None:
    address = serving(a_table())
    body = WORDPRESS.format(address=f"{address}/embed/en/events/planned/")
    page = a_page()
    page.goto(partner({"/": a_document(body)}) + "/")
    embed = framed(page)
    page.wait_for_function("heard.some(({message}) => message === 'height')")
    height = embed.evaluate("Math.ceil(document.documentElement.getBoundingClientRect().height)")
    assert page.evaluate("heard.filter(({message}) => message).at(-1)") == {
        "message": "height",
        "value": height,
        "secret": "aB3dE6gH9j",
    }
    page.evaluate("heard = []")
    ready = "({secret}) => frames[0].postMessage({message: 'ready', secret}, '*')"
    page.evaluate(ready, {"secret": "of another"})
    page.evaluate(ready, {"secret": "aB3dE6gH9j"})
    page.wait_for_function("heard.length")
    embed.get_by_role("link", name="Details").click()
    page.wait_for_function("heard.at(-1).message === 'link'")
    assert page.evaluate("heard.at(-1)") == {
        "message": "link",
        "value": f"{address}/en/events/planned/",
        "secret": "aB3dE6gH9j",
    }
    assert page.evaluate("heard.filter(({message}) => message === 'height').length") == 1
    assert len(page.context.pages) == 1


def test_what_oembed_frames_fits_its_frame(a_page: OpenPage, serving: Serve) -> None:
    table = a_table()
    page = a_page()
    page.goto(f"{serving(table)}/oembed?url=https://events.example.eu/en/parks/")
    told = json.loads(page.inner_text("body"))
    path = re.findall('src="https://events.example.eu([^"]+)"', told["html"])[0]
    page.set_viewport_size({"width": told["width"], "height": told["height"]})
    page.goto(page.url.partition("/oembed")[0] + path)
    expect(page.locator(".item:visible")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollHeight") <= told["height"]


# What holds for all embeds

GROUND = "() => document.documentElement.style.setProperty('--calfeed-ground', 'Canvas')"
"""What a transparent frame stands on in the reader's theme; axe takes it for white."""


@pytest.mark.reader("axe")
@pytest.mark.parametrize("width", [1280, 320, 200])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    a_page: OpenPage, serving: Serve, page_log: PageLog, width: int, dark: bool
) -> None:
    address = serving(a_table())
    page = a_page(width=width, dark=dark)
    for path in KINDS:
        page.goto(address + path)
        page.evaluate(GROUND)
        assert axe_violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert all("410 (Gone)" in line for line in page_log.take())


def test_labels_have_a_shape_where_colours_are_forced(a_page: OpenPage, serving: Serve) -> None:
    page = a_page(forced_colors=True)
    page.goto(f"{serving(a_table())}/embed/en/events/cancelled/")
    label = page.locator(".label")
    expect(label).to_have_text("Cancelled")
    expect(label.locator("svg")).to_be_visible()
    expect(label).to_have_css("border-top-style", "solid")


@pytest.mark.reader("nu")
def test_the_nu_checker_finds_nothing() -> None:
    table = a_table()
    paths = [path.partition("?")[0] for path in KINDS]
    made = {path: table.make(path) for path in (*paths, "/en/parks/")}
    documents = {path.strip("/").replace("/", "-"): one.body for path, one in made.items() if one}
    assert len(documents) == len(paths) + 1
    assert nu_messages(documents) == []


# The generator


@pytest.mark.parametrize("kind", ["frame", "element"])
def test_the_generator_makes_what_works(
    a_page: OpenPage, serving: Serve, ahead: Table, kind: str
) -> None:
    page = a_page()
    page.goto(serving(ahead) + "/en/parks/#embed")
    snippet = page.get_by_label("Copy this into your page.")
    usual = snippet.input_value()
    page.get_by_label("Number of events").fill("3")
    page.get_by_label("Accent colour").fill("#7a0000")
    page.get_by_label("Code").select_option(kind)
    if kind == "frame":
        expect(page.frame_locator("#embed iframe").locator(".item:visible")).to_have_count(3)
        page.get_by_label("Colours").select_option("light")
        page.get_by_label("Let the frame grow").check()
        assert snippet.input_value() == (
            usual.replace('/parks/"', '/parks/?count=3&#38;theme=light&#38;accent=7a0000"')
            + '\n<script async src="https://events.example.eu/embed/v1.js"></script>'
        )
        link = page.frame_locator("#embed iframe").locator(".item a").first
        expect(link).to_have_css("color", "rgb(122, 0, 0)")
    else:
        expect(page.locator("#embed calfeed-events li")).to_have_count(3)
        assert snippet.input_value() == (
            '<script async src="https://events.example.eu/embed/v1.js"></script>\n'
            '<calfeed-events feed="https://events.example.eu/feeds/parks.json" lang="en" '
            'count="3"\n'
            '                style="--calfeed-accent:#7a0000; --calfeed-font:inherit">\n'
            '  <a href="https://events.example.eu/en/parks/">Parks events</a>\n'
            "</calfeed-events>"
        )
        shown = snippet.input_value().replace("#7a0000", "#0e47cb").replace('"3"', '"5"')
        assert shown in PAGE


@pytest.mark.reader("axe")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_the_generator(a_page: OpenPage, serving: Serve, dark: bool) -> None:
    page = a_page(width=320, dark=dark)
    page.goto(serving(a_table()) + "/en/parks/#embed")
    page.frame_locator("#embed iframe").locator("main").wait_for()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_number_that_cannot_be_changes_nothing(a_page: OpenPage, serving: Serve) -> None:
    page = a_page()
    page.goto(serving(a_table()) + "/en/parks/#embed")
    snippet = page.get_by_label("Copy this into your page.")
    usual = snippet.input_value()
    page.get_by_label("Number of events").fill("99")
    page.get_by_label("Number of events").press("Tab")
    assert snippet.input_value() == usual
