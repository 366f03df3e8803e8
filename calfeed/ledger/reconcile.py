"""Told + true + now -> what to tell: pure, the same arguments always give the same publication."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from calfeed.errors import Problem, Severity, SourceError
from calfeed.ledger.carrying import carry
from calfeed.ledger.encoding import Encodings, Framing
from calfeed.ledger.findings import (
    Difference,
    problems_of_changes,
    problems_of_gone,
    problems_of_slugs,
    reminders_of_retired,
)
from calfeed.ledger.identity import namespace_of, problems_of, uids_of
from calfeed.ledger.initiatives import tell_initiatives
from calfeed.ledger.numbering import LARGEST_SEQUENCE, Revised, after, moved, with_rows
from calfeed.ledger.reissue import reissued
from calfeed.ledger.revision import EDITION, Revision, encode_event, whole_second
from calfeed.ledger.rows import Draft, drafts_of_change, drafts_of_new
from calfeed.ledger.told import Kind, Publication, Told
from calfeed.model import Change, Text
from calfeed.source.stated import Stated, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """What to tell, and what an editor should hear of it (warnings; errors are raised)."""

    publication: Publication
    warnings: tuple[Problem, ...] = ()


def reconcile(
    told: Told,
    stated: Stated,
    *,
    now: datetime,
    sources: str = "",
    encodings: Encodings | None = None,
) -> Reconciled:
    """Return what must be told when the sources state *stated* at *now*.

    An unchanged event keeps its revision, so its feeds keep their bytes and ETags. A changed
    one takes higher numbers and a newer stamp. One that vanished before it was over is withdrawn
    once: a subscriber who never hears of it again would keep it for ever. *sources* is the
    fingerprint of what was read; *encodings* remembers unchanged events between calls.

    Raises:
        SourceError: what the file states contradicts what was told.
    """
    at = max(whole_second(now), told.told_at or whole_second(now))
    namespace = namespace_of(told, stated.site.url)
    uids = uids_of(told, stated.statements, namespace)
    slugs = {old: new.slug for new in stated.initiatives for old in new.formerly}
    framing = Framing(site=stated.site, names=_names(told, stated), uids={**told.pins, **uids})
    work = _Work(told=told, stated=stated, framing=framing, slugs=slugs, at=at)
    true = _true(told, stated.statements, uids)
    changed = _changed(work, true, encodings or Encodings())
    gone = _gone(work, true)
    problems = _problems(work, uids, changed, gone)
    revised = [
        *(
            _told_first(work, one) if one.known is None else _told_again(work, one.known, one)
            for one in changed
        ),
        *(_withdrawn(work, known) for known in gone),
        *reissued(told, _absent(work, true), framing, at=at, sources=sources),
    ]
    publication = _publication(work, revised, _new_pins(told, true), sources=sources)
    if told.namespace is None:
        publication = replace(publication, namespace=namespace)
    return Reconciled(publication=publication, warnings=tuple(problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What every step of one reconciliation needs."""

    told: Told
    stated: Stated
    framing: Framing
    slugs: Mapping[str, str]
    at: datetime

    @property
    def day(self) -> date:
        return self.at.astimezone(ZoneInfo(self.stated.site.timezone)).date()

    def is_over(self, known: Revision) -> bool:
        return known.last_day is not None and known.last_day < self.day


def _true(
    told: Told, statements: Sequence[Statement], uids: Mapping[str, str]
) -> dict[str, Statement]:
    """Return what is to be published, by UID: no drafts."""
    return {
        uids[statement.event.key]: statement
        for statement in statements
        if not statement.draft and not _is_taken_back(told, uids[statement.event.key], statement)
    }


def _publication(
    work: _Work, revised: Sequence[Revised], pins: Mapping[str, str], *, sources: str
) -> Publication:
    told, site = work.told, work.stated.site
    rows = tuple(row for one in revised for row in one.rows)
    return Publication(
        at=work.at,
        sources=sources,
        edition=EDITION,
        site=site if site != told.site else None,
        initiatives=tell_initiatives(told, work.stated, rows, slugs=work.slugs, at=work.at),
        revisions=tuple(one.revision for one in revised),
        rows=rows,
        pins=pins,
        slugs={old: new for old, new in work.slugs.items() if told.slugs.get(old) != new},
        languages=tuple(sorted(set(site.languages) - set(told.languages))),
    )


def _names(told: Told, stated: Stated) -> dict[str, Text]:
    names = {slug: known.initiative.name for slug, known in told.initiatives.items()}
    for initiative in stated.initiatives:
        for slug in (*initiative.formerly, initiative.slug):
            names[slug] = initiative.name
    return names


def _is_taken_back(told: Told, uid: str, statement: Statement) -> bool:
    """Whether a told date went back to "to be announced" without a postponement that says so."""
    event, known = statement.event, told.revisions.get(uid)
    if event.details.when is not None or event.standing.off is Change.POSTPONED or known is None:
        return False
    return known.last_day is not None


def _changed(work: _Work, true: Mapping[str, Statement], encodings: Encodings) -> list[Difference]:
    encodings.begin(work.framing)
    changed = []
    for uid, statement in true.items():
        known = work.told.revisions.get(uid)
        encoded = encodings.encode(statement.event, work.framing)
        if known is None or known.withdrawn or known.digest != encoded.digest:
            changed.append(Difference(uid=uid, known=known, statement=statement, encoded=encoded))
    return changed


def _gone(work: _Work, true: Mapping[str, Statement]) -> list[Revision]:
    """Return what is gone before it was over; an event that was held stays as it was told."""
    return [
        known
        for uid, known in work.told.revisions.items()
        if uid not in true and not known.withdrawn and not work.is_over(known)
    ]


def _problems(
    work: _Work, uids: Mapping[str, str], changed: list[Difference], gone: list[Revision]
) -> list[Problem]:
    problems = [
        *problems_of(work.stated.statements, uids),
        *problems_of_slugs(work.told, work.stated),
        *reminders_of_retired(work.told, work.stated),
        *problems_of_changes(changed, day=work.day),
        *problems_of_gone(gone, changed, work.stated),
    ]
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise SourceError(problems)
    return problems


def _told_first(work: _Work, new: Difference) -> Revised:
    uid, statement, encoded = new.uid, new.statement, new.encoded
    event = statement.event
    floor = work.told.floors.get(uid)
    drafts = drafts_of_new(event, zone=work.stated.site.timezone)
    least = max(len(event.updates), statement.sequence or 0)
    sequence = max(floor.sequence + len(drafts), least) if floor else least
    stamp = after(floor, work.at)
    revision = Revision(
        uid=uid,
        key=event.key,
        sequence=min(sequence, LARGEST_SEQUENCE),
        stamp=stamp,
        created=floor.created if floor else stamp,
        digest=encoded.digest,
        facts=encoded.facts,
        framed=encoded.framed,
        initiatives=event.initiatives,
        last_day=event.last_day(work.stated.site.timezone),
    )
    return with_rows(revision, drafts, event)


def _told_again(work: _Work, known: Revision, changed: Difference) -> Revised:
    statement, encoded = changed.statement, changed.encoded
    event = carry(known.event, statement.event)
    drafts = drafts_of_change(
        known.event, event, returned=known.withdrawn is not None, slugs=work.slugs
    )
    revision = replace(
        moved(known, drafts, at=work.at, least=len(event.updates)),
        key=event.key,
        digest=encoded.digest,
        facts=encoded.facts if event == statement.event else encode_event(event),
        framed=encoded.framed,
        initiatives=event.initiatives,
        last_day=event.last_day(work.stated.site.timezone),
        withdrawn=None,
    )
    return with_rows(revision, drafts, event)


def _withdrawn(work: _Work, known: Revision) -> Revised:
    drafts = [Draft(kind=Kind.WITHDRAWN)]
    revision = moved(known, drafts, at=work.at)
    return with_rows(replace(revision, withdrawn=revision.stamp), drafts, known.event)


def _absent(work: _Work, true: Mapping[str, Statement]) -> Iterator[Revision]:
    for uid, known in work.told.revisions.items():
        if uid not in true and (known.withdrawn or work.is_over(known)):
            yield known


def _new_pins(told: Told, true: Mapping[str, Statement]) -> dict[str, str]:
    return {
        key: uid
        for uid, statement in true.items()
        for key in (statement.event.key, *statement.formerly)
        if told.pins.get(key) != uid
    }
