"""``calfeed preview``: what the file would publish, on any day, on this machine alone."""

import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from threading import Event, Thread
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from calfeed.cli.finding import find_sources, name_of
from calfeed.cli.opening import File, Sources
from calfeed.cli.overview import overview, policy
from calfeed.cli.report import print_problems
from calfeed.cli.saying import counted
from calfeed.errors import Severity, SourceError
from calfeed.ledger.told import Told
from calfeed.publisher import would_tell
from calfeed.representation import Representation, represent
from calfeed.site import Table
from calfeed.snapshot import snapshot
from calfeed.source.reader import Reader
from calfeed.source.stated import Stated
from calfeed.watching import changes
from calfeed.web.application import Health, application
from calfeed.web.server import AddressError, listen
from calfeed.web.server import serve as answer

HERE = "127.0.0.1"
PAGE = "/"
_NOTHING = Told(ledger_id="preview")
_NAMED = 5


class Preview:
    """One state of the sources as a site in memory, its overview among its representations."""

    def __init__(self, stated: Stated, *, now: datetime, as_of: date | None) -> None:
        zone = ZoneInfo(stated.site.timezone)
        moment = datetime.combine(as_of, time(12), tzinfo=zone).astimezone(UTC) if as_of else now
        prospect = would_tell(_with_drafts(stated), _NOTHING, now=moment)
        pictures = {one.sha256[:16]: one for one in prospect.publication.pictures}
        shown = snapshot(prospect.told, day=moment.astimezone(zone).date())
        self.told = prospect.told
        self.warnings = prospect.warnings
        self._table = Table(shown, picture=pictures.get)
        self._page = represent(
            overview(stated, shown, as_of=as_of),
            media_type="text/html; charset=utf-8",
            modified=None,
            cache_control="no-store",
            headers={"content-security-policy": policy()},
        )

    def ready(self, path: str) -> Representation | None:
        """Return what is already made of *path*."""
        return self._page if path == PAGE else self._table.ready(path)

    def make(self, path: str) -> Representation | None:
        """Return the representation of *path*, made now if need be; None if there is none."""
        return self._page if path == PAGE else self._table.make(path)


class Previewer:
    """Makes the site anew whenever the sources change; on bad ones the last one stays."""

    def __init__(self, path: Path, *, as_of: date | None) -> None:
        self.reader = Reader(path)
        self.site: Preview | None = None
        self._name = name_of(path)
        self._as_of = as_of
        self._seen = ""
        self._out = Console(highlight=False)

    def look(self) -> None:
        """Make the site anew if the sources are not those that were last seen; say what of it."""
        seen = self.reader.fingerprint()
        if seen == self._seen:
            return
        is_first, self._seen = not self._seen, seen
        try:
            now = datetime.now(UTC)
            site = Preview(self.reader.read(now, as_of=self._as_of), now=now, as_of=self._as_of)
        except SourceError as error:
            self._complain(error)
            return
        print_problems(site.warnings, Console(stderr=True))
        before, self.site = self.site, site
        changed = _changed(before.told, site.told) if before else []
        said = f"Changed: {', '.join(changed)}" if changed else "Nothing changed."
        self._say("fine." if is_first or before is None else f"fine. {said}")

    def _complain(self, error: SourceError) -> None:
        print_problems(error.problems, Console(stderr=True))
        errors = sum(one.severity is Severity.ERROR for one in error.problems)
        stays = " The last good version stays." if self.site else ""
        self._say(f"{counted(errors, 'error')}.{stays}")

    def _say(self, what: str) -> None:
        moment = datetime.now(UTC).astimezone()
        self._out.print(f"{moment:%H:%M:%S}  {self._name} saved: {what}", soft_wrap=True)


def preview(
    sources: Sources = None,
    file: File = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="As it was, or will be, on that day.", show_default=False
        ),
    ] = None,
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8000,
) -> None:
    """Show what the file would publish, as a page and as feeds, and again whenever it is saved.

    Nothing is published, and the ledger is neither read nor written. Drafts are shown too.
    """
    path = find_sources(file or sources, start=Path.cwd())
    previewer = Previewer(path, as_of=as_of.date() if as_of else None)
    listener = _listen(port)
    address = f"http://{HERE}:{listener.getsockname()[1]}/"
    day = f"{as_of:%-d %B %Y}" if as_of else "today"
    Console(highlight=False).print(
        f"Showing the site as of {day} at {address}   (made anew when you save; Ctrl+C stops)",
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


def _listen(port: int) -> socket.socket:
    """Return a socket on this machine alone.

    Raises:
        AddressError: the port is taken; says what to do.
    """
    try:
        return listen(HERE, port)
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
