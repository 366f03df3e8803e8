"""How another day is asked for, and who may."""

from datetime import date

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from calfeed.cli.preview.bar import DAY, Bar
from calfeed.cli.preview.endpoints import endpoints
from calfeed.cli.preview.news import News


class Choosing:
    """A browser that asks for a day, and what was chosen by it."""

    def __init__(self) -> None:
        self.chosen: list[date | None] = []
        routes = endpoints(lambda: Bar(name="events.yaml"), News(), self.chosen.append)
        self._client = TestClient(Starlette(routes=routes), follow_redirects=False)

    def ask(self, site: str = "", **fields: str) -> tuple[int, str]:
        headers = {"Sec-Fetch-Site": site} if site else {}
        answer = self._client.post(DAY, data=fields, headers=headers)
        return answer.status_code, answer.headers.get("location", answer.text)


@pytest.fixture
def choosing() -> Choosing:
    return Choosing()


def test_a_day_is_chosen_and_the_page_shown_again(choosing: Choosing) -> None:
    page = "/en/events/mayors/2031-05-06/"
    assert choosing.ask("same-origin", day="2031-05-01", to=page) == (303, page)
    assert choosing.ask(day="2031-05-01", to=page, today="yes") == (303, page)
    assert choosing.chosen == [date(2031, 5, 1), None]


@pytest.mark.parametrize(
    "to",
    [
        pytest.param("", id="nowhere"),
        pytest.param("//evil.example/", id="another host"),
        pytest.param("https://evil.example/", id="another site"),
        pytest.param("/\\evil.example/", id="what browsers take for another host"),
        pytest.param("/en/\r\nX: y", id="another line"),
    ],
)
def test_it_leads_nowhere_else(choosing: Choosing, to: str) -> None:
    assert choosing.ask(day="2031-05-01", to=to) == (303, "/")


@pytest.mark.parametrize("day", ["", "soon", "2031-02-30", "0001-01-01", "9999-12-31"])
def test_what_is_no_day_is_refused(choosing: Choosing, day: str) -> None:
    assert choosing.ask(day=day, to="/") == (400, "Give a day as 2031-05-01.\n")
    assert choosing.chosen == []


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_elsewhere_chooses_nothing(choosing: Choosing, site: str) -> None:
    refused = (403, "Only the preview itself may choose a day.\n")
    assert choosing.ask(site, day="2031-05-01", to="/") == refused
    assert choosing.chosen == []
