"""The grammar of series: plain words and rules for experts, and what is wrong with bad ones."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calfeed.model import When
from calfeed.source.grammar import GrammarError
from calfeed.source.repeats import parse_rule, reminders_of_rule
from calfeed.source.when import parse_when
from tests.source.refusing import refusal, refused

TUESDAY = "2021-09-07 14:00 to 15:00"


def first(when: str, zone: str = "Europe/Brussels") -> When:
    found = parse_when(when, zone=zone)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("when", "repeats", "rule", "expected"),
    [
        pytest.param(
            TUESDAY,
            {"every": "month", "by": "first Tuesday", "until": "2021-12-31"},
            "FREQ=MONTHLY;BYDAY=1TU",
            ["2021-09-07", "2021-10-05", "2021-11-02", "2021-12-07"],
            id="the first Tuesday of each month",
        ),
        pytest.param(
            TUESDAY,
            {"every": "week", "times": "3"},
            "FREQ=WEEKLY;BYDAY=TU",
            ["2021-09-07", "2021-09-14", "2021-09-21"],
            id="each week, on the day of the first",
        ),
        pytest.param(
            TUESDAY,
            {"every": "2 Weeks", "by": "Tuesday and thursday", "times": "4"},
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
            ["2021-09-07", "2021-09-09", "2021-09-21", "2021-09-23"],
            id="every other week, two weekdays",
        ),
        pytest.param(
            TUESDAY,
            {"every": "week", "by": ["Tuesday", "Friday"], "times": "3"},
            "FREQ=WEEKLY;BYDAY=TU,FR",
            ["2021-09-07", "2021-09-10", "2021-09-14"],
            id="weekdays as a list",
        ),
        pytest.param(
            "2021-09-24",
            {"every": "month", "by": "last Friday", "times": "2"},
            "FREQ=MONTHLY;BYDAY=-1FR",
            ["2021-09-24", "2021-10-29"],
            id="the last Friday",
        ),
        pytest.param(
            "2027-06-01",
            {"every": "year", "by": "first Tuesday", "times": "3"},
            "FREQ=YEARLY;BYMONTH=6;BYDAY=1TU",
            ["2027-06-01", "2028-06-06", "2029-06-05"],
            id="the first Tuesday of the month it begins in, each year",
        ),
        pytest.param(
            "2021-09-07",
            {"every": "3 days", "until": "2021-09-13"},
            "FREQ=DAILY;INTERVAL=3",
            ["2021-09-07", "2021-09-10", "2021-09-13"],
            id="every third day",
        ),
        pytest.param(
            "2021-01-31",
            {"every": "month", "times": "3"},
            "FREQ=MONTHLY;BYMONTHDAY=31",
            ["2021-01-31", "2021-03-31", "2021-05-31"],
            id="the 31st skips short months",
        ),
        pytest.param(
            "2024-02-29",
            {"every": "year", "times": "2"},
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            ["2024-02-29", "2028-02-29"],
            id="29 February skips common years",
        ),
        pytest.param(
            TUESDAY,
            {"rrule": "freq=weekly;count=2"},
            "FREQ=WEEKLY;BYDAY=TU",
            ["2021-09-07", "2021-09-14"],
            id="a rule for experts, in small letters",
        ),
        pytest.param(
            TUESDAY,
            {"rrule": "FREQ=WEEKLY;UNTIL=20210921T110000Z"},
            "FREQ=WEEKLY;BYDAY=TU",
            ["2021-09-07", "2021-09-14"],
            id="a rule until an instant an hour before its date",
        ),
        pytest.param(
            TUESDAY,
            {"rrule": "FREQ=WEEKLY;UNTIL=20210921T140000"},
            "FREQ=WEEKLY;BYDAY=TU",
            ["2021-09-07", "2021-09-14", "2021-09-21"],
            id="a rule until a time of its own clocks",
        ),
        pytest.param(
            "2021-09-30",
            {"rrule": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;WKST=SU", "times": "2"},
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            ["2021-09-30", "2021-10-29"],
            id="the last working day",
        ),
        pytest.param(
            "2021-04-10",
            {"rrule": "FREQ=YEARLY;BYYEARDAY=100", "until": "2023-12-31"},
            "FREQ=YEARLY;BYYEARDAY=100",
            ["2021-04-10", "2022-04-10", "2023-04-10"],
            id="the hundredth day of the year",
        ),
    ],
)
def test_series(when: str, repeats: Mapping[str, object], rule: str, expected: list[str]) -> None:
    found = parse_rule(repeats, first=first(when))
    assert [str(day) for day in found.days] == expected
    assert set(rule.split(";")) <= set(found.rrule.split(";"))


@pytest.mark.parametrize("given_as", ["2021-09-14", ["2021-09-14"]])
def test_dates_may_be_left_out(given_as: object) -> None:
    rule = parse_rule({"every": "week", "times": "3", "except": given_as}, first=first(TUESDAY))
    assert rule.leaves_out == (date(2021, 9, 14),)
    assert date(2021, 9, 14) in rule.days


WEEKLY = {"every": "week", "times": "3"}
BAD = {
    "no group": ("weekly", 'E310 expected how a series repeats; found "weekly"'),
    "an unknown key": ({"evry": "week"}, 'E102 unknown key "evry" in "repeats"'),
    "plain words beside a rule": (
        {"every": "week", "rrule": "FREQ=WEEKLY"},
        'E318 "every" beside "rrule"',
    ),
    "how often is not said": ({"times": "3"}, 'E310 "repeats" does not say how often'),
    "a unit that is none": ({"every": "fortnight"}, 'E310 "fortnight" is not how often'),
    "no words": ({"every": "2-weekly"}, 'E310 "2-weekly" is not how often'),
    "every 0 weeks": ({"every": "0 weeks"}, 'E310 "0 weeks" is not how often'),
    "a weekday of each day": (
        {"every": "day", "by": "Monday"},
        'E318 "by" does not go with "every: day"',
    ),
    "no weekdays": ({"every": "week", "by": []}, "E310 expected weekdays; found none"),
    "no weekday": ({"every": "week", "by": "Tusday"}, 'E310 "Tusday" is not a weekday'),
    "no ordinal": (
        {"every": "month", "by": "fifth Tuesday"},
        'E310 "fifth" is not which Tuesday',
    ),
    "an ordinal of a week": (
        {"every": "week", "by": "first Tuesday"},
        "E318 a week has one Tuesday, no first one",
    ),
    "a month without one": (
        {"every": "month", "by": "Tuesday"},
        "E318 it is not said which Tuesday of the month",
    ),
    "no end": ({"every": "week"}, "E311 the series never ends"),
    "two ends": (
        {**WEEKLY, "until": "2021-12-31"},
        'E312 "times" beside "until": the series ends twice',
    ),
    "an end beside the rule's own": (
        {"rrule": "FREQ=WEEKLY;COUNT=3", "times": "3"},
        'E312 "times" beside the rule\'s own end: the series ends twice',
    ),
    "an end before the beginning": (
        {"every": "week", "until": "2021-09-06"},
        "E303 the series ends on 2021-09-06, before its first date, 2021-09-07",
    ),
    "more than a hundred years": (
        {"every": "year", "until": "2131-09-07"},
        "E315 the series lasts more than a hundred years",
    ),
    "more than a hundred years by number": (
        {"every": "year", "times": "300"},
        "E315 the series lasts more than a hundred years, or beyond 2199",
    ),
    "more than a thousand dates": (
        {"every": "day", "until": "2031-12-31"},
        "E315 the series has more than 1,000 dates",
    ),
    "no number": ({"every": "week", "times": "many"}, 'E310 "many" is not a number of dates'),
    "too large a number": (
        {"every": "week", "times": "1001"},
        'E310 "1001" is not a number of dates',
    ),
    "the first is no day of it": (
        {"every": "week", "by": "Monday", "times": "3"},
        "E313 the first date, Tuesday 2021-09-07, is not a day of the series",
    ),
    "the first is left out": (
        {**WEEKLY, "except": "2021-09-07"},
        "E314 2021-09-07 is the first date of the series",
    ),
    "another day is left out": (
        {**WEEKLY, "except": ["2021-09-15"]},
        "E314 2021-09-15 is not a date of the series",
    ),
}
BAD_RULES = {
    "no rule": ("\t", "E300 expected a rule; found"),
    "too long": ("FREQ=WEEKLY;" * 60, "E317 "),
    "a line break": ("FREQ=WEEKLY\r\nX:Y", "E317 "),
    "an hour": ("FREQ=DAILY;BYHOUR=9", "E319 BYHOUR makes several dates on a day"),
    "a week number": ("FREQ=YEARLY;BYWEEKNO=20", "E318 calendar apps do not agree on BYWEEKNO"),
    "an unknown part": ("FREQ=DAILY;BYDY=MO", 'E317 unknown part "BYDY=MO"'),
    "a part without a value": ("FREQ=DAILY;BYDAY=", "E317 BYDAY has no value"),
    "a part twice": ("FREQ=DAILY;FREQ=DAILY", "E317 FREQ stands twice"),
    "every second": ("FREQ=SECONDLY;COUNT=9", "E319 FREQ=SECONDLY makes several dates on a day"),
    "no frequency": ("INTERVAL=2", "E317 expected FREQ="),
    "interval 0": ("FREQ=DAILY;INTERVAL=0", "E317 INTERVAL is a number from 1 to 1,000, not"),
    "count too large": ("FREQ=DAILY;COUNT=1000000000", "E317 COUNT is a number from 1 to 1,000"),
    "a month 13": ("FREQ=YEARLY;BYMONTH=13", "E317 BYMONTH has numbers from 1 to 12, not"),
    "a day 32": ("FREQ=MONTHLY;BYMONTHDAY=32", "E317 BYMONTHDAY has numbers from 1 to 31 or"),
    "no weekday": ("FREQ=WEEKLY;BYDAY=XX", "E317 BYDAY has weekdays like"),
    "no week start": ("FREQ=WEEKLY;WKST=XX", "E317 WKST is one of MO,"),
    "two ends": ("FREQ=DAILY;COUNT=2;UNTIL=20211231", "E312 a rule ends by COUNT or by UNTIL"),
    "an end that is no day": ("FREQ=DAILY;UNTIL=20211331", "E317 UNTIL is a day from"),
    "an end in no form": ("FREQ=DAILY;UNTIL=soon", "E317 UNTIL is a day from"),
    "no day at all": ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", "E318 calendar apps do not"),
    "parts that clients read otherwise": ("FREQ=DAILY;BYMONTHDAY=7;COUNT=2", "E318 calendar apps"),
    "numbered weekdays of a week": ("FREQ=WEEKLY;BYDAY=1TU;COUNT=2", "E318 calendar apps do not"),
    "numbered and other days": ("FREQ=MONTHLY;BYDAY=1TU;BYMONTHDAY=7;COUNT=2", "E318 calendar"),
    "days from both ends": ("FREQ=MONTHLY;BYMONTHDAY=-1,7;COUNT=2", "E318 calendar apps do not"),
    "a position of one weekday": ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1;COUNT=2", "E318 calendar"),
    "a far position": ("FREQ=MONTHLY;BYDAY=TU,WE;BYSETPOS=8;COUNT=2", "E318 calendar apps do"),
    "no date in a hundred years": (
        "FREQ=YEARLY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=29;COUNT=1",
        "E31",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_series(name: str) -> None:
    repeats, expected = BAD[name]
    error = refusal(lambda: parse_rule(repeats, first=first(TUESDAY)))
    assert f"{error.code} {error.message}" == expected
    assert error.help or error.hint


@pytest.mark.parametrize("name", BAD_RULES)
def test_bad_rules(name: str) -> None:
    rule, expected = BAD_RULES[name]
    error = refusal(lambda: parse_rule({"rrule": rule}, first=first(TUESDAY)))
    assert f"{error.code} {error.message}".startswith(expected)
    assert error.help


def test_an_end_with_a_time_does_not_go_with_whole_days() -> None:
    rule = {"rrule": "FREQ=WEEKLY;UNTIL=20210921T110000Z"}
    error = refusal(lambda: parse_rule(rule, first=first("2021-09-07")))
    assert error.message == "UNTIL has a time, but the dates are whole days"


@pytest.mark.parametrize(
    ("when", "code", "day"),
    [
        pytest.param("2021-03-27 02:30 to 04:00", "E304", "2021-03-28", id="an hour skipped"),
        pytest.param("2021-10-30 02:30 to 04:00", "E305", "2021-10-31", id="an hour doubled"),
        pytest.param("2021-03-26 22:00 to 2021-03-27 02:30", "E304", "2021-03-27", id="its end"),
    ],
)
def test_a_date_in_a_change_of_the_clocks(when: str, code: str, day: str) -> None:
    daily = {"every": "day", "times": "4"}
    error = refusal(lambda: parse_rule(daily, first=first(when)))
    assert (error.code, error.help) == (code, (f"add to  except:  {day}",))
    assert parse_rule({**daily, "except": day}, first=first(when)).leaves_out


def test_many_dates_in_a_change_of_the_clocks_are_not_all_named() -> None:
    yearly = {"rrule": "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "times": "30"}
    begin = When(start=datetime(2021, 3, 28, 2, 30), zone="Europe/Brussels")
    error = refusal(lambda: parse_rule(yearly, first=begin))
    assert error.help[0].endswith("and 20 more")


@pytest.mark.parametrize(
    ("when", "repeats", "message"),
    [
        pytest.param(
            "2021-01-31",
            {"every": "month", "times": "3"},
            "the series has no date in 2021-02, 2021-04: too short for its day",
            id="the 31st",
        ),
        pytest.param(
            "2024-02-29",
            {"every": "year", "times": "2"},
            "the series has no date in 2025-02, 2026-02, 2027-02: too short for its day",
            id="29 February",
        ),
    ],
)
def test_a_series_that_skips_is_said_so(
    when: str, repeats: Mapping[str, object], message: str
) -> None:
    (reminder,) = reminders_of_rule(parse_rule(repeats, first=first(when)))
    assert (reminder.code, reminder.message) == ("R310", message)
    assert reminder.help


@pytest.mark.parametrize("repeats", [WEEKLY, {"rrule": "FREQ=MONTHLY;BYDAY=1TU;COUNT=3"}])
def test_a_series_that_skips_nothing(repeats: Mapping[str, object]) -> None:
    assert reminders_of_rule(parse_rule(repeats, first=first(TUESDAY))) == ()


def words() -> st.SearchStrategy[Mapping[str, object]]:
    every = st.sampled_from(
        ["day", "week", "month", "year", "2 weeks", "3 months", "9 days", "2 years"]
    )
    weekday = st.sampled_from(["Monday", "Tuesday and Friday", "first Tuesday", "last Friday"])
    by = st.none() | weekday
    plain = st.builds(
        lambda every, by, times: {"every": every, "times": str(times)} | ({"by": by} if by else {}),
        every,
        by,
        st.integers(1, 40),
    )
    parts = st.lists(
        st.sampled_from(
            ["BYDAY=MO", "BYDAY=TU,-1FR", "BYMONTHDAY=31", "BYMONTHDAY=-1", "BYMONTH=2,3"]
        )
        | st.sampled_from(["BYSETPOS=1", "BYSETPOS=-1", "BYYEARDAY=100", "INTERVAL=3", "WKST=SU"]),
        unique=True,
        max_size=3,
    )
    rules = st.builds(
        lambda freq, parts: {"rrule": ";".join([f"FREQ={freq}", *parts, "COUNT=20"])},
        st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
        parts,
    )
    return st.one_of(plain, rules)


@settings(deadline=None, max_examples=150)
@given(words(), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_another_reader_expands_the_rule_to_the_same_days(
    repeats: Mapping[str, object], day: date
) -> None:
    begin = When(start=day, zone="UTC")
    assume(refused(lambda: parse_rule(repeats, first=begin)) is None)
    rule = parse_rule(repeats, first=begin)
    start = datetime(day.year, day.month, day.day)

    found = rrulestr(f"RRULE:{rule.rrule};UNTIL={rule.days[-1]:%Y%m%d}", dtstart=start)

    assert [moment.date() for moment in found] == list(rule.days)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(["every", "by", "until", "times", "except", "rrule"]), st.text(max_size=30))
def test_any_text_is_a_rule_or_told_what_is_wrong(key: str, text: str) -> None:
    begin = first(TUESDAY)
    assert has_advice(refused(lambda: parse_rule({key: text}, first=begin)))
    assert has_advice(refused(lambda: parse_rule({**WEEKLY, key: text}, first=begin)))


def has_advice(error: GrammarError | None) -> bool:
    return error is None or bool(error.help)
