import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfeed.formats.ics.contentlines import fold, parameter, plain, text, uri


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param("plain", "plain", id="as it is"),
        pytest.param("a;b,c", r"a\;b\,c", id="what separates is escaped"),
        pytest.param("a\\nb", r"a\\nb", id="a backslash is no escape"),
        pytest.param("a:b", "a:b", id="a colon needs none"),
        pytest.param("a\nb", r"a\nb", id="LF"),
        pytest.param("a\r\nb\rc", r"a\nb\nc", id="CR LF and CR"),
        pytest.param("a\x85b\u2028c\u2029d", r"a\nb\nc\nd", id="Unicode's line breaks"),
        pytest.param("a\x00\x07\x0b\x1b\x7f\x9bb", "ab", id="control characters are left out"),
        pytest.param("a\tb", "a\tb", id="a tab is none of them"),
        pytest.param("a\ud800b", "a\ufffdb", id="half a surrogate pair"),
        pytest.param(" a\n", "a", id="no blanks around it"),
    ],
)
def test_text(value: str, written: str) -> None:
    assert text(value) == written


def test_plain_is_what_a_reader_can_have() -> None:
    assert plain("a\r\nb\x00;\ud800") == "a\nb;\ufffd"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param("https://x.eu/a?b=c&d#e", "https://x.eu/a?b=c&d#e", id="as it is"),
        pytest.param("https://x.eu/a;b=c", "https://x.eu/a%3Bb=c", id="ical.js 1.5 refuses ;"),
        pytest.param("https://x.eu/%3B", "https://x.eu/%3B", id="encoded once"),
        pytest.param('x: "<>"\t', "x:%20%22%3C%3E%22%09", id="blanks and quotes"),
        pytest.param("x:\r\nUID:1", "x:%0D%0AUID:1", id="no new line"),
        pytest.param("x:é", "x:%C3%A9", id="ASCII only"),
        pytest.param("x:\ud800", "x:%EF%BF%BD", id="half a surrogate pair"),
    ],
)
def test_uri(value: str, written: str) -> None:
    assert uri(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param("en", "en", id="a word"),
        pytest.param("Europe/Brussels", "Europe/Brussels", id="a zone"),
        pytest.param("Join us", '"Join us"', id="quoted when in doubt"),
        pytest.param("a:b;c,d", '"a:b;c,d"', id="what separates is in quotes"),
        pytest.param("a\\b", '"a\\b"', id="a backslash that some take for an escape"),
        pytest.param("a \\ ", '"a"', id="of the quote behind it, so that it ends none"),
        pytest.param('say "a"', "\"say ^'a^'\"", id="a quote, RFC 6868"),
        pytest.param("a\r\nb^", '"a^nb^^"', id="a line break and a caret, RFC 6868"),
        pytest.param("a\x00b", '"ab"', id="no control characters"),
    ],
)
def test_parameter(value: str, written: str) -> None:
    assert parameter(value) == written


def test_a_line_of_75_octets_is_not_folded_and_one_of_76_is() -> None:
    assert fold("a" * 75) == b"a" * 75 + b"\r\n"
    assert fold("a" * 76) == b"a" * 75 + b"\r\n a\r\n"


def test_a_folded_line_goes_on_after_a_space_that_counts() -> None:
    assert fold("a" * 150) == b"a" * 75 + b"\r\n " + b"a" * 74 + b"\r\n a\r\n"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_folding_loses_nothing_and_breaks_no_character(line: str) -> None:
    folded = fold(line)

    assert folded.endswith(b"\r\n")
    assert all(len(piece) <= 75 for piece in folded.split(b"\r\n"))
    assert "".join(piece.decode() for piece in folded[:-2].split(b"\r\n ")) == line


@given(st.text(st.characters(exclude_categories=[])))
def test_no_value_breaks_out_of_its_line(value: str) -> None:
    written = text(value) + parameter(value) + uri(value)

    assert len(written.splitlines()) <= 1
    assert written.encode().decode() == written
