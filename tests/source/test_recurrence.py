"""The days of a recurrence, against two other ways to find them: by definition and by dateutil."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby, islice, takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calfeed.source.agreement import check_agreed
from calfeed.source.recurrence import Frequency, Recurrence, day_before, days_from, spelled_out
from calfeed.source.rrule import parse_rrule
from tests.source.refusing import refused

TUESDAY = date(2021, 9, 7)
WEEK = timedelta(days=7)


def rule(text: str) -> Recurrence:
    return parse_rrule(text)[0]


def numbers(most: int, least: int = 1) -> st.SearchStrategy[tuple[int, ...]]:
    one = st.integers(least, most).filter(bool)
    return st.sets(one, max_size=3).map(sorted).map(tuple)


@st.composite
def recurrences(draw: st.DrawFn) -> Recurrence:
    frequency = draw(st.sampled_from(list(Frequency)))
    is_longer = frequency in {Frequency.MONTHLY, Frequency.YEARLY}
    ordinals = st.integers(-4, 4) if is_longer else st.just(0)
    weekdays = st.sets(st.tuples(ordinals, st.integers(0, 6)), max_size=3)
    return Recurrence(
        frequency=frequency,
        interval=draw(st.integers(1, 5)),
        months=draw(st.just(()) | numbers(12)),
        year_days=draw(st.just(()) | numbers(366, -366)) if frequency == Frequency.YEARLY else (),
        month_days=draw(st.just(()) | numbers(31, -31)),
        weekdays=tuple(sorted(draw(weekdays))),
        positions=draw(st.just(()) | numbers(4, -4)) if is_longer else (),
        week_start=draw(st.integers(0, 6)),
    )


def first_days() -> st.SearchStrategy[date]:
    return st.dates(date(2000, 1, 1), date(2100, 12, 31)) | st.just(date(2024, 2, 29))


def by_definition(given_rule: Recurrence, first: date) -> Iterator[date]:
    """Yield the days from *first* to the end of the next year, found as RFC 5545 defines them."""
    full = spelled_out(given_rule, first)
    start, last = date(first.year, 1, 1) - WEEK, date(first.year + 1, 12, 31)
    days = [start + timedelta(days=days) for days in range((last + WEEK - start).days)]
    for period, group in groupby(days, key=lambda day: period_of(full, day)):
        if (period - period_of(full, first)) % full.interval:
            continue
        chosen = [day for day in group if fits(full, day)]
        places = full.positions or range(1, len(chosen) + 1)
        wanted = {chosen[p - 1 if p > 0 else p] for p in places if abs(p) <= len(chosen)}
        yield from sorted(day for day in wanted if first <= day <= last)


def period_of(full: Recurrence, day: date) -> int:
    match full.frequency:
        case Frequency.DAILY:
            return day.toordinal()
        case Frequency.WEEKLY:
            return (day.toordinal() - 1 - full.week_start) // 7  # 0001-01-01 was a Monday
        case Frequency.MONTHLY:
            return day.year * 12 + day.month
        case Frequency.YEARLY:
            return day.year


def fits(full: Recurrence, day: date) -> bool:
    month, next_month = day.replace(day=1), date(day.year + day.month // 12, day.month % 12 + 1, 1)
    year, next_year = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    is_by_month = full.frequency == Frequency.MONTHLY or bool(full.months)
    begin, end = (month, next_month) if is_by_month else (year, next_year)
    before, after = (day - begin) // WEEK, (end - day - timedelta(days=1)) // WEEK
    same_weekdays = {(nth, day.weekday()) for nth in (0, before + 1, -after - 1)}
    tests = (
        (full.months, {day.month}),
        (full.month_days, {day.day, (day - next_month).days}),
        (full.year_days, {(day - year).days + 1, (day - next_year).days}),
        (full.weekdays, same_weekdays),
    )
    return all(not wanted or not is_so.isdisjoint(wanted) for wanted, is_so in tests)


@settings(max_examples=50)
@given(recurrences(), first_days())
def test_the_days_are_those_of_the_definition(given_rule: Recurrence, first: date) -> None:
    last = date(first.year + 1, 12, 31)
    found = list(takewhile(lambda day: day <= last, days_from(given_rule, first)))

    assert found == list(by_definition(given_rule, first))


@settings(max_examples=50)
@given(recurrences(), first_days())
def test_dateutil_reads_the_same_days_from_a_rule_that_apps_agree_on(
    given_rule: Recurrence, near: date
) -> None:
    first = next(days_from(given_rule, near), None)
    assume(first is not None and next(days_from(given_rule, first), None) == first)
    assert first is not None
    full = spelled_out(given_rule, first)
    assume(refused(lambda: check_agreed(full)) is None)
    days = list(islice(days_from(full, first), 30))

    text = f"{full};UNTIL={days[-1]:%Y%m%d}T120000"
    read = rrulestr(text, dtstart=datetime.combine(first, time(12)))

    assert [moment.date() for moment in read] == days


@settings(max_examples=50)
@given(recurrences())
def test_a_rule_as_it_is_written_reads_as_it_is(given_rule: Recurrence) -> None:
    read = rule(str(given_rule))

    assert (str(read), read.weekdays) == (str(given_rule), given_rule.weekdays)


@pytest.mark.parametrize(
    ("text", "first", "days"),
    [
        pytest.param(
            "FREQ=MONTHLY",
            date(2021, 8, 31),
            ["2021-08-31", "2021-10-31", "2021-12-31", "2022-01-31"],
            id="the 31st of each month skips short ones",
        ),
        pytest.param(
            "FREQ=YEARLY",
            date(2096, 2, 29),
            ["2096-02-29", "2104-02-29", "2108-02-29", "2112-02-29"],
            id="29 February skips to leap years, and 2100 was none",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            date(2021, 12, 31),
            ["2021-12-31", "2022-01-31", "2022-02-28", "2022-03-31"],
            id="the last day of each month",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYDAY=-1FR",
            date(2021, 9, 24),
            ["2021-09-24", "2021-10-29", "2021-11-26", "2021-12-31"],
            id="the last Friday",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            date(2021, 9, 30),
            ["2021-09-30", "2021-10-29", "2021-11-30", "2021-12-31"],
            id="the last working day",
        ),
        pytest.param(
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=MO",
            TUESDAY,
            ["2021-09-07", "2021-09-12", "2021-09-21", "2021-09-26"],
            id="every other week, when weeks begin on Monday",
        ),
        pytest.param(
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU",
            TUESDAY,
            ["2021-09-07", "2021-09-19", "2021-09-21", "2021-10-03"],
            id="every other week, when weeks begin on Sunday",
        ),
        pytest.param(
            "FREQ=YEARLY;BYYEARDAY=-1,1",
            date(2021, 1, 1),
            ["2021-01-01", "2021-12-31", "2022-01-01", "2022-12-31"],
            id="the first and the last day of the year",
        ),
        pytest.param(
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            date(2020, 11, 3),
            ["2020-11-03", "2024-11-05", "2028-11-07", "2032-11-02"],
            id="election day",
        ),
        pytest.param(
            "FREQ=DAILY;INTERVAL=10;BYMONTH=1,12",
            date(2021, 12, 15),
            ["2021-12-15", "2021-12-25", "2022-01-04", "2022-01-14"],
            id="days of some months",
        ),
    ],
)
def test_days(text: str, first: date, days: list[str]) -> None:
    assert [str(day) for day in islice(days_from(rule(text), first), 4)] == days


def test_days_end_after_a_hundred_years() -> None:
    days = list(days_from(rule("FREQ=YEARLY"), TUESDAY))

    assert (days[-1], len(days)) == (date(2121, 9, 7), 101)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", id="30 February"),
        pytest.param("FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31", id="31 April, looked for daily"),
        pytest.param("FREQ=MONTHLY;INTERVAL=12;BYMONTH=2;BYDAY=MO", id="February from September"),
    ],
)
def test_a_rule_without_days_ends_too(text: str) -> None:
    assert list(days_from(rule(text), TUESDAY)) == []


@pytest.mark.parametrize(
    ("text", "before"),
    [
        pytest.param("FREQ=MONTHLY;BYDAY=1MO", date(2021, 9, 6), id="of the same month"),
        pytest.param("FREQ=MONTHLY;BYDAY=2TU", date(2021, 8, 10), id="of the month before"),
        pytest.param("FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU", date(2021, 7, 13), id="two months ago"),
        pytest.param("FREQ=WEEKLY;BYDAY=MO", date(2021, 9, 6), id="of the same week"),
        pytest.param("FREQ=YEARLY;BYMONTH=12;BYDAY=1MO", date(2020, 12, 7), id="of last year"),
        pytest.param("FREQ=DAILY;BYDAY=FR", None, id="further away"),
    ],
)
def test_the_day_before(text: str, before: date | None) -> None:
    assert day_before(rule(text), TUESDAY) == before


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("FREQ=DAILY", "FREQ=DAILY", id="each day"),
        pytest.param("FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=TU", id="the weekday"),
        pytest.param("FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=7", id="the day of the month"),
        pytest.param("FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=7", id="the day of the year"),
        pytest.param(
            "FREQ=YEARLY;BYMONTH=6,3",
            "FREQ=YEARLY;BYMONTH=3,6;BYMONTHDAY=7",
            id="the day of some months",
        ),
        pytest.param(
            "WKST=SU;BYDAY=-1FR,+1TU;INTERVAL=2;FREQ=MONTHLY",
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR,1TU",
            id="always in the same order, without what says nothing",
        ),
        pytest.param(
            "FREQ=WEEKLY;INTERVAL=2",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO",
            id="with the day on which weeks begin where it matters",
        ),
    ],
)
def test_what_a_rule_leaves_to_its_first_day_is_written_out(text: str, written: str) -> None:
    assert str(spelled_out(rule(text), TUESDAY)) == written
