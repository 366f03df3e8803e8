"""What all pages of one snapshot share, each found once: lists, news, initiatives, colours."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from markupsafe import Markup

from calfeed.addresses import ALL
from calfeed.agenda import Agenda, dates_of
from calfeed.changelog import Log
from calfeed.formats.pages.statics import Static, colours
from calfeed.formats.pages.voice import Voice
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Row
from calfeed.model import Initiative, Site
from calfeed.snapshot import Snapshot

NEWS = 3
"""How many changes a page tells."""

MANY = 12
"""Up to how many initiatives a page shows each at length."""


@dataclass(frozen=True)
class Facts:
    """A snapshot as its pages see it."""

    snapshot: Snapshot
    agenda: Agenda

    def successor(self, snapshot: Snapshot) -> "Facts":
        """Return the facts of a later *snapshot*; what was found in a revision is remembered."""
        return Facts(snapshot, self.agenda.successor(snapshot))

    def prepare(self) -> None:
        """Find now what looks at every event, every change or every initiative."""
        self.agenda.prepare()
        _ = self._newest, self.colours, self.slugs

    @property
    def site(self) -> Site:
        """The site's settings."""
        return self.snapshot.site

    @cached_property
    def initiatives(self) -> Mapping[str, Initiative]:
        """Those that are in the sources, by slug."""
        return self.snapshot.initiatives()

    @property
    def has_many(self) -> bool:
        """Whether there are more initiatives than a page can show at length."""
        return len(self.initiatives) > MANY

    @cached_property
    def colours(self) -> Static:
        """The style sheet of the initiatives' colours."""
        return colours(self.initiatives.values())

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """All slugs that initiatives have or once had, sorted."""
        return tuple(sorted({*self.snapshot.told.initiatives, *self.snapshot.slugs}))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that pages are offered in."""
        return self.site.languages

    @cached_property
    def addressed(self) -> frozenset[str]:
        """The languages that have pages: those offered, and those that once were."""
        return frozenset({*self.site.languages, *self.snapshot.told.languages})

    def voice(self, language: str) -> Voice:
        """Return the voice of *language*."""
        return Voice(language=language, otherwise=self.site.language)

    def names(self, language: str) -> Mapping[str, Markup]:
        """Return what lists call each initiative, by slug, retired ones too."""
        if language not in self._names:
            voice = self.voice(language)
            self._names[language] = {
                slug: voice.text(told.initiative.short_name or told.initiative.name)
                for slug, told in self.snapshot.told.initiatives.items()
            }
        return self._names[language]

    @cached_property
    def _names(self) -> dict[str, Mapping[str, Markup]]:
        return {}

    def other(self, language: str) -> str:
        """Return how paths of feeds name *language*: not at all if it is the site's own."""
        return "" if language == self.site.language else language

    def revision(self, key: str) -> Revision | None:
        """Return what was last told of the event that *key* names or once named."""
        told = self.snapshot.told
        return told.revisions.get(told.pins.get(key, ""))

    def days(self, key: str) -> Iterator[date | None]:
        """Yield None for the event that *key* names, then the days of a series; nothing if none."""
        revision = self.revision(key)
        if revision is not None:
            yield None
            if not revision.withdrawn:
                yield from (entry.day for entry in dates_of(revision) if entry.day)

    def initiatives_of(self, revision: Revision) -> tuple[Initiative, ...]:
        """Return the initiatives of an event, as they are now."""
        told = self.snapshot.told.initiatives
        return tuple(told[slug].initiative for slug in self.slugs_of(revision))

    def slugs_of(self, revision: Revision) -> tuple[str, ...]:
        """Return the slugs of the initiatives of an event, as they are now."""
        told = self.snapshot.told.initiatives
        return tuple(slug for slug in self.snapshot.slugs_of(revision) if slug in told)

    def news(self, slug: str = "") -> tuple[Row, ...]:
        """Return the newest changes of an initiative, or of all, the newest first."""
        return tuple(self._newest.get(slug or ALL, ())[:NEWS])

    @cached_property
    def _newest(self) -> Mapping[str, list[Row]]:
        """All that is news in each feed, by slug, the newest first."""
        log, found = Log(self.snapshot), defaultdict[str, list[Row]](list)
        for row in sorted(self.snapshot.told.log, key=_moment, reverse=True):
            for slug in log.feeds_of(row):
                found[slug].append(row)
        return found


def _moment(row: Row) -> tuple[datetime, int]:
    return row.dated, row.serial
