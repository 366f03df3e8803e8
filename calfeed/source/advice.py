"""What is allowed in an event and likely not meant: status words in titles, join links in texts."""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from calfeed.commands import command
from calfeed.errors import Problem
from calfeed.model import Change, Text
from calfeed.source.parts import OnlineEntry
from calfeed.source.repeats import reminders_of_rule
from calfeed.source.schema import EventEntry, Fields
from calfeed.source.stated import Placing

STATUS_WORDS: Mapping[Change, str] = {
    Change.POSTPONED: "postponed|verschoben|reportée?|αναβλήθηκε|αναβληθηκε",
    Change.CANCELLED: "cancell?ed|withdrawn|abgesagt|annulée?|ακυρώθηκε|ακυρωθηκε",
    Change.RESCHEDULED: (
        "rescheduled|new date|neuer termin|nouvelle date|νέα ημερομηνία|νεα ημερομηνια"
    ),
    Change.MOVED_ONLINE: "moved online|online verlegt",
}
"""Words in titles, in four languages, by the change that says the same."""

_WORD = "|".join(STATUS_WORDS.values())
_STATUS = re.compile(
    rf"^\W*({_WORD})\s*[:!|–—-]"
    rf"|[\[(]\s*({_WORD})\s*[\])]"
    rf"|[:!|–—-]\s*({_WORD})\W*$"
    rf"|\b((?-i:{_WORD.upper()}))\b",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"https?://(?:[\w-]+\.)*(?:zoom\.us|teams\.microsoft\.com|teams\.live\.com|meet\.google\.com"
    r"|webex\.com|meet\.jit\.si|gotomeeting\.com|whereby\.com|bluejeans\.com)/[^\s)>\]]+"
)


def advise(key: str, entry: EventEntry, place: Placing) -> Iterator[Problem]:
    """Yield a warning or a reminder for each thing in *entry* that its editor may not mean.

    *key* is the event's name, as the file has it, whatever it is.
    """
    told = {update.change for update in entry.updates}
    yield from _about_fields(entry, key, told, place)
    for index, update in enumerate(entry.updates):
        yield from _about_fields(update, key, told, partial(place, "updates", index))
    for reminder in reminders_of_rule(entry.repeats.rule) if entry.repeats else ():
        yield Problem(
            code=reminder.code,
            message=reminder.message,
            place=place("repeats", of="key"),
            help=reminder.help,
        )


def _about_fields(entry: Fields, key: str, told: set[Change], place: Placing) -> Iterator[Problem]:
    for title in (entry.title or {}).values():
        if found := _STATUS.search(title):
            word = found[found.lastindex or 0]
            yield _status_word(word, key, told, partial(place, "title"))
    for name, text in (("summary", entry.summary), ("description", entry.description)):
        yield from _about_links(text or {}, entry.online, partial(place, name))


def _status_word(word: str, key: str, told: set[Change], place: Placing) -> Problem:
    change = next(
        change for change, words in STATUS_WORDS.items() if re.fullmatch(words, word, re.IGNORECASE)
    )
    advice = "remove it: an update of the event says so already"
    if change not in told:
        advice = f"remove it, and record the change as an update:\n{command(change, key)}"
    return Problem(
        code="W301",
        message="a status word in the title",
        place=place(part=word),
        hint="calfeed adds this word itself, in every language",
        help=(advice,),
        notes=("left in the title, the word stays when the event gets its new date",),
    )


def _about_links(text: Text, online: OnlineEntry | None, place: Placing) -> Iterator[Problem]:
    for words in text.values():
        found = _MEETING.search(words)
        link = found[0] if found else online.url if online and online.url in words else None
        if link:
            yield Problem(
                code="W302",
                message="a join link inside a text",
                place=place(part=link),
                hint="people without a calendar app would miss it",
                help=("write it as  online: {url: …}  and take it out of the text",),
            )
