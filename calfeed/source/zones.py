"""Time zones by their IANA names, and the hours that their clocks skip or show twice."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from calfeed.source.grammar import GrammarError, did_you_mean, shown, surely_meant


def check_zone(name: str) -> None:
    """Make sure that *name* is an IANA time zone, a link or not, written as IANA does.

    Only names of the tzdata package are ever handed to zoneinfo, which makes paths of them.

    Raises:
        GrammarError: it is not.
    """
    if name in _zone_names():
        return
    advice = "write a region and a city, for example  timezone: Europe/Brussels  or  timezone: UTC"
    sure = surely_meant(name, _zone_names())
    raise GrammarError(
        "E306",
        f"unknown time zone {shown(name)}",
        advice,
        hint=_meant(name),
        instead=(name, sure) if sure else None,
    )


def check_clock(moment: datetime, zone: str) -> None:
    """Make sure that the clocks of *zone* show the wall-clock time *moment* exactly once.

    Raises:
        GrammarError: daylight saving, or another change of the clocks, skips or doubles it.
    """
    first, second = (moment.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    jump = _offset(second) - _offset(first)
    if jump > timedelta():
        later = moment + jump
        raise GrammarError(
            "E304",
            f"there is no {moment:%H:%M} on {moment:%Y-%m-%d} in {zone}: the clocks skip it",
            f"write a time that exists, for example  {_up_to_minute(later):%Y-%m-%d %H:%M}",
            hint="the clocks go forward",
        )
    if jump < timedelta():
        raise GrammarError(
            "E305",
            f"{moment:%H:%M} comes twice on {moment:%Y-%m-%d} in {zone}: the clocks go back",
            "write another time, or say which one is meant by  timezone: UTC  and "
            f"{first.astimezone(UTC):%Y-%m-%d %H:%M}  or  {second.astimezone(UTC):%Y-%m-%d %H:%M}",
            hint="the first or the second?",
        )


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(resources.files("tzdata").joinpath("zones").read_text("ascii").split())


@cache
def _zones_by_city() -> Mapping[str, str]:
    return {name.rpartition("/")[2].casefold(): name for name in sorted(_zone_names())}


def _meant(name: str) -> str:
    spelled = name.strip(" /").replace(" ", "_")
    if any(zone.startswith(f"{spelled}/") for zone in _zone_names()):
        return "this is a region, not a zone"
    if city := _zones_by_city().get(spelled.casefold()):
        return f'did you mean "{city}"?'
    return did_you_mean(spelled, _zones_by_city().values())


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _up_to_minute(moment: datetime) -> datetime:
    return moment + timedelta(seconds=-moment.second % 60)
