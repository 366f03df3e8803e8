import json

import pytest

from calfeed.formats.schema_org import as_script
from tests.builders import an_event
from tests.formats.schema_org.telling import data_of


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("</script><script>alert(1)</script>", id="the end of a script"),
        pytest.param("<!--<script>", id="a comment that swallows the end"),
        pytest.param("]]>", id="the end of a CDATA section"),
        pytest.param("&lt;/script&gt;", id="references"),
        pytest.param("\"}, 'x': \\", id="quotes"),
        pytest.param("\\u003c", id="what looks escaped"),
        pytest.param("a\u2028b\u2029c", id="line ends of JavaScript"),
        pytest.param("a\N{RIGHT-TO-LEFT OVERRIDE}b\N{POP DIRECTIONAL FORMATTING}", id="bidi"),
        pytest.param("\x00\x1b\x7f", id="controls"),
        pytest.param("<&>" * 21846, id="64 KB"),
    ],
)
def test_a_hostile_text_is_inert_and_reads_back(hostile: str) -> None:
    script = as_script({"name": hostile, hostile: [hostile]})

    assert json.loads(script) == {"name": hostile, hostile: [hostile]}
    assert not set(script) & set("<>&\u2028\u2029")


def test_a_script_is_compact_and_keeps_letters_as_they_are() -> None:
    assert as_script({"name": "Ζάππειο", "free": True}) == '{"name":"Ζάππειο","free":true}'


def test_a_title_that_ends_a_script_stands_in_a_page_as_text() -> None:
    data = data_of(an_event(title={"en": "</script>  <b>R&D</b>"}))

    assert data["name"] == "</script> <b>R&D</b>"
    assert r'"name":"\u003c/script\u003e \u003cb\u003eR\u0026D\u003c/b\u003e"' in as_script(data)
