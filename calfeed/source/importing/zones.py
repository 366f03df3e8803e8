"""Zones by whatever name a calendar has for them: IANA's, Microsoft's, or its own with rules."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from babel.core import get_global
from icalendar import Timezone

from calfeed.source.importing.components import Component


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """What a TZID means: an IANA ``name``, or where there is none the ``rules`` of the calendar.

    ``is_sure``: it stands so in IANA's list.
    """

    name: str = ""
    rules: tzinfo | None = None
    is_sure: bool = True

    def clock(self) -> tzinfo:
        """Return its clock."""
        return self.rules or ZoneInfo(self.name)


def zone_of(tzid: str, calendar: Component) -> Zone | None:
    """Return the zone that *tzid* means in *calendar*; None if nobody can know."""
    wanted = tzid.strip().strip('"')
    names = _names()
    if found := names.get(wanted.casefold()):
        return Zone(name=found, is_sure=found == wanted)
    for tail in _tails(wanted):
        if found := names.get(tail.casefold()):
            return Zone(name=found, is_sure=False)
    if windows := get_global("windows_zone_mapping").get(wanted):
        return Zone(name=str(windows), is_sure=False)
    return _of_rules(tzid, calendar)


def _tails(name: str) -> list[str]:
    """Return the ends of a path: ``/freeassociation.sourceforge.net/Europe/Brussels`` has one."""
    parts = name.split("/")
    return ["/".join(parts[at:]) for at in range(1, len(parts))]


def _of_rules(tzid: str, calendar: Component) -> Zone | None:
    for part in calendar.parts:
        if part.name != "VTIMEZONE" or part.text("TZID") != " ".join(tzid.split()):
            continue
        location = part.text("X-LIC-LOCATION")
        if found := _names().get(location.casefold()):
            return Zone(name=found, is_sure=False)
        rules = _rules(part)
        return Zone(rules=rules, is_sure=False) if rules else None
    return None


def _rules(part: Component) -> tzinfo | None:
    try:
        zone = Timezone.from_ical(_written(part))
        rules: tzinfo | None = zone.to_tz() if isinstance(zone, Timezone) else None
        datetime(2020, 1, 1, tzinfo=rules).utcoffset()
    except (ArithmeticError, AttributeError, IndexError, LookupError, TypeError, ValueError):
        return None  # its rules make no sense; the library says so in many ways
    return rules


def _written(component: Component) -> str:
    lines = [f"BEGIN:{component.name}"]
    for properties in component.properties.values():
        lines += [f"{one.name}:{one.value}" for one in properties]
    lines += [_written(part).rstrip("\r\n") for part in component.parts]
    return "\r\n".join([*lines, f"END:{component.name}", ""])


@cache
def _names() -> dict[str, str]:
    listed = resources.files("tzdata").joinpath("zones").read_text("ascii").split()
    return {name.casefold(): name for name in listed}
