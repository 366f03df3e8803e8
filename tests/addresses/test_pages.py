"""The grammar of pages' paths: what is read is what was built, and nothing else is read."""

from datetime import date

import pytest

from calfeed.addresses import Page, PagePath, page_path, parse_page_path

PAGES = {
    "/": PagePath(page=Page.INDEX),
    "/en/": PagePath(page=Page.INDEX, language="en"),
    "/fr/all/2/": PagePath(page=Page.COMING, language="fr", number=2),
    "/fr/parks/all/12/": PagePath(page=Page.COMING, language="fr", slug="parks", number=12),
    "/fr/past/": PagePath(page=Page.PAST, language="fr"),
    "/fr/past/3/": PagePath(page=Page.PAST, language="fr", number=3),
    "/fr/parks/past/": PagePath(page=Page.PAST, language="fr", slug="parks"),
    "/fr/parks/past/2/": PagePath(page=Page.PAST, language="fr", slug="parks", number=2),
    "/el/feeds/": PagePath(page=Page.FEEDS, language="el"),
    "/developers/": PagePath(page=Page.DEVELOPERS),
    "/el/developers/": PagePath(page=Page.DEVELOPERS, language="el"),
    "/parks/": PagePath(page=Page.INITIATIVE, slug="parks"),
    "/en/parks/": PagePath(page=Page.INITIATIVE, language="en", slug="parks"),
    "/events/summit/": PagePath(page=Page.EVENT, key="summit"),
    "/en/events/summit/": PagePath(page=Page.EVENT, language="en", key="summit"),
    "/en/events/corner/2021-10-05/": PagePath(
        page=Page.EVENT, language="en", key="corner", day=date(2021, 10, 5)
    ),
    "/en/events/corner/all/": PagePath(page=Page.DATES, language="en", key="corner"),
    "/en/events/corner/all/2/": PagePath(page=Page.DATES, language="en", key="corner", number=2),
    "/embed/fr/parks/": PagePath(page=Page.EMBED, language="fr", slug="parks"),
    "/embed/fr/all/": PagePath(page=Page.EMBED, language="fr", slug="all"),
    "/embed/fr/events/summit/": PagePath(page=Page.EMBEDDED_EVENT, language="fr", key="summit"),
    "/404.html": PagePath(page=Page.MISSING),
    "/fr/404.html": PagePath(page=Page.MISSING, language="fr"),
}


@pytest.mark.parametrize(("path", "parts"), PAGES.items(), ids=PAGES.keys())
def test_a_path_and_its_parts(path: str, parts: PagePath) -> None:
    assert parse_page_path(path) == parts
    assert page_path(parts) == path


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/en", id="no slash at the end"),
        pytest.param("/EN/", id="capitals"),
        pytest.param("/en//", id="an empty part"),
        pytest.param("/en/parks/future/", id="an unknown part"),
        pytest.param("/en/all/", id="all is no initiative"),
        pytest.param("/en/all/1/", id="the first page has the shorter address"),
        pytest.param("/en/past/1/", id="the first page of the past too"),
        pytest.param("/en/past/02/", id="a number has one form"),
        pytest.param("/en/events/", id="no event"),
        pytest.param("/en/events/summit/2021-02-30/", id="no day of the calendar"),
        pytest.param("/static/", id="a reserved word"),
        pytest.param("/en/parks/\n", id="a line break"),
    ],
)
def test_what_is_no_page(path: str) -> None:
    assert parse_page_path(path) is None
