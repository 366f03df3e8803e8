import os
import socket
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.cli.report import render
from calfeed.errors import Place, Problem, SourceError
from calfeed.source.characters import FILE_LIMIT
from calfeed.source.yaml import Document, parse_document, read_document

EVENTS = """\
format: 1

initiatives:
  icc: {name: Intelligent Cities Challenge, url: "https://icc.example"}

places:
  home: &home {name: Berlaymont}

events:
  workshop:
    title: "POSTPONED: a workshop"   # not so
    when:
    place: *home
    summary: |
      Two lines
      of text.
    notice: one
      and two
    agenda:
      - at: 16:00
        title: Welcome
      - {at: 17:00}
    tags: [cities, "data"]
"""


def a_document(text: str = EVENTS) -> Document:
    return parse_document(text.encode(), name="events.yaml")


def underlined(place: Place) -> str:
    """The words that the carets stand below."""
    start = place.column - 1 - place.cut
    return place.excerpt[-1][start : start + place.length]


AGENDA = ("events", "workshop", "agenda")


@pytest.mark.parametrize(
    ("path", "line", "key", "value", "entry"),
    [
        pytest.param(("format",), 1, "format", "1", "format: 1", id="a value"),
        pytest.param(
            ("events", "workshop", "title"),
            11,
            "title",
            '"POSTPONED: a workshop"',
            'title: "POSTPONED: a workshop"',
            id="a value in quotes before a comment",
        ),
        pytest.param(
            ("initiatives", "icc", "name"),
            4,
            "name",
            "Intelligent Cities Challenge",
            "name: Intelligent Cities Challenge",
            id="a value between brackets",
        ),
        pytest.param(
            ("events", "workshop", "tags"),
            23,
            "tags",
            '[cities, "data"]',
            'tags: [cities, "data"]',
            id="a list in brackets",
        ),
        pytest.param(
            ("events", "workshop", "tags", 1), 23, '"data"', '"data"', '"data"', id="an item"
        ),
        pytest.param((*AGENDA, 1, "at"), 22, "at", "17:00", "at: 17:00", id="within an item"),
        pytest.param(
            (*AGENDA, 0), 20, "at: 16:00", "at: 16:00", "at: 16:00", id="a group in a list"
        ),
        pytest.param(
            ("events", "workshop", "place"), 13, "place", "*home", "place: *home", id="an alias"
        ),
        pytest.param(
            ("events", "workshop", "place", "name"),
            7,
            "name",
            "Berlaymont",
            "name: Berlaymont",
            id="what an alias repeats",
        ),
        pytest.param(
            ("events", "workshop", "summary"), 14, "summary", "|", "summary: |", id="kept lines"
        ),
        pytest.param(
            ("events", "workshop", "notice"), 17, "notice", "one", "notice: one", id="more lines"
        ),
        pytest.param(
            ("events", "workshop", "when"),
            12,
            "when",
            "when",
            "when",
            id="nothing is told at its key",
        ),
        pytest.param(
            ("events", "workshop", "titel", "en"),
            10,
            "workshop",
            "workshop",
            "workshop",
            id="what is missing is told at what it is missing from",
        ),
        pytest.param(
            ("events", "workshop", "title", "en"),
            11,
            "title",
            "title",
            "title",
            id="what a text cannot have",
        ),
        pytest.param((*AGENDA, 2), 19, "agenda", "agenda", "agenda", id="a missing item"),
        pytest.param((*AGENDA, "0"), 19, "agenda", "agenda", "agenda", id="a number is no name"),
    ],
)
def test_everything_knows_its_place(
    path: tuple[str | int, ...], line: int, key: str, value: str, entry: str
) -> None:
    document = a_document()
    places = [document.place(path, of=of) for of in ("key", "value", "entry")]

    assert [underlined(place) for place in places] == [key, value, entry]
    assert {place.file for place in places} == {"events.yaml"}
    assert {place.line for place in places} == {line}


def test_the_place_of_a_group_is_that_of_its_first_line() -> None:
    place = a_document().place(("events", "workshop"))

    assert (place.line, underlined(place)) == (11, 'title: "POSTPONED: a workshop"   # not so')


def test_the_whole_document_has_a_place() -> None:
    assert str(a_document().place(())) == "events.yaml:1:1"


def test_the_place_of_words_in_a_value() -> None:
    document, path = a_document(), ("events", "workshop", "title")

    assert underlined(document.place(path, part="POSTPONED")) == "POSTPONED"
    assert underlined(document.place(path, part="not so")) == '"POSTPONED: a workshop"'


def test_a_document_knows_its_text_and_its_fingerprint() -> None:
    data = b"\xef\xbb\xbfa: b\r\n"
    document = parse_document(data, name="x.yaml")

    assert document.name == "x.yaml"
    assert document.folder is None
    assert document.text == "a: b\r\n"
    assert document.sha256 == sha256(data).hexdigest()


def test_reading_a_file(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.write_text(EVENTS, encoding="utf-8")

    document = read_document(path, name="shown.yaml")

    assert document.data == a_document().data
    assert document.folder == tmp_path
    assert str(document.place(("format",))) == "shown.yaml:1:9"


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read_document(path, name=path.name)
    return "\n".join(render(problem).plain for problem in caught.value.problems)


def expected(message: str) -> str:
    return f"error[E100]: {message}\n --> events.yaml"


def test_a_file_that_vanished(tmp_path: Path) -> None:
    assert refusal(tmp_path / "events.yaml") == expected(
        "the file cannot be read: No such file or directory"
    )


def test_a_link_to_itself(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.symlink_to(path)

    assert refusal(path) == expected("the file cannot be read: Too many levels of symbolic links")


def test_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.mkdir()

    assert refusal(path) == expected("a file with events is expected, and this is a folder")


def test_a_pipe_that_nobody_writes_to(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    os.mkfifo(path)

    assert refusal(path) == expected("a file with events is expected, and this is a pipe")


def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # an address of a socket is a short path
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("events.yaml")
        said = refusal(Path("events.yaml"))

    assert said == expected("a file with events is expected, and this is a socket")


def test_a_device(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.symlink_to("/dev/zero")

    assert refusal(path) == expected("a file with events is expected, and this is a device")


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    with path.open("wb") as file:
        file.truncate(100 * FILE_LIMIT)  # a hole: it takes no room on the disk

    assert refusal(path).startswith("error[E107]: the file is larger than 64 MB\n")


def test_a_file_with_problems(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.write_bytes(b"a: 1\na: 2\n")

    assert refusal(path).startswith('error[E104]: "a" stands here twice\n --> events.yaml:2:1\n')


SIGNS = "[]{}:,-?&*!|>'\"%@`#\\\n\r\t \0\x07\x85\u2028\ufeff~<="
MUTATIONS = st.lists(
    st.tuples(
        st.integers(0, len(EVENTS)),
        st.integers(0, 12),
        st.text(st.sampled_from(SIGNS) | st.characters(exclude_categories=["Cs"]), max_size=6),
    ),
    min_size=1,
    max_size=4,
)


def read_or_complain(data: bytes) -> None:
    """Whatever *data* is, it is a document with places, or problems that can be printed."""
    found: tuple[Problem, ...] = ()
    places: list[Place] = []
    try:
        document = parse_document(data, name="events.yaml")
        places = [document.place((name,), of="entry") for name in document.data]
    except SourceError as error:
        found = error.problems
    assert all(place.line >= 1 and place.column >= 1 for place in places)
    assert all(problem.code.startswith("E1") and render(problem).plain for problem in found)


@given(st.binary(max_size=200))
def test_no_bytes_cause_a_traceback(data: bytes) -> None:
    read_or_complain(data)


@given(st.text(st.sampled_from("ab" + SIGNS), max_size=40))
def test_no_signs_cause_a_traceback(text: str) -> None:
    read_or_complain(text.encode())


@given(st.text("ab: \n\"'{[}],-?", max_size=14))
@settings(max_examples=500)
def test_no_few_signs_cause_a_traceback(text: str) -> None:
    read_or_complain(text.encode())


@given(MUTATIONS)
@settings(max_examples=300)
def test_no_slip_in_a_good_file_causes_a_traceback(slips: list[tuple[int, int, str]]) -> None:
    text = EVENTS
    for index, length, other in slips:
        text = text[:index] + other + text[index + length :]
    read_or_complain(text.encode())
