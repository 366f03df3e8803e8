"""What ``calfeed diff`` compares with: a ledger, an older file, a revision, or a feed."""

import re
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from calfeed.addresses import ALL, feed_path
from calfeed.cli.difference.published import Out
from calfeed.cli.difference.told import Before
from calfeed.cli.earlier import told_in_revision
from calfeed.cli.fetching import fetch, is_address, read, read_head
from calfeed.cli.finding import name_of
from calfeed.cli.report import visible
from calfeed.comparing import read_published, which_feed
from calfeed.errors import CalfeedError
from calfeed.ledger.restore import BACKUP_BEGINS_WITH
from calfeed.ledger.store import open_ledger
from calfeed.ledger.told import Told
from calfeed.model import Site
from calfeed.publisher import would_tell
from calfeed.source.reader import Reader

CALENDAR_BEGINS_WITH = b"BEGIN:VCALENDAR"
_NAME_A_FEED = (
    "Name a site that calfeed publishes, or one of its feeds:  "
    "calfeed diff --against https://events.example.eu/feeds/all.ics"
)
_COMMIT = re.compile("[0-9a-f]{40,64}")
_SHORT = 10
"""Digits of a commit that people are shown."""

_MARK = b"\xef\xbb\xbf"


def beside_ledger(told: Told) -> Before:
    """Return the usual ledger, for comparison."""
    name = f"what was told (version {told.version})" if told.version else ""
    return Before(told=told, name=name, is_ledger=True)


def beside_file(old: Path, path: Path, now: datetime) -> Before:
    """Return what would have been told of the older file or folder *old*.

    Raises:
        CalfeedError: there is no such file, or it is *path* itself.
        SourceError: it has errors.
    """
    if not old.exists():
        raise CalfeedError(
            f"there is no {visible(str(old))}\n"
            f"Is it a revision of git?  calfeed diff --against {visible(str(old))}"
        )
    if old.samefile(path):
        raise CalfeedError(
            f"{name_of(path)} cannot be compared with itself\n"
            "Name an older file, or none to compare with what was told:  calfeed diff"
        )
    told = would_tell(Reader(old).read(now), Told(ledger_id=""), now=now).told
    return Before(told=told, name=name_of(old), is_ledger=False)


def beside(against: str, path: Path, site: Site, now: datetime) -> Before | Out:
    """Return what *against* names: a feed or a site by its address, a ledger, a file, a revision.

    Raises:
        CalfeedError: it is none of these, or cannot be read.
        SourceError: it names older sources, which have errors.
    """
    if is_address(against):
        return _fetched(against, site)
    if "://" in against:
        return _ledger(against)
    file = Path(against)
    if not file.exists():
        told = told_in_revision(path, against, now)
        revision = against[:_SHORT] if _COMMIT.fullmatch(against) else against
        return Before(told=told, name=f"{path.name} in {revision}", is_ledger=False)
    head = b"" if file.is_dir() else read_head(file, len(BACKUP_BEGINS_WITH) + len(_MARK))
    if head.startswith(BACKUP_BEGINS_WITH):
        return _ledger(against)
    if head.removeprefix(_MARK).startswith(CALENDAR_BEGINS_WITH):
        return _out(name_of(file), file.absolute().as_posix(), read(file), site)
    return beside_file(file, path, now)


def _ledger(where: str) -> Before:
    with closing(open_ledger(where, required=True)) as store:
        told, place = store.read(), store.place
    name = f"the ledger {place}, version {told.version}"
    return Before(told=told, name=name, is_ledger=True)


def _fetched(address: str, site: Site) -> Out:
    parts = urlsplit(address)
    if not parts.path.endswith(".ics"):
        parts = parts._replace(path=parts.path.rstrip("/") + feed_path(ALL), query="", fragment="")
    name = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))  # no password
    try:
        body = fetch(urlunsplit(parts))
    except CalfeedError as error:
        raise CalfeedError(f"{error}\n{_NAME_A_FEED}") from error
    return _out(name, parts.path, body, site)


def _out(name: str, path: str, body: bytes, site: Site) -> Out:
    if not body.lstrip(_MARK).startswith(CALENDAR_BEGINS_WITH):
        raise CalfeedError(f"{visible(name)} is no calendar\n{_NAME_A_FEED}")
    return Out(address=name, which=which_feed(path, site), events=read_published(body))
