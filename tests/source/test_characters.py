import sys

import pytest

from calfeed.source.characters import FILE_LIMIT, unseen
from calfeed.source.yaml import parse_document
from tests.source.messages import problems, told

UTF_16 = """\
error[E101]: the file is saved in UTF-16 or UTF-32, not in UTF-8
 --> events.yaml
  = help: save it as UTF-8; in Windows Notepad by "Save as", with the encoding UTF-8
"""


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    document = parse_document(b"\xef\xbb\xbfa: b", name="f")

    assert document.data == {"a": "b"}
    assert document.place(("a",), of="key").column == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_another_encoding(encoding: str) -> None:
    assert told("format: 1".encode(encoding)) == UTF_16


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\xff\xfe", b"\0\0\xfe\xff", b"\xff\xfe\0\0"])
def test_the_mark_of_another_encoding(mark: bytes) -> None:
    assert told(mark) == UTF_16


def test_an_older_encoding() -> None:
    assert told("title: Fête\nplace: Orléans".encode("cp1252")) == (
        """\
error[E101]: the file is not saved in UTF-8
 --> events.yaml:1:9
  |
1 | title: F\N{REPLACEMENT CHARACTER}te
  |         ^ the byte 0xEA, in Windows-1252 "ê"
  |
  = help: save it as UTF-8; in Windows Notepad by "Save as", with the encoding UTF-8
"""
    )


def test_the_columns_before_a_bad_byte_are_characters() -> None:
    (problem,) = problems("é: ü\nλόγος: ".encode() + b"\xff")

    assert (problem.place.line, problem.place.column) == (2, 8)


@pytest.mark.parametrize("surrogate", [b"\xed\xa0\x80", b"\xed\xb2\x80", b"\xed\xbf\xbf"])
def test_a_lone_surrogate_is_not_utf_8(surrogate: bytes) -> None:
    (problem,) = problems(b"a: " + surrogate)

    assert (problem.code, problem.place.column) == ("E101", 4)


def test_a_picture_in_the_place_of_the_file() -> None:
    assert told(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0") == (
        """\
error[E101]: the file is no text
 --> events.yaml
  = help: the events stand in a plain text file; is this one a picture or a document?
"""
    )


def test_a_control_character() -> None:
    assert told(b"a: b\nc: d\0e") == (
        """\
error[E111]: an invisible character, U+0000
 --> events.yaml:2:5
  |
1 | a: b
2 | c: d␀e
  |     ^ delete it
  |
  = help: if you cannot find it, delete the text around it and type that again
"""
    )


def test_several_control_characters_are_told_at_once() -> None:
    assert told(b"a: \x0b\x0b\nb: c\nd: \x0b\ne: \x1b") == (
        """\
error[E111]: an invisible character, U+000B
 --> events.yaml:1:4
  |
1 | a: ␋␋
  |    ^ delete it
  |
  = help: if you cannot find it, delete the text around it and type that again
  = note: there are more in line 3, 4
"""
    )


def test_very_many_control_characters_are_not_all_listed() -> None:
    (problem,) = problems(b"a: \x0b\n" * 5000)

    assert problem.notes == ("there are more in line 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, ...",)


def test_a_file_of_zeros_as_after_a_power_failure() -> None:
    (problem,) = problems(bytes(100))

    assert problem.code == "E111"


def test_whatever_character_a_text_has_it_is_read_or_its_problem_is_told() -> None:
    refused = {
        chr(code)
        for code in (*range(0xD800), *range(0xE000, 0x10100), 0x1F600, sys.maxunicode)
        if unseen(chr(code))
    }
    for character in sorted(refused - {"\r", "\x85"}):
        assert problems(f"a: 'b{character}c'")[0].code == "E111"
    read = "".join(chr(code) for code in range(0x20, 0x10100) if not 0xD800 <= code < 0xE000)
    read = "".join(one for one in read if one not in refused and one not in "'\u2028\u2029")
    assert parse_document(f"a: '{read[:-1]}'".encode(), name="f").data == {"a": read[:-1]}


def test_a_file_that_is_too_large() -> None:
    assert told(b"#" * (FILE_LIMIT + 1)) == (
        """\
error[E107]: the file is larger than 64 MB
 --> events.yaml
  = help: divide it: calfeed also reads a folder of files, say one for each year
"""
    )
