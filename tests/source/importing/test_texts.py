"""Texts of other calendars as Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfeed.markup import as_plain_text
from calfeed.source.importing.texts import as_markdown, from_html, plain


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<p>One</p><p>Two</p>", "One\n\nTwo", id="paragraphs"),
        pytest.param("One<br>Two<br/>Three", "One\nTwo\nThree", id="lines"),
        pytest.param("<ul><li>a</li><li>b</li></ul>", "- a\n- b", id="a list"),
        pytest.param("<b>a</b> <i>b</i>", "**a** *b*", id="emphasis"),
        pytest.param("<h2>Head</h2>text", "## Head\n\ntext", id="a heading"),
        pytest.param('<a href="https://x.eu/a">b</a>', "[b](https://x.eu/a)", id="a link"),
        pytest.param('<a href="javascript:x">b</a></a>', "b", id="a link to nowhere good"),
        pytest.param("a<script>b</script><style>c</style>d</style>", "ad", id="scripts"),
        pytest.param("&lt;b&gt; &amp; *c*", "\\<b\\> & \\*c\\*", id="signs"),
        pytest.param("<img src=x onerror=alert(1)>a<!-- b -->", "a", id="pictures, comments"),
    ],
)
def test_html(html: str, expected: str) -> None:
    assert from_html(html) == expected


def test_a_text_with_tags_is_read_as_html() -> None:
    assert as_markdown("<p>One <b>day</b></p>") == "One **day**"


def test_what_nobody_sees_is_taken_out() -> None:
    assert plain("a\x00\u200b\r\nb\tc") == "a\nb   c"


def test_a_text_that_is_too_long_is_cut() -> None:
    assert as_markdown("a" * 70_000).endswith("a …")


@given(st.text(st.characters(codec="ascii", categories=["L", "P", "Zs", "Sm"]), max_size=60))
def test_a_plain_text_says_the_same_as_markdown(text: str) -> None:
    line = " ".join(text.split())
    if "<" not in line and "&" not in line:
        assert " ".join(as_plain_text(as_markdown(line)).split()) == line
