"""How differences are set: on a narrow terminal, in a comment that has a limit, and as text."""

import re
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console

from calfeed.cli.difference import markdown
from calfeed.cli.difference.markdown import as_markdown, code
from calfeed.cli.difference.report import Entry, Mark, Report, Turn, keys_of_feed
from calfeed.cli.difference.text import print_report
from calfeed.comparing import FeedName, PropertyChange, Setting
from calfeed.errors import Place, Problem

PARKS = FeedName(slug="parks", name="Parks")
ENTRY = Entry(
    mark=Mark.CHANGED,
    key="garden-day",
    uid="a",
    title="POSTPONED: Garden day with all that a long title can say of it and more",
    turn=Turn(head="as planned -> postponed", said=("8 May 2031 -> no new date yet",)),
    was=0,
    becomes=1,
    feeds=(PARKS,),
)
_STYLES = re.compile("\x1b\\[[0-9;]*m")
WARNING = Problem(code="W401", message="a `date` | @all", place=Place(file="e.yaml"), hint="<b>")


def printed(report: Report, *, width: int, details: bool = False) -> list[str]:
    """Return the lines that a terminal of *width* columns shows."""
    out = StringIO()
    console = Console(file=out, width=width, force_terminal=True, no_color=True, highlight=False)
    print_report(report, console, details=details)
    return [line.rstrip() for line in _STYLES.sub("", out.getvalue()).splitlines()]


def test_a_wide_terminal_has_a_line_for_each_event() -> None:
    assert printed(Report(against="x", entries=(ENTRY,)), width=100)[3:6] == [
        "  ~ garden-day  as planned -> postponed  revision 0 -> 1  1 calendar",
        "      POSTPONED: Garden day with all that a long title can say of it and more",
        "      8 May 2031 -> no new date yet",
    ]


def test_a_narrow_terminal_breaks_between_words() -> None:
    entry = replace(ENTRY, joins=(PARKS,))
    assert printed(Report(against="x", entries=(entry,)), width=50)[3:10] == [
        "  ~ garden-day  as planned -> postponed",
        "      revision 0 -> 1, 1 calendar",
        "      POSTPONED: Garden day with all that a long",
        "      title can say of it and more",
        "      8 May 2031 -> no new date yet",
        "      joins Parks",
        "",
    ]


def test_events_without_numbers_and_calendars_have_no_empty_columns() -> None:
    entry = replace(ENTRY, was=None, becomes=None, feeds=())
    report = Report(against="x", entries=(entry,))
    assert printed(report, width=100)[3] == "  ~ garden-day  as planned -> postponed"
    assert "`garden-day`<br>" in as_markdown(report)
    assert printed(report, width=30)[4].strip().startswith("POSTPONED")


def test_an_event_whose_number_stays_has_one_number() -> None:
    assert replace(ENTRY, was=1).numbers == "revision 1"


def test_many_events_of_a_calendar_are_not_all_named() -> None:
    entries = tuple(replace(ENTRY, key=f"e-{number:02}") for number in range(15))
    report = Report(against="x", entries=entries)
    assert printed(report, width=200)[-1].endswith("e-10, e-11 and 3 more")
    assert "`e-11` and 3 more\n" in as_markdown(report)


def test_what_joins_a_calendar_is_new_there() -> None:
    entry = replace(ENTRY, joins=(PARKS,))
    left = replace(ENTRY, key="gone", feeds=(), leaves=(PARKS,))
    report = Report(against="x", entries=(entry, left))
    assert list(keys_of_feed(report, PARKS)) == [("new", ["garden-day"]), ("leaving", ["gone"])]


def test_warnings_stand_beside_in_a_comment() -> None:
    text = as_markdown(Report(against="", entries=(ENTRY,), warnings=(WARNING,)))
    assert text.endswith(
        "**Look at this first**\n\n- `e.yaml:1:1` W401 ``a `date` | @all``: `<b>`\n"
    )
    assert "Compared with" not in text
    alone = as_markdown(Report(against="x", warnings=(replace(WARNING, hint=""),)))
    assert alone.startswith("### Nothing would be told.\n")
    assert alone.endswith("W401 ``a `date` | @all``\n")


def test_a_long_content_line_is_cut() -> None:
    change = PropertyChange(component="", name="X", before=(), after=("X:" + "y" * 300,))
    report = Report(against="x", entries=(replace(ENTRY, properties=(change,)),))
    assert "      + X:" + "y" * 238 + "…" in "".join(printed(report, width=400, details=True))


def test_no_text_of_a_file_is_markup() -> None:
    said = "[bold]x[/nothing]"
    feed = FeedName(slug="parks", name=said)
    change = PropertyChange(component=said, name="X", before=(), after=(said,))
    entry = replace(
        ENTRY, key=said, title=said, feeds=(feed,), leaves=(feed,), properties=(change,)
    )
    setting = Setting(slug=said, name="name.en", before=said, after=said)
    report = Report(against=said, entries=(entry,), settings=(setting,), notes=(said,))
    assert "".join(printed(report, width=300, details=True)).count(said) == 13
    assert "[/nothing]" in "".join(printed(report, width=20, details=True))


def test_a_fence_is_longer_than_any_in_the_text() -> None:
    change = PropertyChange(
        component="20310508", name="X", before=("X:````",), after=("X:\x1b[2J</details>",)
    )
    text = as_markdown(Report(against="x", entries=(replace(ENTRY, properties=(change,)),)))
    assert "`````diff\n@@ the date of 20310508 @@\n- X:````\n+ X:␛[2J</details>\n`````\n" in text


@pytest.mark.parametrize("title", ["T" * 80, "Ω" * 900])
def test_a_comment_is_never_too_long(title: str) -> None:
    change = PropertyChange(component="", name="X", before=(), after=("X:" + "y" * 230,) * 9)
    entries = tuple(
        replace(ENTRY, key=f"e-{number}", title=title, properties=(change,))
        for number in range(900)
    )
    settings = tuple(Setting(name=f"links.{n}", before="a", after="b") for n in range(3000))
    feeds = tuple(FeedName(slug=f"f-{n}", name="F" * 60) for n in range(900))
    report = Report(
        against="x",
        entries=(replace(entries[0], feeds=feeds), *entries[1:]),
        settings=settings,
    )
    text = as_markdown(report)
    assert len(text.encode()) <= 65_536
    for what in ("events", "settings", "calendars"):
        assert f" more {what} not shown here.\n" in text


def test_the_limit_is_that_of_github() -> None:
    assert markdown.LIMIT < 65_536


@given(st.text() | st.text("`\\|<>@#[]()!*_ \n\r\t"))
def test_whatever_a_text_holds_it_is_one_piece_of_code(text: str) -> None:
    (block,) = [token for token in MarkdownIt().parse(f"a {code(text)} b") if token.children]
    assert block.children
    kinds = [child.type for child in block.children]
    assert kinds == ["text", "code_inline", "text"]
    assert (block.children[0].content, block.children[2].content) == ("a ", " b")
