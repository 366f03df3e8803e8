"""How long caches may keep the feed, and for whom: Cache-Control and Vary."""

import re
from collections.abc import Iterator

from calfeed.doctor.answers import Answer
from calfeed.doctor.findings import Finding, Kind, Level
from calfeed.doctor.visiting import Visit

DAY = 24 * 60 * 60
SECONDS = re.compile(r'"?(\d{1,18})"?')

TOO_LONG = Kind(
    "D221",
    Level.WARNING,
    "caches may keep the feed for more than a day",
    "whoever is behind a cache learns of a postponement that much later",
    "send  Cache-Control: max-age=300",
)
NO_STORE = Kind(
    "D222",
    Level.HINT,
    "nobody may keep the feed",
    "caches between; clients that hold to it ask for a whole body at each poll (not measured)",
    "send  Cache-Control: max-age=300, or no-cache where it must be asked each time",
)
UNREADABLE = Kind(
    "D223",
    Level.WARNING,
    "Cache-Control cannot be read",
    "caches take the feed for stale at once (RFC 9111 §4.2.1; not measured)",
    "write whole seconds:  Cache-Control: max-age=300",
)
VARY = Kind(
    "D224",
    Level.WARNING,
    "Vary does not name Accept-Encoding",
    "who is behind a cache may get compressed bytes without having asked for them "
    "(RFC 9110 §12.5.5; not measured)",
    "send  Vary: Accept-Encoding  on all answers",
)
VARIES_MUCH = Kind(
    "D225",
    Level.HINT,
    "Vary keeps caches from helping",
    "nobody directly: every client's answer is kept apart, or none is",
    "let the feed depend on nothing but Accept-Encoding",
)


def check(visit: Visit) -> Iterator[Finding]:
    """Yield what the feed tells caches wrongly."""
    answer = visit.plain.answer
    if answer and answer.has_calendar:
        yield from _lifetime(answer)
        yield from _vary(visit, answer)


def _lifetime(answer: Answer) -> Iterator[Finding]:
    written = answer.field("Cache-Control")
    directives = [one.partition("=") for one in written.lower().split(",")]
    for name, _, value in ((name.strip(), sign, value.strip()) for name, sign, value in directives):
        if name == "no-store":
            yield Finding(NO_STORE, f"Cache-Control: {written}")
        if name in {"max-age", "s-maxage"}:
            found = SECONDS.fullmatch(value)
            if found is None:
                yield Finding(UNREADABLE, f"Cache-Control: {written}")
            elif int(found[1]) > DAY:
                yield Finding(TOO_LONG, f"Cache-Control: {written}")


def _vary(visit: Visit, answer: Answer) -> Iterator[Finding]:
    written = answer.field("Vary")
    names = {name.strip().lower() for name in written.split(",")} - {""}
    coded = [trip.answer for trip in visit.codings.values()]
    is_coded = any(one.field("Content-Encoding") for one in coded if one)
    if is_coded and not names & {"accept-encoding", "*"}:
        yield Finding(VARY, f"Vary: {written}" if written else "there is none")
    if names & {"*", "user-agent", "cookie", "referer"}:
        yield Finding(VARIES_MUCH, f"Vary: {written}")
