"""The syntax of iCalendar: values that cannot break out of their line, lines of 75 octets."""

import re
from functools import lru_cache
from urllib.parse import quote

CONTROLS = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
LINE_BREAKS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
SURROGATES = re.compile("[\ud800-\udfff]")
TO_ESCAPE = re.compile(r"[\\;,]")
TRAILING = re.compile(r"[\\\s]+\Z")
PLAIN = re.compile(r"[A-Za-z0-9_.+/-]*")
IN_URIS = "%/:?#[]@!$&'()*+,=~-._"  # all that RFC 3986 reserves but ";"
REMEMBERED = 1024
LONGEST = 75
CONTINUES, CONTINUES_MASK = 0x80, 0xC0  # an octet inside a character (RFC 3629 §3)
NEXT_LONGEST = LONGEST - 1  # a folded line begins with a space


def plain(value: str) -> str:
    """Return *value* as every reader has it: line breaks are LF, no other control characters.

    No blanks around it either, which libical leaves out.
    """
    if not value.isascii():
        value = SURROGATES.sub("\ufffd", value)
    return LINE_BREAKS.sub("\n", CONTROLS.sub("", value)).strip()


def label(value: str) -> str:
    """Return *value* as `plain` does, without a backslash at its end.

    ical.js and libical take one for an escape of the comma or the quote that follows.
    """
    return TRAILING.sub("", plain(value))


def text(value: str) -> str:
    r"""Return *value* as TEXT (RFC 5545 §3.3.11): ``\n`` for any line break, no other controls."""
    return TO_ESCAPE.sub(r"\\\g<0>", plain(value)).replace("\n", r"\n")


def uri(value: str) -> str:
    """Return *value* as a URI in ASCII, whatever RFC 3986 does not allow percent-encoded.

    Also ``;``: with a quoted parameter before it, ical.js 1.5 refuses the whole feed.
    """
    return quote(SURROGATES.sub("\ufffd", value), safe=IN_URIS)


@lru_cache(REMEMBERED)
def parameter(value: str) -> str:
    """Return *value* as a parameter's (RFC 6868), in quotes unless it is a plain word.

    More quotes than RFC 5545 §3.2 wants: some readers take a bare backslash for an escape.
    """
    if PLAIN.fullmatch(value):
        return value
    encoded = label(value).replace("^", "^^").replace('"', "^'").replace("\n", "^n")
    return f'"{encoded}"'


def fold(line: str) -> bytes:
    """Return *line* with its CRLF, folded at 75 octets, never inside a character."""
    octets = line.encode()
    if len(octets) <= LONGEST:
        return octets + b"\r\n"
    pieces = []
    start, end = 0, LONGEST
    while end < len(octets):
        while octets[end] & CONTINUES_MASK == CONTINUES:
            end -= 1
        pieces.append(octets[start:end])
        start, end = end, end + NEXT_LONGEST
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces) + b"\r\n"
