"""The message under a title: what has become of the event, in words and with both dates."""

from dataclasses import dataclass

from markupsafe import Markup

from calfeed.formats.pages.subject import Subject
from calfeed.formats.pages.voice import Voice
from calfeed.model import Change
from calfeed.states import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """``kind`` chooses colour and icon; ``was`` and ``now`` are dates or places, said in full."""

    kind: str
    heading: Markup
    was: tuple[Markup, ...] = ()
    now: Markup | None = None
    sentences: tuple[Markup, ...] = ()
    notice: Markup | None = None


def message_of(subject: Subject, voice: Voice) -> Message | None:
    """Return what has become of it; None while all is as planned."""
    if subject.standing.off is Change.POSTPONED:
        return _postponed(subject, voice)
    if subject.standing.off is Change.CANCELLED:
        return _cancelled(subject, voice)
    if subject.took_place and subject.when:
        return _past(subject, voice)
    if subject.when is None:
        return _announced_later(voice)
    return _changed(subject, voice)


def _postponed(subject: Subject, voice: Voice) -> Message:
    planned = _plan(subject, voice)
    follow = voice.say("The new date is not known yet. Subscribe and your calendar will follow.")
    return Message(
        kind=Label.POSTPONED,
        heading=voice.say("This event is postponed"),
        sentences=(*planned, follow),
        notice=_notice(subject, voice),
    )


def _cancelled(subject: Subject, voice: Voice) -> Message:
    return Message(
        kind=Label.CANCELLED,
        heading=voice.say("This event is cancelled"),
        sentences=_plan(subject, voice),
        notice=_notice(subject, voice),
    )


def _past(subject: Subject, voice: Voice) -> Message:
    if subject.is_series:
        heading = voice.say("This series has ended")
        return Message(kind="past", heading=heading)
    when = voice.when(subject.when) if subject.when else Markup()
    return Message(kind="past", heading=voice.say("This event took place on {date}", date=when))


def _announced_later(voice: Voice) -> Message:
    return Message(
        kind="plain",
        heading=voice.say("The date is still to be announced"),
        sentences=(voice.say("Subscribe and your calendar will show it once it is known."),),
    )


def _changed(subject: Subject, voice: Voice) -> Message | None:
    """Say the change that weighs most; the others follow in sentences."""
    standing, now = subject.standing, subject.when
    change = standing.reason.change if standing.reason else None
    if standing.online:
        kind, heading = Label.ONLINE, voice.say("This event now takes place online")
    elif standing.is_moved:
        kind, heading = Label.NEW_DATE, voice.say("This event has a new date")
    elif change is Change.RELOCATED:
        kind, heading = Label.NEW_PLACE, voice.say("This event has a new place")
    elif change is Change.REINSTATED:
        kind, heading = Label.BACK_ON, voice.say("This event takes place after all")
    else:
        return None
    sentences = []
    if standing.online and not standing.is_moved:
        sentences.append(voice.say("The time is unchanged."))
    if kind is Label.NEW_DATE and change is Change.RELOCATED:
        sentences.append(voice.say("The place is new, too."))
    return Message(
        kind=kind,
        heading=heading,
        was=tuple(voice.when(when) for when in standing.old),
        now=voice.when(now) if now and standing.is_moved else None,
        sentences=tuple(sentences),
        notice=_notice(subject, voice),
    )


def _plan(subject: Subject, voice: Voice) -> tuple[Markup, ...]:
    if subject.when is None or subject.is_series:
        return ()
    return (voice.say("It was planned for {date}.", date=voice.when(subject.when)),)


def _notice(subject: Subject, voice: Voice) -> Markup | None:
    reason = subject.standing.reason
    return voice.markdown(reason.notice) if reason and reason.notice else None
