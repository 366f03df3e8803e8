"""docs/embedding.md keeps its word: its snippets, parameters, properties and parts are real."""

import re
from html import unescape
from pathlib import Path

import calfeed
from calfeed.formats.pages.embeds import MOST, USUAL
from calfeed.formats.pages.statics import newest_embed_script
from tests.formats.pages.states import a_table, page

PAGE = (Path(__file__).parent.parent / "docs" / "embedding.md").read_text(encoding="utf-8")
STATIC = Path(calfeed.__file__).parent / "formats" / "pages" / "static"


def rows(pattern: str) -> list[str]:
    return re.findall(rf"^\| `({pattern})` \|", PAGE, re.MULTILINE)


def test_the_frame_is_what_the_generator_makes() -> None:
    shown = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page(a_table(), "/en/parks/"), re.DOTALL)
    assert unescape(shown[0]).replace('/parks/"', '/parks/?count=5"') in PAGE


def test_every_parameter_is_one_that_the_frame_reads() -> None:
    script = (STATIC / "embedded.js").read_text()
    read = set(re.findall(r'asked\.get\("([a-z]+)"\)', script))
    assert read == {"count", "theme", "accent"}
    assert read < set(rows("[a-z]+"))
    assert f"| `count` | 1 to {MOST} | {USUAL} |" in PAGE


def test_every_property_and_part_is_one_that_the_element_has() -> None:
    script = newest_embed_script().body.decode()
    assert set(rows("--calfeed-[a-z]+")) == set(re.findall("--calfeed-[a-z]+", script))
    parts = set(re.findall(r'made\("[a-z]+", "([a-z]+)"', script))
    attributes = set(re.findall(r"observedAttributes = (.*);", script)[0].strip("[]").split(", "))
    named = set(rows("[a-z]+")) - {"count", "theme", "accent"}
    assert named == parts | {one.strip('"') for one in attributes} - {"count"}
