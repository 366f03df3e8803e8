"""The news of each feed, for feed readers: the change log as Atom and as JSON Feed."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from http import HTTPStatus
from uuid import NAMESPACE_URL, uuid5

from calfeed import addresses
from calfeed.addresses import ALL, Form, FormPath
from calfeed.changelog import Entry, Log
from calfeed.formats.news import NewsFeed, draw_atom, draw_json, render_atom, render_json
from calfeed.forms import MEDIA_TYPES, NAMES
from calfeed.model import Text
from calfeed.representation import Representation, represent
from calfeed.site.caching import for_a_while
from calfeed.site.linking import others_of
from calfeed.site.questions import problem
from calfeed.site.remembering import Remembered
from calfeed.snapshot import Feed, Snapshot
from calfeed.words import choose, on_one_line, say

FORMS = {Form.ATOM: (draw_atom, render_atom), Form.JSON_FEED: (draw_json, render_json)}


class News:
    """The news of one snapshot; ``log`` is its change log. A row is drawn once for all feeds."""

    is_made_ahead = False  # who polls can wait for a moment, what is published should not

    def __init__(self, snapshot: Snapshot, drawings: Remembered[str] | None = None) -> None:
        self.log = Log(snapshot)
        self._snapshot = snapshot
        self._drawings = drawings or Remembered[str]()

    def paths(self) -> Iterator[str]:
        """Yield the path of every feed's news in both forms."""
        yield from _of_initiatives({*self._snapshot.feeds, *self._snapshot.slugs})

    def farewells(self) -> Iterator[str]:
        """Yield the path of the news of every feed that has ended, which its status says."""
        yield from _of_initiatives(self._snapshot.ended)

    def proper(self, path: str) -> str | None:
        """Return the path with the present slug."""
        parts = _parse(path)
        if parts is None:
            return None
        slug = self._snapshot.slugs.get(parts.slug, parts.slug)
        return addresses.form_path(replace(parts, slug=slug))

    def make(self, path: str) -> Representation | None:
        """Return the news at *path*; of an initiative that has ended, word of that."""
        parts = _parse(path)
        if parts and parts.slug in self._snapshot.ended:
            return problem(HTTPStatus.GONE, "This feed has ended.")
        feed = self._feed(self._snapshot, parts) if parts else None
        return self._news(feed, parts.form) if parts and feed else None

    def is_same(self, path: str, following: Snapshot) -> bool:
        """Whether nothing was told since, and the day has moved nothing that it says."""
        before, parts = self._snapshot, _parse(path)
        feed = self._feed(following, parts) if parts else None
        return (
            following.told.version == before.told.version
            and parts is not None
            and feed is not None
            and feed == self._feed(before, parts)
        )

    def successor(self, following: Snapshot) -> "News":
        """Return the news of *following*, which draws no row again that is as it was."""
        return News(following, self._drawings)

    def _feed(self, snapshot: Snapshot, parts: FormPath) -> Feed | None:
        return snapshot.feeds.get(snapshot.slugs.get(parts.slug, parts.slug))

    def _news(self, feed: Feed, form: Form) -> Representation:
        _, render = FORMS[form]
        site = self._snapshot.site
        drawn = (self._drawn(one, form) for one in self.log.news(feed.slug))
        return represent(
            render(self._about(feed, form), drawn),
            media_type=MEDIA_TYPES[form],
            modified=feed.modified,
            cache_control=for_a_while(site),
            filename=f"{feed.slug}.{form}",
            links=tuple(others_of(feed, site, but=NAMES[form])),
        )

    def _about(self, feed: Feed, form: Form) -> NewsFeed:
        told, site = self._snapshot.told, self._snapshot.site
        known = told.initiatives.get(feed.slug)
        initiative = known.initiative if known else None
        first = (*(initiative.formerly if initiative else ()), feed.slug)[0]
        name = self._say(feed.name)
        return NewsFeed(
            id=uuid5(told.namespace or NAMESPACE_URL, f"{first}/changes").urn,
            title=say(
                "{change}: {fact}",
                site.language,
                change=name,
                fact=say("Recent changes", site.language),
            ),
            summary=self._say(feed.summary) if feed.summary else "",
            author=name,
            language=site.language,
            page=site.url + _page_path(feed, site.language),
            address=site.url + addresses.form_path(FormPath(form=form, slug=feed.slug)),
            licence=(initiative and initiative.licence) or site.licence or "",
            updated=feed.modified,
        )

    def _say(self, text: Text) -> str:
        language = self._snapshot.site.language
        return on_one_line(choose(text, language, language).text)

    def _drawn(self, entry: Entry, form: Form) -> str:
        draw, _ = FORMS[form]
        site = self._snapshot.site
        return self._drawings.get(
            (entry.row.serial, form), (entry, site), lambda: draw(entry, site)
        )


def _of_initiatives(slugs: Collection[str]) -> Iterator[str]:
    for slug in sorted(slugs):
        for form in FORMS:
            yield addresses.form_path(FormPath(form=form, slug=slug))


def _page_path(feed: Feed, language: str) -> str:
    if feed.slug == ALL:
        return addresses.index_page_path(language)
    return addresses.initiative_page_path(feed.slug, language)


def _parse(path: str) -> FormPath | None:
    parts = addresses.parse_form_path(path)
    return parts if parts and parts.form in FORMS else None
