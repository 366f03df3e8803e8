"""What a command fetches or reads for its user: whole, and from the web alone."""

from pathlib import Path

import pytest

from calfeed.cli import fetching
from calfeed.errors import CalfeedError
from tests.cli.web import a_web_server


def test_an_address_is_fetched() -> None:
    with a_web_server({"/all.ics": b"a feed"}) as address:
        assert fetching.fetch(f"{address}/all.ics") == b"a feed"


def test_a_redirect_is_followed() -> None:
    with a_web_server({"/new.ics": b"a feed"}, {"/old.ics": "/new.ics"}) as address:
        assert fetching.fetch(f"{address}/old.ics") == b"a feed"


@pytest.mark.parametrize("elsewhere", ["file:///etc/passwd", "ftp://127.0.0.1/a"])
def test_a_redirect_leads_nowhere_but_to_the_web(elsewhere: str) -> None:
    with (
        a_web_server({}, {"/all.ics": elsewhere}) as address,
        pytest.raises(CalfeedError, match="cannot be fetched"),
    ):
        fetching.fetch(f"{address}/all.ics")


def test_what_is_not_there_is_said() -> None:
    with a_web_server({}) as address, pytest.raises(CalfeedError) as refused:
        fetching.fetch(f"{address}/all.ics")

    assert str(refused.value) == (f"{address}/all.ics cannot be fetched: HTTP Error 404: Not Found")


def test_what_calendar_apps_subscribe_to_is_asked_for_by_https() -> None:
    with a_web_server({}) as address, pytest.raises(CalfeedError, match="SSL"):
        fetching.fetch(address.replace("http:", "webcal:"))


def test_what_is_no_feed_by_its_size_is_not_read_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fetching, "LIMIT", 3_000_000)
    (tmp_path / "all.ics").write_bytes(bytes(3_000_001))

    with pytest.raises(CalfeedError) as refused:
        fetching.read(tmp_path / "all.ics")

    assert str(refused.value) == (f"{tmp_path / 'all.ics'} has more than 3 MB: no feed is so large")


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        ("https://events.example.eu/feeds/all.ics", True),
        ("HTTP://events.example.eu/feeds/all.ics", True),
        ("webcal://events.example.eu/feeds/all.ics", True),
        ("file:///etc/passwd", False),
        ("backups/monday.sqlite", False),
        ("C:/monday.sqlite", False),
    ],
)
def test_an_address_is_told_from_a_path(source: str, is_one: bool) -> None:
    assert fetching.is_address(source) == is_one
