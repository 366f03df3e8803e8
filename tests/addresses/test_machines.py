import pytest

from calfeed.addresses import Form, FormPath, form_path, parse_form_path

PATHS = {
    "/feeds/parks.json": FormPath(form=Form.LISTING, slug="parks"),
    "/feeds/all.jcal.json": FormPath(form=Form.JCAL, slug="all"),
    "/feeds/parks.fullcalendar.json": FormPath(form=Form.FULLCALENDAR, slug="parks"),
    "/feeds/parks.fr.fullcalendar.json": FormPath(
        form=Form.FULLCALENDAR, slug="parks", language="fr"
    ),
    "/feeds/parks.changes.atom": FormPath(form=Form.ATOM, slug="parks"),
    "/feeds/all.changes.json": FormPath(form=Form.JSON_FEED, slug="all"),
    "/events/garden-day.json": FormPath(form=Form.LISTING, key="garden-day"),
}


@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_read_and_written(path: str) -> None:
    assert parse_form_path(path) == PATHS[path]
    assert form_path(PATHS[path]) == path


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/feeds/catalog.json", id="the catalogue is no initiative"),
        pytest.param("/feeds/parks.fr.changes.atom", id="news in the site's own language alone"),
        pytest.param("/events/garden.changes.json", id="news of a feed, not of an event"),
        pytest.param("/feeds/parks.fr.json", id="one for all languages"),
        pytest.param("/feeds/parks.fr.jcal.json", id="jCal has no variants"),
        pytest.param("/events/garden.jcal.json", id="an event alone is listed only"),
        pytest.param("/feeds/PARKS.json", id="capitals"),
        pytest.param("/feeds/parks.json/", id="a slash behind it"),
        pytest.param("/parks.json", id="no folder"),
    ],
)
def test_what_is_no_such_path(path: str) -> None:
    assert parse_form_path(path) is None
