"""Bytes of a file to its text: UTF-8, and nothing in it that an editor cannot see."""

import codecs
import re
from itertools import islice

from calfeed.errors import Place, Problem, SourceError
from calfeed.source.places import Lines

FILE_LIMIT = 64 * 1024 * 1024
"""How many bytes a file may have."""

_SEEN = "\x20-\x7e\xa0-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
_UNSEEN = re.compile(f"[^\t\n\r\x85{_SEEN}]")
_UNSEEN_AS_ESCAPED = re.compile(f"[^\t\n{_SEEN}]")
_OTHER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_LOOKED_AT = 8192
_NAMED = 10
_SOUGHT = 1000
_SAVE = 'save it as UTF-8; in Windows Notepad by "Save as", with the encoding UTF-8'


def decode(data: bytes, *, name: str) -> str:
    """Return the text of the file *name*; a byte order mark in front is not part of it.

    Raises:
        SourceError: it is too large, not in UTF-8, or has control characters.
    """
    if len(data) > FILE_LIMIT:
        raise SourceError([too_large(name)])
    if _is_of_wide_characters(data):
        raise SourceError([_other_encoding(name)])
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise SourceError([_no_text(data, error.start, name)]) from None
    if _UNSEEN.search(text):
        raise SourceError([_unseen(Lines(name=name, text=text))])
    return text


def unseen(text: str) -> str:
    """Return the code of the first character in *text* that cannot be seen; empty for none.

    For a text whose escapes were read: a carriage return can only come from one of them.
    """
    found = _UNSEEN_AS_ESCAPED.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def too_large(name: str) -> Problem:
    """Return the problem of a file with more bytes than are read."""
    return Problem(
        code="E107",
        message=f"the file is larger than {FILE_LIMIT // 1024**2} MB",
        place=Place(file=name),
        help=("divide it: calfeed also reads a folder of files, say one for each year",),
    )


def _is_of_wide_characters(data: bytes) -> bool:
    """Whether *data* begins with another encoding's mark, or as ASCII does in UTF-16."""
    is_padded = (data[:4:2] == b"\0\0") != (data[1:4:2] == b"\0\0")
    return is_padded or data.startswith(_OTHER_MARKS)


def _other_encoding(name: str) -> Problem:
    message = "the file is saved in UTF-16 or UTF-32, not in UTF-8"
    return Problem(code="E101", message=message, place=Place(file=name), help=(_SAVE,))


def _no_text(data: bytes, start: int, name: str) -> Problem:
    if b"\0" in data[:_LOOKED_AT]:
        message = "the file is no text"
        help_ = "the events stand in a plain text file; is this one a picture or a document?"
        return Problem(code="E101", message=message, place=Place(file=name), help=(help_,))
    lines = Lines(name=name, text=data.decode(errors="replace"))
    index = len(data[:start].decode())
    meant = data[start : start + 1].decode("cp1252", errors="replace")
    return Problem(
        code="E101",
        message="the file is not saved in UTF-8",
        place=lines.place(index, index + 1),
        hint=f'the byte 0x{data[start]:02X}, in Windows-1252 "{meant}"',
        help=(_SAVE,),
    )


def _unseen(lines: Lines) -> Problem:
    matches = islice(_UNSEEN.finditer(lines.text), _SOUGHT)
    found = [match.start() for match in matches]
    others = sorted({lines.line_of(index) for index in found} - {lines.line_of(found[0])})
    named = ", ".join(map(str, others[:_NAMED])) + (", ..." if len(others) > _NAMED else "")
    return Problem(
        code="E111",
        message=f"an invisible character, {unseen(lines.text[found[0]])}",
        place=lines.place(found[0], found[0] + 1),
        hint="delete it",
        help=("if you cannot find it, delete the text around it and type that again",),
        notes=(f"there are more in line {named}",) if others else (),
    )
