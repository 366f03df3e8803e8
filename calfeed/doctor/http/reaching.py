"""Whether there is an answer, and whether it is a calendar."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from types import MappingProxyType

from calfeed.doctor.answers import Answer, Failure, Trouble, is_web_page
from calfeed.doctor.discovering import linked_feeds
from calfeed.doctor.findings import Finding, Kind, Level
from calfeed.doctor.visiting import REDIRECTS, Visit

NOBODY = "every client: there is nothing to be had"
NO_NEW_SUBSCRIBER = "every client: nobody can subscribe, and who did so gets no news"
EMPTIED = (
    "Thunderbird empties the calendar without an error; Evolution empties it too, and stays empty "
    "when the feed comes back with its old ETag; vdirsyncer reports an error and keeps what it has"
)

NO_SUCH_HOST = Kind(
    "D101",
    Level.ERROR,
    "there is no such host",
    NOBODY,
    "look for a slip in the address; is the domain still registered, and its DNS right?",
)
NOBODY_ANSWERS = Kind(
    "D102",
    Level.ERROR,
    "nobody answers",
    NOBODY,
    "is the web server running, and is its port open to the world?",
)
CERTIFICATE = Kind(
    "D103",
    Level.ERROR,
    "the certificate is not to be trusted",
    "every client that checks certificates: it refuses to connect, often without a word",
    "renew it, or have the server send one for this host, with the certificates between",
)
TOO_SLOW = Kind(
    "D104",
    Level.ERROR,
    "the answer takes too long",
    "every client gives up after some time, and keeps what it has or shows nothing",
    "serve the feed as a file that is ready, not one that is made for each request",
)
NO_HTTP = Kind(
    "D105",
    Level.ERROR,
    "what answers does not speak HTTP",
    NOBODY,
    "look for a slip in the port or in http: and https:",
)
TOO_LARGE = Kind(
    "D106",
    Level.ERROR,
    "the answer is larger than any calendar",
    "every client: no calendar takes so much",
    "is this the address of a calendar? Then leave past events out of it",
)
CUT_OFF = Kind(
    "D107",
    Level.ERROR,
    "the answer ends before its end",
    EMPTIED,
    "Content-Length must be that of the body; look at what stands between, such as a proxy",
)
STATUS = Kind(
    "D110",
    Level.ERROR,
    "the answer is an error",
    "404: a running Thunderbird keeps what it shows, one that starts shows an empty calendar; "
    "410: Thunderbird disables the calendar for good; any other error disables it until the next "
    "start. Evolution and vdirsyncer keep what they have (503 and 404)",
    "serve the last good feed with 200 while there is trouble, without a limit on how often it "
    "may be asked for",
)
WEB_PAGE = Kind(
    "D111",
    Level.ERROR,
    "a web page instead of a calendar",
    EMPTIED,
    "give the address of the feed itself; is a login asked for, clients cannot fill it in",
)
EMPTY = Kind(
    "D112",
    Level.ERROR,
    "an empty body",
    "Thunderbird, at a start, shows an empty calendar without an error; Evolution was not tried "
    "with it",
    "send the last good feed; a calendar without events still begins and ends",
)
NO_CALENDAR = Kind(
    "D113",
    Level.ERROR,
    "this is no calendar",
    EMPTIED,
    "a calendar begins with BEGIN:VCALENDAR; nothing may stand before it",
)
UNREADABLE = Kind(
    "D114",
    Level.ERROR,
    "the body is not in the coding that it names",
    "every client: what arrives cannot be decompressed, so there is no calendar",
    "name in Content-Encoding the coding that was used, and none where none was",
)
LIMITED = Kind(
    "D115",
    Level.ERROR,
    "the feed is refused when it is asked for again",
    "one 429 or 503 disables the calendar in a running Thunderbird until its next start; "
    "Evolution fetches two or three times when it starts",
    "let feeds be asked for as often as anybody likes; that is what ETag and caches are for",
)

_KINDS: Mapping[Trouble, Kind] = MappingProxyType(
    {
        Trouble.NO_SUCH_HOST: NO_SUCH_HOST,
        Trouble.NOBODY_ANSWERS: NOBODY_ANSWERS,
        Trouble.CERTIFICATE: CERTIFICATE,
        Trouble.TOO_SLOW: TOO_SLOW,
        Trouble.NO_HTTP: NO_HTTP,
        Trouble.TOO_LARGE: TOO_LARGE,
        Trouble.CUT_OFF: CUT_OFF,
    }
)


def check(visit: Visit) -> Iterator[Finding]:
    """Yield why the feed cannot be had, if it cannot; redirects that go wrong are another's."""
    end = visit.plain.end
    if isinstance(end, Failure):
        yield Finding(_KINDS[end.trouble], end.detail)
    elif end.status not in REDIRECTS:
        yield from _of_answer(end, is_led=bool(visit.plain.hops))
    again = visit.again.answer if visit.again else None
    if again and again.status != HTTPStatus.OK:
        yield Finding(LIMITED, f"{says(again)}{_retry(again)}")


def says(answer: Answer) -> str:
    """Return status and phrase of *answer*: ``404 Not Found``."""
    try:
        return f"{answer.status} {HTTPStatus(answer.status).phrase}"
    except ValueError:
        return str(answer.status)


def page_of(answer: Answer) -> str:
    """Return what to look at on the web page that came instead of a calendar."""
    feeds = linked_feeds(answer.content or b"", answer.url)
    return f"it links to {feeds[0]}: did you mean that?" if feeds else answer.url


def _of_answer(answer: Answer, *, is_led: bool) -> Iterator[Finding]:
    content = answer.content
    if answer.status != HTTPStatus.OK:
        yield Finding(STATUS, f"{says(answer)}{_retry(answer)}")
    elif content is None:
        yield Finding(UNREADABLE, f"Content-Encoding: {answer.field('Content-Encoding')}")
    elif not content.strip():
        yield Finding(EMPTY)
    elif is_web_page(content):
        if not is_led:
            yield Finding(WEB_PAGE, page_of(answer))
    elif not answer.has_calendar:
        start = content[:40].decode("utf-8", "replace")
        yield Finding(NO_CALENDAR, f'it begins with "{start}"')


def _retry(answer: Answer) -> str:
    after = answer.field("Retry-After")
    return f", Retry-After: {after}" if after else ""
