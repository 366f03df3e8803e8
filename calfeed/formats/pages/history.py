"""What happened to an event, day by day, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from markupsafe import Markup

from calfeed.changelog import WORDS
from calfeed.dates import when_of_data
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.subject import Subject
from calfeed.formats.pages.voice import Voice
from calfeed.ledger.told import Kind
from calfeed.model import Change, Update


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that was told: on which day, of which date of a series, what, and why."""

    day: Markup
    what: Markup
    of: Markup | None = None
    notice: Markup | None = None


def history_of(subject: Subject, facts: Facts, voice: Voice) -> tuple[Told, ...]:
    """Return all that was told of it, the newest first, its announcement last."""
    told = [_told(update, subject, voice) for update in subject.updates()]
    return (*reversed(told), *_beginning(subject, facts, voice))


def _told(update: Update, subject: Subject, voice: Voice) -> Told:
    named = update.occurrence if subject.is_series else None
    return Told(
        day=voice.day(update.announced),
        what=_what(update, voice),
        of=_date_of_series(named, voice, onwards=update.onwards) if named else None,
        notice=voice.markdown(update.notice) if update.notice else None,
    )


def _date_of_series(day: date, voice: Voice, *, onwards: bool) -> Markup:
    if onwards:
        return voice.say("From {day} onwards", day=voice.day(day))
    return voice.say("The date of {day}", day=voice.day(day))


def _what(update: Update, voice: Voice) -> Markup:
    word = WORDS[Kind(update.change)]
    if update.change is Change.RESCHEDULED and update.is_first_date:
        word = WORDS[Kind.DATED]
    if given := update.given.get("when"):
        return voice.say("{change}: {fact}", change=voice.say(word), fact=_date(given, voice))
    if update.change is Change.RELOCATED and (place := update.given.get("place")):
        place = voice.text(place["name"])
        return voice.say("{change}: {fact}", change=voice.say(word), fact=place)
    return voice.say(word)


def _date(given: dict[str, object], voice: Voice) -> Markup:
    return voice.when(when_of_data(given))


def _beginning(subject: Subject, facts: Facts, voice: Voice) -> Iterator[Told]:
    """Yield its announcement, if the day is known: as stated, or that of its first publication."""
    event, standing = subject.revision.event, subject.standing
    created = subject.revision.created.astimezone(ZoneInfo(facts.site.timezone)).date()
    day = event.published or (None if event.updates else created)
    if day is None:
        return
    first = standing.old[0] if standing.old else subject.when
    begins_undated = any(update.is_first_date for update in event.updates)
    if first is None or subject.is_series or begins_undated:
        yield Told(day=voice.day(day), what=voice.say("Announced"))
    else:
        what = voice.say("Announced for {date}", date=voice.when(first))
        yield Told(day=voice.day(day), what=what)
