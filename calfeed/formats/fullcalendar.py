"""Feeds as FullCalendar's event source: every date an object of its own, in one language."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from calfeed.addresses import event_page_path
from calfeed.dates import When, moment_text, stamp_text
from calfeed.ledger.revision import Revision
from calfeed.markup import as_plain_text
from calfeed.model import Text
from calfeed.occurrences import Occurrence, only_date, series_of
from calfeed.states import Status, labels_of, say_label, say_prefix, status_of
from calfeed.words import choose


def draw(revision: Revision, language: str) -> str:
    """Return the dates of *revision* as JSON objects, separated by commas; empty if it has none."""
    return ",\n".join(
        json.dumps(one, ensure_ascii=False, separators=(",", ":"))
        for one in _Drawing(revision, language).dates()
    )


def render(events: Iterable[str]) -> bytes:
    """Return *events* as `draw` drew them, as one JSON array."""
    return "[\n{}\n]\n".format(",\n".join(filter(None, events))).encode()


@dataclass(frozen=True, slots=True)
class _Drawing:
    revision: Revision
    language: str

    def dates(self) -> Iterator[dict[str, object]]:
        if (series := series_of(self.revision)) is not None:
            for day, occurrence in series.all().items():
                yield self._date(occurrence, day)
        elif (only := only_date(self.revision)) is not None:
            yield self._date(only, None)

    def _date(self, one: Occurrence, day: date | None) -> dict[str, object]:
        revision = self.revision
        status = status_of(one.standing, withdrawn=one.withdrawn is not None)
        start, end = _bounds(one.when)
        page = event_page_path(revision.key, self.language, day)
        return {
            "id": f"{revision.uid}/{day}" if day else revision.uid,
            "title": self._prefix(one) + self._line(one.details.title),
            "start": start,
            "end": end,
            "allDay": not one.when.is_timed,
            "url": revision.frame.site_url + page,
            "classNames": [] if status is Status.AS_PLANNED else [f"is-{status}"],
            "extendedProps": self._further(one, status),
        }

    def _further(self, one: Occurrence, status: Status) -> dict[str, object]:
        details, reason = one.details, one.standing.reason
        labels = labels_of(one.standing, one.when, withdrawn=one.withdrawn is not None)
        notice = reason.notice if reason and one.withdrawn is None else None
        online = details.online
        is_joined = online and not online.private and not one.is_off
        return {
            "uid": self.revision.uid,
            "sequence": self.revision.sequence,
            "updated": stamp_text(self.revision.stamp),
            "status": status,
            "label": say_label(labels[0], self.language) if labels else None,
            "notice": as_plain_text(self._text(notice)) if notice else None,
            "summary": self._text(details.summary) if details.summary else None,
            "place": self._line(details.place.name) if details.place else None,
            "isOnline": online is not None,
            "onlineUrl": online.url if online and is_joined else None,
            "timezone": one.when.zone,
        }

    def _prefix(self, one: Occurrence) -> str:
        frame = self.revision.frame
        return say_prefix(
            one.standing,
            self.language,
            withdrawn=one.withdrawn is not None,
            new_date=frame.prefix_new_date,
            online=frame.prefix_online,
        )

    def _text(self, text: Text) -> str:
        return choose(text, self.language, self.revision.frame.language).text

    def _line(self, text: Text) -> str:
        return " ".join(self._text(text).split())


def _bounds(when: When) -> tuple[str, str | None]:
    """Return start and end as FullCalendar takes them: of whole days, the day after the last."""
    end = when.end if when.is_timed else (when.end or when.start) + timedelta(days=1)
    return moment_text(when.start, when.zone), moment_text(end, when.zone) if end else None
