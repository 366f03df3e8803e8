"""What the zone database says of a zone: its changes so far, and the yearly rule that follows.

Read from the files of the tzdata package (TZif, RFC 8536), the only ones that zoneinfo reads here.
"""

import re
import struct
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from itertools import pairwise

DAY = 24 * 60 * 60
LAST = 5
"""The week of a month that means its last."""
HEADER = struct.Struct(">20x 6l")
FOOTER = re.compile(
    r"(?P<std><[^>]+>|[A-Za-z]+)(?P<std_offset>[-+]?[\d:]+)"
    r"((?P<dst><[^>]+>|[A-Za-z]+)(?P<dst_offset>[-+]?[\d:]+)?,(?P<start>[^,]+),(?P<end>[^,]+))?"
)
RULE = re.compile(r"M(?P<month>\d+)\.(?P<week>\d)\.(?P<weekday>\d)(/(?P<time>[-+]?[\d:]+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What clocks show for a while: seconds ahead of UTC, and the letters for it."""

    offset: int
    name: str
    is_dst: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of the clocks, ``at`` a Unix time; ``before`` and ``after`` may differ in name."""

    at: int
    before: Clock
    after: Clock

    @property
    def onset(self) -> int:
        """The time of the change on the clocks before it, in seconds since their 1 January 1970."""
        return self.at + self.before.offset


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly:
    """A change of every year: on a ``weekday`` (0 is Sunday) of a ``week`` of a ``month``.

    ``seconds`` count from midnight of that day, on the clocks before the change: they may be
    negative, or more than a day has.
    """

    month: int
    week: int
    weekday: int
    seconds: int
    before: Clock
    after: Clock

    def change(self, year: int) -> Change:
        """Return the change of *year*."""
        earliest = self.earliest_day(year)
        day = earliest + timedelta(days=(self.weekday - earliest.isoweekday()) % 7)
        onset = (day - date(1970, 1, 1)).days * DAY + self.seconds
        return Change(at=onset - self.before.offset, before=self.before, after=self.after)

    def earliest_day(self, year: int) -> date:
        """Return the first of the seven days in *year* of which one has the weekday."""
        if self.week < LAST:
            return date(year, self.month, 7 * self.week - 6)
        return date(year + self.month // 12, self.month % 12 + 1, 1) - timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """What a zone's clocks did and will do.

    ``first`` is what they showed before all ``changes``; ``yearly`` are the two changes that
    every year has after the last of ``changes``, or none.
    """

    first: Clock
    changes: tuple[Change, ...]
    yearly: tuple[Yearly, ...]


@cache
def read_zone(name: str) -> Zone:
    """Return what the database says of the zone *name*, an IANA name, a link or not.

    Raises:
        ValueError: its yearly rule is of a kind that no zone had when this was written.
    """
    data = resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()
    return parse_zone(data)


def parse_zone(data: bytes) -> Zone:
    """Return what *data*, a TZif file of version 2 or newer, says: see `read_zone`."""
    body = _old_block_size(data) + HEADER.size
    *_, times, types, letters = _counts(data, body - HEADER.size)
    moments = struct.unpack_from(f">{times}q", data, body)
    shown = data[body + 8 * times : body + 9 * times]
    kinds = data[body + 9 * times :][: 6 * types]
    names = data[body + 9 * times + 6 * types :][:letters]
    clocks = [
        Clock(offset=offset, is_dst=bool(is_dst), name=names[at:].split(b"\0")[0].decode())
        for offset, is_dst, at in struct.iter_unpack(">lBB", kinds)
    ]
    shows = pairwise([clocks[0], *(clocks[index] for index in shown)])
    changes = [
        Change(at=at, before=before, after=after)
        for at, (before, after) in zip(moments, shows, strict=True)
    ]
    yearly = parse_footer(data.splitlines()[-1].decode())
    return Zone(first=clocks[0], changes=tuple(changes), yearly=yearly)


def _old_block_size(data: bytes) -> int:
    """Return the size of the first block, which is for readers that know 32 bits only."""
    universal, standard, leaps, times, types, letters = _counts(data, 0)
    return HEADER.size + universal + standard + 8 * leaps + 5 * times + 6 * types + letters


def _counts(data: bytes, start: int) -> tuple[int, ...]:
    counts: tuple[int, ...] = HEADER.unpack_from(data, start)
    return counts


def parse_footer(text: str) -> tuple[Yearly, ...]:
    """Return the two yearly changes of a POSIX TZ string, none if it has no daylight saving.

    Raises:
        ValueError: it is not as tzdata writes it, or its days are not of the ``M`` form.
    """
    found = FOOTER.fullmatch(text)
    if found is None:
        raise ValueError(f"not a POSIX TZ string: {text!r}")
    if found["dst"] is None:
        return ()
    offset = -_seconds(found["std_offset"])
    ahead = -_seconds(found["dst_offset"]) if found["dst_offset"] else offset + 60 * 60
    standard = Clock(offset=offset, name=found["std"].strip("<>"), is_dst=False)
    daylight = Clock(offset=ahead, name=found["dst"].strip("<>"), is_dst=True)
    return (
        _yearly(found["start"], before=standard, after=daylight),
        _yearly(found["end"], before=daylight, after=standard),
    )


def _yearly(text: str, *, before: Clock, after: Clock) -> Yearly:
    found = RULE.fullmatch(text)
    if found is None:
        raise ValueError(f"not a yearly change of the M form: {text!r}")
    month, week, weekday = (int(found[name]) for name in ("month", "week", "weekday"))
    return Yearly(
        month=month,
        week=week,
        weekday=weekday,
        seconds=_seconds(found["time"] or "2"),
        before=before,
        after=after,
    )


def _seconds(text: str) -> int:
    """Return ``[-+]hours[:minutes[:seconds]]`` in seconds."""
    parts = map(int, text.lstrip("+-").split(":"))
    seconds = sum(part * unit for part, unit in zip(parts, (60 * 60, 60, 1), strict=False))
    return -seconds if text.startswith("-") else seconds
