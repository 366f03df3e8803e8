"""What all pages of one snapshot share, each found once: lists, news, initiatives, colours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nlargest

from calfeed.agenda import Agenda, dates_of
from calfeed.formats.pages.statics import Static, colours
from calfeed.formats.pages.voice import Voice
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Kind, Row
from calfeed.model import Initiative, Site
from calfeed.snapshot import Snapshot

NEWS = 3
"""How many changes a page tells."""

NO_NEWS = frozenset({Kind.EDITED, Kind.CORRECTED, Kind.REISSUED, Kind.LEFT})


@dataclass(frozen=True)
class Facts:
    """A snapshot as its pages see it."""

    snapshot: Snapshot
    agenda: Agenda

    def successor(self, snapshot: Snapshot) -> "Facts":
        """Return the facts of a later *snapshot*; what was found in a revision is remembered."""
        return Facts(snapshot, self.agenda.successor(snapshot))

    @property
    def site(self) -> Site:
        """The site's settings."""
        return self.snapshot.site

    @cached_property
    def initiatives(self) -> Mapping[str, Initiative]:
        """Those whose feeds go on, by slug; retired ones only while they still have events."""
        told = self.snapshot.told.initiatives
        return {
            slug: told[slug].initiative
            for slug in self.snapshot.feeds
            if slug in told and not told[slug].retired
        }

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
        slugs = self.snapshot.slugs_of(revision)
        return tuple(told[slug].initiative for slug in slugs if slug in told)

    def news(self, slug: str = "") -> tuple[Row, ...]:
        """Return the newest changes of an initiative, or of all, the newest first."""
        if slug not in self._news:
            uids = {one.uid for one in self.snapshot.members(slug)} if slug else None
            rows = (
                row
                for row in self.snapshot.told.log
                if row.kind not in NO_NEWS
                and (uids is None or row.uid in uids)
                and (row.kind is not Kind.JOINED or row.initiative == slug)
            )
            self._news[slug] = tuple(nlargest(NEWS, rows, key=lambda row: (row.dated, row.serial)))
        return self._news[slug]

    @cached_property
    def _news(self) -> dict[str, tuple[Row, ...]]:
        return {}
