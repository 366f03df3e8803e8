"""Builders of the domain for tests: a plain event, a revision of it, a feed of revisions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from calfeed.dates import When
from calfeed.ledger.revision import (
    Frame,
    Revision,
    digest,
    digest_of_instants,
    encode_event,
    encode_frame,
)
from calfeed.model import Change, Details, Event, Override, Rule, Site, Standing, Text, Update
from calfeed.snapshot import Feed

SITE_URL = "https://events.example.eu"
STAMP = datetime(2021, 9, 23, 8, 15, tzinfo=UTC)
CREATED = datetime(2021, 9, 6, 10, 0, tzinfo=UTC)
NAMES: Mapping[str, Text] = {
    "intelligent-cities-challenge": {"en": "Intelligent Cities Challenge"},
    "living-in-eu": {"en": "Living-in.EU"},
}


def at(start: str, end: str | None = None, zone: str = "Europe/Brussels") -> When:
    """Return the date from *start* to *end*, days or ``2021-12-02 14:30``."""
    if len(start) == len("2021-12-02"):
        last = date.fromisoformat(end) if end else None
        return When(start=date.fromisoformat(start), end=last, zone=zone)
    until = datetime.fromisoformat(end) if end else None
    return When(start=datetime.fromisoformat(start), end=until, zone=zone)


def an_update(
    change: Change, announced: str = "2021-09-23", *, occurrence: str | None = None, **given: Any
) -> Update:
    """Return the update that made *change* on the day *announced*."""
    return Update(
        announced=date.fromisoformat(announced),
        change=change,
        occurrence=date.fromisoformat(occurrence) if occurrence else None,
        **given,
    )


def an_event(  # noqa: PLR0913 - a test names what it needs
    key: str = "summit",
    *,
    standing: Standing | None = None,
    rule: Rule | None = None,
    overrides: tuple[Override, ...] = (),
    updates: tuple[Update, ...] | None = None,
    initiatives: tuple[str, ...] = ("living-in-eu",),
    **details: Any,
) -> Event:
    """Return an event of one title and date unless *details* say otherwise.

    Its updates are, if not given, the reason of its state.
    """
    standing = standing or Standing()
    details.setdefault("title", {"en": "Summit"})
    details.setdefault("when", at("2021-11-10 16:00", "2021-11-10 17:30"))
    if updates is None:
        updates = (standing.reason,) if standing.reason else ()
    return Event(
        key=key,
        initiatives=initiatives,
        details=Details(**details),
        standing=standing,
        rule=rule,
        overrides=overrides,
        updates=updates,
    )


def an_override(event: Event, day: str, standing: Standing, **details: Any) -> Override:
    """Return one date of *event* in the state *standing*, other *details* than the series'."""
    return Override(
        day=date.fromisoformat(day),
        details=replace(event.details, **details),
        standing=standing,
    )


def a_revision(  # noqa: PLR0913 - a test names what it needs
    event: Event | None = None,
    *,
    uid: str | None = None,
    sequence: int = 0,
    stamp: datetime = STAMP,
    created: datetime = CREATED,
    withdrawn: datetime | None = None,
    **frame: Any,
) -> Revision:
    """Return *event* as told at *stamp*, framed by the names of its initiatives and *frame*."""
    event = event or an_event()
    frame.setdefault("site_url", SITE_URL)
    frame.setdefault("language", "en")
    frame.setdefault(
        "initiatives", {slug: NAMES.get(slug, {"en": slug}) for slug in event.initiatives}
    )
    frame.setdefault("instants", digest_of_instants(event))
    facts, framed = encode_event(event), encode_frame(Frame(**frame))
    return Revision(
        uid=uid or str(uuid5(uuid5(NAMESPACE_URL, SITE_URL), event.key)),
        key=event.key,
        sequence=sequence,
        stamp=stamp,
        created=created,
        digest=digest(facts, framed),
        facts=facts,
        framed=framed,
        initiatives=event.initiatives,
        last_day=event.last_day("Europe/Brussels"),
        withdrawn=withdrawn,
    )


def a_site(**facts: Any) -> Site:
    """Return the site of the shipped events, with other *facts*."""
    facts.setdefault("name", {"en": "EU cities events"})
    facts.setdefault("url", SITE_URL)
    facts.setdefault("language", "en")
    facts.setdefault("languages", ("en", "fr", "de", "el"))
    facts.setdefault("timezone", "Europe/Brussels")
    return Site(**facts)


def a_feed(*revisions: Revision, **facts: Any) -> Feed:
    """Return the feed of Living-in.EU with *revisions*, with other *facts*."""
    if "key" not in facts:
        facts.setdefault("slug", "living-in-eu")
    facts.setdefault("name", {"en": "Living-in.EU"})
    facts.setdefault("modified", max((told.stamp for told in revisions), default=STAMP))
    return Feed(revisions=revisions, **facts)
