"""An event, a series or one date of it as JSON-LD: what was told, and nothing made up."""

from collections.abc import Iterator, Mapping
from datetime import date

from calfeed.addresses import picture_path
from calfeed.dates import moment_text
from calfeed.formats.schema_org.state import VOCABULARY, Data, state_of
from calfeed.formats.schema_org.subject import (
    EventPage,
    Subject,
    single_date,
    single_event,
    whole_series,
)
from calfeed.ledger.revision import Revision
from calfeed.markup import as_plain_text
from calfeed.model import Details, Organiser, Registration, Site
from calfeed.occurrences import Occurrence, series_of
from calfeed.words import choose, on_one_line

COMING_DATES = 10
LONGEST_DESCRIPTION = 500


def event_as_data(revision: Revision, *, site: Site, language: str, day: date) -> Data:
    """Return what the page of *revision* in *language* shows: an Event, or an EventSeries.

    A series has its next ten dates, those not over on *day* in the site's zone. An event that is
    to be announced has no startDate, though Google requires one, and no eventStatus, which would
    speak of it: so it is in no search result until there is a date to state.
    """
    page = EventPage(site=site, language=language, key=revision.key)
    series = series_of(revision)
    if series is None:
        return _in_context(_described(single_event(page, revision)))
    dates = series.all()
    data = _described(whole_series(page, revision, dates.values()), kind="EventSeries")
    if coming := _coming(page, dates, day):
        data["subEvent"] = coming
    return _in_context(data)


def date_as_data(revision: Revision, original: date, *, site: Site, language: str) -> Data:
    """Return the Event that the page of one date shows: by the rule, that of the day *original*.

    Its ``superEvent`` has dates and a place of its own: Google takes it for an event without.

    Raises:
        KeyError: *revision* is no series, or *original* is none of its dates.
    """
    page = EventPage(site=site, language=language, key=revision.key)
    series = series_of(revision)
    dates = series.all() if series else {}
    data = _described(single_date(page.of(original), dates[original]))
    whole = whole_series(page, revision, dates.values())
    return _in_context(data | {"superEvent": _summed_up(whole, kind="EventSeries")})


def _in_context(data: Data) -> Data:
    return {"@context": VOCABULARY, **data}


def _coming(page: EventPage, dates: Mapping[date, Occurrence], day: date) -> list[Data]:
    """The next dates in the order that they now have, each under the day it was planned for."""
    coming = [
        (occurrence.when.span()[0], original)
        for original, occurrence in dates.items()
        if occurrence.when.last_day(page.site.timezone) >= day
    ]
    return [
        _summed_up(single_date(page.of(original), dates[original]))
        for _, original in sorted(coming)[:COMING_DATES]
    ]


def _described(subject: Subject, *, kind: str = "Event") -> Data:
    return {**_named(subject, kind), **dict(_particulars(subject)), **state_of(subject)}


def _summed_up(subject: Subject, *, kind: str = "Event") -> Data:
    """What identifies it, when and where: it has a page of its own, which says the rest."""
    return {**_named(subject, kind), **state_of(subject)}


def _named(subject: Subject, kind: str) -> Data:
    """The title without any word on its state, and the language that it is really in."""
    page = subject.page
    title = choose(subject.details.title, page.language, page.site.language)
    return {
        "@type": kind,
        "@id": page.identity,
        "url": page.address,
        "name": on_one_line(title.text),
        "inLanguage": title.language,
    }


def _particulars(subject: Subject) -> Iterator[tuple[str, object]]:
    details, page = subject.details, subject.page
    if description := _description(page, details):
        yield "description", description
    if details.image:
        path = picture_path(details.image.sha256, details.image.extension)
        yield "image", [page.site.url + path]
    if details.organisers:
        yield "organizer", [_organizer(page, organiser) for organiser in details.organisers]
    if details.free is not None:
        yield "isAccessibleForFree", details.free
    if details.free and details.registration and not subject.is_off:
        yield "offers", _offer(page, details, details.registration)


def _description(page: EventPage, details: Details) -> str:
    if details.summary and (summary := page.say(details.summary)):
        return _shortened(summary)
    if details.description:
        markdown = choose(details.description, page.language, page.site.language).text
        return _shortened(on_one_line(as_plain_text(markdown)))
    return ""


def _organizer(page: EventPage, organiser: Organiser) -> Data:
    organizer: Data = {"@type": "Organization", "name": page.say(organiser.name)}
    return organizer | ({"url": organiser.url} if organiser.url else {})


def _offer(page: EventPage, details: Details, registration: Registration) -> Data:
    """A registration that costs nothing: no other price is known, and nothing has no currency."""
    offer: Data = {"@type": "Offer", "price": 0, "url": registration.url}
    if registration.closes:
        zone = details.when.zone if details.when else page.site.timezone
        offer["availabilityEnds"] = moment_text(registration.closes, zone)
    return offer


def _shortened(text: str) -> str:
    """The words that fit, and an ellipsis if any was left out; of one endless word its start."""
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    start = text[:LONGEST_DESCRIPTION]
    return (start.rpartition(" ")[0] or start[:-1]) + "\N{HORIZONTAL ELLIPSIS}"
