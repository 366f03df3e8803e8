"""What happened lately, in one line each."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from markupsafe import Markup

from calfeed.addresses import event_page_path
from calfeed.changelog import WORDS
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.voice import Voice
from calfeed.ledger.told import Kind
from calfeed.states import Label

LABELS = {
    Kind.RETURNED: Label.BACK_ON,
    Kind.WITHDRAWN: Label.WITHDRAWN,
    Kind.LEFT: "left",  # elsewhere it takes place: no cause for alarm
    Kind.RESCHEDULED: Label.NEW_DATE,
    Kind.CANCELLED: Label.CANCELLED,
    Kind.POSTPONED: Label.POSTPONED,
    Kind.REINSTATED: Label.BACK_ON,
    Kind.MOVED_ONLINE: Label.ONLINE,
    Kind.RELOCATED: Label.NEW_PLACE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One change: its word, the event, and the day that it is of."""

    kind: str
    word: Markup
    href: str
    title: Markup
    day: Markup


def news_of(facts: Facts, voice: Voice, slug: str = "") -> Iterator[News]:
    """Yield the newest changes of an initiative, or of all, the newest first."""
    zone = ZoneInfo(facts.site.timezone)
    for row in facts.news(slug):
        revision = facts.snapshot.told.revisions[row.uid]
        yield News(
            kind=LABELS.get(row.kind, "new"),
            word=voice.say(WORDS[row.kind]),
            href="" if revision.withdrawn else event_page_path(revision.key, voice.language),
            title=voice.text(row.title),
            day=voice.day(row.dated.astimezone(zone).date()),
        )
