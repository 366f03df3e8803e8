"""oEmbed over our own pages: any of their addresses, no other, and never larger than asked."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest

from calfeed.ledger.revision import encode_event
from calfeed.model import Picture
from calfeed.representation import Representation
from calfeed.site import Table
from tests.formats.pages.states import a_table
from tests.house import House
from tests.spine import an_entry, events_file

SITE = "https://events.example.eu"


@pytest.fixture(scope="module")
def table() -> Table:
    return a_table()


def ask(table: Table, **query: str | int) -> Representation:
    answer = table.ask("/oembed", urlencode(query))
    assert answer is not None
    return answer


def told(answer: Representation) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(answer.body)
    return found


@pytest.mark.parametrize(
    ("path", "title", "frame"),
    [
        pytest.param("/", "Town events", "/embed/en/all/?count=5", id="the neutral address"),
        pytest.param("/fr/", "Town events", "/embed/fr/all/?count=5", id="the index"),
        pytest.param("/fr/schools/", "Écoles", "/embed/fr/schools/?count=5", id="an initiative"),
        pytest.param("/parks/", "Parks", "/embed/en/parks/?count=5", id="in no language"),
        pytest.param("/parks/#subscribe", "Parks", "/embed/en/parks/?count=5", id="a part of it"),
        pytest.param("/fr/parks", "Parks", "/embed/fr/parks/?count=5", id="no slash"),
        pytest.param(
            "/fr/events/planned/",
            "Journée au jardin",
            "/embed/fr/events/planned/",
            id="an event",
        ),
        pytest.param(
            "/events/planned/", "Garden day", "/embed/en/events/planned/", id="in no language, too"
        ),
        pytest.param(
            "/en/events/old-name/", "Renamed", "/embed/en/events/new-name/", id="a former key"
        ),
        pytest.param(
            "/en/events/series/2027-01-05/",
            "Garden day",
            "/embed/en/events/series/2027-01-05/",
            id="a date",
        ),
    ],
)
def test_a_page_of_ours_is_shown_by_its_embed(
    table: Table, path: str, title: str, frame: str
) -> None:
    answer = ask(table, url=SITE + path, format="json")
    found = told(answer)
    assert answer.status == 200
    assert (b"content-type", b"application/json") in answer.whole
    assert found["title"] == title
    assert f'<iframe src="{SITE}{frame}" ' in found["html"]
    assert table.make(frame.partition("?")[0]) is not None


def test_an_event_names_its_initiative(table: Table) -> None:
    found = told(ask(table, url=f"{SITE}/fr/events/planned/"))
    assert (found["author_name"], found["author_url"]) == ("Parks", f"{SITE}/fr/parks/")


@pytest.mark.parametrize(
    ("query", "status", "detail"),
    [
        pytest.param({}, 400, "url: expected the address of a page", id="no address"),
        pytest.param({"url": f"{SITE}/en/events/none/"}, 404, "url: ", id="no such event"),
        pytest.param({"url": f"{SITE}/en/events/gone/"}, 404, "url: ", id="withdrawn"),
        pytest.param({"url": f"{SITE}/en/events/planned/2031-05-08/"}, 404, "url: ", id="no date"),
        pytest.param({"url": f"{SITE}/en/none/"}, 404, "url: ", id="no such initiative"),
        pytest.param({"url": f"{SITE}/en/all/"}, 404, "url: ", id="a slug that is none"),
        pytest.param({"url": f"{SITE}/de/"}, 404, "url: ", id="no such language"),
        pytest.param({"url": f"{SITE}/en/past/"}, 404, "url: ", id="a page without an embed"),
        pytest.param({"url": f"{SITE}/feeds/parks.ics"}, 404, "url: ", id="no page"),
        pytest.param(
            {"url": "https://events.example.eu.evil.example/en/"}, 404, "url: ", id="alike"
        ),
        pytest.param({"url": "http://events.example.eu/en/"}, 404, "url: ", id="not secure"),
        pytest.param({"url": "/en/parks/"}, 404, "url: ", id="not absolute"),
        pytest.param({"url": "file:///etc/passwd"}, 404, "url: ", id="a file"),
        pytest.param({"url": f"{SITE}/", "format": "xml"}, 501, "format: ", id="XML"),
        pytest.param({"url": f"{SITE}/", "maxwidth": "wide"}, 400, "maxwidth: ", id="no number"),
        pytest.param({"url": f"{SITE}/", "maxheight": "0"}, 400, "maxheight: ", id="no height"),
        pytest.param({"url": f"{SITE}/", "maxwidth": "-1"}, 400, "maxwidth: ", id="negative"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(
    table: Table, query: dict[str, str], status: int, detail: str
) -> None:
    answer = ask(table, **query)
    assert answer.status == status
    assert told(answer)["detail"].startswith(detail)


def test_an_address_is_given_once(table: Table) -> None:
    answer = table.ask("/oembed", f"url={SITE}/&url={SITE}/")
    assert answer is not None
    assert told(answer)["detail"] == "url: expected one value"


@pytest.mark.parametrize(
    ("most", "size", "count"),
    [
        pytest.param({}, (600, 540), 5, id="as usual"),
        pytest.param({"maxwidth": 320}, (320, 540), 5, id="narrow"),
        pytest.param({"maxheight": 240}, (600, 240), 2, id="low"),
        pytest.param({"maxheight": 1}, (600, 1), 1, id="lower than anything"),
        pytest.param({"maxwidth": 1, "maxheight": 999999}, (1, 540), 5, id="extremes"),
    ],
)
def test_it_is_never_larger_than_asked_and_shows_what_fits(
    table: Table, most: dict[str, int], size: tuple[int, int], count: int
) -> None:
    found = told(ask(table, url=f"{SITE}/", **most))
    assert (found["width"], found["height"]) == size
    assert f'?count={count}" width="{size[0]}" height="{size[1]}"' in found["html"]


def test_the_same_question_in_other_words_has_the_same_answer(table: Table) -> None:
    first = ask(table, url=f"{SITE}/en/parks/", maxwidth=500)
    assert ask(table, maxwidth=500, url=f"{SITE}/parks/", format="json", dnt=1) is first
    after = table.successor(table.snapshot).ask("/oembed", urlencode({"url": f"{SITE}/parks/"}))
    assert after is not None
    assert after is not first


PICTURE = f"{SITE}/media/abababababababab.png"


@pytest.mark.parametrize(
    ("size", "most", "shown"),
    [
        pytest.param((640, 360), {}, (PICTURE, 640, 360), id="as it is"),
        pytest.param((640, 360), {"maxwidth": 640}, (PICTURE, 640, 360), id="just so wide"),
        pytest.param((640, 360), {"maxwidth": 639}, None, id="too wide"),
        pytest.param((640, 360), {"maxheight": 359}, None, id="too high"),
        pytest.param(None, {}, None, id="of no known size"),
    ],
)
def test_a_picture_is_shown_where_it_is_known_to_fit(
    size: tuple[int, int] | None, most: dict[str, int], shown: tuple[str, int, int] | None
) -> None:
    house = House()
    house.publish(events_file({"garden": an_entry()}))
    (known,) = house.told.revisions.values()
    image = Picture(sha256="ab" * 32, extension="png", alt={"en": "A garden"}, size=size)
    event = replace(known.event, details=replace(known.event.details, image=image))
    changed = replace(known, facts=encode_event(event))
    house.told = replace(house.told, revisions={known.uid: changed})

    found = told(ask(house.table(), url=f"{SITE}/en/events/garden/", **most))

    names = ("thumbnail_url", "thumbnail_width", "thumbnail_height")
    assert tuple(found[name] for name in names if name in found) == (shown or ())


HOSTILE = '</script><script>alert(1)</script>"onload=\u202e '


@pytest.mark.parametrize(
    "title",
    [
        pytest.param(HOSTILE, id="tags and quotes"),
        pytest.param("\u202e\u2066Garden\u2069 day", id="turned around"),
        pytest.param("Long " * 13_000, id="64 kB"),
    ],
)
def test_a_hostile_title_is_inert_and_short(title: str) -> None:
    house = House()
    house.publish(events_file({"garden": an_entry(title=title)}))
    found = told(ask(house.table(), url=f"{SITE}/en/events/garden/"))
    assert len(found["title"]) <= 300
    assert re.findall("<[^>]+>", re.sub('"[^"]*"', "", found["html"])) == [
        *("<blockquote>", "<a href=>", "</a>", "</blockquote>"),
        "<iframe src= width= height= frameborder= marginwidth= marginheight= scrolling= title=>",
        "</iframe>",
    ]
    assert not set(found["html"] + found["title"]) & set("\u202e\u2066\u2069")


def test_pages_say_where_to_ask(table: Table) -> None:
    for path in ("/fr/", "/en/parks/", "/fr/events/planned/", "/en/events/series/2027-01-05/"):
        made = table.make(path)
        assert made is not None
        found = re.findall(
            r'application/json\+oembed" title="[^"]+" href="([^"]+)"', str(made.body)
        )
        (address,) = map(unescape, found)
        own, _, query = address.partition("?")
        answer = table.ask(own.removeprefix(SITE), query)
        assert answer is not None
        assert answer.status == 200
        assert f'<a href="{SITE}{path}">' in told(answer)["html"]


def test_an_event_of_no_known_initiative_has_no_author() -> None:
    house = House()
    house.publish(events_file({"garden": an_entry()}))
    house.told = replace(house.told, initiatives={})
    found = told(ask(house.table(), url=f"{SITE}/en/events/garden/"))
    assert "author_name" not in found
