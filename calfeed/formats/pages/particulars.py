"""The facts of an event, row by row: when, where, how to take part, who holds it."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from calfeed import words
from calfeed.dates import When, moment_text
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.frame import linked
from calfeed.formats.pages.subject import Subject, is_called_off, is_registration_open
from calfeed.formats.pages.voice import Voice
from calfeed.model import Organiser, Venue


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One row: its ``term``, what no longer holds (``was``, struck), and what does."""

    term: Markup
    values: tuple[Markup, ...] = ()
    was: tuple[Markup, ...] = ()


def particulars_of(subject: Subject, facts: Facts, voice: Voice) -> Iterator[Fact]:
    """Yield every fact that is known, in the order in which people ask for them."""
    yield _when(subject, voice)
    yield from _where(subject, voice)
    yield from _online(subject, voice)
    yield from _registration(subject, facts, voice)
    yield from _people(subject, voice)


def _when(subject: Subject, voice: Voice) -> Fact:
    term, when, standing = voice.say("When"), subject.when, subject.standing
    if when is None:
        return Fact(term=term, values=(voice.say("to be announced"),))
    said = _date(subject, when, voice)
    if is_called_off(subject):
        return Fact(term=term, was=(said,))
    if subject.is_off:
        old = tuple(voice.when(one) for one in standing.old)
        return Fact(term=term, was=(*old, said), values=(voice.say("to be announced"),))
    values = [said]
    if when.to_be_confirmed:
        values.append(voice.say("Time to be confirmed"))
    return Fact(term=term, values=tuple(values), was=tuple(map(voice.when, standing.old)))


def _date(subject: Subject, when: When, voice: Voice) -> Markup:
    if subject.is_series:
        return _dates(subject, when, voice)
    said = voice.when(when, role="dt-start")
    if when.end is None:
        return said
    end = moment_text(when.end, when.zone)
    return said + Markup('<data class="dt-end" value="{}"></data>').format(end)


def _dates(subject: Subject, when: When, voice: Voice) -> Markup:
    """Say how many dates a series has, from when to when, and at which hours."""
    rule = subject.revision.event.rule
    days = [day for day in rule.days if day not in rule.leaves_out] if rule else [when.first_day]
    span = When(start=days[0], end=days[-1], zone=when.zone)
    said = voice.say(
        "{count} dates, {days}", count=len(days), days=words.say_when(span, voice.language)
    )
    hours = words.say_hours(when, voice.language) if when.is_timed else ""
    return Markup(", ").join((said, hours)) if hours else said


def _where(subject: Subject, voice: Voice) -> Iterator[Fact]:
    place, was_at = subject.details.place, subject.standing.was_at
    if place is None and was_at is None:
        return
    yield Fact(
        term=voice.say("Where"),
        values=(_venue(place, voice, role="p-location"),) if place else (),
        was=(_venue(was_at, voice),) if was_at else (),
    )


def _venue(place: Venue, voice: Voice, *, role: str = "") -> Markup:
    said = voice.marked(voice.venue(place))
    return Markup('<span class="{}">{}</span>').format(role, said) if role else said


def _online(subject: Subject, voice: Voice) -> Iterator[Fact]:
    online = subject.details.online
    if online is None:
        return
    if online.private:
        said = voice.say("The link is given after registration.")
    elif subject.is_off or subject.is_over:
        said = voice.say("Online")
    else:
        label = voice.text(online.label) if online.label else voice.say("Join online")
        said = Markup('<a href="{}">{}</a>').format(online.url, label)
    yield Fact(term=voice.say("Online"), values=(said,))


def _registration(subject: Subject, facts: Facts, voice: Voice) -> Iterator[Fact]:
    details = subject.details
    if said := _about_registration(subject, facts, voice):
        yield Fact(term=voice.say("Registration"), values=said)
    if details.free is not None:
        price = voice.say("Free of charge") if details.free else voice.say("There is a charge")
        yield Fact(term=voice.say("Price"), values=(price,))
    if details.languages:
        names = (words.say_language(code, voice.language) for code in details.languages)
        yield Fact(term=voice.say("Languages"), values=(Markup(", ").join(names),))


def _about_registration(subject: Subject, facts: Facts, voice: Voice) -> tuple[Markup, ...]:
    registration, zone = subject.details.registration, subject.revision.event.details.when
    if registration is None:
        return ()
    if is_called_off(subject):
        return (voice.say("Registration is closed: the event is cancelled."),)
    if subject.is_off:
        return (voice.say("Registration is closed: the event is postponed."),)
    if not is_registration_open(subject, facts):
        return (voice.say("Registration is closed."),)
    said = [Markup('<a href="{}">{}</a>').format(registration.url, voice.say("Register"))]
    if registration.closes and zone:
        closes = When(start=registration.closes, zone=zone.zone)
        said.append(voice.say("Registration closes: {moment}", moment=voice.when(closes)))
    return tuple(said)


def _people(subject: Subject, voice: Voice) -> Iterator[Fact]:
    details = subject.details
    if details.organisers:
        names = tuple(_organiser(one, voice) for one in details.organisers)
        yield Fact(term=voice.say("Organisers"), values=names)
    if details.contact:
        yield Fact(term=voice.say("Contact"), values=(linked(details.contact),))
    if details.website:
        yield Fact(term=voice.say("Website"), values=(_link(details.website),))


def _organiser(organiser: Organiser, voice: Voice) -> Markup:
    name = voice.text(organiser.name)
    if organiser.url:
        return Markup('<a href="{}">{}</a>').format(organiser.url, name)
    if organiser.email:
        return Markup('<a href="mailto:{}">{}</a>').format(organiser.email, name)
    return name


def _link(address: str) -> Markup:
    shown = address.partition("://")[2].rstrip("/")
    return Markup('<a href="{}">{}</a>').format(address, shown)
