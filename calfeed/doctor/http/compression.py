"""Compression: really there, asked for, and the same bytes when it is undone."""

from collections.abc import Iterator

from calfeed.doctor.answers import Answer
from calfeed.doctor.findings import Finding, Kind, Level
from calfeed.doctor.visiting import Visit

WORTHWHILE = 10_000
"""Bytes below which compression saves next to nothing."""

NOT_COMPRESSED = Kind(
    "D231",
    Level.HINT,
    "the feed is not compressed",
    "whoever polls without an ETag (vdirsyncer, Home Assistant, node-ical) loads all of it each "
    "time",
    "let the web server compress text/calendar; gzip is what all of them ask for",
)
NOT_ASKED = Kind(
    "D232",
    Level.ERROR,
    "compressed though that was not asked for",
    "clients that cannot undo it see no calendar (by RFC 9110 §12.5.3; not measured)",
    "compress only what Accept-Encoding asks for",
)
BROKEN = Kind(
    "D233",
    Level.ERROR,
    "the compressed feed cannot be read",
    "every client that asks for it, which are nearly all: they see no calendar",
    "compress once, and name the coding that was used in Content-Encoding",
)
OTHER_BYTES = Kind(
    "D234",
    Level.WARNING,
    "the compressed feed is another one",
    "clients see different events by what they can decompress",
    "compress the very bytes that are served plain; are compressed files left over from before?",
)


def check(visit: Visit) -> Iterator[Finding]:
    """Yield what is wrong with the codings of the feed."""
    answer = visit.plain.answer
    if answer is None or not answer.has_calendar:
        return
    if coding := _coding(answer):
        yield Finding(NOT_ASKED, f"Content-Encoding: {coding}")
    coded = {name: trip.answer for name, trip in visit.codings.items() if trip.answer}
    is_large = len(answer.content or b"") > WORTHWHILE
    if is_large and coded and not any(map(_coding, coded.values())):
        yield Finding(NOT_COMPRESSED, f"{len(answer.body)} bytes")
    is_stable = bool(visit.again and visit.again.answer and visit.again.answer.body == answer.body)
    for name, one in coded.items():
        yield from _of_coding(name, one, answer, is_stable=is_stable)


def _of_coding(name: str, coded: Answer, plain: Answer, *, is_stable: bool) -> Iterator[Finding]:
    coding = _coding(coded)
    if coding and coding != name and coding != _coding(plain):
        yield Finding(NOT_ASKED, f"{name} was asked for, {coding} came")
    if coded.content is None:
        yield Finding(BROKEN, f"Accept-Encoding: {name}")
    elif is_stable and coded.content != plain.content:
        yield Finding(OTHER_BYTES, f"{name}: {len(coded.content)} bytes, {_size(plain)} plain")


def _coding(answer: Answer) -> str:
    coding = answer.field("Content-Encoding").strip().lower()
    return "" if coding == "identity" else coding


def _size(answer: Answer) -> int:
    return len(answer.content or b"")
