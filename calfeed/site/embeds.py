"""Documents for frames on partner sites: they stand on any site, and load nothing from others."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from http import HTTPStatus

from calfeed.addresses import ALL, Page, PagePath, page_path, parse_page_path
from calfeed.formats import pages
from calfeed.formats.pages import Facts
from calfeed.representation import NO_HEADERS, Representation, represent
from calfeed.site.caching import for_a_while
from calfeed.snapshot import Snapshot

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors "
)
"""The Content-Security-Policy of embeds, but for who may frame them."""


class Embeds:
    """All embeds of one snapshot."""

    is_made_ahead = False

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        ancestors = ("'self'", *facts.site.embed_from) if facts.site.embed_from else ("*",)
        self._policy = POLICY + " ".join(ancestors)
        self._makers: Mapping[Page, Callable[[PagePath], Representation | None]] = {
            Page.EMBED: self._initiative,
            Page.EMBEDDED_EVENT: self._event,
        }

    def paths(self) -> Iterator[str]:
        """Yield the path of every embed in every language, also under former slugs and keys."""
        for language in sorted(self._facts.addressed):
            for slug in (ALL, *self._facts.slugs):
                yield page_path(PagePath(page=Page.EMBED, language=language, slug=slug))
            for key in sorted(self._facts.snapshot.told.pins):
                for day in self._facts.days(key):
                    parts = PagePath(page=Page.EMBEDDED_EVENT, language=language, key=key, day=day)
                    yield page_path(parts)

    def proper(self, path: str) -> str | None:
        """Return *path* if it is an embed's, or would be with a slash at its end."""
        parts = parse_page_path(path) or parse_page_path(f"{path}/")
        return path if parts and parts.page in self._makers else None

    def make(self, path: str) -> Representation | None:
        """Return the embed at *path*, or what leads to it."""
        parts = parse_page_path(path)
        if parts is None:
            return self._moved(f"{path}/")
        if parts.language not in self._facts.addressed:
            return None
        return self._makers[parts.page](parts)

    def is_same(self, path: str, following: Snapshot) -> bool:  # noqa: ARG002 - as shelves are asked
        """Return False: an embed changes with the dates that it shows, and with the day."""
        return False

    def _initiative(self, parts: PagePath) -> Representation | None:
        snapshot = self._facts.snapshot
        present = snapshot.slugs.get(parts.slug, parts.slug)
        if present != parts.slug:
            return self._moved(page_path(replace(parts, slug=present)))
        if present in snapshot.ended:
            body = pages.ended_embed_page(parts, self._facts)
            return self._html(body, status=HTTPStatus.GONE)
        if present not in snapshot.feeds:
            return None
        return self._html(pages.embed_page(parts, self._facts))

    def _event(self, parts: PagePath) -> Representation | None:
        facts = self._facts
        revision = facts.revision(parts.key)
        if revision is None:
            return None
        if revision.key != parts.key:
            return self._moved(page_path(replace(parts, key=revision.key)))
        if revision.withdrawn:
            body = pages.gone_embed_page(parts, revision, facts)
            return self._html(body, status=HTTPStatus.GONE)
        subject = pages.subject_of(revision, facts, parts.day)
        if subject is None:
            return None
        return self._html(pages.embedded_event_page(parts, subject, facts))

    def _moved(self, path: str) -> Representation | None:
        """Return what leads to *path*, with the bytes of what is there: for mere files."""
        there = self.make(path)
        if there is None:
            return None
        return self._html(
            there.body, status=HTTPStatus.MOVED_PERMANENTLY, headers={"location": path}
        )

    def _html(
        self,
        body: bytes,
        *,
        status: HTTPStatus = HTTPStatus.OK,
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> Representation:
        usual = {"content-security-policy": self._policy, "x-robots-tag": "noindex"}
        return represent(
            body,
            media_type="text/html; charset=utf-8",
            modified=None,
            cache_control=for_a_while(self._facts.site),
            status=status,
            headers={**usual, **headers},
        )
