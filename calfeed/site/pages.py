"""Pages for people, in every language: made when first asked for, of a snapshot that stays."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from http import HTTPStatus

from calfeed.addresses import Page, PagePath, page_path, parse_page_path
from calfeed.formats import pages
from calfeed.formats.pages import Facts
from calfeed.formats.schema_org import as_script, date_as_data, event_as_data
from calfeed.ledger.revision import Revision
from calfeed.representation import NO_TRANSLATIONS, Representation, represent
from calfeed.site.caching import for_a_while
from calfeed.snapshot import Snapshot

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""The Content-Security-Policy of pages: nothing from anywhere else, nothing inline."""


class Pages:
    """All pages of one snapshot."""

    is_made_ahead = False

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._makers: Mapping[Page, Callable[[PagePath], Representation | None]] = {
            Page.INDEX: self._listed(pages.index_page),
            Page.FEEDS: self._listed(pages.feeds_page),
            Page.DEVELOPERS: self._listed(pages.developers_page),
            Page.COMING: self._of_initiative(pages.coming_page),
            Page.PAST: self._of_initiative(pages.past_page),
            Page.INITIATIVE: self._of_initiative(pages.initiative_page),
            Page.EVENT: self._event,
            Page.DATES: self._event,
            Page.MISSING: self._missing,
        }

    def paths(self) -> Iterator[str]:
        """Yield the path of every page that an export has, in every language and in none."""
        facts = self._facts
        for language in sorted(facts.addressed):
            for parts in self._of_language(language):
                yield page_path(parts)
        for parts in (*self._neutral(), PagePath(page=Page.MISSING)):
            yield page_path(parts)

    def proper(self, path: str) -> str | None:
        """Return *path* if it is a page's, or would be with a slash at its end."""
        parts = parse_page_path(path) or parse_page_path(f"{path}/")
        if parts is None or parts.page not in self._makers:
            return None
        if parts.page is Page.MISSING and parts.language not in self._facts.addressed:
            return page_path(replace(parts, language=""))
        return path

    def make(self, path: str) -> Representation | None:
        """Return the page at *path*, or what leads to it."""
        parts = parse_page_path(path)
        if parts is None:
            return self._with_slash(f"{path}/")
        if not parts.language and parts.page is not Page.MISSING:
            return self._choice(parts)
        if parts.language and parts.language not in self._facts.addressed:
            return None
        return self._makers[parts.page](parts)

    def is_same(self, path: str, following: Snapshot) -> bool:  # noqa: ARG002 - as shelves are asked
        """Return False: any page may name any event."""
        return False

    def prepare(self) -> None:
        """Find and draw now what the first pages would have to."""
        self._facts.prepare()
        pages.draw_ahead(self._facts)

    def _of_language(self, language: str) -> Iterator[PagePath]:
        facts = self._facts
        for page in (Page.INDEX, Page.FEEDS, Page.DEVELOPERS, Page.MISSING):
            yield PagePath(page=page, language=language)
        for slug in ("", *facts.slugs):
            if slug:
                yield PagePath(page=Page.INITIATIVE, language=language, slug=slug)
            yield from self._numbered(Page.COMING, language, slug, first=2)
            yield from self._numbered(Page.PAST, language, slug, first=1)
        for key in sorted(facts.snapshot.told.pins):
            for day in facts.days(key):
                yield PagePath(page=Page.EVENT, language=language, key=key, day=day)
            yield from self._of_series(language, key)

    def _of_series(self, language: str, key: str) -> Iterator[PagePath]:
        revision = self._facts.revision(key)
        if revision and not revision.withdrawn:
            for number in range(1, pages.pages_of_dates(revision) + 1):
                yield PagePath(page=Page.DATES, language=language, key=key, number=number)

    def _numbered(self, page: Page, language: str, slug: str, *, first: int) -> Iterator[PagePath]:
        listed = self._facts.agenda.of(self._present(slug))
        entries = listed.past if page is Page.PAST else pages.in_pages(listed)
        pages_ = max(first, -(-len(entries) // pages.PER_PAGE))
        for number in range(first, pages_ + 1):
            if number == 1 or (number - 1) * pages.PER_PAGE < len(entries):
                yield PagePath(page=page, language=language, slug=slug, number=number)

    def _neutral(self) -> Iterator[PagePath]:
        facts = self._facts
        yield PagePath(page=Page.INDEX)
        yield PagePath(page=Page.DEVELOPERS)
        for slug in facts.slugs:
            yield PagePath(page=Page.INITIATIVE, slug=slug)
        for key in sorted(facts.snapshot.told.pins):
            for day in facts.days(key):
                yield PagePath(page=Page.EVENT, key=key, day=day)

    def _present(self, slug: str) -> str:
        return self._facts.snapshot.slugs.get(slug, slug)

    def _listed(
        self, draw: Callable[[PagePath, Facts], bytes | None]
    ) -> Callable[[PagePath], Representation | None]:
        def make(parts: PagePath) -> Representation | None:
            body = draw(parts, self._facts)
            return None if body is None else self._html(body)

        return make

    def _of_initiative(
        self, draw: Callable[[PagePath, Facts], bytes | None]
    ) -> Callable[[PagePath], Representation | None]:
        """Return what draws a page of an initiative, once it is known where that is by now."""
        draw_it = self._listed(draw)

        def make(parts: PagePath) -> Representation | None:
            if not parts.slug:
                return draw_it(parts)
            present = self._present(parts.slug)
            if present != parts.slug:
                return self._moved(parts, replace(parts, slug=present))
            if present in self._facts.snapshot.ended:
                body = pages.ended_page(parts, self._facts)
                return self._html(body, status=HTTPStatus.GONE)
            return draw_it(parts) if present in self._facts.snapshot.feeds else None

        return make

    def _event(self, parts: PagePath) -> Representation | None:
        facts = self._facts
        revision = facts.revision(parts.key)
        if revision is None:
            return None
        if revision.key != parts.key:
            return self._moved(parts, replace(parts, key=revision.key))
        if revision.withdrawn:
            return self._html(pages.gone_page(parts, revision, facts), status=HTTPStatus.GONE)
        if parts.page is Page.DATES:
            body = pages.dates_page(parts, revision, facts)
            return self._html(body) if body else None
        subject = pages.subject_of(revision, facts, parts.day)
        if subject is None:
            return None
        return self._html(pages.event_page(parts, subject, facts, data=self._data(revision, parts)))

    def _data(self, revision: Revision, parts: PagePath) -> str:
        site, language = self._facts.site, parts.language
        if parts.day:
            return as_script(date_as_data(revision, parts.day, site=site, language=language))
        day = self._facts.snapshot.day
        return as_script(event_as_data(revision, site=site, language=language, day=day))

    def _missing(self, parts: PagePath) -> Representation:
        return self._html(pages.missing_page(parts, self._facts), status=HTTPStatus.NOT_FOUND)

    def _choice(self, parts: PagePath) -> Representation | None:
        """Return what leads from an address without a language to the reader's own."""
        own = replace(parts, language=self._facts.site.language)
        target = self.make(page_path(own))
        if target is None:
            return None
        if (
            target.status == HTTPStatus.MOVED_PERMANENTLY
        ):  # renamed: the address without language, too
            return self._choice_of_former(parts)
        body = pages.choice_page(parts, self._facts)
        leads = {
            language: self._redirect(body, page_path(replace(parts, language=language)))
            for language in self._facts.languages
        }
        return self._redirect(body, page_path(own), translations=leads)

    def _choice_of_former(self, parts: PagePath) -> Representation:
        revision = self._facts.revision(parts.key)
        to = replace(
            parts, slug=self._present(parts.slug), key=revision.key if revision else parts.key
        )
        return self._moved(parts, to)

    def _moved(self, parts: PagePath, to: PagePath) -> Representation:
        spoken = replace(parts, language=parts.language or self._facts.site.language)
        body = pages.moved_page(spoken, to, self._facts)
        location = page_path(to)
        return self._html(body, status=HTTPStatus.MOVED_PERMANENTLY, headers={"location": location})

    def _with_slash(self, path: str) -> Representation | None:
        """Return what leads to *path*, which was asked for without the slash at its end."""
        parts = parse_page_path(path)
        if parts is None or self.make(path) is None:
            return None
        return self._moved(parts, parts)

    def _redirect(
        self,
        body: bytes,
        location: str,
        translations: Mapping[str, Representation] = NO_TRANSLATIONS,
    ) -> Representation:
        return self._html(
            body,
            status=HTTPStatus.FOUND,
            headers={"location": location, "vary": "Accept-Encoding, Accept-Language"},
            translations=translations,
        )

    def _html(
        self,
        body: bytes,
        *,
        status: HTTPStatus = HTTPStatus.OK,
        headers: Mapping[str, str] | None = None,
        translations: Mapping[str, Representation] = NO_TRANSLATIONS,
    ) -> Representation:
        return represent(
            body,
            media_type="text/html; charset=utf-8",
            modified=None,
            cache_control=for_a_while(self._facts.site),
            status=status,
            headers={"content-security-policy": POLICY, **(headers or {})},
            translations=translations,
        )
