"""All that the doctor says of one visit to a feed: pure, whatever bytes it is handed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from calfeed.doctor import runs, showing
from calfeed.doctor.calendar import dates, events, head, identity, lines, octets, zones
from calfeed.doctor.calendar.reading import Event, Reading, read
from calfeed.doctor.findings import Finding, Kind, Level
from calfeed.doctor.http import (
    caching,
    compression,
    crossing,
    media,
    reaching,
    redirects,
    sameness,
    validators,
)
from calfeed.doctor.runs import Run
from calfeed.doctor.showing import Case
from calfeed.doctor.visiting import Visit

_OF_HTTP: tuple[Callable[[Visit], Iterator[Finding]], ...] = (
    reaching.check,
    redirects.check,
    sameness.check,
    media.check,
    validators.check,
    caching.check,
    compression.check,
    crossing.check,
)
_OF_CALENDAR: tuple[Callable[[Reading], Iterator[Finding]], ...] = (
    head.check,
    events.check,
    dates.check,
    zones.check,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What one feed is, what is wrong with it, and how its events will be shown.

    ``reading`` and ``run`` are None where no calendar was to be had.
    """

    visit: Visit
    reading: Reading | None
    run: Run | None
    findings: tuple[Finding, ...]
    shown: MappingProxyType[Case, list[Event]]

    def count(self, level: Level) -> int:
        """Return how many kinds of findings there are of that level."""
        return len({one.kind.code for one in self.findings if one.kind.level is level})


def examine(visit: Visit, *, before: Run | None, day: date) -> Diagnosis:
    """Return what is to be said of *visit*; *before* is a saved run of the feed, *day* is today."""
    findings = [finding for check in _OF_HTTP for finding in check(visit)]
    feed = visit.feed
    if feed is None:
        nothing = MappingProxyType[Case, list[Event]]({})
        return Diagnosis(
            visit=visit, reading=None, run=None, findings=tuple(findings), shown=nothing
        )
    reading = read(feed.content or b"")
    run = runs.run_of(reading, address=visit.target.url, etag=feed.field("ETag"))
    findings += of_calendar(reading, _again(visit))
    if before:
        findings += runs.check(before, run, day=day)
    return Diagnosis(
        visit=visit,
        reading=reading,
        run=run,
        findings=tuple(findings),
        shown=MappingProxyType(showing.shown(reading.events)),
    )


def kinds() -> tuple[Kind, ...]:
    """Return every kind of finding there is, by code."""
    modules = (
        *(reaching, redirects, sameness, media, validators, caching, compression, crossing),
        *(octets, lines, head, events, dates, identity, zones, showing, runs),
    )
    found = {one for module in modules for one in vars(module).values() if isinstance(one, Kind)}
    return tuple(sorted(found, key=lambda kind: kind.code))


def of_calendar(reading: Reading, again: Reading | None) -> Iterator[Finding]:
    """Yield what is wrong with what stands in a feed; *again* is a second fetch of it."""
    yield from reading.findings
    for check in _OF_CALENDAR:
        yield from check(reading)
    yield from identity.check(reading, again)
    yield from showing.check(reading.events)


def _again(visit: Visit) -> Reading | None:
    again = visit.again.answer if visit.again else None
    return read(again.content or b"") if again and again.has_calendar else None
