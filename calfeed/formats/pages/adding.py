"""Links that keep a copy of one event: it does not follow changes, and they say so."""

from dataclasses import dataclass

from calfeed.addresses import event_page_path
from calfeed.formats.pages.calling import google_event, outlook_event
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.subject import Subject
from calfeed.formats.pages.voice import Voice
from calfeed.model import Details


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """Where services offer to keep a copy."""

    google: str
    outlook: str


def copies_of(subject: Subject, facts: Facts, voice: Voice) -> Copies | None:
    """Return the links for *subject*; None while there is no date to keep, or it is no more."""
    when = subject.when
    if when is None or subject.is_off or subject.is_over or subject.is_series:
        return None
    page = facts.site.url + event_page_path(subject.revision.key, voice.language, subject.day)
    facts_ = {
        "title": voice.choose(subject.details.title).text,
        "place": _place(subject.details, voice),
        "details": voice.summary(subject.details),
        "page": page,
    }
    return Copies(google=google_event(when, **facts_), outlook=outlook_event(when, **facts_))


def _place(details: Details, voice: Voice) -> str:
    place = details.place
    if place is None:
        return str(voice.say("Online")) if details.online else ""
    return voice.venue(place).text
