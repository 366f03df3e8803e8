"""What the answer says that it is: media type, charset, file name, size, cookies."""

from collections.abc import Iterator

from calfeed.doctor.answers import Answer
from calfeed.doctor.findings import Finding, Kind, Level
from calfeed.doctor.visiting import Visit

GOOGLE_LIMIT = 1_000_000

MEDIA_TYPE = Kind(
    "D130",
    Level.WARNING,
    "the media type is not text/calendar",
    "browsers show text instead of asking a calendar app, and programs that go by the type "
    "refuse it (by RFC 5545; not measured)",
    "send  Content-Type: text/calendar; charset=utf-8",
)
CHARSET = Kind(
    "D131",
    Level.WARNING,
    "the charset is not UTF-8",
    "clients that believe it show wrong letters (by RFC 5545; not measured)",
    "send  Content-Type: text/calendar; charset=utf-8",
)
NO_CHARSET = Kind(
    "D132",
    Level.HINT,
    "the charset is not said",
    "who opens the feed in a browser may see wrong letters (not measured)",
    "send  Content-Type: text/calendar; charset=utf-8",
)
ATTACHMENT = Kind(
    "D133",
    Level.HINT,
    "the feed is sent as a download",
    "browsers save a copy instead of asking a calendar app; a copy gets no news (not measured)",
    "send  Content-Disposition: inline",
)
COOKIE = Kind(
    "D134",
    Level.WARNING,
    "a cookie is set",
    "caches between may keep nothing, and everybody who subscribes can be followed",
    "set no cookies on feeds",
)
SIZE = Kind(
    "D135",
    Level.WARNING,
    "the feed is too large for Google",
    "Google Calendar takes less than 1 MB (by its users' experience; not measured)",
    "leave past events out sooner, or give each subject a feed of its own",
)


def check(visit: Visit) -> Iterator[Finding]:
    """Yield what the header fields of the feed say wrongly."""
    answer = visit.plain.answer
    if answer and answer.has_calendar:
        yield from _media_type(answer)
        yield from _others(answer)


def _media_type(answer: Answer) -> Iterator[Finding]:
    written = answer.field("Content-Type")
    media_type, _, parameters = written.partition(";")
    charset = "".join(
        value.strip(' "').lower()
        for name, _, value in (one.partition("=") for one in parameters.split(";"))
        if name.strip().lower() == "charset"
    )
    if media_type.strip().lower() != "text/calendar":
        yield Finding(MEDIA_TYPE, f"Content-Type: {written}" if written else "there is none")
    elif not charset:
        yield Finding(NO_CHARSET, f"Content-Type: {written}")
    if charset and charset not in {"utf-8", "utf8"}:
        yield Finding(CHARSET, f"Content-Type: {written}")


def _others(answer: Answer) -> Iterator[Finding]:
    disposition = answer.field("Content-Disposition")
    if disposition.partition(";")[0].strip().lower() == "attachment":
        yield Finding(ATTACHMENT, f"Content-Disposition: {disposition}")
    if cookie := answer.field("Set-Cookie"):
        yield Finding(COOKIE, f"its name is {cookie.partition('=')[0].strip()}")
    size = len(answer.content or b"")
    if size >= GOOGLE_LIMIT:
        yield Finding(SIZE, f"{size / GOOGLE_LIMIT:.1f} MB")
