"""What an event's page is of: the event, a series as a whole, or one date of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from calfeed.dates import When
from calfeed.formats.pages.facts import Facts
from calfeed.ledger.revision import Revision
from calfeed.model import Change, Details, Standing, Update
from calfeed.occurrences import Occurrence, series_of
from calfeed.states import Label, labels_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An event, or one date of a series (``day`` is the rule's), as it stands.

    ``when`` None: to be announced. ``is_over``: its last day has passed, whatever became of it.
    """

    revision: Revision
    details: Details
    standing: Standing
    when: When | None
    day: date | None = None
    is_series: bool = False
    is_over: bool = False

    @property
    def is_off(self) -> bool:
        """Whether it will not take place as planned."""
        return self.standing.off is not None

    @property
    def took_place(self) -> bool:
        """Whether it is over and was not off."""
        return self.is_over and not self.is_off

    @property
    def labels(self) -> tuple[Label, ...]:
        """The labels of its state."""
        return labels_of(self.standing, self.when)

    def updates(self) -> Iterator[Update]:
        """Yield what happened to it, oldest first; to one date also what reached all of them."""
        for update in self.revision.event.updates:
            named = update.occurrence
            reaches = named == self.day or (
                update.onwards and named and self.day and named < self.day
            )
            if self.day is None or named is None or reaches:
                yield update


def subject_of(revision: Revision, facts: Facts, day: date | None = None) -> Subject | None:
    """Return what the page of *revision*, or of its date *day*, is of; None if it has no such."""
    event = revision.event
    if day is not None:
        series = series_of(revision)
        found = series.all().get(day) if series else None
        return _of_date(revision, day, found, facts) if found else None
    is_series = event.rule is not None
    return Subject(
        revision=revision,
        details=event.details,
        standing=event.standing,
        when=event.details.when,
        is_series=is_series,
        is_over=revision.last_day is not None and revision.last_day < facts.snapshot.day,
    )


def is_registration_open(subject: Subject, facts: Facts) -> bool:
    """Whether one can still register: it is ahead and on, and the closing day has not passed."""
    registration = subject.details.registration
    if registration is None or subject.is_off or subject.is_over:
        return False
    closes = registration.closes
    if closes is None or subject.when is None:
        return True
    last = When(start=closes, zone=subject.when.zone).last_day(facts.site.timezone)
    return facts.snapshot.day <= last


def is_called_off(subject: Subject) -> bool:
    """Whether it is cancelled, and not only postponed."""
    return subject.standing.off is Change.CANCELLED


def _of_date(revision: Revision, day: date, occurrence: Occurrence, facts: Facts) -> Subject:
    last = occurrence.when.last_day(facts.site.timezone)
    return Subject(
        revision=revision,
        details=occurrence.details,
        standing=occurrence.standing,
        when=occurrence.when,
        day=day,
        is_over=last < facts.snapshot.day,
    )
