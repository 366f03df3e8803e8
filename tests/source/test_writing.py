"""What is written into an events file: the same data when read back, and pleasant to read."""

from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from calfeed.source.building import build
from calfeed.source.places import Lines
from calfeed.source.writing import Layout, Written, written, written_in_line
from tests.source.yaml_core import Core


def read_back(text: str) -> Any:
    return build(Lines(name="events.yaml", text=text))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param({"a": "Garden day"}, "a: Garden day\n", id="a text"),
        pytest.param({"a": "2026-09-23"}, "a: 2026-09-23\n", id="a day is no other type here"),
        pytest.param({"a": "16:00"}, "a: 16:00\n", id="nor is a time"),
        pytest.param({"a": True, "b": 12}, "a: true\nb: 12\n", id="switches and numbers"),
        pytest.param({"a": "true", "b": "12"}, 'a: "true"\nb: "12"\n', id="texts that look so"),
        pytest.param({"a": "#0e47cb"}, 'a: "#0e47cb"\n', id="a colour"),
        pytest.param({"a": "Panel: data"}, 'a: "Panel: data"\n', id="a colon"),
        pytest.param({"a": 'the "best"'}, 'a: the "best"\n', id="quotes inside"),
        pytest.param({"a": "l'été"}, "a: l'été\n", id="an apostrophe"),
        pytest.param({"a": ["b", "c"]}, "a: [b, c]\n", id="a short list"),
        pytest.param({"a": ["b, c"]}, "a:\n  - b, c\n", id="a comma in a list"),
        pytest.param({"a": "b\u2028c"}, 'a: "b\\Lc"\n', id="a separator that nobody sees"),
        pytest.param({"a": [1.5, 2]}, "a: [1.5, 2]\n", id="a list of numbers"),
        pytest.param({"a": []}, "a: []\n", id="an empty list"),
        pytest.param({"a": {}}, "a: {}\n", id="an empty group"),
        pytest.param(
            {"a": [{"b": "c", "d": "e"}]}, "a:\n  - b: c\n    d: e\n", id="groups in a list"
        ),
        pytest.param({"a": "b\n\nc\n"}, "a: |\n  b\n\n  c\n", id="several lines"),
    ],
)
def test_data_is_written_as_an_editor_would(data: dict[str, Written], text: str) -> None:
    assert written(data) == text


def test_a_long_text_goes_on_below() -> None:
    notice = "The meeting with the mayors will take place in person on a later day"
    assert written({"notice": notice}, Layout(width=50)) == dedent("""\
        notice: The meeting with the mayors will take place
          in person on a later day
        """)


def test_a_long_text_with_a_colon_is_folded_and_needs_no_quotes() -> None:
    notice = "Please note: the meeting with the mayors will take place in person on a later day"
    assert written({"notice": notice}, Layout(width=50)) == dedent("""\
        notice: >-
          Please note: the meeting with the mayors will take
          place in person on a later day
        """)


def test_a_compact_layout_has_its_dashes_below_the_name() -> None:
    data: dict[str, Written] = {"updates": [{"announced": "2026-09-23", "change": "postponed"}]}
    assert written(data, Layout(is_compact=True)) == dedent("""\
        updates:
        - announced: 2026-09-23
          change: postponed
        """)


TEXTS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"], include_characters="\n :#-\"'"
    ),
    max_size=200,
) | st.sampled_from(["12:30", "1_000", "0x1F", "NULL", "- a", "? b", "a: b", "a #b", "%c", "@d"])
NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
DATA = st.dictionaries(
    NAMES,
    st.recursive(
        TEXTS,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, min_size=1, max_size=3)
        ),
        max_leaves=8,
    ),
    min_size=1,
    max_size=4,
)


@given(DATA, st.builds(Layout, indent=st.integers(2, 6), is_compact=st.booleans()))
def test_what_is_written_reads_back_as_the_same_data(data: Any, layout: Layout) -> None:
    assert read_back(written(data, layout)) == data


@given(DATA)
def test_what_is_written_on_one_line_reads_back_as_the_same_data(data: Any) -> None:
    line = written_in_line({"updates": [data], "free": True, "times": 3})
    assert "\n" not in line
    assert read_back(line) == {"updates": [data], "free": "true", "times": "3"}


def test_one_line_has_quotes_only_where_they_are_needed() -> None:
    update: dict[str, Written] = {"when": "2021-12-02 14:30 to 16:30", "notice": "Ill: our speaker"}
    assert (
        written_in_line(update) == '{when: 2021-12-02 14:30 to 16:30, notice: "Ill: our speaker"}'
    )


@given(DATA)
def test_other_readers_of_yaml_find_texts_where_texts_were_meant(data: Any) -> None:
    assert yaml.load(written(data), Loader=Core) == data  # noqa: S506 - a safe loader
