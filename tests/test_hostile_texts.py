"""What an editor's text, or a stranger's that an editor pasted, can do anywhere: nothing."""

import json
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from lxml import etree  # type: ignore[import-untyped] # it comes without types

from calfeed.site import Table
from tests.house import House, read
from tests.spine import an_entry, an_update, events_file

TAME = "Plain words"
HOSTILE = {
    "a script": "</script></title></style><script>alert(1)</script>",
    "an attribute": "\"'><img src=x onerror=alert(1)>",
    "an address": "javascript:alert(1)",
    "a template": "{{ 7 * 7 }} {% raw %} ${7*7}",
    "the end of a CDATA section": "]]><!-- --> &amp; <![CDATA[",
    "turned around": "\N{RIGHT-TO-LEFT OVERRIDE}evil\N{LEFT-TO-RIGHT ISOLATE}",
    "a line of a calendar": "x\\nEND:VEVENT;X-EVIL=1:\\,",
    "64 kB": "<b>" + "x" * 65_533,
}
TURNS = frozenset("\N{RIGHT-TO-LEFT OVERRIDE}\N{LEFT-TO-RIGHT ISOLATE}")


class Skeleton(HTMLParser):
    """The elements of a document with the names of their attributes, and where its links lead."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, ...]] = []
        self.addresses: list[str] = []
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, *(name for name, _ in attrs)))
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]


@cache
def a_table(text: str) -> Table:
    """Return a site that has *text* wherever one line of it can stand."""
    house = House()
    entry: dict[str, Any] = an_entry(
        title=text,
        summary=text,
        place={"name": text, "address": text},
        online={"url": "https://meet.example.eu/", "label": text},
        organisers=[{"name": text, "url": "https://gardeners.example.eu/"}],
        links=[{"url": "https://x.example.eu/", "label": text}],
        agenda=[{"at": "14:00", "title": text}],
        tags=[text[:50]],
    )
    moved = an_update("rescheduled", when="2031-06-01 10:00 to 12:00")
    events = {
        "planned": entry,
        "off": {**entry, "updates": [an_update("postponed")]},
        "moved": {**entry, "updates": [moved]},
        "weekly": {**entry, "when": "2031-05-08", "repeats": {"every": "week", "times": 3}},
    }
    parks = {"name": text, "summary": text, "licence": text[:50]}
    house.publish(events_file(events, site={"name": text}, initiatives={"parks": parks}))
    return house.table()


def bodies(table: Table, kind: str) -> dict[str, bytes]:
    """Return all that is served with a media type that has *kind* in it, by path."""
    made = {path: table.make(path) for path in table.paths()}
    return {
        path: one.body
        for path, one in made.items()
        if one and kind.encode() in dict(one.whole)[b"content-type"]
    }


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_pages_have_the_elements_that_they_have_with_any_text(text: str) -> None:
    expected = bodies(a_table(TAME), "text/html")
    pages = bodies(a_table(text), "text/html")
    assert pages.keys() == expected.keys()
    for path, page in pages.items():
        found, as_ever = Skeleton(page.decode()), Skeleton(expected[path].decode())
        assert found.elements == as_ever.elements, path
        assert not [one for one in found.addresses if one.lower().startswith("javascript:")]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_programs_read_can_be_read(text: str) -> None:
    table = a_table(text)
    for path, body in bodies(table, "json").items():
        assert json.loads(body), path
    for path, body in {**bodies(table, "xml"), **bodies(table, "opml")}.items():
        assert etree.fromstring(body) is not None, path
    for path in ("/feeds/all.ics", "/feeds/all.visible.utc.ics", "/events/planned.ics"):
        told = {event.uid for event in read(table, path)}
        assert told
        assert told <= set(table.snapshot.told.revisions)


def test_no_page_is_turned_around() -> None:
    for path, page in bodies(a_table(HOSTILE["turned around"]), "text/html").items():
        visible = page.decode().partition("<body")[2]
        assert TURNS.isdisjoint(visible), path
