"""How a refused value is shown, and which allowed one is guessed for it."""

import pytest

from calfeed.source.grammar import (
    GrammarError,
    did_you_mean,
    inside,
    shown,
    surely_meant,
    text_of,
)
from tests.source.refusing import refusal


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("30/09/2021", '"30/09/2021"', id="a text"),
        pytest.param("Δευτέρα", '"Δευτέρα"', id="another script"),
        pytest.param("a\r\nb\0", r'"a\r\nb\x00"', id="what breaks a line is spelled"),
        pytest.param("\u202ea\ud800", r'"\u202ea\ud800"', id="what turns or breaks text, too"),
        pytest.param("x" * 60, f'"{"x" * 60}"', id="sixty characters"),
        pytest.param("x" * 61, f'"{"x" * 59}…"', id="more are cut"),
        pytest.param(None, "nothing", id="nothing"),
        pytest.param([], "a list", id="a list"),
        pytest.param({}, "a mapping", id="a mapping"),
        pytest.param(7, "7", id="another value"),
    ],
)
def test_a_value_is_shown_on_one_short_line(value: object, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        pytest.param("anounced", 'did you mean "announced"?', id="a slip"),
        pytest.param("ANNOUNCED", 'did you mean "announced"?', id="another case"),
        pytest.param("loc", 'did you mean "location"?', id="its beginning"),
        pytest.param("l", "", id="the beginning of two"),
        pytest.param("zebra", "", id="nothing like it"),
        pytest.param("", "", id="nothing"),
        pytest.param("announced" * 8, "", id="too long to compare"),
    ],
)
def test_the_nearest_of_what_is_allowed_is_guessed(written: str, hint: str) -> None:
    assert did_you_mean(written, ["announced", "location", "language"]) == hint


def test_a_text_has_single_blanks() -> None:
    assert text_of("  first \t Tuesday\n", "a weekday", "write one") == "first Tuesday"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param("", "expected a day; found nothing", id="empty"),
        pytest.param(" \n", r'expected a day; found " \n"', id="blank"),
        pytest.param(None, "expected a day; found nothing", id="none"),
        pytest.param(["a"], "expected a day; found a list", id="no text"),
    ],
)
def test_what_is_no_text(value: object, message: str) -> None:
    error = refusal(lambda: text_of(value, "a day", "write one"))

    assert (error.code, str(error), error.help) == ("E300", message, ("write one",))


KEYS = ("at", "free", "formerly", "image", "short_name", "start", "starts", "time", "times")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("formerly", "formerly", id="itself"),
        pytest.param("Short-Name", "short_name", id="capitals and a hyphen"),
        pytest.param("shortName", "short_name", id="one word"),
        pytest.param("AT", "at", id="a short word in capitals"),
        pytest.param("fromerly", "formerly", id="two letters swapped"),
        pytest.param("formely", "formerly", id="a letter missing"),
        pytest.param("Formerely", "formerly", id="one too many"),
        pytest.param("inage", "image", id="a wrong one"),
        pytest.param("images", "image", id="one too many at the end"),
        pytest.param("fee", "", id="three letters"),
        pytest.param("as", "", id="two letters"),
        pytest.param("starte", "", id="near to two"),
        pytest.param("fromely", "", id="two slips"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_can_have_been_meant(written: str, meant: str) -> None:
    assert surely_meant(written, KEYS) == meant


def test_an_error_knows_its_way_through_what_it_stands_inside() -> None:
    def read() -> None:
        with inside("repeats"), inside("except", 2):
            raise GrammarError("E314", "not a date", "write one", hint="a Tuesday", field=("day",))

    error = refusal(read)

    assert error.field == ("repeats", "except", 2, "day")
    assert (error.message, error.hint) == ("not a date", "a Tuesday")
