"""One state of a preview as a site: what would be published, with the bar above each page."""

from dataclasses import dataclass, replace

from calfeed.addresses import is_for_people
from calfeed.cli.preview.bar import PLACE, SCRIPT, STYLE, Bar, resource, with_bar
from calfeed.representation import NO_TRANSLATIONS, Fields, Representation, represent
from calfeed.site import Table
from calfeed.site.caching import FOR_EVER
from calfeed.site.pages import POLICY

HTML = "text/html; charset=utf-8"
OF_EMBEDS = "/embed/"
NO_STORE = "no-store"
_CACHE_CONTROL = b"cache-control"
_FILES = {
    STYLE: ("preview.css", "text/css; charset=utf-8"),
    SCRIPT: ("preview.js", "text/javascript; charset=utf-8"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The sources as they were last read without an error, and what is wrong with them by now.

    ``overview`` is the page of all events, in HTML and without a bar; where there is no table
    yet, it stands at every path. Nothing is ready ahead: one reader, on the same machine.
    """

    bar: Bar
    overview: bytes
    table: Table | None = None

    def ready(self, path: str) -> None:
        """Return None: all is made when it is asked for."""

    def make(self, path: str) -> Representation | None:
        """Return what is at *path*, made now; None if there is nothing."""
        if path in _FILES:
            return _file(*_FILES[path])
        if path == PLACE:
            return self._own_page(path)
        return self._bordered(self.table.make(path), path) if self.table else None

    def ask(self, path: str, query: str) -> Representation | None:
        """Return the answer to *query* at *path*; None where queries mean nothing."""
        return self._bordered(self.table.ask(path, query), path) if self.table else None

    def sync(self, path: str, prefer: str, token: str) -> None:
        """Return None: each state is told anew, so there is nothing that changed since a token."""

    def missing(self, path: str) -> Representation | None:
        """Return what says that there is nothing at *path*; nothing yet, if there is no table."""
        if self.table:
            return self._bordered(self.table.missing(path), path)
        return self._own_page(path) if is_for_people(path) else None

    def _own_page(self, path: str) -> Representation:
        return represent(
            with_bar(self.overview, self.bar, path),
            media_type=HTML,
            modified=None,
            cache_control=NO_STORE,
            headers={"content-security-policy": POLICY},
        )

    def _bordered(self, made: Representation | None, path: str) -> Representation | None:
        """Return what was *made* as a preview shows it: pages with the bar, and nothing kept."""
        if made is None:
            return None
        body = made.body
        if (b"content-type", HTML.encode()) in made.whole:
            body = with_bar(body, self.bar, path, hidden=path.startswith(OF_EMBEDS))
        translations = {
            language: replace(one, kept=_not_kept(one.kept))
            for language, one in made.translations.items()
        }
        return replace(
            made, body=body, kept=_not_kept(made.kept), translations=translations or NO_TRANSLATIONS
        )


def _file(name: str, media_type: str) -> Representation:
    return represent(resource(name), media_type=media_type, modified=None, cache_control=NO_STORE)


def _not_kept(fields: Fields) -> Fields:
    """Return *fields* for what the next save may change; what has its hash in its path may stay."""
    return tuple(
        (
            name,
            NO_STORE.encode() if name == _CACHE_CONTROL and value != FOR_EVER.encode() else value,
        )
        for name, value in fields
    )
