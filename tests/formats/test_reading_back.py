"""Law 4: reading a feed back gives what was meant, for any text, any date and any state."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from calfeed.addresses import Show, Variant
from calfeed.dates import When
from calfeed.formats import ics, readback
from calfeed.ledger.revision import Revision
from tests.builders import a_feed, a_site
from tests.readers import icalendar_reader, icaljs, libical
from tests.readers.reading import Instance, Moment, ReadEvent
from tests.strategies import LANGUAGES, revisions, variants

UNHURRIED = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
ONE_PROCESS = settings(UNHURRIED, max_examples=1, phases=[Phase.generate])
BEFORE, AFTER = date(1990, 1, 1), date(2040, 1, 1)


def a_calendar(revision: Revision, variant: Variant) -> bytes:
    return ics.render(a_feed(revision), variant, site=a_site())


def instances(revision: Revision, show: Show, *, utc: bool = False) -> list[Instance]:
    variant = Variant(language="en", show=show, utc=utc)
    return libical.expand(a_calendar(revision, variant), BEFORE, AFTER)


@settings(UNHURRIED, max_examples=100)
@given(revisions())
def test_icalendar_reads_back_what_was_meant(revision: Revision) -> None:
    readback.check(revision, LANGUAGES)


@pytest.mark.reader("icaljs")
@ONE_PROCESS
@given(st.lists(st.tuples(revisions(), variants), min_size=25, max_size=25))
def test_ical_js_reads_the_same(told: list[tuple[Revision, Variant]]) -> None:
    calendars = [a_calendar(revision, variant) for revision, variant in told]

    assert icaljs.read_each(calendars) == [icalendar_reader.read(data) for data in calendars]


@pytest.mark.reader("libical")
@settings(UNHURRIED, max_examples=60)
@given(revisions(), variants)
def test_libical_reads_the_same(revision: Revision, variant: Variant) -> None:
    data = a_calendar(revision, variant)

    assert apart_from_categories(libical.read(data)) == apart_from_categories(
        icalendar_reader.read(data)
    )


def apart_from_categories(events: list[ReadEvent]) -> list[ReadEvent]:
    return [replace(event, categories=()) for event in events]  # libical takes a list for one


@settings(UNHURRIED, max_examples=60)
@given(revisions(), st.sampled_from(Show))
def test_in_utc_an_event_has_the_same_instants_and_says_the_same(
    revision: Revision, show: Show
) -> None:
    local, utc = (
        icalendar_reader.read(a_calendar(revision, Variant(language="en", show=show, utc=utc)))
        for utc in (False, True)
    )

    assert [replace(event, rdates=()) for event in utc] == [
        replace(event, rrule="", exdates=(), rdates=()) for event in local
    ]


@settings(UNHURRIED, max_examples=60)
@given(revisions())
def test_what_is_visible_differs_in_its_status_alone(revision: Revision) -> None:
    struck, visible = (
        icalendar_reader.read(a_calendar(revision, Variant(language="en", show=show)))
        for show in (Show.STRUCK, Show.VISIBLE)
    )
    tentative = {"CANCELLED": "TENTATIVE", "CONFIRMED": "CONFIRMED"}

    assert visible == [replace(event, status=tentative[event.status]) for event in struck]


@pytest.mark.reader("libical")
@settings(UNHURRIED, max_examples=60)
@given(revisions(), st.booleans())
def test_a_client_shows_the_dates_that_the_event_has(revision: Revision, utc: bool) -> None:
    seen = [instance.start for instance in instances(revision, Show.STRUCK, utc=utc)]

    assert seen == sorted(map(start_of, revision.event.dates()), key=str)


@pytest.mark.reader("libical")
@settings(UNHURRIED, max_examples=60)
@given(revisions(), st.booleans())
def test_an_active_feed_has_the_dates_that_are_on(revision: Revision, utc: bool) -> None:
    struck = instances(revision, Show.STRUCK, utc=utc)

    assert instances(revision, Show.ACTIVE, utc=utc) == [
        instance for instance in struck if instance.status == "CONFIRMED"
    ]


def start_of(when: When) -> Moment:
    return when.span()[0] if isinstance(when.start, datetime) else when.start


GOLDEN = sorted(
    path
    for path in (Path(__file__).parents[1] / "golden").glob("*.ics")
    if path.read_bytes().startswith(b"BEGIN:VCALENDAR")
)


@pytest.mark.reader("icaljs")
@pytest.mark.reader("libical")
def test_three_readers_agree_on_every_golden_calendar() -> None:
    calendars = [path.read_bytes() for path in GOLDEN]
    by_icalendar = [icalendar_reader.read(data) for data in calendars]

    assert icaljs.read_each(calendars) == by_icalendar
    assert [apart_from_categories(libical.read(data)) for data in calendars] == list(
        map(apart_from_categories, by_icalendar)
    )
