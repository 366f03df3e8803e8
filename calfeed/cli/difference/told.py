"""The report of what would be told, compared with what was told before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from calfeed.addresses import Variant
from calfeed.cli.difference.report import Entry, Mark, Report, in_order, warnings_of
from calfeed.cli.difference.turns import turn_of, why_gone
from calfeed.cli.saying import words
from calfeed.comparing import MASTER, Difference, PropertyChange, compare, drawn, text
from calfeed.errors import GuardError
from calfeed.ledger.guard import check_withdrawals
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Told
from calfeed.model import Site
from calfeed.publisher import Prospect
from calfeed.source.stated import Stated, Statement

FIRST_TIME = "Nothing was told before: subscribers are told everything for the first time."


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What was told before, and what messages call it; only a ledger has numbers."""

    told: Told
    name: str
    is_ledger: bool


def report_of_told(stated: Stated, prospect: Prospect, before: Before, *, day: date) -> Report:
    """Return what *prospect*, of what is *stated*, tells anew on *day* beside *before*.

    Only a ledger has the numbers that subscribers know, so without one none are said.
    """
    told = before.told
    comparison = compare(told, prospect.told, prospect.publication, day=day)
    statements = {key: one for one in stated.statements for key in (one.event.key, *one.formerly)}
    entries = (
        _entry(one, statements, site=stated.site, is_numbered=before.is_ledger)
        for one in comparison.events
    )
    notes = [FIRST_TIME] if told.version == 0 and before.is_ledger else []
    return Report(
        against=before.name,
        entries=in_order(entries),
        settings=comparison.settings if told.version else (),
        warnings=warnings_of(prospect),
        notes=(*notes, *_guarded(stated, told, prospect, day)),
    )


def _entry(
    difference: Difference, statements: Mapping[str, Statement], *, site: Site, is_numbered: bool
) -> Entry:
    before, after = difference.before, difference.after
    languages = (site.language, *site.languages)
    why = why_gone(statements.get(difference.key))
    return Entry(
        mark=_mark(difference),
        key=difference.key,
        uid=difference.uid,
        title=title_of(after, site.language),
        turn=turn_of(difference, why_gone=why),
        was=before.sequence if before and is_numbered else None,
        becomes=after.sequence if is_numbered else None,
        feeds=difference.feeds,
        joins=difference.joins if before else (),
        leaves=difference.leaves,
        properties=_properties(difference, languages, is_numbered=is_numbered),
    )


def _properties(
    difference: Difference, languages: Sequence[str], *, is_numbered: bool
) -> tuple[PropertyChange, ...]:
    """Return what differs in the first of *languages* in which anything but the number does.

    A new event is no change of anything: all of it is there to be read in the file.
    """
    if difference.before is None:
        return ()
    found = [difference.properties(language) for language in languages]
    first = next((one for one in found if any(map(_is_more_than_number, one))), found[0])
    return tuple(one for one in first if is_numbered or _is_more_than_number(one))


def _is_more_than_number(change: PropertyChange) -> bool:
    return change.name != "SEQUENCE"


def _mark(difference: Difference) -> Mark:
    if difference.is_withdrawn:
        return Mark.WITHDRAWN
    return Mark.CHANGED if difference.before else Mark.NEW


def title_of(revision: Revision, language: str) -> str:
    """Return what calendars show of an event in *language*; its title while they show nothing."""
    shown = drawn(revision, Variant(language=language))
    title = text(shown.get(MASTER, {}), "SUMMARY")
    return title or words(revision.event.details.title, language)


def _guarded(stated: Stated, told: Told, prospect: Prospect, day: date) -> Iterator[str]:
    """Yield what would stop the publication until somebody confirms it."""
    try:
        check_withdrawals(told, stated, prospect.publication, day=day, withdraw=None)
    except GuardError as error:
        what, *_, step = str(error).split("\n")
        yield f"Publishing would stop: {what}"
        yield step
