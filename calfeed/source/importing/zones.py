"""Zones by whatever name a calendar has for them: IANA's, Microsoft's, or its own with rules."""

from dataclasses import dataclass, replace
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

    ``is_sure``: it stands so in IANA's list, and no rules of the calendar contradict it.
    """

    name: str = ""
    rules: tzinfo | None = None
    is_sure: bool = True

    def clock(self) -> tzinfo:
        """Return its clock."""
        return self.rules or ZoneInfo(self.name)


class Zones:
    """The zones of one calendar.

    A TZID that is IANA's means that zone, as calendar apps take it. One that only resembles a name
    means what the calendar's own rules say (RFC 5545 §3.8.3.1), and the name where they agree.
    """

    def __init__(self, calendar: Component) -> None:
        self._parts = {
            part.text("TZID"): part for part in calendar.parts if part.name == "VTIMEZONE"
        }
        self._rules: dict[str, tzinfo | None] = {}

    def named(self, tzid: str) -> Zone | None:
        """Return the zone that *tzid* names; None if it names none."""
        wanted = tzid.strip().strip('"')
        names = _names()
        if found := names.get(wanted.casefold()):
            return Zone(name=found, is_sure=found == wanted)
        for tail in _tails(wanted):
            if found := names.get(tail.casefold()):
                return Zone(name=found, is_sure=False)
        if windows := get_global("windows_zone_mapping").get(wanted):
            return Zone(name=str(windows), is_sure=False)
        part = self._parts.get(" ".join(tzid.split()))
        located = names.get(part.text("X-LIC-LOCATION").casefold()) if part else None
        return Zone(name=located, is_sure=False) if located else None

    def of(self, tzid: str, at: datetime) -> Zone | None:
        """Return the zone that *tzid* means for *at* on its clocks; None if nobody can know."""
        zone, rules = self.named(tzid), self._rules_of(tzid)
        if zone is None:
            return Zone(rules=rules, is_sure=False) if rules else None
        if rules is None or _is_same(at, rules, zone.clock()):
            return zone
        return replace(zone, is_sure=False) if zone.is_sure else Zone(rules=rules, is_sure=False)

    def _rules_of(self, tzid: str) -> tzinfo | None:
        name = " ".join(tzid.split())
        if name not in self._rules:
            part = self._parts.get(name)
            self._rules[name] = _rules(part) if part else None
        return self._rules[name]


def _is_same(at: datetime, one: tzinfo, other: tzinfo) -> bool:
    return at.replace(tzinfo=one).utcoffset() == at.replace(tzinfo=other).utcoffset()


def _tails(name: str) -> list[str]:
    """Return the ends of a path: ``/freeassociation.sourceforge.net/Europe/Brussels`` has one."""
    parts = name.split("/")
    return ["/".join(parts[at:]) for at in range(1, len(parts))]


def _rules(part: Component) -> tzinfo | None:
    try:
        zone = Timezone.from_ical(_written(part))
        rules: tzinfo | None = zone.to_tz(lookup_tzid=False) if isinstance(zone, Timezone) else None
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
