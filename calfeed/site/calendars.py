"""Feeds of initiatives and of single events, in every variant."""

from collections.abc import Iterable, Iterator
from http import HTTPStatus

from calfeed import addresses
from calfeed.addresses import EventPath, FeedPath, Show, Variant
from calfeed.formats import ics
from calfeed.forms import CALENDAR
from calfeed.ledger.revision import Revision
from calfeed.representation import Representation, represent
from calfeed.site.caching import for_a_while
from calfeed.site.linking import SYNC, link, others_of, within
from calfeed.site.questions import problem
from calfeed.snapshot import Feed, Snapshot

Drawings = dict[tuple[str, Variant], tuple[Revision, ics.Drawn | None]]


class Calendars:
    """All calendars of one snapshot; an event is drawn once for each variant, for all of them."""

    is_made_ahead = True

    def __init__(self, snapshot: Snapshot, drawings: Drawings | None = None) -> None:
        self._snapshot = snapshot
        self._drawings: Drawings = {} if drawings is None else drawings

    def paths(self) -> Iterator[str]:
        """Yield the path of every calendar, in every language that was ever published."""
        yield from self._of_initiatives({*self._snapshot.feeds, *self._snapshot.slugs})
        for key in sorted(self._snapshot.told.pins):
            if self._snapshot.feed_of_event(key):
                for language in self._languages():
                    for show in (Show.STRUCK, Show.VISIBLE):
                        yield addresses.event_feed_path(key, language=language, show=show)

    def farewells(self) -> Iterator[str]:
        """Yield the path of every calendar that has ended, which its status says."""
        yield from self._of_initiatives(self._snapshot.ended)

    def proper(self, path: str) -> str | None:
        """Return the path with the present slug or key, the site's own language left out."""
        if (feed := addresses.parse_feed_path(path)) is not None:
            return addresses.feed_path(
                self._snapshot.slugs.get(feed.slug, feed.slug),
                language=self._other(feed.language),
                show=feed.show,
                utc=feed.utc,
            )
        if (event := addresses.parse_event_path(path)) is not None:
            known = self._snapshot.feed_of_event(event.key)
            return addresses.event_feed_path(
                known.key if known else event.key,
                language=self._other(event.language),
                show=event.show,
            )
        return None

    def make(self, path: str) -> Representation | None:
        """Return the calendar at *path*; of an initiative that has ended, word of that."""
        parts = addresses.parse_feed_path(path) or addresses.parse_event_path(path)
        if parts is None or not self._is_published(parts.language):
            return None
        if isinstance(parts, FeedPath) and parts.slug in self._snapshot.ended:
            return problem(HTTPStatus.GONE, "This calendar has ended.")
        feed = self._feed(self._snapshot, parts)
        if feed is None:
            return None
        return self._calendar(feed, parts.language, parts.show, utc=_is_utc(parts))

    def is_same(self, path: str, following: Snapshot) -> bool:
        """Whether its feed, the site's settings and its languages are as they were."""
        before = self._snapshot
        if (following.site, following.told.languages) != (before.site, before.told.languages):
            return False
        parts = addresses.parse_feed_path(path) or addresses.parse_event_path(path)
        feed = self._feed(following, parts) if parts else None
        return parts is not None and feed is not None and feed == self._feed(before, parts)

    def successor(self, following: Snapshot) -> "Calendars":
        """Return the calendars of *following*, which draw no event again that is as it was."""
        return Calendars(following, self._drawings)

    def _of_initiatives(self, slugs: Iterable[str]) -> Iterator[str]:
        for slug in sorted(slugs):
            for language in self._languages():
                for show in Show:
                    yield addresses.feed_path(slug, language=language, show=show)
                    yield addresses.feed_path(slug, language=language, show=show, utc=True)

    def _languages(self) -> tuple[str, ...]:
        """Return the languages as paths name them, the site's own also by no name."""
        return "", *sorted({*self._snapshot.told.languages, *self._snapshot.site.languages})

    def _feed(self, snapshot: Snapshot, parts: FeedPath | EventPath) -> Feed | None:
        if isinstance(parts, EventPath):
            return snapshot.feed_of_event(parts.key)
        return snapshot.feeds.get(snapshot.slugs.get(parts.slug, parts.slug))

    def _other(self, language: str) -> str:
        return "" if language == self._snapshot.site.language else language

    def _is_published(self, language: str) -> bool:
        known = {*self._snapshot.told.languages, *self._snapshot.site.languages}
        return not language or language in known

    def _calendar(self, feed: Feed, language: str, show: Show, *, utc: bool) -> Representation:
        site = self._snapshot.site
        variant = Variant(language=language or site.language, show=show, utc=utc)
        return represent(
            ics.render(feed, variant, site=site, drawn=self.drawn),
            media_type="text/calendar; charset=utf-8",
            modified=feed.modified,
            cache_control=for_a_while(site),
            filename=f"{feed.slug or feed.key}.ics",
            links=self._links(feed, language, show, utc=utc),
            compress=site.compress_ics,
        )

    def drawn(self, revision: Revision, variant: Variant) -> ics.Drawn | None:
        """Return *revision* as *variant* shows it, drawn now unless it is kept."""
        kept = self._drawings.get((revision.uid, variant))
        if kept is None or kept[0] is not revision:
            kept = self._drawings[revision.uid, variant] = revision, ics.draw(revision, variant)
        return kept[1]

    def _links(self, feed: Feed, language: str, show: Show, *, utc: bool) -> tuple[str, ...]:
        """Return what Link says (RFC 8288): where it can be mirrored, its forms and languages.

        One event's calendar is no bigger than what changed of it, so that has no incremental sync.
        """
        site = self._snapshot.site
        languages = site.languages if len(site.languages) > 1 else ()
        own = site.url + _path_of(feed, self._other(language), show, utc=utc)
        return within(
            (
                *([link(own, SYNC)] if feed.slug else []),
                *others_of(feed, site, but="ics"),
                *(
                    link(
                        site.url + _path_of(feed, language, show, utc=utc),
                        "alternate",
                        type=CALENDAR,
                        hreflang=language,
                    )
                    for language in languages
                ),
            )
        )


def _is_utc(parts: FeedPath | EventPath) -> bool:
    return isinstance(parts, FeedPath) and parts.utc


def _path_of(feed: Feed, language: str, show: Show, *, utc: bool) -> str:
    if feed.key:
        return addresses.event_feed_path(feed.key, language=language, show=show)
    return addresses.feed_path(feed.slug, language=language, show=show, utc=utc)
