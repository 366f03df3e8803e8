"""Calendars of many programs, as two libraries ship them with their own tests."""

import tarfile
from datetime import UTC, date, datetime
from functools import cache

import pytest

from calfeed.errors import CalfeedError
from calfeed.source.importing.assembling import assemble
from calfeed.source.importing.calendar import read_calendar
from calfeed.source.importing.outcome import Imported
from tests.house import House, body
from tests.readers import icaljs
from tests.readers.available import CALENDARS
from tests.readers.reading import Instance
from tests.source.importing.calendars import TERMS, quiet
from tests.spine import events_file

pytestmark = [pytest.mark.reader("calendars"), pytest.mark.reader("icaljs")]

HORIZON = datetime(2040, 1, 1, tzinfo=UTC)


@cache
def calendars() -> dict[str, bytes]:
    """Return every calendar file of the source packages by its name, the first of equal names."""
    found: dict[str, bytes] = {}
    for package in sorted(CALENDARS.glob("*.tar.gz")):
        with tarfile.open(package) as archive:
            for member in archive:
                content = archive.extractfile(member) if member.name.endswith(".ics") else None
                if content is not None:
                    found.setdefault(member.name.rpartition("/")[2], content.read())
    return found


@cache
def imported(name: str) -> Imported | None:
    try:
        read = read_calendar(calendars()[name], TERMS, name=name, progress=quiet)
    except CalfeedError:
        return None
    return assemble(read, TERMS)


def published(result: Imported) -> bytes:
    house = House()
    house.publish(events_file(result.entries, site={"keep_past": "forever"}))
    return body(house.table(), "/feeds/all.ics")


def test_they_all_import_without_a_defect_and_most_of_them_with_events() -> None:
    results = [imported(name) for name in calendars()]
    assert len(results) > 200
    assert sum(bool(result and result.entries) for result in results) > 150


def test_what_is_imported_is_published_with_the_same_instants() -> None:
    names = [name for name in calendars() if (result := imported(name)) and result.entries]
    theirs = icaljs.expand_each([calendars()[name] for name in names], HORIZON)
    feeds = [published(result) for name in names if (result := imported(name))]
    ours = icaljs.expand_each(feeds, HORIZON)
    compared = 0
    differing = {}
    for name, before, after in zip(names, theirs, ours, strict=True):
        assert after is not None, f"{name}: its import is published as what ical.js refuses"
        if before is not None:
            compared += len(after)
            if difference := differences(before, after):
                differing[name] = difference
    assert differing.keys() == AGREE_TO_DIFFER.keys(), differing
    assert compared > 30_000


def differences(before: list[Instance], after: list[Instance]) -> list[str]:
    """Return dates that only one of both has, up to the last one of each event that was imported.

    What became an event of its own has another UID, so that its dates count for any. An event in
    whose times ical.js finds no zone is not compared: it knows no zone without its VTIMEZONE.
    """
    known = {one.uid for one in before}
    floating = {one.uid for one in before if is_floating(one.start)}
    theirs = {
        (" ".join((one.uid or "").split()), moment(one.start))
        for one in before
        if one.uid not in floating
    }
    ours = {(one.uid, moment(one.start)) for one in after if one.uid in known - floating}
    others = {moment(one.start) for one in after if one.uid not in known}
    ends = {uid: max(start for other, start in ours if other == uid) for uid, _ in ours}
    missing = {
        (uid, start)
        for uid, start in theirs - ours
        if start <= ends.get(uid, "") and start not in others
    }
    return sorted(map(str, missing | (ours - theirs)))[:4]


def is_floating(start: date) -> bool:
    return isinstance(start, datetime) and start.tzinfo is None


def moment(start: date) -> str:
    if not isinstance(start, datetime) or start.tzinfo is None:
        return start.isoformat()
    return start.astimezone(UTC).replace(second=0).isoformat()


AGREE_TO_DIFFER = {
    "issue42.ics": "it has rules that leave out their own first date, which counts all the same",
    "issue_173_only_modifications_error.ics": "ical.js leaves out a Friday that nothing takes out",
    "fablab_cottbus.ics": "its VTIMEZONE has two years of a zone, ours has all of them",
    "issue_148_edge_case_1.ics": "it has several versions of an event: ical.js shows them all",
    "issue_148_ignored_exdate.ics": "likewise",
    "issue_163_deleted_modification.ics": "likewise",
    "issue_28_rrule_with_UTC_endinginZ.ics": "it has times for dates of whole days",
    "issue_75_range_parameter.ics": "it changes all later dates, which is told to be looked at",
}
