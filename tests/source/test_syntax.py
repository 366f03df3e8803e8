import pytest

from calfeed.errors import SourceError
from calfeed.source.yaml import parse_document
from tests.source.messages import told


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "a:\n\tb: c\n",
            """\
error[E109]: a tab at the beginning of a line
 --> events.yaml:2:1
  |
1 | a:
2 |     b: c
  | ^^^^ only spaces can indent a line
  |
  = help: many editors can mend it: look for "convert indentation to spaces"
""",
            id="a tab",
        ),
        pytest.param(
            "a: b\nc: d\r\n  -\te: f\r\n",
            """\
error[E109]: a tab at the beginning of a line
 --> events.yaml:3:4
  |
2 | c: d
3 |   -    e: f
  |    ^^^^ only spaces can indent a line
  |
  = help: many editors can mend it: look for "convert indentation to spaces"
""",
            id="a tab behind a dash",
        ),
        pytest.param(
            "agenda:\n  - at: 16:10\n    title: Panel: services for users   # later?\n",
            """\
error[E110]: a colon in a text without quotes
 --> events.yaml:3:12
  |
2 |   - at: 16:10
3 |     title: Panel: services for users   # later?
  |            ^^^^^^^^^^^^^^^^^^^^^^^^^ this colon makes a name of the words before it
  |
  = help: put the text in quotes:  title: "Panel: services for users"
  = note: calfeed check --fix can do this for you
""",
            id="a colon",
        ),
        pytest.param(
            'title: The "cloud": a year on\n',
            """\
error[E110]: a colon in a text without quotes
 --> events.yaml:1:8
  |
1 | title: The "cloud": a year on
  |        ^^^^^^^^^^^^^^^^^^^^^^ this colon makes a name of the words before it
  |
  = help: put the text in quotes:  title: 'The "cloud": a year on'
""",
            id="a colon in a text with quotes in it",
        ),
        pytest.param(
            'title: The "cloud": it\'s\n',
            """\
error[E110]: a colon in a text without quotes
 --> events.yaml:1:8
  |
1 | title: The "cloud": it's
  |        ^^^^^^^^^^^^^^^^^ this colon makes a name of the words before it
  |
  = help: put the text in quotes:  title: "The \\"cloud\\": it's"
""",
            id="a colon in a text with both quotes in it",
        ),
        pytest.param(
            "place: {name: Rue: 5}\n",
            """\
error[E110]: a colon in a text without quotes
 --> events.yaml:1:15
  |
1 | place: {name: Rue: 5}
  |               ^^^^^^^ this colon makes a name of the words before it
  |
  = help: put the text in quotes
""",
            id="a colon between brackets",
        ),
        pytest.param(
            f"a: b: {'c' * 100}\n",
            f"""\
error[E110]: a colon in a text without quotes
 --> events.yaml:1:4
  |
1 | a: b: {"c" * 100}
  |    {"^" * 103} this colon makes a name of the words before it
  |
  = help: put the text in quotes
  = note: calfeed check --fix can do this for you
""",
            id="a colon in a long text, which is not written out again",
        ),
        pytest.param(
            "title: one\n  when: today\n",
            """\
error[E103]: this line goes on with the text of line 1, so it can have no colon
 --> events.yaml:2:3
  |
1 | title: one
2 |   when: today
  |   ^^^^^^^^^^^
  |
  = help: is it a line of its own? begin it in the same column as the name in line 1
  = help: does it belong to the text? put the whole text in quotes
""",
            id="a line that is indented too much",
        ),
        pytest.param(
            "a: b\n" + "key" * 500 + ": v\n",
            f"""\
error[E107]: a name of 1,500 characters; 1,024 are the most
 --> events.yaml:2:1
  |
1 | a: b
2 | {("key" * 500)[:199]}…
  | {"^" * 200}
  |
  = help: does it belong to the text above? then put that text in quotes
""",
            id="a name without an end",
        ),
        pytest.param(
            'a: b\nc: "d\ne: f\n',
            """\
error[E103]: a quote that is not closed where its text ends
 --> events.yaml:2:4
  |
1 | a: b
2 | c: "d
  |    ^ the file ends inside of it
  |
  = help: end the text with " too
""",
            id="a quote without its end",
        ),
        pytest.param(
            "a: 'b\n---\nc: d'\n",
            """\
error[E103]: a quote that is not closed where its text ends
 --> events.yaml:1:4
  |
1 | a: 'b
  |    ^ line 2 cannot belong to it
  |
  = help: end the text with ' too
""",
            id="a quote around the end of a document",
        ),
        pytest.param(
            'a: "b\nc: d\ne: "f"\n',
            """\
error[E103]: a quote that is not closed where its text ends
 --> events.yaml:1:4
  |
1 | a: "b
  |    ^ the next one, in line 3, closes it
  |
  = help: end the text with " too
""",
            id="a quote that closes far below",
        ),
        pytest.param(
            'title: "Smart" cities\n',
            """\
error[E103]: something stands behind the closing quote
 --> events.yaml:1:16
  |
1 | title: "Smart" cities
  |                ^^^^^^ remove it, or quote it too
  |
  = help: put all of the text in quotes:  title: '"Smart" cities'
""",
            id="a word in quotes",
        ),
        pytest.param(
            "title: 'Room #5' and more\n",
            """\
error[E103]: something stands behind the closing quote
 --> events.yaml:1:18
  |
1 | title: 'Room #5' and more
  |                  ^^^^^^^^ remove it, or quote it too
  |
  = help: put all of the text in quotes:  title: "'Room #5' and more"
""",
            id="a word in quotes that looks like a comment",
        ),
        pytest.param(
            "title: 'it's so'\n",
            """\
error[E103]: something stands behind the closing quote
 --> events.yaml:1:12
  |
1 | title: 'it's so'
  |            ^^^^^ remove it, or quote it too
  |
  = help: put all of the text in quotes:  title: "it's so"
""",
            id="an apostrophe in quotes",
        ),
        pytest.param(
            "a: [b]]\n",
            """\
error[E103]: something stands behind the closing bracket
 --> events.yaml:1:7
  |
1 | a: [b]]
  |       ^ remove it
""",
            id="a bracket too many",
        ),
        pytest.param(
            "a: [b, c\nd: e\n",
            """\
error[E103]: a bracket [ that is not closed
 --> events.yaml:1:4
  |
1 | a: [b, c
  |    ^ line 2 cannot belong to it
  |
  = help: close it with ]
""",
            id="a bracket without its end",
        ),
        pytest.param(
            "a: {b: [c], d\n",
            """\
error[E103]: a bracket { that is not closed
 --> events.yaml:1:4
  |
1 | a: {b: [c], d
  |    ^ the file ends inside of it
  |
  = help: close it with }
""",
            id="a bracket at the end of the file",
        ),
        pytest.param(
            "a: &days [b, c\nd: e\n",
            """\
error[E103]: a bracket [ that is not closed
 --> events.yaml:1:10
  |
1 | a: &days [b, c
  |          ^ line 2 cannot belong to it
  |
  = help: close it with ]
""",
            id="a bracket behind a name for aliases",
        ),
        pytest.param(
            'a:\n  - ["b"\n',
            """\
error[E103]: a bracket [ that is not closed
 --> events.yaml:2:5
  |
1 | a:
2 |   - ["b"
  |     ^ the file ends inside of it
  |
  = help: close it with ]
""",
            id="a bracket after which the file ends with a quote",
        ),
        pytest.param(
            "a: [b,, c]\n",
            """\
error[E103]: between brackets something is missing, or is too much
 --> events.yaml:1:7
  |
1 | a: [b,, c]
  |       ^ a comma, or the closing bracket, is expected before this
  |
  = help: a text between brackets needs quotes when it has one of , [ ] { } in it
""",
            id="a comma too many",
        ),
        pytest.param(
            "a: [b, @c]\n",
            """\
error[E103]: a text cannot begin with @
 --> events.yaml:1:8
  |
1 | a: [b, @c]
  |        ^^^
  |
  = help: put the text in quotes
""",
            id="a sign with a meaning, between brackets",
        ),
        pytest.param(
            "a: b\nhello\nc: d\n",
            """\
error[E103]: a line without a colon
 --> events.yaml:2:1
  |
1 | a: b
2 | hello
  | ^^^^^ a name, a colon and a value are expected
  |
  = help: does it belong to the text above? then indent it more than the name of that text
""",
            id="a line without a colon",
        ),
        pytest.param(
            "a:\n  - @home   # sign\n",
            """\
error[E103]: a text cannot begin with @
 --> events.yaml:2:5
  |
1 | a:
2 |   - @home   # sign
  |     ^^^^^
  |
  = help: put the text in quotes:  - "@home"
  = note: calfeed check --fix can do this for you
""",
            id="a sign with a meaning",
        ),
        pytest.param(
            "title: *Important* news\n",
            """\
error[E103]: a text cannot begin with *
 --> events.yaml:1:8
  |
1 | title: *Important* news
  |        ^^^^^^^^^^^^^^^^
  |
  = help: put the text in quotes:  title: "*Important* news"
""",
            id="emphasis",
        ),
        pytest.param(
            "a: &b c\ntitle: *b news\n",
            """\
error[E103]: a text cannot begin with *
 --> events.yaml:2:8
  |
1 | a: &b c
2 | title: *b news
  |        ^^^^^^^
  |
  = help: put the text in quotes:  title: "*b news"
""",
            id="a text behind an alias",
        ),
        pytest.param(
            "title: !e!x y\n",
            """\
error[E105]: a text cannot begin with !
 --> events.yaml:1:8
  |
1 | title: !e!x y
  |        ^^^^^^
  |
  = help: put the text in quotes:  title: "!e!x y"
""",
            id="a tag that is none",
        ),
        pytest.param(
            'a: "b\\q"\n',
            """\
error[E103]: a backslash before something that has no meaning after it
 --> events.yaml:1:6
  |
1 | a: "b\\q"
  |      ^
  |
  = help: write the backslash twice, or put the text in single quotes
""",
            id="a backslash",
        ),
        pytest.param(
            "a: - b\n",
            """\
error[E103]: a list begins behind something else
 --> events.yaml:1:4
  |
1 | a: - b
  |    ^^^ a list begins in a line of its own
  |
  = help: or is this a text? put it in quotes:  a: "- b"
""",
            id="a dash behind a name",
        ),
        pytest.param(
            ": b\n",
            """\
error[E114]: no name before the colon
 --> events.yaml:1:1
  |
1 | : b
  | ^ a name is expected here
  |
  = help: a name that begins with { or [ or * needs quotes
""",
            id="a value without a name",
        ),
        pytest.param(
            "a: : b\n",
            """\
error[E114]: no name before the colon
 --> events.yaml:1:4
  |
1 | a: : b
  |    ^ a name is expected here
  |
  = help: a name that begins with { or [ or * needs quotes
""",
            id="a colon too many",
        ),
        pytest.param(
            "a:\n  b: c\n d: e\n",
            """\
error[E103]: this line does not fit those above it
 --> events.yaml:3:2
  |
2 |   b: c
3 |  d: e
  |  ^^^^ it begins in column 2, line 1 in column 1
  |
  = help: what belongs together begins in the same column
""",
            id="a line between two columns",
        ),
        pytest.param(
            "a:\n  - b\n  c: d\n",
            """\
error[E103]: this line does not fit those above it
 --> events.yaml:3:3
  |
2 |   - b
3 |   c: d
  |   ^^^^ since line 2 there are list items in this column
  |
  = help: what belongs together begins in the same column
""",
            id="a name in a list",
        ),
        pytest.param(
            "a: b\n...\nc: d\n",
            """\
error[E103]: the file cannot be read on from here
 --> events.yaml:3:1
  |
2 | ...
3 | c: d
  | ^^^^
  |
  = help: compare this line with those around it; a text with special signs needs quotes
  = note: in the words of YAML: did not find expected <document start>
""",
            id="anything else",
        ),
    ],
)
def test_what_cannot_be_read(text: str, message: str) -> None:
    assert told(text) == message


def test_a_sign_that_begins_no_text_is_told_as_that_though_it_stands_behind_a_quote() -> None:
    with pytest.raises(SourceError) as raised:
        parse_document(b"a: 'y'!t]", name="events.yaml")

    assert [str(problem) for problem in raised.value.problems] == [
        "events.yaml:1:7: error[E105]: a text cannot begin with !"
    ]
