"""What JSON-LD is about: an event, a series or one date of it, and the page that shows it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from calfeed.addresses import event_page_path
from calfeed.dates import When, moment_text
from calfeed.ledger.revision import Revision
from calfeed.model import Details, Site, Standing, Text
from calfeed.occurrences import Occurrence
from calfeed.words import choose, on_one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """An event's page in one language, or that of the date whose original day is ``day``."""

    site: Site
    language: str
    key: str
    day: date | None = None

    @property
    def address(self) -> str:
        """Where it is."""
        return self.site.url + event_page_path(self.key, self.language, self.day)

    @property
    def identity(self) -> str:
        """The address that names no language: the same on the pages of all languages."""
        return self.site.url + event_page_path(self.key, "", self.day)

    def of(self, day: date) -> "EventPage":
        """Return the page of one date of the series."""
        return replace(self, day=day)

    def say(self, text: Text) -> str:
        """Return *text* on one line, in the language that `choose` gives it on this page."""
        return on_one_line(choose(text, self.language, self.site.language).text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What there is to tell; ``starts`` and ``ends`` as they are written, empty if unknown."""

    page: EventPage
    details: Details
    standing: Standing
    is_withdrawn: bool
    starts: str
    ends: str

    @property
    def is_off(self) -> bool:
        """Whether it will not take place as planned."""
        return self.is_withdrawn or self.standing.off is not None


def single_event(page: EventPage, revision: Revision) -> Subject:
    """Return the event of *revision*, which is no series; it may be to be announced."""
    details = revision.event.details
    return Subject(
        page=page,
        details=details,
        standing=revision.event.standing,
        is_withdrawn=revision.withdrawn is not None,
        starts=moment_text(details.when.start, details.when.zone) if details.when else "",
        ends=_stated_end(details.when) if details.when else "",
    )


def single_date(page: EventPage, occurrence: Occurrence) -> Subject:
    """Return one date of a series."""
    return Subject(
        page=page,
        details=occurrence.details,
        standing=occurrence.standing,
        is_withdrawn=occurrence.withdrawn is not None,
        starts=moment_text(occurrence.when.start, occurrence.when.zone),
        ends=_stated_end(occurrence.when),
    )


def whole_series(page: EventPage, revision: Revision, dates: Iterable[Occurrence]) -> Subject:
    """Return a series, from the start of its first date to the end of its last, off or on."""
    whens = [occurrence.when for occurrence in dates]
    first = min(whens, key=lambda when: when.span()[0])
    last = max(whens, key=lambda when: when.span()[1])
    return Subject(
        page=page,
        details=revision.event.details,
        standing=revision.event.standing,
        is_withdrawn=revision.withdrawn is not None,
        starts=moment_text(first.start, first.zone),
        ends=moment_text(last.end or last.start, last.zone),
    )


def _stated_end(when: When) -> str:
    """Schema.org's endDate of whole days is the last day, as in the file: nothing is added."""
    return moment_text(when.end, when.zone) if when.end is not None else ""
