"""An update, or an event, is put at its place, and every other byte of the file stays."""

from itertools import takewhile
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calfeed.errors import SourceError
from calfeed.source.edit import EditError, add_event, add_update
from calfeed.source.writing import Layout, Written, written
from calfeed.source.yaml import Document
from tests.source.sources import a_document, example

UPDATE: dict[str, Written] = {"announced": "2026-11-23", "change": "postponed"}


def addition(old: str, new: str) -> str:
    """Return the lines that were put between the old ones; nothing else may differ."""
    begin = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    begin = max(old.rfind("\n", 0, begin), old.rfind("\r", 0, begin)) + 1
    inserted = new[begin : begin + len(new) - len(old)]
    assert new == old[:begin] + inserted + old[begin:]
    return inserted


def updated(text: str, event: str = "a", **fields: Written) -> str:
    return add_update(a_document(dedent(text)), event, {**UPDATE, **fields})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "events:\n  a:\n    title: A\n  b:\n    title: B\n",
            "    updates:\n      - announced: 2026-11-23\n        change: postponed\n",
            id="the first update, two columns",
        ),
        pytest.param(
            "events:\n    a:\n        title: A\n    b:\n        title: B\n",
            "        updates:\n            - announced: 2026-11-23\n"
            "              change: postponed\n",
            id="four columns",
        ),
        pytest.param(
            "events:\n  a:\n    title: A\n    tags:\n    - b\n",
            "    updates:\n    - announced: 2026-11-23\n      change: postponed\n",
            id="a compact list stands in the same event",
        ),
        pytest.param(
            "events:\n  a:\n    title: A\n  b:\n    tags:\n    - b\n    updates:\n     -   c: d\n",
            "    updates:\n     -   announced: 2026-11-23\n         change: postponed\n",
            id="the updates of another event show how",
        ),
        pytest.param(
            "events:\n  a:\n    updates:\n    - b: c\n",
            "    - announced: 2026-11-23\n      change: postponed\n",
            id="below the last one, compact",
        ),
        pytest.param(
            "events:\n  a:\n    updates:\n      -\n        b: c\n\n  # next\n  b: {}\n",
            "      - announced: 2026-11-23\n        change: postponed\n",
            id="a dash on a line of its own",
        ),
        pytest.param(
            "events:\r\n  a:\r\n    title: A   # first\r\n",
            "    updates:\r\n      - announced: 2026-11-23\r\n        change: postponed\r\n",
            id="lines that end with CR LF",
        ),
        pytest.param(
            "events:\r  a:\r    title: A\r",
            "    updates:\r      - announced: 2026-11-23\r        change: postponed\r",
            id="lines that end with CR",
        ),
    ],
)
def test_an_update_is_laid_out_as_the_file_is(text: str, expected: str) -> None:
    assert addition(text, updated(text)) == expected


def test_it_stands_behind_the_comments_of_its_place_and_before_those_of_others() -> None:
    text = dedent("""\
        events:
          a:
            updates:
              - b: c  # told
                # of this update
              # of the list
            # of the event
          # of the next one
          b: {title: B}
        """)
    assert updated(text).splitlines()[4:8] == [
        "        # of this update",
        "      - announced: 2026-11-23",
        "        change: postponed",
        "      # of the list",
    ]


def test_a_file_whose_last_line_has_no_end_gets_none() -> None:
    assert updated("events:\n  a:\n    title: A") == (
        "events:\n  a:\n    title: A\n"
        "    updates:\n      - announced: 2026-11-23\n        change: postponed"
    )


def test_empty_lines_that_belong_to_a_text_stay_in_it() -> None:
    text = "events:\n  a:\n    description: |+\n      Bring a spade.\n\n\n  b: {title: B}\n"
    assert updated(text) == (
        "events:\n  a:\n    description: |+\n      Bring a spade.\n\n\n"
        "    updates:\n      - announced: 2026-11-23\n        change: postponed\n"
        "  b: {title: B}\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "events:\n  a: {title: A}  # short\n",
            "events:\n  a: {title: A, updates: [{announced: 2026-11-23, change: postponed}]}"
            "  # short\n",
            id="an event in brackets",
        ),
        pytest.param(
            "events:\n  a:\n    updates: []\n",
            "events:\n  a:\n    updates: [{announced: 2026-11-23, change: postponed}]\n",
            id="no updates yet",
        ),
        pytest.param(
            "events:\n  a:\n    updates: [{b: c}]\n",
            "events:\n  a:\n    updates: [{b: c}, {announced: 2026-11-23, change: postponed}]\n",
            id="updates in brackets",
        ),
        pytest.param(
            "events:\n  a:\n    updates: [\n      {b: c},  # told\n    ]\n",
            "events:\n  a:\n    updates: [\n      {b: c},\n"
            "      {announced: 2026-11-23, change: postponed},  # told\n    ]\n",
            id="brackets over several lines",
        ),
        pytest.param(
            "events: {a: {title: A}}\n",
            "events: {a: {title: A, updates: [{announced: 2026-11-23, change: postponed}]}}\n",
            id="a file in brackets",
        ),
    ],
)
def test_brackets_are_gone_on_with(text: str, expected: str) -> None:
    assert updated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "events:\n  a:\n    updates: &told\n      - b: c\n  d:\n    updates: *told\n",
            id="shared with another event",
        ),
        pytest.param(
            "events:\n  a:\n    updates:\n      - # told - really\n        b: c\n", id="unusual"
        ),
    ],
)
def test_what_cannot_be_added_to_is_said_with_what_to_add(text: str) -> None:
    with pytest.raises(EditError) as caught:
        updated(text)
    assert str(caught.value) == (
        'events.yaml is written in a way that calfeed cannot add to: what "a" says is shared '
        "with another place, or laid out unusually\n"
        'Add by hand at the end of "a":\n\n'
        "updates:\n  - announced: 2026-11-23\n    change: postponed\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "events:\n  a:\n    title: A\n",
            "events:\n  a:\n    title: A\n\n  c:\n    title: C\n    initiatives: [parks]\n",
            id="below the last one",
        ),
        pytest.param(
            "events:\n    a:\n        title: A\n\n# the end\n",
            "events:\n    a:\n        title: A\n\n    c:\n        title: C\n"
            "        initiatives: [parks]\n\n# the end\n",
            id="four columns, before what stands at the end",
        ),
        pytest.param(
            "events:\n  a: {title: A}\n",
            "events:\n  a: {title: A}\n\n  c:\n    title: C\n    initiatives: [parks]\n",
            id="below one in brackets",
        ),
        pytest.param(
            "format: 1\nevents:   # none yet\n",
            "format: 1\nevents:   # none yet\n  c:\n    title: C\n    initiatives: [parks]\n",
            id="no events yet",
        ),
        pytest.param(
            "format: 1\n",
            "format: 1\n\nevents:\n  c:\n    title: C\n    initiatives: [parks]\n",
            id="no place for events yet",
        ),
        pytest.param(
            "events: {}\n",
            "events: {c: {title: C, initiatives: [parks]}}\n",
            id="in brackets",
        ),
    ],
)
def test_an_event_is_added_below_the_others(text: str, expected: str) -> None:
    assert add_event(a_document(text), "c", {"title": "C", "initiatives": ["parks"]}) == expected


NAMES = st.sampled_from(["a", "b", "c-d", "e2"])
WORDS = st.text(st.sampled_from(" \nabcé:#-'\"|>"), max_size=80).map(str.strip)
SCALARS = WORDS | st.just("2031-05-08 14:00 to 16:00")
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["en", "fr", "x-y"]), inner, min_size=1, max_size=2)
    ),
    max_leaves=4,
)
UPDATES = st.fixed_dictionaries(
    {"announced": st.just("2026-11-23"), "change": st.just("corrected")},
    optional={"notice": WORDS | st.fixed_dictionaries({"en": WORDS}), "tags": st.lists(WORDS)},
)
EVENTS = st.fixed_dictionaries(
    {"title": WORDS},
    optional={
        "description": WORDS,
        "tags": st.lists(SCALARS),
        "updates": st.lists(UPDATES),
        "x-own": VALUES,
    },
)
COMMENTS = st.tuples(st.integers(0, 60), st.sampled_from(["", "# c", "  # c", "        # - c: d"]))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Files of any layout: any step, dashes, comments, line ends, and no end of the last line."""
    events = draw(st.dictionaries(NAMES, EVENTS, min_size=1, max_size=3))
    data: dict[str, Any] = {"format": 1, "events": events, "x-last": draw(VALUES)}
    layout = draw(st.builds(Layout, indent=st.integers(2, 5), is_compact=st.booleans()))
    lines = written(data, layout).splitlines()
    for index, comment in draw(st.lists(COMMENTS, max_size=4)):
        lines.insert(index % (len(lines) + 1), comment)
    text = draw(st.sampled_from(["\n", "\r\n"])).join([*lines, ""])
    try:
        return a_document(text if draw(st.booleans()) else text.rstrip())
    except SourceError:
        assume(False)  # the comment stood inside of a text, and broke it
        raise


def said(text: str) -> Any:
    return a_document(text).data


@given(documents(), UPDATES, st.randoms(use_true_random=False))
def test_any_file_says_what_it_said_and_exactly_the_update(
    document: Document, update: dict[str, Written], random: Any
) -> None:
    old: Any = document.data["events"]
    event = random.choice(sorted(old))

    new = add_update(document, event, update)

    entry = {**old[event], "updates": [*old[event].get("updates", []), said(written(update))]}
    assert said(new) == {**document.data, "events": {**old, event: entry}}
    if old[event].get("updates") != []:
        addition(document.text, new)


@given(documents(), EVENTS)
def test_any_file_says_what_it_said_and_exactly_the_event(
    document: Document, entry: dict[str, Written]
) -> None:
    new = add_event(document, "new", entry)
    old: Any = document.data["events"]
    assert said(new) == {**document.data, "events": {**old, "new": said(written(entry))}}
    addition(document.text, new)


def test_the_example_gains_only_lines() -> None:
    for event in a_document(example()).data["events"] or ():
        addition(example(), updated(example(), str(event), notice="Our speaker is ill: flu."))
