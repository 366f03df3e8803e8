import pytest

from calfeed.source.places import Lines


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        pytest.param("a\nb\nX", 3, 1, id="LF"),
        pytest.param("a\r\nb\r\n  X\r\n", 3, 3, id="CR LF"),
        pytest.param("a\rb\rX", 3, 1, id="CR alone"),
        pytest.param("a\x85b\u2028c\u2029X", 1, 7, id="separators that editors show in a line"),
        pytest.param("Ελλάδα X", 1, 8, id="columns are characters, not bytes"),
        pytest.param("👩\u200d🚀X", 1, 4, id="characters of more than one code point"),
    ],
)
def test_lines_and_columns_are_those_of_an_editor(text: str, line: int, column: int) -> None:
    index = text.index("X")

    place = Lines(name="f", text=text).place(index, index + 1)

    assert (place.line, place.column, place.length) == (line, column, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_excerpt_has_the_line_before_and_the_line(end: str) -> None:
    lines = Lines(name="f", text=end.join(["one", "two", "three X", "four"]))
    index = lines.text.index("X")

    assert lines.place(index, index + 1).excerpt == ("two", "three X")
    assert lines.place(0, 3).excerpt == ("one",)


def test_what_goes_on_below_is_underlined_to_the_end_of_its_line() -> None:
    lines = Lines(name="f", text="a: 'one  \n  two'\n")

    assert lines.place(3, 16).length == 6


def test_what_lies_behind_the_text_is_told_at_its_end() -> None:
    place = Lines(name="f", text="one\ntwo\n\n\n").place(9, 10)

    assert (place.line, place.column, place.excerpt) == (2, 4, ("one", "two"))


def test_an_empty_text_has_a_place() -> None:
    place = Lines(name="f", text="").place(0, 0)

    assert (str(place), place.length, place.excerpt) == ("f:1:1", 1, ("",))


def test_a_very_long_line_is_cut_around_the_place() -> None:
    text = "x" * 10_000 + "HERE" + "y" * 10_000
    place = Lines(name="f", text=f"{text}\n{text}").place(30_005, 30_009)

    before, line = place.excerpt
    shown = place.column - 1 - place.cut
    assert place.column == 10_001
    assert line[shown : shown + place.length] == "HERE"
    assert len(before) == len(line) == 200
    assert line[0] == line[-1] == before[-1] == "…"
    assert before[0] == "x"


def test_the_end_of_a_very_long_line_is_not_cut() -> None:
    line = Lines(name="f", text="x" * 1000 + "END").place(1000, 1003).excerpt[-1]

    assert line.startswith("…")
    assert line.endswith("xEND")


def test_a_place_at_the_beginning_of_a_very_long_line_is_cut_behind_it_only() -> None:
    place = Lines(name="f", text="title: " + "x" * 1000).place(7, 1007)

    assert place.cut == 0
    assert place.excerpt[0].startswith("title: xx")
    assert place.excerpt[0].endswith("x…")
