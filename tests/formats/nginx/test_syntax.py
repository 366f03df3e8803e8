"""Words of nginx's configuration: nothing that a name holds is read as more than a name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfeed.errors import CalfeedError
from calfeed.formats.nginx.syntax import LONGEST, matching, value, word


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("/en/parks/", "/en/parks/", id="bare"),
        pytest.param("", '""', id="empty"),
        pytest.param("text/css; charset=utf-8", '"text/css; charset=utf-8"', id="a semicolon"),
        pytest.param("a} return 200;", '"a} return 200;"', id="braces"),
        pytest.param('a"; b', "'a\"; b'", id="one kind of quotes"),
        pytest.param("a\"'; b", '"a\\"\'; b"', id="both kinds of quotes"),
        pytest.param("a\\", '"a\\\\"', id="a backslash at the end"),
        pytest.param("#a", '"#a"', id="no comment"),
    ],
)
def test_a_word(text: str, written: str) -> None:
    assert word(text) == written


@pytest.mark.parametrize("text", ["a\nb", "a\x00b", "a" * (LONGEST + 1)])
def test_what_nginx_cannot_read(text: str) -> None:
    with pytest.raises(CalfeedError, match="nginx cannot read this as one word"):
        word(text)


def test_a_value_names_no_variable() -> None:
    assert value("https://example.eu") == "https://example.eu"
    with pytest.raises(CalfeedError, match=r"for a variable: '\$uri'"):
        value("$uri")


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"])), st.text())
def test_an_expression_matches_its_text_alone(text: str, other: str) -> None:
    pattern = matching(text).replace("[[]", r"\[")  # Python warns of what PCRE reads
    assert re.fullmatch(pattern, text)
    assert text == other or not re.fullmatch(pattern, other)
