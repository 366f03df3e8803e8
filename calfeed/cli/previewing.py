"""``calfeed preview``: what the file would publish, on any day, on this machine alone."""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from threading import Event, Thread
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from calfeed.cli.finding import find_sources, name_of
from calfeed.cli.opening import File, Sources
from calfeed.cli.overview import overview, page_of_problems, policy
from calfeed.cli.report import print_problems
from calfeed.cli.saying import counted
from calfeed.errors import Problem, Severity, SourceError
from calfeed.ledger.told import Told
from calfeed.publisher import SavedAgainError, would_tell
from calfeed.representation import Representation, represent
from calfeed.site import Table, table_of
from calfeed.snapshot import snapshot
from calfeed.source.reader import Reader
from calfeed.source.stated import Stated
from calfeed.watching import changes
from calfeed.web.application import Health, application
from calfeed.web.server import AddressError, listen
from calfeed.web.server import serve as answer

PAGE = "/"
_NOTHING = Told(ledger_id="preview")
_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One state of the sources, in memory: the page at ``/`` and, once it was read, its site."""

    page: Representation
    table: Table | None = None

    def ready(self, path: str) -> Representation | None:
        """Return what is already made of *path*."""
        if path == PAGE:
            return self.page
        return self.table.ready(path) if self.table else None

    def make(self, path: str) -> Representation | None:
        """Return the representation of *path*, made now if need be; None if there is none."""
        if path == PAGE:
            return self.page
        return self.table.make(path) if self.table else None

    def ask(self, path: str, query: str) -> Representation | None:
        """Return the answer to *query* at *path*; None where queries mean nothing."""
        return self.table.ask(path, query) if self.table else None

    def sync(self, path: str, prefer: str, token: str) -> Representation | None:
        """Return the answer of incremental sync; None where that means nothing."""
        return self.table.sync(path, prefer, token) if self.table else None

    def missing(self, path: str) -> Representation | None:
        """Return what says that there is nothing at *path*."""
        return self.table.missing(path) if self.table else None


class Preview:
    """What the sources state on a day, told to an empty ledger in memory, drafts too."""

    def __init__(self, stated: Stated, *, now: datetime, as_of: date | None) -> None:
        zone = ZoneInfo(stated.site.timezone)
        moment = datetime.combine(as_of, time(12), tzinfo=zone).astimezone(UTC) if as_of else now
        prospect = would_tell(_with_drafts(stated), _NOTHING, now=moment)
        pictures = {one.sha256[:16]: one for one in prospect.publication.pictures}
        self.told = prospect.told
        self.warnings = prospect.warnings
        self._stated = stated
        self._as_of = as_of
        self._snapshot = snapshot(prospect.told, day=moment.astimezone(zone).date())
        self._table = table_of(self._snapshot, picture=pictures.get)

    def shown(self, problems: Sequence[Problem] = ()) -> Shown:
        """Return it as a site; its page says which *problems* the sources have by now."""
        page = overview(self._stated, self._snapshot, as_of=self._as_of, problems=problems)
        return Shown(page=_html(page), table=self._table)


class Previewer:
    """Makes the site anew whenever the sources change; on bad ones the last one stays."""

    def __init__(self, path: Path, *, as_of: date | None) -> None:
        self.reader = Reader(path)
        self.site: Shown | None = None
        self._preview: Preview | None = None
        self._name = name_of(path)
        self._as_of = as_of
        self._seen = ""
        self._out = Console(highlight=False)

    def look(self) -> None:
        """Make the site anew if the sources are not those that were last seen; say what of it."""
        seen = self.reader.fingerprint()
        if seen == self._seen:
            return
        verb = "saved" if self._seen else "read"
        self._seen = seen
        try:
            now = datetime.now(UTC)
            stated = self.reader.read(now, as_of=self._as_of)
            preview = Preview(stated, now=now, as_of=self._as_of)
        except SourceError as error:
            self._complain(error, verb)
        except SavedAgainError:
            self._seen = "again"
        else:
            self._show(preview, verb)

    def _show(self, preview: Preview, verb: str) -> None:
        print_problems(preview.warnings, Console(stderr=True))
        before, self._preview = self._preview, preview
        self.site = preview.shown()
        if before is None:
            self._say(f"{verb}: fine.")
            return
        changed = _changed(before.told, preview.told)
        said = f"Changed: {', '.join(changed)}" if changed else "Nothing changed."
        self._say(f"{verb}: fine. {said}")

    def _complain(self, error: SourceError, verb: str) -> None:
        print_problems(error.problems, Console(stderr=True))
        errors = [one for one in error.problems if one.severity is Severity.ERROR]
        if self._preview:
            self.site, stays = self._preview.shown(errors), "; the last good version stays"
        else:
            self.site, stays = Shown(page=_html(page_of_problems(errors))), ""
        self._say(f"{verb}: {counted(len(errors), 'error')}. The browser shows it{stays}.")

    def _say(self, what: str) -> None:
        moment = datetime.now(UTC).astimezone()
        self._out.print(f"{moment:%H:%M:%S}  {self._name} {what}", markup=False, soft_wrap=True)


def preview(
    sources: Sources = None,
    file: File = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            metavar="DAY",
            formats=["%Y-%m-%d"],
            help="As it was, or will be, on that day: 2031-05-01.",
            show_default=False,
        ),
    ] = None,
    host: Annotated[
        str, typer.Option(help="The address to listen on; this one is of this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8000,
) -> None:
    """Show what the file would publish, as a page and as feeds, and again whenever it is saved.

    Nothing is published, and the ledger is neither read nor written. Drafts are shown too.
    """
    path = find_sources(file or sources, start=Path.cwd())
    previewer = Previewer(path, as_of=as_of.date() if as_of else None)
    listener = _listen(host, port)
    address = f"http://{host}:{listener.getsockname()[1]}/"
    day = f"as of {as_of:%-d %B %Y}" if as_of else "as of today"
    Console(highlight=False).print(
        f"Showing the site {day} at {address}   (reloads when you save; Ctrl+C stops)",
        soft_wrap=True,
    )
    previewer.look()
    stop = Event()
    watcher = Thread(
        target=_watch, args=(previewer.look, previewer.reader.paths, stop), daemon=True
    )
    watcher.start()
    answer(application(lambda: previewer.site, Health), listener)
    stop.set()
    watcher.join()


def _watch(look: Callable[[], None], paths: tuple[Path, ...], stop: Event) -> None:
    for _ in changes(paths, stop):
        look()


def _html(page: bytes) -> Representation:
    return represent(
        page,
        media_type="text/html; charset=utf-8",
        modified=None,
        cache_control="no-store",
        headers={"content-security-policy": policy()},
    )


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        AddressError: it cannot be had; says what to do.
    """
    try:
        return listen(host, port)
    except AddressError as error:
        raise AddressError(f"{error}\nTake another one:  calfeed preview --port 0") from error


def _with_drafts(stated: Stated) -> Stated:
    """Return *stated* with its drafts as events like others."""
    statements = tuple(replace(one, draft=False) for one in stated.statements)
    return replace(stated, statements=statements)


def _changed(before: Told, after: Told) -> list[str]:
    """Return the keys of the events that are no longer as they were, the first of many."""
    digests = [{one.key: one.digest for one in told.revisions.values()} for told in (before, after)]
    keys = sorted(dict(digests[0].items() ^ digests[1].items()))
    return keys if len(keys) <= _NAMED else [*keys[:_NAMED], f"and {len(keys) - _NAMED} more"]
