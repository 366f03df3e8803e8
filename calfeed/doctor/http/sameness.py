"""The same feed for everybody: whoever asks, however often, and by HEAD."""

from collections.abc import Iterator
from http import HTTPStatus

from calfeed.doctor.answers import Answer, Failure, Trip
from calfeed.doctor.findings import Finding, Kind, Level
from calfeed.doctor.http.reaching import says
from calfeed.doctor.visiting import QUERY, UNKNOWN, Visit

COMPARED = ("Content-Type", "ETag", "Last-Modified", "Content-Length")

REFUSED = Kind(
    "D141",
    Level.ERROR,
    "some clients get no calendar",
    "those who ask as these clients do; that is told by User-Agent, Accept and Accept-Encoding",
    "let the answer depend on none of them; is there a filter against robots in front?",
)
DIFFERENT = Kind(
    "D142",
    Level.WARNING,
    "some clients get another calendar",
    "those who ask as these clients do see other events; caches mix them up",
    "let the answer depend on nothing but Accept-Encoding",
)
HEAD = Kind(
    "D143",
    Level.WARNING,
    "HEAD is not answered as GET is",
    "programs that look before they load, link checkers among them (RFC 9110 §9.3.2; not measured)",
    "answer HEAD with the header fields of GET",
)
QUERIED = Kind(
    "D144",
    Level.WARNING,
    "a query in the address changes the answer",
    "who follows a link to which a mail or a social network has added its mark gets no calendar",
    "ignore queries that you do not know",
)
UNKNOWN_IS_200 = Kind(
    "D145",
    Level.WARNING,
    "what does not exist is answered with 200",
    "who has a slip in the address, or one that is gone, gets no error: Thunderbird empties the "
    "calendar",
    "answer 404",
)


def check(visit: Visit) -> Iterator[Finding]:
    """Yield where the answer depends on what it should not."""
    plain = visit.plain.answer
    if visit.feed is None or plain is None:
        return
    if not plain.has_calendar:
        yield Finding(REFUSED, f"whoever asks as this program does: {_came_to(visit.plain)}")
    yield from _clients(visit, plain)
    if visit.head:
        yield from _head(visit.head, plain, visit.again)
    if visit.queried and not _has_calendar(visit.queried):
        yield Finding(QUERIED, f"?{QUERY}: {_came_to(visit.queried)}")
    if visit.unknown and visit.unknown.answer and visit.unknown.answer.status == HTTPStatus.OK:
        yield Finding(UNKNOWN_IS_200, UNKNOWN)


def is_steady(visit: Visit) -> bool:
    """Whether asking twice in a row brought the same bytes."""
    first, second = visit.plain.answer, visit.again.answer if visit.again else None
    return bool(first and second and first.body == second.body)


def _clients(visit: Visit, plain: Answer) -> Iterator[Finding]:
    for name, trip in visit.clients.items():
        answer = trip.answer
        if not _has_calendar(trip):
            yield Finding(REFUSED, f"{name}: {_came_to(trip)}")
        elif answer and is_steady(visit) and answer.content != plain.content:
            yield Finding(DIFFERENT, name)


def _head(trip: Trip, plain: Answer, again: Trip | None) -> Iterator[Finding]:
    """Fields that two GETs do not agree on say nothing of HEAD."""
    head = trip.answer
    if head is None or head.status != plain.status:
        yield Finding(HEAD, f"HEAD: {_came_to(trip)}")
        return
    for name in COMPARED:
        found, meant = head.field(name), plain.field(name)
        is_steady = bool(again and again.answer and again.answer.field(name) == meant)
        if found and meant and found != meant and is_steady:
            yield Finding(HEAD, f"{name}: {found}, by GET: {meant}")


def _has_calendar(trip: Trip) -> bool:
    return bool(trip.answer and trip.answer.has_calendar)


def _came_to(trip: Trip) -> str:
    if isinstance(trip.end, Failure):
        return trip.end.trouble.value
    answer = trip.end
    return "no calendar" if answer.status == HTTPStatus.OK else says(answer)
