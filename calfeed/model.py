"""The domain, frozen: what an event is, and what happened to it, apart from files and formats."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from calfeed.dates import When, on_day

Text = Mapping[str, str]
"""A text by language code, sorted by code; never empty."""


class Change(StrEnum):
    """What one update does to an event."""

    POSTPONED = "postponed"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"
    MOVED_ONLINE = "moved-online"
    RELOCATED = "relocated"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a series repeats: an RFC 5545 RRULE without UNTIL's zone, and the dates it leaves out.

    ``rrule`` has upper-case parts as in ``FREQ=MONTHLY;BYDAY=1TU``, without COUNT and UNTIL:
    ``days`` are all its dates, first to last, those of ``leaves_out`` among them.
    """

    rrule: str
    days: tuple[date, ...]
    leaves_out: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """Where an event takes place; ``geo`` is latitude and longitude in degrees (WGS 84)."""

    name: Text
    address: Text | None = None
    country: str | None = None
    geo: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Online:
    """Where an event is joined; a private address is published nowhere."""

    url: str
    label: Text | None = None
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture by the SHA-256 (64 hex digits) of its bytes; ``extension`` without a dot.

    ``size`` is its width and height in pixels, None where its bytes do not say.
    """

    sha256: str
    extension: str
    alt: Text
    credit: str | None = None
    size: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organiser:
    """Who holds an event."""

    name: Text
    url: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """Where one registers, and until when (a day, or a wall-clock time of the event's zone)."""

    url: str
    closes: date | datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One line of an agenda; ``at`` is ``HH:MM`` or ``YYYY-MM-DD HH:MM``."""

    at: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A recording, a report, anything else worth following."""

    url: str
    label: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """All that an update may change about an event or one date of a series.

    ``when`` None: to be announced. ``languages``, ``tags`` and ``related`` are sorted.
    """

    title: Text
    when: When | None
    place: Venue | None = None
    online: Online | None = None
    image: Picture | None = None
    summary: Text | None = None
    description: Text | None = None
    organisers: tuple[Organiser, ...] = ()
    contact: str | None = None
    website: str | None = None
    languages: tuple[str, ...] = ()
    registration: Registration | None = None
    agenda: tuple[AgendaItem, ...] = ()
    tags: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    free: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One entry of an event's dated history, as the editor wrote it.

    ``occurrence`` names one date of a series by its original day, ``onwards`` all later ones too.
    ``given`` has the other fields that it sets, as JSON-ready data. ``is_first_date``: it ended
    "to be announced", or gave an hour to a day whose time was to be confirmed.
    """

    announced: date
    change: Change
    occurrence: date | None = None
    onwards: bool = False
    notice: Text | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    is_first_date: bool = False

    @property
    def identity(self) -> tuple[date, Change, date | None]:
        """What a told update is known by, though its notice be rewritten."""
        return self.announced, self.change, self.occurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the updates made of an event: three facts, not one word, and who said so.

    ``off`` is POSTPONED or CANCELLED while it will not take place as planned. ``old`` are the
    dates that later ones replaced, oldest first, never the present one. ``reason`` is the update
    that made the present state, None while all is as planned or as corrected. ``was_at`` is the
    place that a move, online or elsewhere, has replaced.
    """

    off: Change | None = None
    online: bool = False
    old: tuple[When, ...] = ()
    reason: Update | None = None
    was_at: Venue | None = None

    @property
    def is_moved(self) -> bool:
        """Whether the date is a new one: there are old dates."""
        return bool(self.old)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One date of a series that differs from the rule; ``day`` is its original day."""

    day: date
    details: Details
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One dated happening, as its source states it today, its updates applied.

    Knows nothing of yesterday: what changed, and when, is the ledger's to say.
    ``initiatives`` are sorted slugs; ``overrides`` are sorted by day.
    """

    key: str
    initiatives: tuple[str, ...]
    published: date | None = None
    details: Details
    standing: Standing = Standing()
    rule: Rule | None = None
    overrides: tuple[Override, ...] = ()
    updates: tuple[Update, ...] = ()

    def __post_init__(self) -> None:
        if not self.initiatives:
            raise ValueError(f"no initiative: {self.key}")
        if self.rule and not self.details.when:
            raise ValueError(f"a series without a first date: {self.key}")

    def dates(self) -> Iterator[When]:
        """Yield every date that it has today: one, or those of its rule with overrides."""
        if self.details.when is None:
            return
        if self.rule is None:
            yield self.details.when
            return
        moved = {override.day: override.details.when for override in self.overrides}
        for day in self.rule.days:
            if day not in self.rule.leaves_out:
                when = moved.get(day) or self.details.when
                yield when if day in moved else on_day(when, day)

    def last_day(self, zone: str) -> date | None:
        """Return the last day of its last date on *zone*'s clocks; None while to be announced."""
        return max((when.last_day(zone) for when in self.dates()), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    """The body whose events are published; a union (``of``) gathers other initiatives' events."""

    slug: str
    name: Text
    short_name: Text | None = None
    url: str | None = None
    colour: str | None = None
    summary: Text | None = None
    logo: Picture | None = None
    contact: str | None = None
    licence: str | None = None
    formerly: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What holds for all feeds. ``url`` has no slash at its end; ``keep_past`` None: for ever."""

    name: Text
    url: str
    language: str
    languages: tuple[str, ...]
    timezone: str
    keep_past: int | None = 400
    refresh: str = "PT1H"
    cache: int = 300
    prefix_new_date: bool = True
    prefix_online: bool = True
    compress_ics: bool = True
    embed_from: tuple[str, ...] = ()
    contact: str | None = None
    licence: str | None = None
    links: Mapping[str, str] = field(default_factory=dict)
