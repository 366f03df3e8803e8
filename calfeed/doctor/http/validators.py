"""Validators that validate: ETag, Last-Modified, and the 304 that they are there for."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from calfeed.doctor.answers import Answer, Trip
from calfeed.doctor.findings import Finding, Kind, Level
from calfeed.doctor.http.reaching import says
from calfeed.doctor.visiting import Visit

EVERY_POLL = (
    "Thunderbird and Evolution ask with the ETag: every poll is a whole body, for them and for you"
)
STUCK = "Evolution keeps the old events until the ETag changes"

NO_ETAG = Kind(
    "D201",
    Level.WARNING,
    "there is no ETag",
    EVERY_POLL,
    "send a strong ETag, made from the bytes of the feed",
)
WEAK_ETAG = Kind(
    "D202",
    Level.HINT,
    "the ETag is weak",
    "nobody who polls; caches cannot ask for a part (RFC 9110 §8.8.1)",
    "make it from the bytes of the feed, and leave W/ out",
)
BAD_ETAG = Kind(
    "D203",
    Level.WARNING,
    "the ETag is not written as one",
    "clients and caches may not send it back (by RFC 9110 §8.8.3; not measured)",
    'put it in quotes:  ETag: "…"',
)
NEW_ETAG = Kind(
    "D204",
    Level.WARNING,
    "the ETag changes though the feed does not",
    EVERY_POLL,
    "make it from the bytes of the feed, not from the time or the server",
)
OLD_ETAG = Kind(
    "D205",
    Level.ERROR,
    "the ETag stays though the feed changes",
    STUCK,
    "make it from the bytes of the feed",
)
NO_304 = Kind(
    "D206",
    Level.WARNING,
    "the ETag is not recognised",
    EVERY_POLL,
    "answer 304 when If-None-Match names the ETag that you gave, in each coding too",
)
ALWAYS_304 = Kind(
    "D207",
    Level.ERROR,
    "304 for an ETag that you never gave",
    "Thunderbird and Evolution keep the old events for ever",
    "answer 304 only when If-None-Match names the present ETag",
)
SHARED_ETAG = Kind(
    "D208",
    Level.WARNING,
    "one strong ETag for several codings",
    "caches may take compressed bytes for plain ones (RFC 9110 §8.8.3.3; not measured)",
    "give each coding its own ETag, and recognise each",
)
OTHER_ETAG = Kind(
    "D209",
    Level.WARNING,
    "304 lacks the ETag, or has another one",
    "caches that keep what 304 says lose the ETag, and the next poll is a whole body "
    "(RFC 9110 §15.4.5; not measured)",
    "send with 304 the ETag that 200 has",
)
BAD_DATE = Kind(
    "D210",
    Level.WARNING,
    "Last-Modified is no date",
    "clients and caches that go by it cannot (by RFC 9110 §8.8.2; not measured)",
    "write it as  Thu, 23 Sep 2021 08:15:00 GMT",
)
FUTURE = Kind(
    "D211",
    Level.WARNING,
    "Last-Modified is later than Date",
    "caches that go by it miss changes (RFC 9110 §8.8.2.1; not measured)",
    "look at the server's clock, or leave it out while it is in the future",
)
DATE_NOT_RECOGNISED = Kind(
    "D212",
    Level.HINT,
    "Last-Modified is not recognised",
    "programs that ask with If-Modified-Since alone; of the clients tried only a browser's cache "
    "sends it, beside If-None-Match",
    "answer 304 when If-Modified-Since is not before Last-Modified",
)

NEW_DATE = Kind(
    "D213",
    Level.WARNING,
    "Last-Modified moves though the feed does not",
    "programs that ask with If-Modified-Since alone get a whole body each time (not measured)",
    "take the time of the feed's last change, not that of the request",
)


def check(visit: Visit) -> Iterator[Finding]:
    """Yield what is wrong with the validators of the feed."""
    answer = visit.plain.answer
    if answer is None or not answer.has_calendar:
        return
    yield from _etag(visit, answer)
    yield from _not_modified(visit, answer)
    yield from _last_modified(visit, answer)


def _etag(visit: Visit, answer: Answer) -> Iterator[Finding]:
    etag = answer.field("ETag")
    if not etag:
        yield Finding(NO_ETAG)
        return
    if etag.startswith("W/"):
        yield Finding(WEAK_ETAG, f"ETag: {etag}")
    if not is_entity_tag(etag):
        yield Finding(BAD_ETAG, f"ETag: {etag}")
    again = visit.again.answer if visit.again else None
    if again and again.has_calendar:
        is_same_body = again.body == answer.body
        is_same_etag = again.field("ETag") == etag
        if is_same_body and not is_same_etag:
            yield Finding(NEW_ETAG, f"{etag}, then {again.field('ETag') or 'none'}")
        if is_same_etag and not is_same_body:
            yield Finding(OLD_ETAG, f"{etag} twice, on different bytes")
    yield from _shared(visit, etag)


def is_entity_tag(etag: str) -> bool:
    """Whether *etag* is written as RFC 9110 §8.8.3 has it."""
    opaque = etag.removeprefix("W/")
    return len(opaque) > 1 and opaque[0] == opaque[-1] == '"' and '"' not in opaque[1:-1]


def _shared(visit: Visit, etag: str) -> Iterator[Finding]:
    answers = [(coding, trip.answer) for coding, trip in visit.codings.items()]
    sharing = [
        coding
        for coding, answer in answers
        if answer and answer.field("Content-Encoding") and answer.field("ETag") == etag
    ]
    if sharing and not etag.startswith("W/"):
        yield Finding(SHARED_ETAG, f"{etag}: plain, {', '.join(sharing)}")


def _not_modified(visit: Visit, answer: Answer) -> Iterator[Finding]:
    is_stable = visit.again is None or _etag_of(visit.again) == answer.field("ETag")
    for trip, asked in ((visit.held, "plain"), (visit.thunderbird_again, "as Thunderbird asks")):
        held = trip.answer if trip else None
        if held and held.status != HTTPStatus.NOT_MODIFIED and is_stable:
            yield Finding(NO_304, f"{asked}: {says(held)}")
        if held and held.status == HTTPStatus.NOT_MODIFIED and trip is visit.held:
            yield from _fields_of_304(held, answer)
    made_up = visit.made_up.answer if visit.made_up else None
    if made_up and made_up.status == HTTPStatus.NOT_MODIFIED:
        yield Finding(ALWAYS_304)


def _fields_of_304(held: Answer, answer: Answer) -> Iterator[Finding]:
    found, meant = held.field("ETag"), answer.field("ETag")
    if found.removeprefix("W/") != meant.removeprefix("W/"):
        yield Finding(OTHER_ETAG, f"{found or 'none'} instead of {meant}")


def _last_modified(visit: Visit, answer: Answer) -> Iterator[Finding]:
    written = answer.field("Last-Modified")
    if not written:
        return
    modified, date = http_date(written), http_date(answer.field("Date"))
    if modified is None:
        yield Finding(BAD_DATE, f"Last-Modified: {written}")
        return
    if date and modified > date:
        yield Finding(FUTURE, f"Last-Modified: {written}, Date: {answer.field('Date')}")
    again = visit.again.answer if visit.again else None
    if again and again.body == answer.body and again.field("Last-Modified") != written:
        yield Finding(NEW_DATE, f"{written}, then {again.field('Last-Modified') or 'none'}")
        return
    dated = visit.dated.answer if visit.dated else None
    if dated and dated.status != HTTPStatus.NOT_MODIFIED:
        yield Finding(DATE_NOT_RECOGNISED, f"If-Modified-Since: {written} gets {says(dated)}")


def http_date(written: str) -> datetime | None:
    """Return the moment of an HTTP-date; None if *written* is none."""
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _etag_of(trip: Trip) -> str:
    return trip.answer.field("ETag") if trip.answer else ""
