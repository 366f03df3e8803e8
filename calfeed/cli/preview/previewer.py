"""What a preview shows by now: made anew whenever the sources change, or another day is chosen."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from threading import Lock
from zoneinfo import ZoneInfo

from rich.console import Console

from calfeed.cli.finding import name_of
from calfeed.cli.preview.bar import Bar
from calfeed.cli.preview.news import News
from calfeed.cli.preview.overview import nothing_yet, overview
from calfeed.cli.preview.shown import Shown
from calfeed.cli.report import print_problems
from calfeed.cli.saying import counted
from calfeed.errors import Severity, SourceError
from calfeed.ledger.told import Told
from calfeed.publisher import SavedAgainError, would_tell
from calfeed.site import table_of
from calfeed.snapshot import snapshot
from calfeed.source.reader import Reader
from calfeed.source.stated import Stated

_NOTHING = Told(ledger_id="preview")
_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """The sources as they were read: what would be told of them, and how that is shown."""

    told: Told
    shown: Shown


class Previewer:
    """Makes the site anew whenever the sources change; on bad ones the last one stays.

    ``site`` is what is shown by now, never changed in place; ``news`` wakes those who follow it.
    """

    def __init__(self, path: Path, *, as_of: date | None) -> None:
        self.reader = Reader(path)
        self.site: Shown | None = None
        self.news = News()
        self._name = name_of(path)
        self._as_of = as_of
        self._seen = ""
        self._last: _Read | None = None
        self._looking = Lock()
        self._out = Console(highlight=False)

    def bar(self) -> Bar:
        """Return what the bar says by now."""
        return self.site.bar if self.site else Bar(name=self._name)

    def look(self) -> None:
        """Make the site anew if the sources are not those that were last seen; say what of it."""
        with self._looking:
            seen = self.reader.fingerprint()
            if seen != self._seen:
                self._show(seen, "saved" if self._seen else "read")

    def choose(self, day: date | None) -> None:
        """Make the site anew as of *day*, None for today; say what of it."""
        with self._looking:
            self._as_of = day
            said = f"as of {day:%-d %B %Y}" if day else "as of today"
            self._show(self.reader.fingerprint(), said)

    def _show(self, seen: str, verb: str) -> None:
        self._seen = seen
        try:
            self._take(self._read(seen), verb)
        except SourceError as error:
            self._complain(error, verb)
        except SavedAgainError:
            self._seen = "again"
        self.news.tell()

    def _read(self, seen: str) -> _Read:
        """Return what the sources state on the day, told to an empty ledger, drafts too."""
        now = datetime.now(UTC)
        stated = self.reader.read(now, as_of=self._as_of)
        zone = ZoneInfo(stated.site.timezone)
        if self._as_of:
            now = datetime.combine(self._as_of, time(12), tzinfo=zone).astimezone(UTC)
        prospect = would_tell(_with_drafts(stated), _NOTHING, now=now)
        pictures = {one.sha256[:16]: one for one in prospect.publication.pictures}
        facts = snapshot(prospect.told, day=now.astimezone(zone).date())
        bar = Bar(
            name=self._name,
            shown=sha256(f"{seen} {facts.day}".encode()).hexdigest()[:16],
            day=facts.day,
            is_today=self._as_of is None,
            warnings=prospect.warnings,
        )
        table = table_of(facts, picture=pictures.get)
        return _Read(
            told=prospect.told,
            shown=Shown(bar=bar, overview=overview(stated, facts), table=table),
        )

    def _take(self, read: _Read, verb: str) -> None:
        print_problems(read.shown.bar.warnings, Console(stderr=True))
        before, self._last, self.site = self._last, read, read.shown
        if before is None:
            self._say(f"{verb}: fine.")
            return
        changed = _changed(before.told, read.told)
        said = f"Changed: {', '.join(changed)}" if changed else "Nothing changed."
        self._say(f"{verb}: fine. {said}")

    def _complain(self, error: SourceError, verb: str) -> None:
        print_problems(error.problems, Console(stderr=True))
        errors = tuple(one for one in error.problems if one.severity is Severity.ERROR)
        if self._last:
            shown, stays = self._last.shown, "; the last good version stays"
        else:
            shown, stays = Shown(bar=Bar(name=self._name), overview=nothing_yet()), ""
        self.site = replace(shown, bar=replace(shown.bar, problems=errors))
        self._say(f"{verb}: {counted(len(errors), 'error')}. The browser shows it{stays}.")

    def _say(self, what: str) -> None:
        moment = datetime.now(UTC).astimezone()
        self._out.print(f"{moment:%H:%M:%S}  {self._name} {what}", markup=False, soft_wrap=True)


def _with_drafts(stated: Stated) -> Stated:
    """Return *stated* with its drafts as events like others."""
    statements = tuple(replace(one, draft=False) for one in stated.statements)
    return replace(stated, statements=statements)


def _changed(before: Told, after: Told) -> list[str]:
    """Return the keys of the events that are no longer as they were, the first of many."""
    digests = [{one.key: one.digest for one in told.revisions.values()} for told in (before, after)]
    keys = sorted(dict(digests[0].items() ^ digests[1].items()))
    return keys if len(keys) <= _NAMED else [*keys[:_NAMED], f"and {len(keys) - _NAMED} more"]
