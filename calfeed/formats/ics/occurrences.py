"""Which dates of an event a feed shows: the VEVENTs that there are to write."""

from dataclasses import dataclass, replace
from datetime import date

from calfeed.addresses import Show
from calfeed.dates import on_day
from calfeed.ledger.revision import Revision
from calfeed.occurrences import Occurrence, SeriesDates, only_date, series_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The dates of a series by their original days, from DTSTART's on, and those left out."""

    rrule: str
    days: tuple[date, ...]
    leaves_out: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one variant shows of one revision: the event or its master, then single dates."""

    master: Occurrence
    series: Series | None = None
    overrides: tuple[Occurrence, ...] = ()


def shown(revision: Revision, show: Show) -> Shown | None:
    """Return what a feed shows of *revision*; None while there is nothing to show."""
    if (series := series_of(revision)) is not None:
        return _active(series) if show is Show.ACTIVE else _all(series)
    only = only_date(revision)
    if only is None or (show is Show.ACTIVE and only.is_off):
        return None
    return Shown(master=only)


def _all(dates: SeriesDates) -> Shown:
    master = replace(dates.by_rule(dates.rule.days[0]), is_series=True)
    overrides = _differing(dates, dates.all(), master)
    series = Series(rrule=dates.rule.rrule, days=dates.rule.days, leaves_out=dates.rule.leaves_out)
    return Shown(master=master, series=series, overrides=overrides)


def _active(dates: SeriesDates) -> Shown | None:
    """DTSTART has to be a date of the set (RFC 5545 §3.8.5.3): it is the first that is on."""
    on = {day: occurrence for day, occurrence in dates.all().items() if not occurrence.is_off}
    if not on:
        return None
    first = min(on)
    days = tuple(day for day in dates.rule.days if day >= first)
    master = Occurrence(
        details=dates.event.details,
        standing=dates.still_on(),
        when=on_day(dates.when, first),
        is_series=True,
    )
    series = Series(
        rrule=dates.rule.rrule, days=days, leaves_out=tuple(day for day in days if day not in on)
    )
    return Shown(master=master, series=series, overrides=_differing(dates, on, master))


def _differing(
    dates: SeriesDates, occurrences: dict[date, Occurrence], master: Occurrence
) -> tuple[Occurrence, ...]:
    """Return, as overrides, the dates that updates name and those off though the master is on."""
    named = {override.day for override in dates.event.overrides}
    usual = (master.standing, master.withdrawn)
    return tuple(
        replace(occurrence, original=on_day(dates.when, day))
        for day, occurrence in occurrences.items()
        if day in named or (occurrence.standing, occurrence.withdrawn) != usual
    )
