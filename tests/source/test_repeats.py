"""The grammar of `repeats`: rules with all their days, and what is told of what is no rule."""

from collections.abc import Mapping
from datetime import date, datetime, time

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calfeed.dates import When
from calfeed.source.repeats import Reminder, parse_rule, reminders_of_rule
from calfeed.source.when import parse_when
from tests.source.refusing import refusal, refused

FIRST_TUESDAY = "2021-09-07 14:00 to 15:00"
WEEKLY = {"every": "week", "times": "3"}

EVERY_FORM = "write  every: day,  week,  month  or  year,  or for example  every: 2 weeks"
END_FORM = "write for example  until: 2022-12-31  or  times: 12"


def a_date(written: str, zone: str = "Europe/Brussels") -> When:
    when = parse_when(written, zone=zone)
    assert when is not None
    return when


@pytest.mark.parametrize(
    ("when", "repeats", "rrule", "days"),
    [
        pytest.param(
            FIRST_TUESDAY,
            {"every": "month", "by": "first Tuesday", "until": "2021-12-31"},
            "FREQ=MONTHLY;BYDAY=1TU",
            ["2021-09-07", "2021-10-05", "2021-11-02", "2021-12-07"],
            id="words, until a day",
        ),
        pytest.param(
            FIRST_TUESDAY,
            {"every": "week", "until": "Tuesday 2021-09-21"},
            "FREQ=WEEKLY;BYDAY=TU",
            ["2021-09-07", "2021-09-14", "2021-09-21"],
            id="until one of its days, which counts",
        ),
        pytest.param(
            FIRST_TUESDAY,
            {"every": "2 weeks", "by": "Tuesday and Sunday", "times": "4"},
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO",
            ["2021-09-07", "2021-09-12", "2021-09-21", "2021-09-26"],
            id="every other week, which begins on Monday",
        ),
        pytest.param(
            "2021-09-07 to 2021-09-09",
            {"every": "day", "times": "2"},
            "FREQ=DAILY",
            ["2021-09-07", "2021-09-08"],
            id="whole days, though the dates overlap",
        ),
        pytest.param(
            "2021-09-30",
            {"every": "year", "times": "1"},
            "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=30",
            ["2021-09-30"],
            id="one date alone",
        ),
        pytest.param(
            "2021-08-31",
            {"every": "month", "until": "2021-12-31"},
            "FREQ=MONTHLY;BYMONTHDAY=31",
            ["2021-08-31", "2021-10-31", "2021-12-31"],
            id="the 31st skips short months",
        ),
        pytest.param(
            "2096-02-29",
            {"every": "year", "times": "2"},
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            ["2096-02-29", "2104-02-29"],
            id="29 February skips to leap years",
        ),
        pytest.param(
            FIRST_TUESDAY,
            {"rrule": "FREQ=WEEKLY;COUNT=2"},
            "FREQ=WEEKLY;BYDAY=TU",
            ["2021-09-07", "2021-09-14"],
            id="a rule with COUNT",
        ),
        pytest.param(
            FIRST_TUESDAY,
            {"rrule": "FREQ=WEEKLY;UNTIL=20210914"},
            "FREQ=WEEKLY;BYDAY=TU",
            ["2021-09-07", "2021-09-14"],
            id="a rule with UNTIL, a day",
        ),
        pytest.param(
            FIRST_TUESDAY,
            {"rrule": "FREQ=WEEKLY;UNTIL=20210914T120000Z"},
            "FREQ=WEEKLY;BYDAY=TU",
            ["2021-09-07", "2021-09-14"],
            id="a rule with UNTIL, the instant of a date",
        ),
        pytest.param(
            FIRST_TUESDAY,
            {"rrule": "FREQ=WEEKLY;UNTIL=20210914T115959Z"},
            "FREQ=WEEKLY;BYDAY=TU",
            ["2021-09-07"],
            id="a rule with UNTIL, a second before a date",
        ),
        pytest.param(
            FIRST_TUESDAY,
            {"rrule": "FREQ=WEEKLY;UNTIL=20210914T140000"},
            "FREQ=WEEKLY;BYDAY=TU",
            ["2021-09-07", "2021-09-14"],
            id="a rule with UNTIL, the hour on its clocks",
        ),
        pytest.param(
            "2021-09-30",
            {"rrule": "\n FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1\n", "times": "2"},
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            ["2021-09-30", "2021-10-29"],
            id="a rule, ended by times",
        ),
        pytest.param(
            "2021-04-10",
            {"rrule": "FREQ=YEARLY;BYYEARDAY=100", "until": "2022-12-31"},
            "FREQ=YEARLY;BYYEARDAY=100",
            ["2021-04-10", "2022-04-10"],
            id="a rule, ended by until",
        ),
    ],
)
def test_rule(when: str, repeats: Mapping[str, object], rrule: str, days: list[str]) -> None:
    rule = parse_rule(repeats, first=a_date(when))

    assert (rule.rrule, [str(day) for day in rule.days]) == (rrule, days)
    assert rule.leaves_out == ()


@pytest.mark.parametrize(
    ("written", "leaves_out"),
    [
        pytest.param("2021-09-14", (date(2021, 9, 14),), id="a day"),
        pytest.param(
            ["Tuesday 2021-09-21", "2021-09-14", "2021-09-21"],
            (date(2021, 9, 14), date(2021, 9, 21)),
            id="a list in any order, one of them twice",
        ),
        pytest.param([], (), id="an empty list"),
    ],
)
def test_dates_that_are_left_out_stay_days_of_the_rule(
    written: object, leaves_out: tuple[date, ...]
) -> None:
    rule = parse_rule(WEEKLY | {"except": written}, first=a_date(FIRST_TUESDAY))

    assert rule.leaves_out == leaves_out
    assert rule.days == (date(2021, 9, 7), date(2021, 9, 14), date(2021, 9, 21))


@pytest.mark.parametrize(
    ("repeats", "code", "message", "advice", "field"),
    [
        pytest.param(
            "weekly",
            "E310",
            'expected how a series repeats; found "weekly"',
            EVERY_FORM,
            (),
            id="a text",
        ),
        pytest.param(
            {"evry": "week"},
            "E102",
            'unknown key "evry" in "repeats"',
            "the keys are every, by, until, times, except, rrule",
            ("evry",),
            id="an unknown key",
        ),
        pytest.param(
            {"every": "wek", "times": "3"},
            "E310",
            '"wek" is not how often',
            EVERY_FORM,
            ("every",),
            id="wrong words",
        ),
        pytest.param(
            {"every": "week", "rrule": "FREQ=WEEKLY;COUNT=3"},
            "E318",
            '"every" beside "rrule"',
            'keep one of them: the rule says it all in  "rrule"',
            ("every",),
            id="words beside a rule",
        ),
        pytest.param(
            {"by": "Tuesday", "rrule": "FREQ=WEEKLY;COUNT=3"},
            "E318",
            '"by" beside "rrule"',
            'keep one of them: the rule says it all in  "rrule"',
            ("by",),
            id="weekdays beside a rule",
        ),
        pytest.param(
            {"rrule": None},
            "E300",
            "expected a rule; found nothing",
            "write for example  rrule: FREQ=MONTHLY;BYDAY=-1FR;COUNT=12",
            ("rrule",),
            id="no rule",
        ),
        pytest.param(
            {"rrule": "FREQ=SECONDLY;COUNT=9"},
            "E319",
            "FREQ=SECONDLY makes several dates on a day",
            "write  FREQ=DAILY,  and one event for each hour of the day",
            ("rrule",),
            id="each second",
        ),
        pytest.param(
            {"rrule": "FREQ=WEEKLY;BYDAY=1TU;COUNT=3"},
            "E318",
            "calendar apps do not agree on numbered weekdays with FREQ=WEEKLY",
            "write for example  FREQ=MONTHLY;BYDAY=-1FR",
            ("rrule",),
            id="a rule that apps do not agree on",
        ),
        pytest.param(
            {"every": "week"}, "E311", "the series never ends", END_FORM, (), id="words without end"
        ),
        pytest.param(
            {"rrule": "FREQ=WEEKLY"},
            "E311",
            "the series never ends",
            END_FORM,
            (),
            id="a rule without end",
        ),
        pytest.param(
            WEEKLY | {"until": "2021-12-31"},
            "E312",
            '"times" beside "until": the series ends twice',
            "keep the one that is meant",
            ("times",),
            id="two ends",
        ),
        pytest.param(
            {"rrule": "FREQ=WEEKLY;COUNT=3", "until": "2021-12-31"},
            "E312",
            '"until" beside the rule\'s own end: the series ends twice',
            "keep the one that is meant",
            ("until",),
            id="an end beside COUNT",
        ),
        pytest.param(
            {"rrule": "FREQ=WEEKLY;UNTIL=20211231", "times": "3"},
            "E312",
            '"times" beside the rule\'s own end: the series ends twice',
            "keep the one that is meant",
            ("times",),
            id="an end beside UNTIL",
        ),
        pytest.param(
            {"every": "week", "until": "2021-09-06"},
            "E303",
            "the series ends on 2021-09-06, before its first date, 2021-09-07",
            END_FORM,
            ("until",),
            id="an end before the beginning",
        ),
        pytest.param(
            {"rrule": "FREQ=WEEKLY;UNTIL=20210907T115959Z"},
            "E303",
            "the series ends on 2021-09-06, before its first date, 2021-09-07",
            END_FORM,
            ("rrule",),
            id="an end a second before the beginning",
        ),
        pytest.param(
            {"every": "week", "until": "2021-02-30"},
            "E301",
            "2021-02-30 does not exist",
            "the last day of that month is 2021-02-28",
            ("until",),
            id="an end on no day",
        ),
        pytest.param(
            {"every": "year", "until": "2122-01-01"},
            "E315",
            "the series lasts more than a hundred years",
            END_FORM,
            ("until",),
            id="more than a hundred years",
        ),
        pytest.param(
            {"every": "year", "times": "102"},
            "E315",
            "the series lasts more than a hundred years, or beyond 2199",
            "up to 2121-09-07 it has 101 of its 102 dates",
            (),
            id="more than a hundred years, by its number",
        ),
        pytest.param(
            {"every": "day", "until": "2024-06-03"},
            "E315",
            "the series has more than 1,000 dates",
            "end it by 2024-06-02, or begin a second event there",
            (),
            id="more than a thousand dates",
        ),
        pytest.param(
            {"every": "week", "times": "many"},
            "E310",
            '"many" is not a number of dates',
            "write a number from 1 to 1,000",
            ("times",),
            id="no number",
        ),
        pytest.param(
            {"every": "week", "times": "0"},
            "E310",
            '"0" is not a number of dates',
            "write a number from 1 to 1,000",
            ("times",),
            id="no date",
        ),
        pytest.param(
            {"every": "week", "times": "1001"},
            "E310",
            '"1001" is not a number of dates',
            "write a number from 1 to 1,000",
            ("times",),
            id="too large a number",
        ),
        pytest.param(
            {"every": "week", "times": ["3"]},
            "E300",
            "expected a number of dates; found a list",
            END_FORM,
            ("times",),
            id="a list of numbers",
        ),
        pytest.param(
            {"every": "month", "by": "first Monday", "times": "3"},
            "E313",
            "the first date, Tuesday 2021-09-07, is not a day of the series",
            "let  when  begin on  Monday 2021-09-06  or  Monday 2021-10-04",
            (),
            id="a first date that is no day of the rule",
        ),
        pytest.param(
            {"rrule": "FREQ=DAILY;BYMONTH=12;COUNT=3"},
            "E313",
            "the first date, Tuesday 2021-09-07, is not a day of the series",
            "let  when  begin on  Wednesday 2021-12-01",
            (),
            id="a first date long before the rule's days",
        ),
        pytest.param(
            {"rrule": "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31;COUNT=3"},
            "E316",
            "the rule has no date in a hundred years",
            "write a rule whose days exist",
            (),
            id="31 September",
        ),
        pytest.param(
            WEEKLY | {"except": "2021-09-07"},
            "E314",
            "2021-09-07 is the first date of the series",
            "let  when  begin with the first date that takes place",
            ("except",),
            id="the first date is left out",
        ),
        pytest.param(
            WEEKLY | {"except": ["2021-09-14", "2021-09-20"]},
            "E314",
            "2021-09-20 is not a date of the series",
            "the dates nearest to it are 2021-09-14 and 2021-09-21",
            ("except", 1),
            id="another day is left out",
        ),
        pytest.param(
            WEEKLY | {"except": "next week"},
            "E300",
            '"next week" is not a day',
            "a day is written year-month-day, for example  2021-09-30",
            ("except",),
            id="no day is left out",
        ),
        pytest.param(
            WEEKLY | {"except": None},
            "E300",
            "expected a day; found nothing",
            "a day is written year-month-day, for example  2021-09-30",
            ("except",),
            id="nothing is left out",
        ),
    ],
)
def test_what_is_told_of_no_rule(
    repeats: object, code: str, message: str, advice: str, field: tuple[str | int, ...]
) -> None:
    error = refusal(lambda: parse_rule(repeats, first=a_date(FIRST_TUESDAY)))

    assert (error.code, str(error), error.help, error.field) == (code, message, (advice,), field)


def test_a_key_is_guessed() -> None:
    error = refusal(lambda: parse_rule({"evry": "week"}, first=a_date(FIRST_TUESDAY)))

    assert error.hint == 'did you mean "every"?'


def test_whole_days_end_by_a_day() -> None:
    rule = {"rrule": "FREQ=WEEKLY;UNTIL=20210921T110000Z"}

    error = refusal(lambda: parse_rule(rule, first=a_date("2021-09-07")))

    assert (error.code, str(error)) == (
        "E317",
        "UNTIL has a time, but the dates are whole days",
    )
    assert (error.help, error.field) == (("write  UNTIL=20210921",), ("rrule",))


def test_a_series_ends_with_the_last_year_that_can_be_written() -> None:
    rule = {"every": "year", "times": "11"}

    assert parse_rule(rule, first=a_date("2189-12-31")).days[-1] == date(2199, 12, 31)
    assert refusal(lambda: parse_rule(rule, first=a_date("2190-01-01"))).help == (
        "up to 2199-01-01 it has 10 of its 11 dates",
    )


@pytest.mark.parametrize(
    ("when", "code", "message", "day"),
    [
        pytest.param(
            "2021-03-27 02:30",
            "E304",
            "there is no 02:30 on 2021-03-28 in Europe/Brussels: the clocks skip it",
            "2021-03-28",
            id="a start that is skipped",
        ),
        pytest.param(
            "2021-10-30 02:30 to 04:00",
            "E305",
            "02:30 comes twice on 2021-10-31 in Europe/Brussels: the clocks go back",
            "2021-10-31",
            id="a start that is doubled",
        ),
        pytest.param(
            "2021-03-26 22:00 to 2021-03-27 02:30",
            "E304",
            "there is no 02:30 on 2021-03-28 in Europe/Brussels: the clocks skip it",
            "2021-03-27",
            id="an end that is skipped, on the day after",
        ),
    ],
)
def test_a_date_in_a_change_of_the_clocks_has_to_be_left_out(
    when: str, code: str, message: str, day: str
) -> None:
    daily = {"every": "day", "times": "4"}

    error = refusal(lambda: parse_rule(daily, first=a_date(when)))

    assert str(error) == f"a date of the series falls in a change of the clocks: {message}"
    assert (error.code, error.help) == (code, (f"add to  except:  {day}",))
    assert parse_rule(daily | {"except": day}, first=a_date(when)).leaves_out


def test_ten_dates_in_changes_of_the_clocks_are_named_and_the_others_counted() -> None:
    sundays = {"rrule": "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "times": "13"}
    first = When(start=datetime(2019, 3, 31, 2, 30), zone="UTC")
    in_brussels = When(start=first.start, zone="Europe/Brussels")

    assert len(parse_rule(sundays, first=first).days) == 13
    assert refusal(lambda: parse_rule(sundays, first=in_brussels)).help == (
        "add to  except:  2019-03-31, 2020-03-29, 2021-03-28, 2022-03-27, 2023-03-26, 2024-03-31, "
        "2025-03-30, 2026-03-29, 2027-03-28, 2028-03-26 and 3 more",
    )


@pytest.mark.parametrize(
    ("when", "repeats", "months", "advice"),
    [
        pytest.param(
            "2021-08-31",
            {"every": "month", "until": "2021-12-31"},
            "2021-09, 2021-11",
            "for the last day of each month write  rrule: FREQ=MONTHLY;BYMONTHDAY=-1",
            id="the 31st of each month",
        ),
        pytest.param(
            "2022-12-31",
            {"every": "2 months", "times": "2"},
            "2023-02, 2023-04, 2023-06",
            "for the last day of each month write  rrule: FREQ=MONTHLY;BYMONTHDAY=-1",
            id="the 31st of every other month",
        ),
        pytest.param(
            "2024-02-29",
            {"every": "year", "times": "2"},
            "2025-02, 2026-02, 2027-02",
            "for a date in every year, begin on 28 February or 1 March",
            id="29 February",
        ),
    ],
)
def test_a_series_that_skips_months_reminds_of_them(
    when: str, repeats: Mapping[str, object], months: str, advice: str
) -> None:
    rule = parse_rule(repeats, first=a_date(when))

    message = f"the series has no date in {months}: too short for its day"
    assert reminders_of_rule(rule) == (Reminder(code="R310", message=message, help=(advice,)),)


@pytest.mark.parametrize(
    ("when", "repeats"),
    [
        pytest.param("2021-08-31", WEEKLY, id="a week has all its days"),
        pytest.param("2021-08-31", {"every": "day", "times": "99"}, id="so have days"),
        pytest.param("2021-08-28", {"every": "month", "times": "24"}, id="each month has a 28th"),
        pytest.param(
            "2021-08-31",
            {"rrule": "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=24"},
            id="each month has a last day",
        ),
        pytest.param(
            "2021-08-13",
            {"rrule": "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13,31;COUNT=9"},
            id="a weekday that is asked for besides is rare by itself",
        ),
        pytest.param("2024-02-29", {"every": "4 years", "times": "9"}, id="leap years alone"),
    ],
)
def test_a_series_that_skips_nothing_reminds_of_nothing(
    when: str, repeats: Mapping[str, object]
) -> None:
    assert reminders_of_rule(parse_rule(repeats, first=a_date(when))) == ()


@pytest.mark.parametrize(
    "rrule",
    [
        pytest.param("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", id="30 February"),
        pytest.param("FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31;COUNT=2", id="31 April, daily"),
        pytest.param("FREQ=DAILY;INTERVAL=1000;BYDAY=MO;BYMONTH=2;COUNT=1000", id="rare days"),
        pytest.param("FREQ=DAILY;COUNT=1000000000", id="a thousand million dates"),
        pytest.param("FREQ=SECONDLY;UNTIL=21990101", id="each second of two centuries"),
        pytest.param("FREQ=DAILY;INTERVAL=0;COUNT=9", id="the same day for ever"),
        pytest.param("FREQ=YEARLY;UNTIL=99991231", id="until the end of time"),
    ],
)
def test_a_rule_that_would_take_for_ever_is_refused(rrule: str) -> None:
    assert refusal(lambda: parse_rule({"rrule": rrule}, first=a_date(FIRST_TUESDAY))).help


def series() -> st.SearchStrategy[Mapping[str, object]]:
    number = st.integers(1, 40).map(str)
    every = st.sampled_from(["day", "week", "month", "year", "2 weeks", "3 months", "2 years"])
    by = st.sampled_from(["Monday", "Tuesday and Sunday", "first Tuesday", "last Friday"])
    words = st.fixed_dictionaries({"every": every, "times": number}, optional={"by": by})
    frequency = st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]).map("FREQ={}".format)
    part = st.sampled_from(["BYDAY=MO,SU", "BYDAY=-1FR,1TU", "BYMONTHDAY=31", "BYMONTHDAY=-1"])
    part |= st.sampled_from(["BYMONTH=2,3", "BYSETPOS=1", "BYSETPOS=-1", "BYYEARDAY=100"])
    part |= st.sampled_from(["INTERVAL=3", "WKST=SU"])
    parts = st.lists(part, max_size=3, unique_by=lambda part: part.partition("=")[0])
    rrule = st.builds(lambda *text: ";".join([text[0], *text[1]]), frequency, parts)
    return words | st.fixed_dictionaries({"rrule": rrule, "times": number})


@settings(max_examples=60)
@given(series(), st.dates(date(2020, 1, 1), date(2030, 12, 31)) | st.just(date(2024, 2, 29)))
def test_who_expands_the_rule_until_its_last_day_finds_its_days(
    repeats: Mapping[str, object], day: date
) -> None:
    first = When(start=datetime.combine(day, time(9)), zone="Europe/Brussels")
    assume(refused(lambda: parse_rule(repeats, first=first)) is None)
    rule = parse_rule(repeats, first=first)

    until = f"{rule.days[-1]:%Y%m%d}T090000"
    found = rrulestr(f"{rule.rrule};UNTIL={until}", dtstart=datetime.combine(day, time(9)))

    assert tuple(moment.date() for moment in found) == rule.days


@settings(max_examples=60)
@given(st.sampled_from(["every", "by", "until", "times", "except", "rrule"]), st.text())
def test_any_text_is_read_or_refused_in_plain_words(key: str, text: str) -> None:
    first = a_date(FIRST_TUESDAY)
    errors = (
        refused(lambda: parse_rule({key: text}, first=first)),
        refused(lambda: parse_rule(WEEKLY | {key: text}, first=first)),
    )

    assert all(str(error).isprintable() and error.help for error in errors if error)
