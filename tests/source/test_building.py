import pytest

from calfeed.source.building import ALIAS_LIMIT, PROBLEM_LIMIT, TEXT_LIMIT
from calfeed.source.yaml import parse_document
from tests.source.messages import problems, told


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param("a: 12:30", {"a": "12:30"}, id="no 750"),
        pytest.param("on: no", {"on": "no"}, id="no truth values"),
        pytest.param("a: 2030-13-01", {"a": "2030-13-01"}, id="no dates"),
        pytest.param("a: 1_000\nb: 0o17", {"a": "1_000", "b": "0o17"}, id="no numbers"),
        pytest.param("a: null\nb: ~", {"a": "null", "b": "~"}, id="a word for nothing is a word"),
        pytest.param("a:\nb: # c", {"a": None, "b": None}, id="nothing"),
        pytest.param("a: ''\nb: \"\"", {"a": "", "b": ""}, id="an empty text is not nothing"),
        pytest.param("a: [b, 'c', \"d\\te\"]", {"a": ["b", "c", "d\te"]}, id="quotes"),
        pytest.param("a:\n- b: c\n  d: e\n- f", {"a": [{"b": "c", "d": "e"}, "f"]}, id="a list"),
        pytest.param("a: {b, c: d}", {"a": {"b": None, "c": "d"}}, id="a name without a value"),
        pytest.param("a: |\n  b\n  c\n", {"a": "b\nc\n"}, id="lines that are kept"),
        pytest.param("a: >-\n  b\n  c\n\n  d\n", {"a": "b c\nd"}, id="lines that are joined"),
        pytest.param("a: b\n  c", {"a": "b c"}, id="a text that goes on"),
        pytest.param("a: b\r\nc: |\r\n  d\r\n  e", {"a": "b", "c": "d\ne"}, id="CR LF"),
        pytest.param("%YAML 1.2\n---\na: b\n...\n", {"a": "b"}, id="one document with its signs"),
        pytest.param("? a\n: b", {"a": "b"}, id="a name in the long form"),
        pytest.param("a: &x [b]\nc: *x", {"a": ["b"], "c": ["b"]}, id="an alias of a list"),
        pytest.param("a: &x b\nc: *x", {"a": "b", "c": "b"}, id="an alias of a text"),
        pytest.param("a: &x b\nc: &x d\ne: *x", {"a": "b", "c": "d", "e": "d"}, id="named again"),
        pytest.param("a: &x {}\nc: *x", {"a": {}, "c": {}}, id="an alias of an empty group"),
    ],
)
def test_plain_values_are_texts_as_they_are_written(text: str, data: object) -> None:
    assert parse_document(text.encode(), name="f").data == data


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "title: one\nwhen: today\ntitle: two\n",
            """\
error[E104]: "title" stands here twice
 --> events.yaml:3:1
  |
2 | when: today
3 | title: two
  | ^^^^^ the first one is in line 1
  |
  = help: keep one of them, or give this one another name
""",
            id="a name twice",
        ),
        pytest.param(
            "sequence: !!int 3\n",
            """\
error[E105]: "!!int" is a tag, and calfeed takes none
 --> events.yaml:1:11
  |
1 | sequence: !!int 3
  |           ^^^^^
  |
  = help: remove it; or, if it belongs to the text, put the whole text in quotes
""",
            id="a tag",
        ),
        pytest.param(
            "title: &a !Important [news]\n",
            """\
error[E105]: "!Important" is a tag, and calfeed takes none
 --> events.yaml:1:11
  |
1 | title: &a !Important [news]
  |           ^^^^^^^^^^
  |
  = help: remove it; or, if it belongs to the text, put the whole text in quotes
""",
            id="a tag of a list, behind a name for aliases",
        ),
        pytest.param(
            "a: " + "[" * 3000,
            f"""\
error[E106]: more than 32 lists and groups inside of one another
 --> events.yaml:1:35
  |
1 | a: {"[" * 196}…
  |                                   ^ the rest of the file was not read
  |
  = help: an events file never needs more than 8; is there a bracket too many?
""",
            id="3,000 brackets",
        ),
        pytest.param(
            "summary: " + "x" * (TEXT_LIMIT + 1),
            f"""\
error[E107]: a text of 65,537 characters; 65,536 are the most
 --> events.yaml:1:10
  |
1 | summary: {"x" * 190}…
  |          {"^" * 191}
  |
  = help: put the long text on a page of its own, and its address into  website:
""",
            id="a text that is too long",
        ),
        pytest.param(
            "<<: {a: b}\n",
            """\
error[E108]: "<<" is not taken: nothing can be merged into a group
 --> events.yaml:1:1
  |
1 | <<: {a: b}
  | ^^
  |
  = help: write out what belongs to this group; a single value can be repeated with *name
""",
            id="a merge",
        ),
        pytest.param(
            "title: *Important\n",
            """\
error[E108]: "*Important" repeats what "&Important" names, and nothing is named so
 --> events.yaml:1:8
  |
1 | title: *Important
  |        ^^^^^^^^^^
  |
  = help: a text that begins with * needs quotes
""",
            id="an alias of nothing",
        ),
        pytest.param(
            "a: &all [b, *all]\n",
            """\
error[E108]: "*all" stands inside of what it repeats
 --> events.yaml:1:13
  |
1 | a: &all [b, *all]
  |             ^^^^ this would never end
  |
  = help: write out what is meant here, or move "&all"
""",
            id="an alias of itself",
        ),
        pytest.param(
            'a: "b\\u0007"\n',
            """\
error[E111]: the text has an invisible character, U+0007, written with a backslash
 --> events.yaml:1:4
  |
1 | a: "b\\u0007"
  |    ^^^^^^^^^
  |
  = help: remove it; a backslash that is meant as one is written twice:  \\\\
""",
            id="a control character by an escape",
        ),
        pytest.param(
            "# nothing yet\n",
            """\
error[E112]: the file is empty
 --> events.yaml
  = help: an events file begins with  format: 1
  = help: to begin another one:  calfeed init
""",
            id="an empty file",
        ),
        pytest.param(
            "- a\n- b\n",
            """\
error[E112]: the file holds a list where names with values are expected
 --> events.yaml:1:1
  |
1 | - a
  | ^
  |
  = help: at the top of an events file stand  format:, site:, initiatives: and events:
""",
            id="a list at the top",
        ),
        pytest.param(
            "Hello\n",
            """\
error[E112]: the file holds a text where names with values are expected
 --> events.yaml:1:1
  |
1 | Hello
  | ^^^^^
  |
  = help: at the top of an events file stand  format:, site:, initiatives: and events:
""",
            id="a text at the top",
        ),
        pytest.param(
            "a: b\n---\nc: d\n---\n",
            """\
error[E113]: a second document begins in this file
 --> events.yaml:2:1
  |
1 | a: b
2 | ---
  | ^^^ what follows would not be read
  |
  = help: remove the line, or put what follows into a file of its own
""",
            id="several documents",
        ),
        pytest.param(
            "[a, b]: c\n",
            """\
error[E114]: no name before the colon
 --> events.yaml:1:1
  |
1 | [a, b]: c
  | ^ a name is expected here
  |
  = help: a name that begins with { or [ or * needs quotes
""",
            id="a list as a name",
        ),
    ],
)
def test_what_is_not_taken(text: str, message: str) -> None:
    assert told(text) == message


def test_an_empty_document_with_its_sign() -> None:
    assert [problem.message for problem in problems("---\n")] == ["the file is empty"]


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    text = 'a: !x b\n? [c]\n: *d\na: {e: 1, e: 2}\n*f : g\n<<: h\ni: "\\0"\nj: k: l\n'

    found = [(one.code, one.place.line, one.place.column) for one in problems(text)]

    assert found == [
        ("E105", 1, 4),
        ("E114", 2, 3),
        ("E108", 3, 3),
        ("E104", 4, 1),
        ("E104", 4, 11),
        ("E114", 5, 1),
        ("E108", 6, 1),
        ("E111", 7, 4),
        ("E110", 8, 4),
    ]


def test_a_name_that_stands_thrice_is_told_twice() -> None:
    lines = [one.place.line for one in problems("a: 1\na: 2\na: 3\n")]

    assert lines == [2, 3]


def test_a_file_with_very_many_problems_is_read_no_further() -> None:
    found = problems("a: 1\n" * (2 * PROBLEM_LIMIT))

    assert len(found) == PROBLEM_LIMIT
    assert found[-1].notes == ("with 1,000 problems, the rest of the file was not read",)


def test_what_a_problem_names_is_cut() -> None:
    name = "x" * 500

    assert problems(f"{name}: 1\n{name}: 2\n")[0].message == f'"{"x" * 79}…" stands here twice'


def test_32_lists_in_one_another_are_read() -> None:
    parse_document(b"a: " + b"[" * 31 + b"]" * 31, name="f")


def test_blocks_are_not_nested_without_end() -> None:
    assert problems("a:\n" + "- " * 3000)[0].code == "E106"


def a_bomb(levels: int) -> str:
    """Each line repeats the one before it ten times."""
    lines = ["l0: &l0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    for level in range(1, levels):
        lines.append(f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 10)}]")
    return "\n".join(lines)


def test_a_bomb_of_aliases() -> None:
    assert told(a_bomb(9)) == (
        """\
error[E108]: the file repeats too much with aliases
 --> events.yaml:6:25
  |
5 | l4: &l4 [*l3, *l3, *l3, *l3, *l3, *l3, *l3, *l3, *l3, *l3]
6 | l5: &l5 [*l4, *l4, *l4, *l4, *l4, *l4, *l4, *l4, *l4, *l4]
  |                         ^^^ the rest of the file was not read
  |
  = help: write out what is repeated, or leave it to the defaults of  site:
"""
    )


def test_a_place_can_be_repeated_by_thousands_of_events() -> None:
    place = "{name: Berlaymont, address: 'Rue de la Loi 200, 1049 Brussels', country: BE}"
    events = "".join(f"e{number}: *here\n" for number in range(10_000))

    data = parse_document(f"place: &here {place}\n{events}".encode(), name="f").data

    assert data["e9999"] is data["place"]


def test_a_long_text_cannot_be_repeated_without_end() -> None:
    times = ALIAS_LIMIT // TEXT_LIMIT

    (problem,) = problems(f"a: &a {'x' * TEXT_LIMIT}\nb: [{'*a, ' * times}]")

    assert problem.code == "E108"


def test_aliases_cannot_nest_deeper_than_brackets() -> None:
    chain = "".join(f"l{level}: &l{level} [*l{level - 1}]\n" for level in range(1, 200))

    assert problems(f"l0: &l0 [x]\n{chain}")[0].code == "E106"
