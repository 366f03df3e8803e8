"""All facts of one moment, immutable: what was told, as one day sees it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from calfeed.addresses import ALL
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Told, ToldInitiative
from calfeed.model import Initiative, Site, Text

RETIRED_FOR = timedelta(days=400)
"""How long a retired initiative's feeds go on after its last event left them."""

WITHDRAWN_AFTER_END = timedelta(days=7)
WITHDRAWN_AT_LEAST = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Feed:
    """Revisions in the order they are published in, and what their calendar says of itself.

    Either an initiative's (``slug``; ``all`` for everybody's) or one event's alone (``key``).
    ``modified`` is LAST-MODIFIED of the VCALENDAR and HTTP's Last-Modified, UTC, whole seconds.
    """

    slug: str = ""
    key: str = ""
    name: Text
    summary: Text | None = None
    colour: str | None = None
    revisions: tuple[Revision, ...] = ()
    modified: datetime


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """What is published on one day: a function of the ledger's version and the day, no more.

    ``feeds`` by slug, ``all`` among them; ``slugs`` lead from every former slug to its present
    one; ``ended`` are the slugs whose feeds are gone for good.
    """

    told: Told
    site: Site
    day: date
    feeds: Mapping[str, Feed]
    slugs: Mapping[str, str]
    ended: frozenset[str] = frozenset()

    def feed_of_event(self, key: str) -> Feed | None:
        """Return the feed of the event that *key* names or once named; None if none ever did.

        It has no end: who follows one event keeps it, as it was last told.
        """
        revision = self.told.revisions.get(self.told.pins.get(key, ""))
        if revision is None:
            return None
        return Feed(
            key=revision.key,
            name=revision.event.details.title,
            summary=revision.event.details.summary,
            revisions=(revision,),
            modified=max(revision.stamp, _site_changed(self.told)),
        )

    def initiatives(self) -> Mapping[str, Initiative]:
        """Return the initiatives that are in the sources, by slug."""
        told = self.told.initiatives
        return {
            slug: told[slug].initiative
            for slug in self.feeds
            if slug in told and not told[slug].retired
        }

    def everything(self) -> Feed:
        """Return the feed of all events since the beginning: no age takes any out of it."""
        revisions = tuple(_in_order(self.told.revisions.values()))
        return Feed(
            slug=ALL,
            name=self.site.name,
            revisions=revisions,
            modified=max((_site_changed(self.told), *(one.stamp for one in revisions))),
        )

    def slugs_of(self, revision: Revision) -> tuple[str, ...]:
        """Return the present slugs of the initiatives that *revision* belongs to, sorted."""
        if self.slugs.keys().isdisjoint(revision.initiatives):
            return revision.initiatives
        return tuple(sorted({self.slugs.get(slug, slug) for slug in revision.initiatives}))

    def members(self, slug: str) -> Iterator[Revision]:
        """Yield all that was ever told of the initiative *slug*, or of those that it gathers."""
        gathered = self.gathered(slug)
        for revision in self.told.revisions.values():
            if not gathered.isdisjoint(self.slugs_of(revision)):
                yield revision

    def gathered(self, slug: str) -> frozenset[str]:
        """Return the slugs of the initiatives that *slug* stands for: its own, or a union's."""
        told = self.told.initiatives.get(slug)
        of = told.initiative.of if told else ()
        return frozenset(self.slugs.get(one, one) for one in of or (slug,))


def snapshot(told: Told, *, day: date) -> Snapshot:
    """Return all facts of *told* on *day*.

    The day is never before that of the newest stamp, so that a clock set back shows no past.

    Raises:
        ValueError: nothing was ever told, so there are no facts.
    """
    if told.site is None or told.told_at is None:
        raise ValueError("nothing was ever told")
    zone = ZoneInfo(told.site.timezone)
    newest = max((one.stamp for one in told.revisions.values()), default=told.told_at)
    day = max(day, newest.astimezone(zone).date())
    slugs = {old: _present(told.slugs, old) for old in told.slugs}
    spans = _Spans(told=told, site=told.site, zone=zone, day=day)
    members = _by_initiative(told, slugs)
    present = {slug: one for slug, one in told.initiatives.items() if slug not in slugs}
    feeds = {ALL: _feed_of_all(spans)}
    ended = set()
    for slug, initiative in present.items():
        gathered = [slugs.get(one, one) for one in initiative.initiative.of or (slug,)]
        revisions = _merged(members.get(one, ()) for one in gathered)
        feed = spans.feed(initiative, revisions, [present[one] for one in gathered])
        if initiative.retired and _has_ended(feed, _midnight(day, zone)):
            ended.add(slug)
        else:
            feeds[slug] = feed
    return Snapshot(
        told=told, site=told.site, day=day, feeds=feeds, slugs=slugs, ended=frozenset(ended)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spans:
    """How long events stay in feeds, seen from one day."""

    told: Told
    site: Site
    zone: ZoneInfo
    day: date

    def feed(
        self,
        told: ToldInitiative,
        revisions: Iterable[Revision],
        members: Iterable[ToldInitiative],
    ) -> Feed:
        shown, modified = self.shown(revisions)
        left = [member.left for member in members if member.left]
        changed = [told.changed, *(member.changed for member in members)]
        initiative = told.initiative
        return Feed(
            slug=initiative.slug,
            name=initiative.name,
            summary=initiative.summary,
            colour=initiative.colour,
            revisions=shown,
            modified=max(modified, *left, *changed),
        )

    def shown(self, revisions: Iterable[Revision]) -> tuple[tuple[Revision, ...], datetime]:
        """Return those still in feeds, and the newest stamp or midnight that changed them."""
        shown, modified = [], _site_changed(self.told)
        for revision in revisions:
            until = last_day_in_feeds(revision, self.site)
            modified = max(modified, revision.stamp)  # it may have left by its last change
            if until is None or self.day <= until:
                shown.append(revision)
            else:
                modified = max(modified, _midnight(until + timedelta(days=1), self.zone))
        return tuple(shown), modified


def last_day_in_feeds(revision: Revision, site: Site) -> date | None:
    """Return the last day that *revision* is in the feeds of *site*; None: there is none."""
    last = revision.last_day
    if revision.withdrawn:
        zone = ZoneInfo(site.timezone)
        gone = revision.withdrawn.astimezone(zone).date() + WITHDRAWN_AT_LEAST
        return max(gone, last + WITHDRAWN_AFTER_END) if last else gone
    if last is None or site.keep_past is None:
        return None
    return last + timedelta(days=site.keep_past)


def _has_ended(feed: Feed, now: datetime) -> bool:
    return not feed.revisions and feed.modified + RETIRED_FOR <= now


def _feed_of_all(spans: _Spans) -> Feed:
    shown, modified = spans.shown(_in_order(spans.told.revisions.values()))
    return Feed(slug=ALL, name=spans.site.name, revisions=shown, modified=modified)


def _by_initiative(told: Told, slugs: Mapping[str, str]) -> dict[str, list[Revision]]:
    members: dict[str, list[Revision]] = {}
    for revision in _in_order(told.revisions.values()):
        for slug in revision.initiatives:
            members.setdefault(slugs.get(slug, slug), []).append(revision)
    return members


def _merged(members: Iterable[Iterable[Revision]]) -> Iterator[Revision]:
    """Yield the revisions of several initiatives in order, none twice."""
    found = {revision.uid: revision for revisions in members for revision in revisions}
    yield from _in_order(found.values())


def _in_order(revisions: Iterable[Revision]) -> list[Revision]:
    """Return *revisions* as every feed has them: by the moment they were first told."""
    return sorted(revisions, key=lambda revision: (revision.created, revision.uid))


def _present(slugs: Mapping[str, str], slug: str) -> str:
    """Return the present slug of a former one, renamed once or many times."""
    while slug in slugs:
        slug = slugs[slug]
    return slug


def _site_changed(told: Told) -> datetime:
    return told.site_changed or datetime.min.replace(tzinfo=UTC)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
