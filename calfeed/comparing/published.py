"""Events as a feed that is out shows them: read line by line, whoever wrote them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from calfeed.addresses import key_of_page
from calfeed.comparing.properties import MASTER, Components, Lines, components, text, value, vevents
from calfeed.dates import When
from calfeed.ledger.numbering import LARGEST_SEQUENCE
from calfeed.source.grammar import GrammarError
from calfeed.source.zones import check_zone
from calfeed.states import PREFIXES
from calfeed.words import say

_DAY = re.compile(r"\d{8}", re.ASCII)
_MOMENT = re.compile(r"(\d{8})(?:T(\d{6})Z?)?", re.ASCII)
_TZID = re.compile(r';TZID="?([^":;]+)')
_DATED = ("DTSTART", "DTEND", "RDATE", "RRULE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One event as a feed that is out shows it; its key is the one that its page names."""

    uid: str
    key: str
    sequence: int
    components: Components

    @property
    def master(self) -> Lines:
        """The VEVENT of the event or its series; the first one if that is not there; else none."""
        return self.components.get(MASTER) or next(iter(self.components.values()), {})

    @property
    def title(self) -> str:
        """Its title, the prefix of its state before it."""
        return text(self.master, "SUMMARY")

    def state(self, language: str) -> str:
        """Return the English message of the prefix that its title has in *language*, or none."""
        found = (message for message in PREFIXES if self.title.startswith(say(message, language)))
        return next(found, "")

    def when(self) -> When | None:
        """Return its date, that of a series' first; None where it cannot be read."""
        return when_of(self.master)

    def is_over(self, day: date) -> bool:
        """Whether the last day that any of its dates names is before *day*."""
        days = [one for lines in self.components.values() for one in _days(lines)]
        return bool(days) and max(days) < f"{day:%Y%m%d}"


def read_published(body: bytes) -> dict[str, Published]:
    """Return the events of a feed by UID; what has none is left out."""
    found: dict[str, list[Lines]] = {}
    for lines in vevents(body):
        if uid := text(lines, "UID"):
            found.setdefault(uid, []).append(lines)
    return {uid: _published(uid, components(iter(parts))) for uid, parts in found.items()}


def _published(uid: str, found: Components) -> Published:
    lines = found.get(MASTER) or next(iter(found.values()))
    digits = value(lines, "SEQUENCE")
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= len(str(LARGEST_SEQUENCE))
    return Published(
        uid=uid,
        key=_key_of(value(lines, "URL")),
        sequence=int(digits) if is_number else 0,
        components=found,
    )


def _key_of(page: str) -> str:
    try:
        return key_of_page(urlsplit(page).path)
    except ValueError:  # no address
        return ""


def _days(lines: Lines) -> Iterator[str]:
    """Yield the days that a VEVENT names as ``YYYYMMDD``; of whole days DTEND is the next."""
    for name in _DATED:
        for line in lines.get(name, ()):
            found = _DAY.findall(value({name: (line,)}, name))
            if name == "DTEND" and found and "T" not in value(lines, name):
                found = [_day_before(found[0])]
            yield from found


def _day_before(day: str) -> str:
    try:
        return f"{datetime.strptime(day, '%Y%m%d') - timedelta(days=1):%Y%m%d}"  # noqa: DTZ007 - a day
    except (ValueError, OverflowError):
        return day


def when_of(lines: Lines) -> When | None:
    """Return the date of a VEVENT, that of a series' first; None where it cannot be read."""
    zone = _TZID.search(next(iter(lines.get("DTSTART", ("",))), ""))
    name = zone[1] if zone else "UTC"
    try:
        check_zone(name)
        start = _moment(value(lines, "DTSTART"))
        end = _moment(value(lines, "DTEND")) if "DTEND" in lines else None
        if end and not isinstance(end, datetime):
            end -= timedelta(days=1)
        return When(start=start, end=None if end == start else end, zone=name)
    except (GrammarError, ValueError, OverflowError):
        return None


def _moment(written: str) -> date | datetime:
    found = _MOMENT.fullmatch(written)
    if found is None:
        raise ValueError(written)
    day, time = found.groups()
    if time is None:
        return datetime.strptime(day, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    return datetime.strptime(day + time, "%Y%m%d%H%M%S")  # noqa: DTZ007 - as the clocks show it
