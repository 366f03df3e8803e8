import io

import pytest
from rich.console import Console

from calfeed.cli.report import print_problems, render, visible
from calfeed.errors import Place, Problem

UNKNOWN_KEY = Problem(
    code="E102",
    message='unknown key "anounced" in an update of "living-in-eu-coffee-corner"',
    place=Place(
        file="events.yaml",
        line=109,
        column=9,
        length=8,
        excerpt=("    updates:", "      - anounced: 2021-09-28"),
    ),
    hint='did you mean "announced"?',
    help=("an update starts with the day you told the public, for example  announced: 2021-09-28",),
)
NO_VALUE = Problem(
    code="E120",
    message='"colour" has no value',
    place=Place(
        file="events.yaml",
        line=25,
        column=5,
        length=6,
        excerpt=("    url: https://living-in.eu", "    colour: #0e47cb"),
    ),
    hint="everything after # is a comment",
    help=('put the colour in quotes:  colour: "#0e47cb"',),
    notes=("calfeed check --fix can do this for you",),
)
NEW_DATE = Problem(
    code="E210",
    message="a postponed event has no new date",
    place=Place(
        file="events.yaml",
        line=63,
        column=9,
        length=16,
        excerpt=("        change: postponed", "        when: 2021-12-02"),
    ),
    hint="this is a new date",
    help=(
        "is the new date known? then write  change: rescheduled",
        'not known yet? then remove the line "when"; the old date is kept by itself',
    ),
)
STATUS_WORD = Problem(
    code="W301",
    message="a status word in the title",
    place=Place(
        file="events.yaml",
        line=41,
        column=13,
        length=9,
        excerpt=(
            "  commissioner-meets-eu-mayors:",
            '    title: "POSTPONED: Smart, Green and Resilient cities and communities'
            ' - Commissioner Thierry Breton meets EU mayors"',
        ),
    ),
    hint="calfeed adds this word itself, in every language",
    help=(
        "remove it, and record the change as an update:\n"
        "  calfeed postpone commissioner-meets-eu-mayors",
    ),
    notes=("left in the title, the word stays when the event gets its new date",),
)
EDITED_IN_PLACE = Problem(
    code="W401",
    message="the date of a published event was changed in place",
    place=Place(
        file="events.yaml",
        line=123,
        column=11,
        length=24,
        excerpt=("    published: 2021-09-01", "    when: 2021-11-23 to 2021-11-25"),
    ),
    hint="published on 2021-09-01 as 2021-11-16 to 2021-11-18",
    help=(
        "better put the old line back and add an update:\n"
        '  calfeed reschedule smart-city-expo-2021 "2021-11-23 to 2021-11-25"',
    ),
    notes=(
        "subscribers will be told the new date, but not why",
        "was it a typing error nobody saw? accept it with  change: corrected",
    ),
)


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        pytest.param(
            UNKNOWN_KEY,
            """\
error[E102]: unknown key "anounced" in an update of "living-in-eu-coffee-corner"
   --> events.yaml:109:9
    |
108 |     updates:
109 |       - anounced: 2021-09-28
    |         ^^^^^^^^ did you mean "announced"?
    |
    = help: an update starts with the day you told the public, for example  announced: 2021-09-28\
""",
            id="E102",
        ),
        pytest.param(
            NO_VALUE,
            """\
error[E120]: "colour" has no value
  --> events.yaml:25:5
   |
24 |     url: https://living-in.eu
25 |     colour: #0e47cb
   |     ^^^^^^ everything after # is a comment
   |
   = help: put the colour in quotes:  colour: "#0e47cb"
   = note: calfeed check --fix can do this for you""",
            id="E120",
        ),
        pytest.param(
            NEW_DATE,
            """\
error[E210]: a postponed event has no new date
  --> events.yaml:63:9
   |
62 |         change: postponed
63 |         when: 2021-12-02
   |         ^^^^^^^^^^^^^^^^ this is a new date
   |
   = help: is the new date known? then write  change: rescheduled
   = help: not known yet? then remove the line "when"; the old date is kept by itself""",
            id="E210",
        ),
        pytest.param(
            STATUS_WORD,
            """\
warning[W301]: a status word in the title
  --> events.yaml:41:13
   |
40 |   commissioner-meets-eu-mayors:
41 |     title: "POSTPONED: Smart, Green and Resilient cities and communities - Commissioner \
Thierry Breton meets EU mayors"
   |             ^^^^^^^^^ calfeed adds this word itself, in every language
   |
   = help: remove it, and record the change as an update:
   =         calfeed postpone commissioner-meets-eu-mayors
   = note: left in the title, the word stays when the event gets its new date""",
            id="W301",
        ),
        pytest.param(
            EDITED_IN_PLACE,
            """\
warning[W401]: the date of a published event was changed in place
   --> events.yaml:123:11
    |
122 |     published: 2021-09-01
123 |     when: 2021-11-23 to 2021-11-25
    |           ^^^^^^^^^^^^^^^^^^^^^^^^ published on 2021-09-01 as 2021-11-16 to 2021-11-18
    |
    = note: subscribers will be told the new date, but not why
    = help: better put the old line back and add an update:
    =         calfeed reschedule smart-city-expo-2021 "2021-11-23 to 2021-11-25"
    = note: was it a typing error nobody saw? accept it with  change: corrected""",
            id="W401",
        ),
    ],
)
def test_the_examples_of_the_design(problem: Problem, message: str) -> None:
    assert render(problem).plain == message


def a_problem(
    line: str = "a: b", *, column: int = 4, length: int = 1, cut: int = 0, number: int = 1
) -> Problem:
    place = Place(
        file="f.yaml", line=number, column=column, length=length, excerpt=(line,), cut=cut
    )
    return Problem(code="E103", message="bad", place=place, hint="here")


def carets(problem: Problem) -> tuple[str, str]:
    """The printed line of the file, and the one below it."""
    lines = render(problem).plain.splitlines()
    return lines[-2], lines[-1]


@pytest.mark.parametrize(
    ("problem", "line", "below"),
    [
        pytest.param(a_problem("a: bcd", length=3), "1 | a: bcd", "  |    ^^^ here", id="letters"),
        pytest.param(
            a_problem("\ta:\tb", column=5), "1 |     a:    b", "  |           ^ here", id="tabs"
        ),
        pytest.param(
            a_problem("日本: 東京", column=5, length=2),
            "1 | 日本: 東京",
            "  |       ^^^^ here",
            id="wide letters",
        ),
        pytest.param(
            a_problem("e\u0301: b", column=5), "1 | e\u0301: b", "  |    ^ here", id="accents"
        ),
        pytest.param(
            a_problem("…c: d…", column=1004, cut=1000),
            "1 | …c: d…",
            "  |    ^ here",
            id="a cut line",
        ),
        pytest.param(
            a_problem("a: b", length=500), "1 | a: b", "  |    ^ here", id="no longer than the line"
        ),
        pytest.param(a_problem("a:", column=3), "1 | a:", "  |   ^ here", id="behind the line"),
        pytest.param(
            a_problem("a: b", number=12345), "12345 | a: b", "      |    ^ here", id="a wide gutter"
        ),
    ],
)
def test_carets_stand_below_the_place(problem: Problem, line: str, below: str) -> None:
    assert carets(problem) == (line, below)


def test_a_whole_file_has_no_line() -> None:
    problem = Problem(
        code="E100", message="it is gone", place=Place(file="f.yaml"), help=("look for it",)
    )

    assert render(problem).plain == "error[E100]: it is gone\n --> f.yaml\n  = help: look for it"


def test_a_place_without_an_excerpt_still_has_its_line() -> None:
    problem = Problem(
        code="R501", message="soon over", place=Place(file="f.yaml", line=7, column=3)
    )

    assert render(problem).plain == "reminder[R501]: soon over\n --> f.yaml:7:3"


def test_the_carets_alone_where_there_is_no_hint_and_no_advice() -> None:
    problem = Problem(code="E103", message="bad", place=a_problem().place)

    assert render(problem).plain.endswith("1 | a: b\n  |    ^")


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        pytest.param("\x1b[2J", "␛[2J", id="an escape sequence"),
        pytest.param("\x9b2J", "\N{REPLACEMENT CHARACTER}2J", id="an escape sequence of one byte"),
        pytest.param("a\rb\x7f", "a␍b␡", id="a return to the line's beginning"),
        pytest.param("\u202egpj", "\N{REPLACEMENT CHARACTER}gpj", id="reversed text"),
        pytest.param("\udc80", "\N{REPLACEMENT CHARACTER}", id="what cannot be encoded"),
        pytest.param("a\tb", "a    b", id="a tab"),
        pytest.param("👩\u200d🚀 Ελλάδα", "👩\u200d🚀 Ελλάδα", id="letters as they are"),
    ],
)
def test_nothing_in_a_file_steers_the_terminal(hostile: str, shown: str) -> None:
    place = Place(file=hostile, excerpt=(hostile,))
    problem = Problem(
        code="E103", message=hostile, place=place, hint=hostile, help=(hostile,), notes=(hostile,)
    )

    assert visible(hostile) == shown
    printed = render(problem).plain
    assert printed.count(shown) >= 5
    assert not set(printed) & set("\x1b\x9b\r\x7f\u202e\udc80\t")


def printed(console: Console) -> str:
    print_problems([NO_VALUE, STATUS_WORD], console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_blank_line_stands_between_problems_and_no_line_is_broken() -> None:
    plain = printed(Console(file=io.StringIO(), width=40))

    assert plain == f"{render(NO_VALUE).plain}\n\n{render(STATUS_WORD).plain}\n"


def test_markup_in_a_file_is_no_markup() -> None:
    console = Console(file=io.StringIO())
    print_problems([a_problem("a: [red]:smile:[/]")], console)

    assert isinstance(console.file, io.StringIO)
    assert "a: [red]:smile:[/]" in console.file.getvalue()


def test_colour_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")

    coloured = printed(Console(file=io.StringIO(), force_terminal=True))

    assert "\x1b[1;31merror[E120]" in coloured
    assert "\x1b[1;33mwarning[W301]" in coloured


def test_no_colour_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    coloured = printed(Console(file=io.StringIO(), force_terminal=True))

    assert "\x1b[31m" not in coloured
    assert "\x1b[1;31m" not in coloured
