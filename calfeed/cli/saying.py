"""How the commands speak of publications: events and dates, never nodes or rows."""

from collections import Counter
from collections.abc import Iterable, Iterator

from calfeed import addresses
from calfeed.ledger.told import Kind, Publication, Row, Told
from calfeed.model import Change, Event, Text
from calfeed.publisher import Outcome
from calfeed.source.stated import Stated

WORDS = {
    Kind.NEW: "new",
    Kind.RETURNED: "back in the file",
    Kind.WITHDRAWN: "withdrawn",
    Kind.JOINED: "joined",
    Kind.LEFT: "left",
    Kind.DATED: "has its date",
    Kind.RESCHEDULED: "new date",
    Kind.CANCELLED: "cancelled",
    Kind.POSTPONED: "postponed",
    Kind.REINSTATED: "takes place after all",
    Kind.MOVED_ONLINE: "moved online",
    Kind.RELOCATED: "new place",
    Kind.CORRECTED: "corrected",
    Kind.EDITED: "edited",
    Kind.REISSUED: "sent again",
}
SHOWN = 12
_STATES = ("postponed", "with a new date", "cancelled", "moved online", "series")


def summary(stated: Stated) -> str:
    """Return in one line what the sources hold."""
    events = [one.event for one in stated.statements if not one.draft]
    counts = Counter(word for event in events for word in _words_of(event))
    drafts = len(stated.statements) - len(events)
    if drafts:
        counts["draft" if drafts == 1 else "drafts"] = drafts
    names = (*_STATES, "draft", "drafts")
    details = ", ".join(f"{counts[word]} {word}" for word in names if counts[word])
    return (
        f"{counted(len(stated.initiatives), 'initiative')}, {counted(len(events), 'event')}"
        + (f" ({details})" if details else "")
        + f", {counted(len(stated.site.languages), 'language')}"
    )


def feeds(told: Told, *, site: str) -> Iterator[tuple[str, str]]:
    """Yield name and address of each initiative's feed, then of the one with all events."""
    if told.site is None:
        return
    language = told.site.language
    for slug, known in told.initiatives.items():
        if known.retired is None and slug not in told.slugs:
            yield words(known.initiative.name, language), site + addresses.feed_path(slug)
    yield "all events", site + addresses.feed_path(addresses.ALL)


def news(outcome: Outcome) -> list[str]:
    """Return a line for each event that was told, the newest word of it last."""
    publication = outcome.publication
    if publication is None or publication.is_empty:
        return []
    told = list(_told(publication, outcome.told))
    if len(told) <= SHOWN:
        return told
    return [*told[:SHOWN], f"and {len(told) - SHOWN} more"]


def words(text: Text, language: str) -> str:
    """Return *text* in *language*, or in the first it has."""
    return text.get(language) or next(iter(text.values()))


def counted(number: int, word: str) -> str:
    """Return *number* and *word*, in the plural unless there is one."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _told(publication: Publication, told: Told) -> Iterator[str]:
    by_uid: dict[str, list[Row]] = {}
    for row in publication.rows:
        by_uid.setdefault(row.uid, []).append(row)
    for uid, rows in by_uid.items():
        what = ", ".join(dict.fromkeys(map(_said, rows)))
        yield f"{told.revisions[uid].key}: {what} (revision {rows[-1].sequence})"
    if not publication.rows:
        yield "names and settings of the calendars"


def _said(row: Row) -> str:
    return f"{WORDS[row.kind]} {row.initiative}" if row.initiative else WORDS[row.kind]


def _words_of(event: Event) -> Iterable[str]:
    standing = event.standing
    if standing.off:
        yield "cancelled" if standing.off is Change.CANCELLED else "postponed"
    elif standing.online:
        yield "moved online"
    elif standing.is_moved:
        yield "with a new date"
    if event.rule:
        yield "series"
