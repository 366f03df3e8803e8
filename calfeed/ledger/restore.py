"""A ledger begun from what is left of another: a backup, the feeds that it published, or both."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from icalendar import Calendar, Event
from sqlalchemy import URL

from calfeed.addresses import event_page_path
from calfeed.ledger import beginning
from calfeed.ledger.database import Trouble, told_error
from calfeed.ledger.known import Known, higher
from calfeed.ledger.numbering import LARGEST_SEQUENCE
from calfeed.ledger.store import Store
from calfeed.ledger.told import Floor

BACKUP_BEGINS_WITH = b"SQLite format 3\0"
"""The first bytes of every backup, and of no feed."""

_NO_FEED = Trouble(
    what="this is neither a backup nor a feed of calfeed",
    step="Give a file that calfeed ledger backup made, or a feed, best /feeds/all.ics of the site.",
)
_NO_FILE = Trouble(
    what="a backup becomes an SQLite file, and this is none",
    step="A PostgreSQL database has its own:  pg_restore",
)
_NOT_REPLACED = Trouble(
    what="it is replaced by the programs of PostgreSQL",
    step="Drop the database, make it anew, then restore into that.",
)
_WATCHED = Trouble(
    what="calfeed serve is publishing to it",
    step="Stop that first; subscribers keep what they have.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Published:
    """One event as a feed has it: its UID, its key if its page tells one, its numbers."""

    uid: str
    key: str
    floor: Floor


def restore(
    to: str, *, backup: Path | None = None, feeds: Mapping[str, bytes], replace: bool = False
) -> Path | None:
    """Begin the ledger *to* with all that *backup* has and the numbers that *feeds* show.

    An event has at least the SEQUENCE and stamp that any feed shows, so that a backup which is
    older than them takes nothing back. *feeds* are bodies by what they are called.
    Return where the ledger that was there is kept now; None if there was none.

    Raises:
        LedgerError: there is one, and it is not to be replaced; or a source is not what it
            should be.
    """
    where = beginning.locate(to)
    known = known_of(feeds)
    with _room(where, replace=replace) as aside:
        if backup is None:
            beginning.begin(where, known, aside=aside)
        elif isinstance(where, Path):
            source = beginning.database_at(backup)
            Store(source).version()  # it is a ledger, and of this schema
            beginning.begin_as_copy(where, source, known, aside=aside)
        else:
            raise told_error(where.render_as_string(), _NO_FILE)
    return aside


def known_of(feeds: Mapping[str, bytes]) -> Known:
    """Return what *feeds* tell of the ledger that they were drawn from.

    Raises:
        LedgerError: one is no feed, or has an event without its numbers.
    """
    published = [one for name, body in feeds.items() for one in _published(name, body)]
    floors: dict[str, Floor] = {}
    for one in published:
        floors[one.uid] = higher(floors.get(one.uid, one.floor), one.floor)
    pins: dict[str, str] = {}
    for one in sorted(published, key=lambda one: (floors[one.uid].created, one.uid)):
        if one.key:
            pins.setdefault(one.key, one.uid)  # of two that had one key, the older keeps it
    return Known(pins=pins, floors=floors)


def _published(name: str, body: bytes) -> Iterator[_Published]:
    try:
        calendars = Calendar.from_ical(body, multiple=True)
    except ValueError as error:
        raise told_error(name, _NO_FEED) from error
    walked = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    events = [event for event in walked if isinstance(event, Event)]
    if not events:
        raise told_error(name, _NO_FEED)
    for event in events:
        try:
            yield _published_event(event)
        except (TypeError, ValueError) as error:
            raise told_error(name, _unreadable(event)) from error


def _published_event(event: Event) -> _Published:
    stamp, sequence, uid = event.DTSTAMP, event.sequence, str(event.uid)
    if not uid or stamp is None or not 0 <= sequence <= LARGEST_SEQUENCE:
        raise ValueError(uid)
    floor = Floor(
        sequence=sequence,
        stamp=max(stamp, event.LAST_MODIFIED or stamp),
        created=event.CREATED or stamp,
    )
    return _Published(uid=uid, key=_key_of(str(event.url)), floor=floor)


def _key_of(page: str) -> str:
    """Return the key of the event that has the address *page*; empty if no event has."""
    path = urlsplit(page).path
    match path.split("/"):
        case [*_, language, _, key, ""] if path.endswith(event_page_path(key, language)):
            return key
    return ""


def _unreadable(event: Event) -> Trouble:
    return Trouble(
        what=f"its event {event.get('UID', 'without UID')} lacks UID, SEQUENCE or DTSTAMP, "
        "or they cannot be read",
        step="Fetch the feed again, or give another that has this event.",
    )


@contextmanager
def _room(where: URL | Path, *, replace: bool) -> Iterator[Path | None]:
    """Yield where to keep what is there, while nobody watches it; None if there is nothing."""
    with closing(beginning.database_at(where)) as database:
        if not (replace and beginning.is_there(where, database)):
            yield None
            return
        if not isinstance(where, Path):
            raise database.error(_NOT_REPLACED)
        if not Store(database).try_lock_watching():
            raise database.error(_WATCHED)
        yield where.with_name(f"{where.name}.{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}")
