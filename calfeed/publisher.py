"""Files -> ledger: read, reconcile, draw and read back, tell; on bad sources change nothing."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from threading import Event as Signal
from zoneinfo import ZoneInfo

from calfeed.addresses import ALL, Variant
from calfeed.errors import CalfeedError, LedgerError, Problem
from calfeed.formats import ics, readback
from calfeed.ledger.applying import applied
from calfeed.ledger.encoding import Encodings
from calfeed.ledger.guard import check_withdrawals
from calfeed.ledger.reconcile import Reconciled, reconcile
from calfeed.ledger.revision import EDITION
from calfeed.ledger.store import Overtaken, Store
from calfeed.ledger.told import PictureFile, Publication, Told
from calfeed.snapshot import snapshot
from calfeed.source.reader import Reader
from calfeed.source.stated import Stated, StatedPicture

SETTLE = 0.2
"""Seconds between two looks at the files that must agree before they are read."""

GOOGLE_LIMIT = 1_000_000
NEAR_LIMIT = 900_000
TRIES = 5


class SavedAgainError(CalfeedError):
    """A picture has changed since the sources were read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: saved again while it was read\nRun the command again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one publication did; ``told`` is the ledger afterwards, ``sources`` what was read.

    ``stated`` None: the sources are those of the last publication, nothing was read.
    """

    told: Told
    sources: str
    publication: Publication | None = None
    stated: Stated | None = None
    warnings: tuple[Problem, ...] = ()


class Publisher:
    """Publishes one set of sources to one ledger; remembers what it read and encoded last."""

    def __init__(
        self,
        reader: Reader,
        store: Store,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._reader = reader
        self._store = store
        self._clock = clock
        self._told: Told | None = None
        self._encodings = Encodings()
        self._stopping = Signal()

    def stop(self) -> None:
        """Let a waiting publication end at once."""
        self._stopping.set()

    def sources(self) -> str:
        """Return the fingerprint of the files and all else that decides what is told of them.

        Its second part names the edition and the zone data.
        """
        return f"{self._reader.fingerprint()}/{EDITION}-{version('tzdata')}"

    def settled_sources(self) -> str:
        """Return the fingerprint once two looks, a moment apart, agree: no save is half done."""
        before = self.sources()
        while not self._stopping.wait(SETTLE):
            now = self.sources()
            if now == before:
                return now
            before = now
        return before

    def publish(self, *, withdraw: int | None = None, anew: bool = True) -> Outcome:
        """Tell what the sources state; without *anew* not if these very bytes were told last.

        On a ledger that several publishers share, bytes that were told and replaced since are not
        told again without *anew*: an old replica that starts must not undo a newer publication.
        *withdraw* confirms that so many events go.

        Raises:
            SourceError: the sources cannot be published; nothing changed.
            GuardError: too much is gone at once, and nobody confirmed it.
            ReadBackError: what was drawn does not say what was meant.
            LedgerError: the ledger cannot be written.
        """
        for _ in range(TRIES):
            sources = self.settled_sources()
            told = self._told = self._store.read(self._told)
            if not anew and (sources == told.sources or self._is_replaced(sources)):
                return Outcome(told=told, sources=sources)
            stated = self._reader.read(self._clock())
            if self.sources() != sources:
                continue  # saved again while it was read
            try:
                return self._tell(told, stated, sources, withdraw=withdraw)
            except (Overtaken, SavedAgainError):
                continue  # reconcile with what another publisher told, or with what stands now
        raise LedgerError(
            "the sources or the ledger changed each time they were read\n"
            "Is another program writing them all the time? Stop it, then publish again."
        )

    def _is_replaced(self, sources: str) -> bool:
        """Whether these very sources were told to a shared ledger, and others since."""
        return self._store.is_shared and self._store.was_told(sources)

    def _tell(self, told: Told, stated: Stated, sources: str, *, withdraw: int | None) -> Outcome:
        reconciled = _reconciled(
            told, stated, now=self._clock(), sources=sources, encodings=self._encodings
        )
        publication = reconciled.publication
        day = publication.at.astimezone(ZoneInfo(stated.site.timezone)).date()
        check_withdrawals(told, stated, publication, day=day, withdraw=withdraw)
        _read_back(publication, stated.site.languages)
        self._store.publish(publication, onto=told.version)
        self._told = self._store.read(told)
        return Outcome(
            told=self._told,
            sources=sources,
            publication=publication,
            stated=stated,
            warnings=reconciled.warnings,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What a publication would do; ``told`` is what the ledger would say afterwards."""

    told: Told
    publication: Publication
    warnings: tuple[Problem, ...]


def would_tell(stated: Stated, told: Told, *, now: datetime) -> Prospect:
    """Return what publishing *stated* at *now* would come to; nothing is written.

    Its warnings are all that there is to say of publishing it, but for ``large_feeds``.

    Raises:
        SourceError: what is stated contradicts what was told.
        SavedAgainError: a picture is no longer what was read.
    """
    reconciled = _reconciled(told, stated, now=now)
    after = applied(told, reconciled.publication)
    return Prospect(
        told=after,
        publication=reconciled.publication,
        warnings=reconciled.warnings,
    )


def _reconciled(
    told: Told,
    stated: Stated,
    *,
    now: datetime,
    sources: str = "",
    encodings: Encodings | None = None,
) -> Reconciled:
    reconciled = reconcile(told, stated, now=now, sources=sources, encodings=encodings)
    pictures = tuple(_pictures(reconciled.publication, stated))
    return replace(
        reconciled,
        publication=replace(reconciled.publication, pictures=pictures),
        warnings=(*stated.problems, *reconciled.warnings),
    )


def _read_back(publication: Publication, languages: Iterable[str]) -> None:
    languages = tuple(languages)
    for revision in publication.revisions:
        readback.check(revision, languages)


def _pictures(publication: Publication, stated: Stated) -> Iterator[PictureFile]:
    """Yield the pictures of all that is told anew, from the files whose hashes were read."""
    files = {picture.sha256: picture for picture in stated.pictures}
    wanted = {one.initiative.logo.sha256 for one in publication.initiatives if one.initiative.logo}
    for revision in publication.revisions:
        event = revision.event
        for details in (event.details, *(override.details for override in event.overrides)):
            if details.image:
                wanted.add(details.image.sha256)
    for name in sorted(wanted & files.keys()):
        yield _picture(files[name])


def _picture(stated: StatedPicture) -> PictureFile:
    try:
        body = stated.path.read_bytes()
    except OSError as error:
        raise SavedAgainError(stated.path) from error
    if sha256(body).hexdigest() != stated.sha256:
        raise SavedAgainError(stated.path)
    return PictureFile(sha256=stated.sha256, extension=stated.extension, body=body)


def large_feeds(told: Told, stated: Stated, now: datetime) -> Iterator[Problem]:
    """Yield a warning for each feed that Google may refuse: it wants less than a megabyte.

    All feeds are drawn for it, so it takes its time.
    """
    shown = snapshot(told, day=now.astimezone(ZoneInfo(stated.site.timezone)).date())
    for slug, feed in shown.feeds.items():
        size = len(ics.render(feed, Variant(language=stated.site.language), site=stated.site))
        if size > NEAR_LIMIT:
            whose = "all events" if slug == ALL else f'"{slug}"'
            yield Problem(
                code="W406",
                message=f"the calendar of {whose} has {size / GOOGLE_LIMIT:.1f} MB",
                place=stated.place("initiatives", slug, of="key"),
                hint="Google Calendar takes less than 1 MB",
                help=("keep past events for a shorter time:  site.keep_past, in days",),
            )
