"""Feeds in the forms that libraries read: jCal, and FullCalendar's event source."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from http import HTTPStatus

from calfeed import addresses
from calfeed.addresses import Form, FormPath, Variant
from calfeed.formats import fullcalendar, ics, jcal
from calfeed.forms import MEDIA_TYPES, NAMES
from calfeed.ledger.revision import Revision
from calfeed.representation import Representation, represent
from calfeed.site.caching import for_a_while
from calfeed.site.calendars import Calendars
from calfeed.site.linking import others_of
from calfeed.site.questions import problem
from calfeed.site.remembering import Remembered
from calfeed.snapshot import Feed, Snapshot

FORMS = {Form.JCAL, Form.FULLCALENDAR}


class Forms:
    """Those of one snapshot; *calendars* are its calendars, whose drawings it shares."""

    is_made_ahead = False  # who polls can wait for a moment, what is published should not

    def __init__(
        self, snapshot: Snapshot, calendars: Calendars, drawings: Remembered[str] | None = None
    ) -> None:
        self._snapshot = snapshot
        self._calendars = calendars
        self._drawings = drawings or Remembered[str]()

    def paths(self) -> Iterator[str]:
        """Yield the path of every feed in every form."""
        yield from self._of_initiatives({*self._snapshot.feeds, *self._snapshot.slugs})

    def farewells(self) -> Iterator[str]:
        """Yield the path of every feed that has ended, which its status says."""
        yield from self._of_initiatives(self._snapshot.ended)

    def proper(self, path: str) -> str | None:
        """Return the path with the present slug, the site's own language left out."""
        parts = _parse(path)
        if parts is None:
            return None
        slug = self._snapshot.slugs.get(parts.slug, parts.slug)
        language = "" if parts.language == self._snapshot.site.language else parts.language
        return addresses.form_path(replace(parts, slug=slug, language=language))

    def make(self, path: str) -> Representation | None:
        """Return the feed at *path*; of an initiative that has ended, word of that."""
        parts = _parse(path)
        if parts is None or not self._is_published(parts.language):
            return None
        if parts.slug in self._snapshot.ended:
            return problem(HTTPStatus.GONE, "This feed has ended.")
        feed = self._snapshot.feeds.get(self._snapshot.slugs.get(parts.slug, parts.slug))
        if feed is None:
            return None
        site = self._snapshot.site
        body = (
            self._jcal(feed)
            if parts.form is Form.JCAL
            else self._fullcalendar(feed, parts.language or site.language)
        )
        return represent(
            body,
            media_type=MEDIA_TYPES[parts.form],
            modified=feed.modified,
            cache_control=for_a_while(site),
            filename=f"{feed.slug}.{parts.form}",
            links=tuple(others_of(feed, site, but=NAMES[parts.form])),
        )

    def is_same(self, path: str, following: Snapshot) -> bool:
        """Whether its feed, the site's settings and its languages are as they were."""
        before, parts = self._snapshot, _parse(path)
        slug = parts.slug if parts else ""
        feed = following.feeds.get(following.slugs.get(slug, slug))
        return (
            (following.site, following.told.languages) == (before.site, before.told.languages)
            and feed is not None
            and feed == before.feeds.get(before.slugs.get(slug, slug))
        )

    def successor(self, following: Snapshot, calendars: Calendars) -> "Forms":
        """Return the forms of *following*, which draw no event again that is as it was."""
        return Forms(following, calendars, self._drawings)

    def _of_initiatives(self, slugs: Iterable[str]) -> Iterator[str]:
        told, site = self._snapshot.told, self._snapshot.site
        languages = ("", *sorted({*told.languages, *site.languages}))
        for slug in sorted(slugs):
            yield addresses.form_path(FormPath(form=Form.JCAL, slug=slug))
            for language in languages:
                yield addresses.form_path(
                    FormPath(form=Form.FULLCALENDAR, slug=slug, language=language)
                )

    def _jcal(self, feed: Feed) -> bytes:
        """The events apart from the calendar around them: each is read once, not for each feed."""
        site = self._snapshot.site
        variant = Variant(language=site.language)
        drawings = {one.uid: self._calendars.drawn(one, variant) for one in feed.revisions}

        def without_vevents(revision: Revision, _: Variant) -> ics.Drawn | None:
            drawn = drawings[revision.uid]
            return drawn and replace(drawn, body=b"")

        around = ics.render(feed, variant, site=site, drawn=without_vevents)
        events = [self._as_jcal(uid, drawn.body) for uid, drawn in drawings.items() if drawn]
        return jcal.render(around, events)

    def _as_jcal(self, uid: str, vevents: bytes) -> str:
        return self._drawings.get((uid, Form.JCAL), vevents, lambda: jcal.draw(vevents))

    def _fullcalendar(self, feed: Feed, language: str) -> bytes:
        return fullcalendar.render(self._dates(one, language) for one in feed.revisions)

    def _dates(self, revision: Revision, language: str) -> str:
        return self._drawings.get(
            (revision.uid, language), revision, lambda: fullcalendar.draw(revision, language)
        )

    def _is_published(self, language: str) -> bool:
        known = {*self._snapshot.told.languages, *self._snapshot.site.languages}
        return not language or language in known


def _parse(path: str) -> FormPath | None:
    parts = addresses.parse_form_path(path)
    return parts if parts and parts.form in FORMS else None
