"""The bytes of a feed: line ends, folds, letters and what is none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from calfeed.doctor.findings import Finding, Kind, Level

BOM = b"\xef\xbb\xbf"
LONGEST = 75
CONTROLS = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
BLANKS = (b" ", b"\t")

MARK = Kind(
    "D301",
    Level.ERROR,
    "a byte order mark before the calendar",
    "Home Assistant, vdirsyncer, sabre, ics.py, vobject and others refuse the feed",
    "save it as UTF-8 without BOM",
)
NOT_UTF_8 = Kind(
    "D302",
    Level.ERROR,
    "bytes that are not UTF-8",
    "vdirsyncer and five others refuse the feed; the rest show a replacement character",
    "write the feed in UTF-8",
)
CONTROL = Kind(
    "D303",
    Level.ERROR,
    "a control character",
    "Home Assistant, KDE, libical and ics.py refuse the feed; Evolution shows nothing",
    "leave all but tab and line breaks out of texts",
)
SPLIT = Kind(
    "D304",
    Level.ERROR,
    "a line is folded inside a character",
    "vdirsyncer, ics.py, vobject, ruby-icalendar and Data::ICal refuse the feed",
    "fold between characters, after at most 75 octets",
)
LINE_END = Kind(
    "D305",
    Level.HINT,
    "lines do not end with CRLF",
    "nobody but strict line checkers (RFC 5545 §3.1)",
    r"end each line with \r\n",
)
LONG = Kind(
    "D306",
    Level.HINT,
    "lines of more than 75 octets",
    "nobody but strict line checkers (RFC 5545 §3.1)",
    "fold them after at most 75 octets, between characters",
)
BLANK = Kind(
    "D307",
    Level.HINT,
    "blank lines",
    "nobody but strict line checkers (RFC 5545 §3.1)",
    "leave them out",
)


@dataclass(frozen=True, slots=True)
class Unfolded:
    """One content line with its folds undone, and the number of its first line, from 1."""

    number: int
    text: str


def unfold(content: bytes) -> tuple[list[Unfolded], list[Finding]]:
    """Return the content lines of *content*, and what is wrong with its bytes."""
    findings = [Finding(MARK, line=1)] if content.startswith(BOM) else []
    lines: list[Unfolded] = []
    for number, pieces in _grouped(content.removeprefix(BOM)):
        for offset, piece in enumerate(pieces):
            findings += _controls(piece, number + offset)
        bare = [piece.rstrip(b"\r\n") for piece in pieces]
        joined = bare[0] + b"".join(piece[1:] for piece in bare[1:])
        findings += _of_letters(joined, bare, number)
        if joined.strip():
            lines.append(Unfolded(number, joined.decode("utf-8", "replace")))
    return lines, [*findings, *_layout(content.removeprefix(BOM))]


def _grouped(content: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """Yield each line with those that continue it, and the number of the first of them."""
    start, pieces = 1, list[bytes]()
    for number, line in enumerate(content.split(b"\n"), 1):
        if pieces and not line.startswith(BLANKS):
            yield start, pieces
            pieces = []
        if not pieces:
            start = number
        pieces.append(line + b"\n")
    if pieces != [b"\n"]:  # what follows the last line break is no line
        yield start, [*pieces[:-1], pieces[-1][:-1]]


def _layout(content: bytes) -> Iterator[Finding]:
    """Yield once, with the first line of each, what only strict line checkers mind."""
    lines = content.removesuffix(b"\n").split(b"\n")
    blank = [number for number, line in enumerate(lines, 1) if not line.strip()]
    bare = [number for number, line in enumerate(lines, 1) if not line.endswith(b"\r")]
    sizes = [(number, len(line.removesuffix(b"\r"))) for number, line in enumerate(lines, 1)]
    long = [number for number, size in sizes if size > LONGEST]
    if content and not content.endswith(b"\n"):
        bare = bare or [len(lines)]
    for kind, numbers in ((LINE_END, bare), (LONG, long), (BLANK, blank)):
        if numbers:
            yield Finding(kind, f"{len(numbers)} of {len(lines)} lines", line=numbers[0])


def _controls(piece: bytes, number: int) -> Iterator[Finding]:
    bare = piece.removesuffix(b"\n").removesuffix(b"\r")
    if found := CONTROLS.search(bare):
        detail = f"U+{bare[found.start()]:04X}"
        yield Finding(CONTROL, detail, line=number, column=_column(bare, found.start()))


def _of_letters(joined: bytes, pieces: list[bytes], number: int) -> Iterator[Finding]:
    """Yield the first place where a content line is not UTF-8, or where a fold hides that it is."""
    is_right = _wrong_at(joined) is None
    for line, piece in enumerate(pieces, number):
        wrong = _wrong_at(piece)
        if wrong is not None:
            detail = "" if is_right else f"byte {piece[wrong]:02X}"
            yield Finding(
                SPLIT if is_right else NOT_UTF_8, detail, line=line, column=_column(piece, wrong)
            )
            return


def _wrong_at(piece: bytes) -> int | None:
    try:
        piece.decode()
    except UnicodeDecodeError as error:
        return error.start
    return None


def _column(piece: bytes, at: int) -> int:
    return len(piece[:at].decode("utf-8", "replace")) + 1
