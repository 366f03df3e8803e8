"""One event as JSON: its state, its dates and its history, drawn from its revision."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from calfeed.addresses import event_page_path
from calfeed.dates import When, stamp_text
from calfeed.formats.listing.details import Data, details_as_data, each, place_as_data
from calfeed.formats.listing.moments import when_as_json
from calfeed.ledger.revision import Revision
from calfeed.markup import as_plain_text
from calfeed.model import Details, Standing, Update
from calfeed.occurrences import Occurrence, only_date, series_of
from calfeed.states import labels_of, say_label, status_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """An event, a series as a whole, or one date: ``when`` None while it is to be announced."""

    details: Details
    standing: Standing
    when: When | None
    is_withdrawn: bool

    @property
    def is_off(self) -> bool:
        """Whether it will not take place as planned."""
        return self.is_withdrawn or self.standing.off is not None


def draw(revision: Revision, *, languages: Sequence[str], initiatives: Sequence[str]) -> str:
    """Return *revision* as JSON on one line, the same in every feed.

    Labels are in all *languages*, addresses of pages in those of them that have a title;
    *initiatives* are the present slugs of those it belongs to.
    """
    return as_json(_Item(revision, languages, initiatives).as_data())


def as_json(data: object) -> str:
    """Return *data* as JSON without blanks, in the order that it has."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class _Item:
    revision: Revision
    languages: Sequence[str]
    initiatives: Sequence[str]

    def as_data(self) -> Data:
        revision, event = self.revision, self.revision.event
        whole = _whole(revision)
        details = self._details(whole)
        return {
            "id": revision.key,
            "uid": revision.uid,
            "sequence": revision.sequence,
            "created": stamp_text(revision.created),
            "updated": stamp_text(revision.stamp),
            "withdrawn": revision.withdrawn and stamp_text(revision.withdrawn),
            "url": self._pages(None),
            "initiatives": list(self.initiatives),
            **self._state(whole),
            "dates": list(self._dates(details)) if event.rule else None,
            **details,
            "related": list(revision.frame.related),
            "published": event.published and event.published.isoformat(),
            "history": [_update(one) for one in event.updates],
        }

    def _state(self, stated: Stated) -> Data:
        reason, when = stated.standing.reason, stated.when
        label = next(iter(labels_of(stated.standing, when, withdrawn=stated.is_withdrawn)), None)
        notice = None if stated.is_withdrawn or reason is None else reason.notice
        return {
            "status": status_of(stated.standing, withdrawn=stated.is_withdrawn),
            "label": label and {name: say_label(label, name) for name in self.languages},
            "notice": each(notice, as_plain_text),
            "when": when and when_as_json(when),
            "previous": [when_as_json(old) for old in stated.standing.old],
            "previous_place": place_as_data(stated.standing.was_at),
        }

    def _dates(self, of_series: Data) -> Iterator[Data]:
        series = series_of(self.revision)
        for day, occurrence in series.all().items() if series else ():
            stated = _stated(occurrence)
            details = self._details(stated)
            yield {
                "original": day.isoformat(),
                "url": self._pages(day),
                **self._state(stated),
                **{name: said for name, said in details.items() if said != of_series[name]},
            }

    def _details(self, stated: Stated) -> Data:
        zone = stated.when.zone if stated.when else "UTC"
        site_url = self.revision.frame.site_url
        return details_as_data(stated.details, site_url=site_url, is_off=stated.is_off, zone=zone)

    def _pages(self, day: date | None) -> Data:
        frame, title = self.revision.frame, self.revision.event.details.title
        spoken = [name for name in self.languages if name in title or name == frame.language]
        return {
            name: frame.site_url + event_page_path(self.revision.key, name, day) for name in spoken
        }


def _whole(revision: Revision) -> Stated:
    """Return the event itself; a series in the state that it has now, with its first date."""
    if only := only_date(revision):
        return _stated(only)
    event = revision.event
    return Stated(
        details=event.details,
        standing=event.standing,
        when=event.details.when,
        is_withdrawn=revision.withdrawn is not None,
    )


def _stated(occurrence: Occurrence) -> Stated:
    return Stated(
        details=occurrence.details,
        standing=occurrence.standing,
        when=occurrence.when,
        is_withdrawn=occurrence.withdrawn is not None,
    )


def _update(update: Update) -> Data:
    return {
        "announced": update.announced.isoformat(),
        "change": update.change,
        "occurrence": update.occurrence and update.occurrence.isoformat(),
        "onwards": update.onwards,
        "notice": each(update.notice, as_plain_text),
    }
