"""Links that keep a copy of one event: it does not follow changes, and they say so."""

from dataclasses import dataclass

from calfeed import words
from calfeed.addresses import event_page_path
from calfeed.formats.pages.calling import google_event, outlook_event
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.subject import Subject
from calfeed.formats.pages.voice import Voice
from calfeed.markup import as_plain_text
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
        "details": _text(subject.details, voice),
        "page": page,
    }
    return Copies(google=google_event(when, **facts_), outlook=outlook_event(when, **facts_))


def _place(details: Details, voice: Voice) -> str:
    place = details.place
    if place is None:
        return str(voice.say("Online")) if details.online else ""
    name = voice.choose(place.name)
    parts = [name.text]
    if place.address:
        parts.append(voice.choose(place.address).text)
    if place.country:
        parts.append(words.say_country(place.country, name.language))
    return ", ".join(dict.fromkeys(parts))


def _text(details: Details, voice: Voice) -> str:
    if details.summary:
        return voice.choose(details.summary).text
    if not details.description:
        return ""
    chosen = words.choose(details.description, voice.language, voice.otherwise)
    return " ".join(as_plain_text(chosen.text).split())
