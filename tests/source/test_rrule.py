"""The text of an RRULE: what is read from it, and what is told of one that is refused."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.source.recurrence import Frequency, Recurrence
from calfeed.source.rrule import Ending, parse_rrule
from tests.source.refusing import refusal, refused

EXAMPLE = "write for example  rrule: FREQ=MONTHLY;BYDAY=-1FR;COUNT=12"


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        pytest.param("FREQ=DAILY", Recurrence(frequency=Frequency.DAILY), id="a frequency alone"),
        pytest.param(
            "freq=weekly;byday=tu,mo;wkst=su;interval=2",
            Recurrence(
                frequency=Frequency.WEEKLY,
                interval=2,
                weekdays=((0, 0), (0, 1)),
                week_start=6,
            ),
            id="small letters, any order",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYDAY=+1TU,-1FR,1TU",
            Recurrence(frequency=Frequency.MONTHLY, weekdays=((-1, 4), (1, 1))),
            id="numbered weekdays, one of them twice",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYMONTHDAY=15,+1,-1;BYSETPOS=1,-20",
            Recurrence(frequency=Frequency.MONTHLY, month_days=(-1, 1, 15), positions=(-20, 1)),
            id="days of a month, and which of them",
        ),
        pytest.param(
            "FREQ=YEARLY;BYMONTH=12,01;BYYEARDAY=366,-366",
            Recurrence(frequency=Frequency.YEARLY, months=(1, 12), year_days=(-366, 366)),
            id="months, and days of a year",
        ),
    ],
)
def test_rule(text: str, recurrence: Recurrence) -> None:
    assert parse_rrule(text) == (recurrence, Ending())


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        pytest.param("COUNT=12", Ending(count=12), id="a number of dates"),
        pytest.param("UNTIL=20211231", Ending(until=date(2021, 12, 31)), id="a day"),
        pytest.param(
            "UNTIL=20211231T235959",
            Ending(until=datetime(2021, 12, 31, 23, 59, 59)),
            id="a time on the clocks of the series",
        ),
        pytest.param(
            "UNTIL=20211231T235959Z",
            Ending(until=datetime(2021, 12, 31, 23, 59, 59, tzinfo=UTC)),
            id="a time in UTC",
        ),
    ],
)
def test_end(text: str, ending: Ending) -> None:
    assert parse_rrule(f"FREQ=DAILY;{text}") == (Recurrence(frequency=Frequency.DAILY), ending)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", 'unknown part ""', id="nothing"),
        pytest.param("every Tuesday", 'unknown part "EVERY TUESDAY"', id="words"),
        pytest.param("FREQ=DAILY;", 'unknown part ""', id="an empty part"),
        pytest.param("RRULE:FREQ=DAILY", 'unknown part "RRULE:FREQ=DAILY"', id="with its name"),
        pytest.param("FREQ=DAILY;BYEASTER=0", 'unknown part "BYEASTER=0"', id="a part of dateutil"),
        pytest.param("FREQ=DAILY;SKIP=OMIT", 'unknown part "SKIP=OMIT"', id="a part of RFC 7529"),
        pytest.param("FREQ=DAILY; COUNT=2", 'unknown part " COUNT=2"', id="a blank"),
        pytest.param("FREQ", "FREQ has no value", id="no equals sign"),
        pytest.param("FREQ=", "FREQ has no value", id="no value"),
        pytest.param("FREQ=DAILY;COUNT=2;COUNT=3", "COUNT stands twice", id="a part twice"),
        pytest.param(
            "COUNT=3", 'expected FREQ=DAILY|WEEKLY|MONTHLY|YEARLY; found ""', id="no frequency"
        ),
        pytest.param(
            "FREQ=WEEKLEY",
            'expected FREQ=DAILY|WEEKLY|MONTHLY|YEARLY; found "WEEKLEY"',
            id="a wrong frequency",
        ),
        pytest.param(
            "FREQ=DAILY;INTERVAL=0",
            'INTERVAL is a number from 1 to 1,000, not "0"',
            id="an interval of nothing",
        ),
        pytest.param(
            "FREQ=DAILY;INTERVAL=-1",
            'INTERVAL is a number from 1 to 1,000, not "-1"',
            id="an interval backwards",
        ),
        pytest.param(
            "FREQ=DAILY;COUNT=1001",
            'COUNT is a number from 1 to 1,000, not "1001"',
            id="more than a thousand dates",
        ),
        pytest.param(
            "FREQ=DAILY;COUNT=1000000000",
            'COUNT is a number from 1 to 1,000, not "1000000000"',
            id="a thousand million dates",
        ),
        pytest.param(
            "FREQ=YEARLY;BYMONTH=13", 'BYMONTH has numbers from 1 to 12, not "13"', id="month 13"
        ),
        pytest.param(
            "FREQ=YEARLY;BYMONTH=-1", 'BYMONTH has numbers from 1 to 12, not "-1"', id="month -1"
        ),
        pytest.param(
            "FREQ=MONTHLY;BYMONTHDAY=1,32",
            'BYMONTHDAY has numbers from 1 to 31 or from -31 to -1, not "32"',
            id="the 32nd",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYMONTHDAY=0",
            'BYMONTHDAY has numbers from 1 to 31 or from -31 to -1, not "0"',
            id="day 0",
        ),
        pytest.param(
            "FREQ=YEARLY;BYYEARDAY=367",
            'BYYEARDAY has numbers from 1 to 366 or from -366 to -1, not "367"',
            id="day 367 of the year",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=x",
            'BYSETPOS has numbers from 1 to 20 or from -20 to -1, not "X"',
            id="a letter for a number",
        ),
        pytest.param(
            "FREQ=WEEKLY;BYDAY=Tuesday",
            'BYDAY has weekdays like  TU  or  1TU  or  -1FR,  not "TUESDAY"',
            id="a weekday in words",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYDAY=6TU",
            'BYDAY has weekdays like  TU  or  1TU  or  -1FR,  not "6TU"',
            id="the sixth Tuesday",
        ),
        pytest.param(
            "FREQ=WEEKLY;WKST=XX",
            'WKST is one of MO, TU, WE, TH, FR, SA, SU, not "XX"',
            id="weeks that begin on no day",
        ),
        pytest.param(
            "FREQ=DAILY;UNTIL=20210230",
            'UNTIL is a day from 1900 to 2199 that exists, like 20221231, not "20210230"',
            id="until 30 February",
        ),
        pytest.param(
            "FREQ=DAILY;UNTIL=2021-12-31",
            'UNTIL is a day from 1900 to 2199 that exists, like 20221231, not "2021-12-31"',
            id="until a day as an events file writes it",
        ),
        pytest.param(
            "FREQ=DAILY;UNTIL=99991231T235959Z",
            'UNTIL is a day from 1900 to 2199 that exists, like 20221231, not "99991231T235959Z"',
            id="until the end of time",
        ),
        pytest.param(
            "FREQ=DAILY\r\nX-EVIL:1", r'"FREQ=DAILY\r\nX-EVIL:1" is not a rule', id="CR and LF"
        ),
        pytest.param("FREQ=DAILY;COUNT=２", '"FREQ=DAILY;COUNT=２" is not a rule', id="not ASCII"),  # noqa: RUF001
        pytest.param("FREQ=DAILY\0", r'"FREQ=DAILY\x00" is not a rule', id="NUL"),
        pytest.param(
            "FREQ=YEARLY;BYYEARDAY=" + "1," * 1000,
            f'"FREQ=YEARLY;BYYEARDAY={"1," * 18}1…" is not a rule',
            id="a very long text",
        ),
    ],
)
def test_what_is_no_rule(text: str, message: str) -> None:
    error = refusal(lambda: parse_rrule(text))

    assert (error.code, str(error), error.help) == ("E317", message, (EXAMPLE,))


@pytest.mark.parametrize(
    ("text", "code", "message", "advice"),
    [
        pytest.param(
            "FREQ=SECONDLY",
            "E319",
            "FREQ=SECONDLY makes several dates on a day",
            "write  FREQ=DAILY,  and one event for each hour of the day",
            id="each second",
        ),
        pytest.param(
            "FREQ=HOURLY;INTERVAL=24",
            "E319",
            "FREQ=HOURLY makes several dates on a day",
            "write  FREQ=DAILY,  and one event for each hour of the day",
            id="hours",
        ),
        pytest.param(
            "FREQ=DAILY;BYHOUR=9,15",
            "E319",
            "BYHOUR makes several dates on a day, or none at the hour of the first",
            'leave it out: the time of day is that of "when"',
            id="two hours on each day",
        ),
        pytest.param(
            "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
            "E318",
            "calendar apps do not agree on BYWEEKNO",
            "use BYMONTH, with BYMONTHDAY or BYDAY",
            id="numbered weeks",
        ),
        pytest.param(
            "FREQ=DAILY;COUNT=2;UNTIL=20221231",
            "E312",
            "a rule ends by COUNT or by UNTIL, not by both",
            EXAMPLE,
            id="two ends",
        ),
    ],
)
def test_a_rule_that_is_not_taken(text: str, code: str, message: str, advice: str) -> None:
    error = refusal(lambda: parse_rrule(text))

    assert (error.code, str(error), error.help) == (code, message, (advice,))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param("FREK=DAILY", 'did you mean "FREQ"?', id="a part"),
        pytest.param("FREQ=WEEKLEY", 'did you mean "WEEKLY"?', id="a frequency"),
    ],
)
def test_a_slip_is_guessed(text: str, hint: str) -> None:
    assert refusal(lambda: parse_rrule(text)).hint == hint


PARTS = st.sampled_from(
    ["FREQ=DAILY", "FREQ=", "BYDAY=1MO,", "UNTIL=20211231T", "COUNT=0", "=", ";", ",", "-", "é"]
)


@settings(max_examples=100)
@given(st.text() | st.lists(PARTS).map(";".join))
def test_any_text_is_read_or_refused_in_plain_words(text: str) -> None:
    error = refused(lambda: parse_rrule(text))

    assert error is None or (str(error).isprintable() and error.help)
