"""The plain words of `repeats`: every form, and what is told of what is none."""

from collections.abc import Mapping
from datetime import date

import pytest

from calfeed.source.every import parse_every
from tests.source.refusing import refusal

TUESDAY = date(2021, 9, 7)

EVERY_FORM = "write  every: day,  week,  month  or  year,  or for example  every: 2 weeks"
BY_FORM = "write for example  by: Tuesday  or  by: Tuesday and Thursday  or  by: first Tuesday"


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        pytest.param({"every": "day"}, "FREQ=DAILY", id="each day"),
        pytest.param({"every": "3 days"}, "FREQ=DAILY;INTERVAL=3", id="each third day"),
        pytest.param({"every": "Week"}, "FREQ=WEEKLY", id="each week, in any case"),
        pytest.param({"every": "1 week"}, "FREQ=WEEKLY", id="each one week"),
        pytest.param({"every": "month"}, "FREQ=MONTHLY", id="each month"),
        pytest.param({"every": "1000 years"}, "FREQ=YEARLY;INTERVAL=1000", id="each millennium"),
        pytest.param(
            {"every": "week", "by": "tuesday"}, "FREQ=WEEKLY;BYDAY=TU", id="a weekday, in any case"
        ),
        pytest.param(
            {"every": "week", "by": "Thursday and Tuesday"},
            "FREQ=WEEKLY;BYDAY=TU,TH",
            id="two weekdays in words",
        ),
        pytest.param(
            {"every": "week", "by": "Monday, Tuesday, and Thursday"},
            "FREQ=WEEKLY;BYDAY=MO,TU,TH",
            id="three weekdays in words",
        ),
        pytest.param(
            {"every": "week", "by": ["Tuesday", "Thursday", "Tuesday"]},
            "FREQ=WEEKLY;BYDAY=TU,TH",
            id="a list of weekdays, one of them twice",
        ),
        pytest.param(
            {"every": "month", "by": "First Tuesday"}, "FREQ=MONTHLY;BYDAY=1TU", id="the first"
        ),
        pytest.param(
            {"every": "month", "by": "second Friday and fourth Friday"},
            "FREQ=MONTHLY;BYDAY=2FR,4FR",
            id="the second and the fourth",
        ),
        pytest.param(
            {"every": "2 months", "by": ["third Sunday", "last Monday"]},
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1MO,3SU",
            id="the third of one, the last of another",
        ),
        pytest.param(
            {"every": "year", "by": "first Tuesday"},
            "FREQ=YEARLY;BYMONTH=9;BYDAY=1TU",
            id="of a year, in the month of the first date",
        ),
    ],
)
def test_words(words: Mapping[str, object], rule: str) -> None:
    assert str(parse_every(words, first=TUESDAY)) == rule


@pytest.mark.parametrize(
    ("words", "code", "message", "advice", "field"),
    [
        pytest.param(
            {}, "E310", '"repeats" does not say how often', EVERY_FORM, (), id="not how often"
        ),
        pytest.param(
            {"every": None},
            "E300",
            "expected how often; found nothing",
            EVERY_FORM,
            ("every",),
            id="nothing",
        ),
        pytest.param(
            {"every": "fortnight"},
            "E310",
            '"fortnight" is not how often',
            EVERY_FORM,
            ("every",),
            id="a unit that is none",
        ),
        pytest.param(
            {"every": "two weeks"},
            "E310",
            '"two weeks" is not how often',
            EVERY_FORM,
            ("every",),
            id="a number in letters",
        ),
        pytest.param(
            {"every": "0 weeks"},
            "E310",
            '"0 weeks" is not how often',
            "the number goes from 1 to 1,000",
            ("every",),
            id="no weeks",
        ),
        pytest.param(
            {"every": "1001 days"},
            "E310",
            '"1001 days" is not how often',
            "the number goes from 1 to 1,000",
            ("every",),
            id="too many days",
        ),
        pytest.param(
            {"every": "day", "by": "Monday"},
            "E318",
            '"by" does not go with "every: day"',
            "write  every: week  and  by: Monday and Tuesday,  or leave  by  out",
            ("by",),
            id="weekdays of each day",
        ),
        pytest.param(
            {"every": "week", "by": ""},
            "E300",
            "expected weekdays; found nothing",
            BY_FORM,
            ("by",),
            id="an empty text",
        ),
        pytest.param(
            {"every": "week", "by": []},
            "E310",
            "expected weekdays; found none",
            BY_FORM,
            ("by",),
            id="an empty list",
        ),
        pytest.param(
            {"every": "week", "by": ["Monday", "Tusday"]},
            "E310",
            '"Tusday" is not a weekday',
            BY_FORM,
            ("by", 1),
            id="a slip in a list",
        ),
        pytest.param(
            {"every": "week", "by": ["Monday", []]},
            "E300",
            "expected a weekday; found a list",
            BY_FORM,
            ("by", 1),
            id="a list in a list",
        ),
        pytest.param(
            {"every": "week", "by": "Monday & Tuesday"},
            "E310",
            '"Monday &" is not which Tuesday',
            "write  first, second, third, fourth, last  before the weekday",
            ("by",),
            id="another word for and",
        ),
        pytest.param(
            {"every": "month", "by": "fifth Tuesday"},
            "E310",
            '"fifth" is not which Tuesday',
            "write  first, second, third, fourth, last  before the weekday",
            ("by",),
            id="the fifth",
        ),
        pytest.param(
            {"every": "week", "by": "first Tuesday"},
            "E318",
            "a week has one Tuesday, no first one",
            "write  every: month  or only  by: Tuesday",
            ("by",),
            id="the first of a week",
        ),
        pytest.param(
            {"every": "month", "by": "Tuesday"},
            "E318",
            "it is not said which Tuesday of the month",
            "write  by: first Tuesday  or, for each of them,  every: week",
            ("by",),
            id="a weekday of a month",
        ),
    ],
)
def test_what_is_told_of_other_words(
    words: Mapping[str, object],
    code: str,
    message: str,
    advice: str,
    field: tuple[str | int, ...],
) -> None:
    error = refusal(lambda: parse_every(words, first=TUESDAY))

    assert (error.code, str(error), error.help, error.field) == (code, message, (advice,), field)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        pytest.param({"every": "weekly"}, 'did you mean "week"?', id="weekly"),
        pytest.param({"every": "2-weekly"}, "", id="no words"),
        pytest.param({"every": "week", "by": "Tue"}, 'did you mean "Tuesday"?', id="a weekday"),
        pytest.param(
            {"every": "month", "by": "frist Tuesday"}, 'did you mean "first"?', id="an ordinal"
        ),
    ],
)
def test_a_slip_is_guessed(words: Mapping[str, object], hint: str) -> None:
    assert refusal(lambda: parse_every(words, first=TUESDAY)).hint == hint
