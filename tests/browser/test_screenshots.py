"""``make screenshots``: each kind of page, in each width and theme, and the same one every time."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.kinds import KINDS
from tools.screenshots import PICTURE, draw_all


@pytest.mark.reader("chromium")
def test_a_page_is_drawn_as_it_was_drawn_before(chromium: Browser, tmp_path: Path) -> None:
    chosen = {"event": KINDS["event"]}
    for folder in ("once", "again"):
        draw_all(chromium, chosen, tmp_path / folder)
    drawn = {one.name: one.read_bytes() for one in (tmp_path / "once").iterdir()}
    assert drawn.keys() == {
        f"event-{width}-{theme}.png" for width in (320, 768, 1280) for theme in ("light", "dark")
    }
    assert drawn == {one.name: one.read_bytes() for one in (tmp_path / "again").iterdir()}


def test_the_picture_of_the_readme_is_small_and_described() -> None:
    readme = (PICTURE.parents[2] / "README.md").read_text(encoding="utf-8")
    text, _, rest = readme.partition("](docs/images/postponed.png)")
    assert rest
    assert "This event is postponed" in text.rpartition("![")[2]
    assert PICTURE.stat().st_size < 150_000
    with Image.open(PICTURE) as picture:
        assert picture.size == (1180, 960)
