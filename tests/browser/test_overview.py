"""The page of ``calfeed preview``, as browsers and those who check pages see it."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from calfeed.cli.previewing import Previewer
from calfeed.web.application import SiteLike
from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage, Serve
from tests.browser.nu import nu_messages
from tests.spine import an_entry, an_update, events_file

EVENTS = {
    "mayors": an_entry(title="Mayors meet", updates=[an_update("postponed")]),
    "garden": an_entry(updates=[an_update("rescheduled", when="2031-06-12")]),
    "expo": an_entry(title={"en": "Expo", "fr": "Exposition"}, when="2026-01-20", draft=True),
    "coffee": an_entry(
        when="2031-05-06 14:00",
        repeats={"every": "month", "by": "first Tuesday", "times": 3},
        updates=[an_update("cancelled", occurrence="2031-06-03")],
    ),
}
STATES = ("good", "broken since", "never good")


class Previews:
    """What ``calfeed preview`` shows of a file, in each state that the file can be in."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "events.yaml"
        self._file.write_text(events_file(EVENTS))
        self._previewer = Previewer(self._file, as_of=date(2026, 2, 3))

    def __getitem__(self, state: str) -> SiteLike:
        if state != "never good":
            self._previewer.look()
        if state != "good":
            self._file.write_text(events_file({"mayors": an_entry(when="<soon>")}))
            self._previewer.look()
        assert self._previewer.site is not None
        return self._previewer.site


@pytest.mark.reader("chromium", "axe")
@pytest.mark.parametrize("state", STATES)
def test_everybody_can_use_it(a_page: OpenPage, serving: Serve, tmp_path: Path, state: str) -> None:
    address = serving(Previews(tmp_path)[state])
    found = []
    for width in (320, 1280):
        for dark in (False, True):
            page = a_page(width=width, dark=dark)
            page.goto(f"{address}/")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") == width
            found += [
                f"{width} {'dark' if dark else 'light'} {one}" for one in axe_violations(page)
            ]
    assert found == []


@pytest.mark.reader("nu")
def test_it_is_html(tmp_path: Path) -> None:
    documents = {}
    for state in STATES:
        (tmp_path / state).mkdir()
        page = Previews(tmp_path / state)[state].make("/")
        assert page is not None
        documents[state] = page.body
    assert nu_messages(documents) == []
