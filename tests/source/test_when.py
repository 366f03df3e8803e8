"""The grammar of `when`: every form that is read, and what is told of every one that is not."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calfeed.dates import When
from calfeed.source.when import parse_agenda_time, parse_day, parse_moment, parse_when
from tests.source.refusing import refusal, refused

BRUSSELS = "Europe/Brussels"
SECOND, THIRD = date(2021, 12, 2), date(2021, 12, 3)
HALF_PAST_TWO, HALF_PAST_FOUR = datetime(2021, 12, 2, 14, 30), datetime(2021, 12, 2, 16, 30)

FORMS = (
    "write for example  2021-12-02  or  2021-12-02 14:30 to 16:30  "
    "or  2021-11-16 to 2021-11-18  or  to be announced"
)
DAY_FORM = "a day is written year-month-day, for example  2021-09-30"
TIME_FORM = "a time is written hour:minute on the 24-hour clock, for example  14:30"


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        pytest.param("2021-12-02", SECOND, None, id="a day"),
        pytest.param("2021-12-02 to 2021-12-03", SECOND, THIRD, id="days, the last one included"),
        pytest.param("2021-12-02 to 2021-12-02", SECOND, None, id="from a day to itself"),
        pytest.param("2021-12-02 14:30", HALF_PAST_TWO, None, id="a time without an end"),
        pytest.param("2021-12-02 14:30 to 16:30", HALF_PAST_TWO, HALF_PAST_FOUR, id="a time"),
        pytest.param(
            "2021-12-02 14:30 to 2021-12-03 09:00",
            HALF_PAST_TWO,
            datetime(2021, 12, 3, 9),
            id="until the next day",
        ),
        pytest.param("2021-12-02 9:00", datetime(2021, 12, 2, 9), None, id="an hour of one digit"),
        pytest.param(
            "2021-12-02 14:30 to 24:00",
            HALF_PAST_TWO,
            datetime(2021, 12, 3),
            id="until midnight",
        ),
        pytest.param("Thursday 2021-12-02", SECOND, None, id="a weekday"),
        pytest.param("thursday, 2021-12-02", SECOND, None, id="a weekday, small, with a comma"),
        pytest.param(
            "Thursday 2021-12-02 to FRIDAY 2021-12-03", SECOND, THIRD, id="weekdays on both sides"
        ),
        pytest.param("2021-12-02 - 2021-12-03", SECOND, THIRD, id="a hyphen between days"),
        pytest.param("2021-12-02 – 2021-12-03", SECOND, THIRD, id="an en dash"),
        pytest.param("2021-12-02 — 2021-12-03", SECOND, THIRD, id="an em dash"),
        pytest.param("2021-12-02 TO 2021-12-03", SECOND, THIRD, id="a large TO"),
        pytest.param("2021-12-02 14:30-16:30", HALF_PAST_TWO, HALF_PAST_FOUR, id="close hyphen"),
        pytest.param(
            "2021-12-02 14:30–16:30",
            HALF_PAST_TWO,
            HALF_PAST_FOUR,
            id="close en dash",
        ),
        pytest.param("2021-12-02 14:30—16:30", HALF_PAST_TWO, HALF_PAST_FOUR, id="close em dash"),
        pytest.param("2021-12-02 14:30 -16:30", HALF_PAST_TWO, HALF_PAST_FOUR, id="half close"),
        pytest.param(
            "2021-12-02 14:30 - 2021-12-03 09:00",
            HALF_PAST_TWO,
            datetime(2021, 12, 3, 9),
            id="a hyphen before a day and a time",
        ),
        pytest.param(
            "\t2021-12-02\n 14:30  to 16:30 ", HALF_PAST_TWO, HALF_PAST_FOUR, id="white space"
        ),
        pytest.param({"starts": "2021-12-02"}, SECOND, None, id="long form: a day"),
        pytest.param(
            {"starts": "2021-12-02", "ends": "2021-12-03"}, SECOND, THIRD, id="long form: days"
        ),
        pytest.param(
            {"starts": "2021-12-02 14:30"}, HALF_PAST_TWO, None, id="long form: without an end"
        ),
        pytest.param(
            {"starts": "Thursday 2021-12-02 14:30", "ends": "16:30"},
            HALF_PAST_TWO,
            HALF_PAST_FOUR,
            id="long form: an end on the same day",
        ),
        pytest.param(
            {"ends": "2021-12-03 09:00", "starts": "2021-12-02 14:30"},
            HALF_PAST_TWO,
            datetime(2021, 12, 3, 9),
            id="long form: an end on another day",
        ),
    ],
)
def test_when(written: object, start: date, end: date | None) -> None:
    assert parse_when(written, zone=BRUSSELS) == When(start=start, end=end, zone=BRUSSELS)


@pytest.mark.parametrize("written", ["to be announced", "To be  Announced"])
def test_a_date_to_be_announced_is_none(written: str) -> None:
    assert parse_when(written, zone=BRUSSELS) is None


@pytest.mark.parametrize(
    ("written", "code", "message", "advice"),
    [
        pytest.param(
            "2021-02-30",
            "E301",
            "2021-02-30 does not exist",
            "the last day of that month is 2021-02-28",
            id="30 February",
        ),
        pytest.param(
            "2020-02-30",
            "E301",
            "2020-02-30 does not exist",
            "the last day of that month is 2020-02-29",
            id="30 February of a leap year",
        ),
        pytest.param(
            "2021-09-00",
            "E301",
            "2021-09-00 does not exist",
            "the last day of that month is 2021-09-30",
            id="day 0",
        ),
        pytest.param(
            "2030-13-01",
            "E301",
            "2030-13-01 does not exist",
            "months go from 01 to 12",
            id="month 13",
        ),
        pytest.param(
            "2030-00-01",
            "E301",
            "2030-00-01 does not exist",
            "months go from 01 to 12",
            id="month 0",
        ),
        pytest.param(
            "1899-12-31",
            "E308",
            "1899-12-31 is out of range",
            "years go from 1900 to 2199",
            id="too long ago",
        ),
        pytest.param(
            "2200-01-01",
            "E308",
            "2200-01-01 is out of range",
            "years go from 1900 to 2199",
            id="too far ahead",
        ),
        pytest.param(
            "Friday 2021-12-02",
            "E302",
            "2021-12-02 is a Thursday, not a Friday",
            "write  Thursday 2021-12-02  or, if the Friday is meant,  Friday 2021-12-03",
            id="the weekday of the day after",
        ),
        pytest.param(
            "Monday 2021-12-02",
            "E302",
            "2021-12-02 is a Thursday, not a Monday",
            "write  Thursday 2021-12-02  or, if the Monday is meant,  Monday 2021-11-29",
            id="the weekday of some days before",
        ),
        pytest.param(
            "Thu 2021-12-02",
            "E302",
            '"Thu" is not a weekday',
            "write the English weekday in full, or none:  2021-12-02",
            id="a short weekday",
        ),
        pytest.param(
            "2021-12-02 24:00",
            "E307",
            "24:00 can only be an end",
            "write  2021-12-03 00:00",
            id="24:00 as a start",
        ),
        pytest.param("2021-12-02 25:00", "E307", "there is no time 25:00", TIME_FORM, id="25:00"),
        pytest.param("2021-12-02 24:01", "E307", "there is no time 24:01", TIME_FORM, id="24:01"),
        pytest.param("2021-12-02 10:60", "E307", "there is no time 10:60", TIME_FORM, id="10:60"),
        pytest.param(
            "2021-12-03 to 2021-12-02",
            "E303",
            "the last day, 2021-12-02, is before the first, 2021-12-03",
            "write  2021-12-02 to 2021-12-03",
            id="days in the wrong order",
        ),
        pytest.param(
            "2021-12-02 22:00 to 02:00",
            "E303",
            "the end is not after the start",
            "write the second day:  2021-12-02 22:00 to 2021-12-03 02:00",
            id="past midnight without the second day",
        ),
        pytest.param(
            "2021-12-02 22:00 to 2021-12-01 23:00",
            "E303",
            "the end is not after the start",
            "write  2021-12-01 23:00 to 2021-12-02 22:00",
            id="times in the wrong order",
        ),
        pytest.param(
            "2021-12-02 22:00 to 22:00",
            "E303",
            "the end is not after the start",
            "leave the end out if it is not known",
            id="an end that is the start",
        ),
        pytest.param(
            "2021-12-02 to 16:30",
            "E309",
            "the start has no time, though the other has one",
            "give a time to both, or to none:  2021-11-16 09:00 to 2021-11-18 17:00",
            id="a time for the end alone",
        ),
        pytest.param(
            "2021-12-02 14:30 to 2021-12-03",
            "E309",
            "the end has no time, though the other has one",
            "give a time to both, or to none:  2021-11-16 09:00 to 2021-11-18 17:00",
            id="a time for the start alone",
        ),
        pytest.param(
            "2021-03-28 02:30",
            "E304",
            "there is no 02:30 on 2021-03-28 in Europe/Brussels: the clocks skip it",
            "write a time that exists, for example  2021-03-28 03:30",
            id="a start that daylight saving skips",
        ),
        pytest.param(
            "2021-03-28 01:30 to 02:30",
            "E304",
            "there is no 02:30 on 2021-03-28 in Europe/Brussels: the clocks skip it",
            "write a time that exists, for example  2021-03-28 03:30",
            id="an end that daylight saving skips",
        ),
        pytest.param(
            "2021-10-31 02:30",
            "E305",
            "02:30 comes twice on 2021-10-31 in Europe/Brussels: the clocks go back",
            "write another time, or say which one is meant by  timezone: UTC  "
            "and 2021-10-31 00:30  or  2021-10-31 01:30",
            id="a start that daylight saving doubles",
        ),
        pytest.param(
            "2021-10-30 22:00 to 2021-10-31 02:00",
            "E305",
            "02:00 comes twice on 2021-10-31 in Europe/Brussels: the clocks go back",
            "write another time, or say which one is meant by  timezone: UTC  "
            "and 2021-10-31 00:00  or  2021-10-31 01:00",
            id="an end that daylight saving doubles",
        ),
        pytest.param("14:30 to 16:30", "E300", "the day is missing", FORMS, id="no day"),
        pytest.param("soon", "E300", '"soon" is not understood', FORMS, id="a word"),
        pytest.param(None, "E300", "expected a date; found nothing", FORMS, id="nothing"),
        pytest.param("", "E300", "expected a date; found nothing", FORMS, id="an empty text"),
        pytest.param([], "E300", "expected a date; found a list", FORMS, id="a list"),
    ],
)
def test_what_is_no_date(written: object, code: str, message: str, advice: str) -> None:
    error = refusal(lambda: parse_when(written, zone=BRUSSELS))

    assert (error.code, str(error), error.help) == (code, message, (advice,))
    assert error.field == ()


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        pytest.param("2021-12-02-2021-12-03", "write  to  with blanks between two days", id="-"),
        pytest.param("2021-12-02 -2021-12-03", "write  to  with blanks between two days", id=" -"),
        pytest.param("30/09/2021", DAY_FORM, id="slashes"),
        pytest.param("30.9.2021", DAY_FORM, id="dots"),
        pytest.param("30-09-2021", DAY_FORM, id="the year last"),
        pytest.param("2021/09/30", DAY_FORM, id="slashes, the year first"),
        pytest.param("30 September 2021", DAY_FORM, id="the month in letters"),
        pytest.param("September 30, 2021", DAY_FORM, id="the month in letters, first"),
        pytest.param("2021-9-30", "write two digits, for example  2021-09-07", id="short month"),
        pytest.param("2021-09-7", "write two digits, for example  2021-09-07", id="short day"),
        pytest.param("2021-12-02T14:30", "write a blank, not a T, before the time", id="T"),
        pytest.param("2021-12-02 2:30 pm", TIME_FORM, id="pm"),
        pytest.param("2021-12-02 14h30", TIME_FORM, id="h"),
        pytest.param("2021-12-02 14.30", TIME_FORM, id="a dot in a time"),
        pytest.param("2021-12-02 14:30:00", TIME_FORM, id="seconds"),
        pytest.param(
            "2021-12-02 14:30 CET", "the zone stands apart:  timezone: Europe/Brussels", id="zone"
        ),
        pytest.param(
            "2021-12-02 14:30+01:00",
            "the zone stands apart:  timezone: Europe/Brussels",
            id="an offset",
        ),
        pytest.param("2021-12-02-14:30", FORMS, id="a hyphen before the time"),
        pytest.param("2021-12-02 14:30 to", FORMS, id="to nothing"),
    ],
)
def test_what_people_write_gets_its_own_advice(written: str, advice: str) -> None:
    error = refusal(lambda: parse_when(written, zone=BRUSSELS))

    assert (error.code, str(error)) == ("E300", f'"{written}" is not understood')
    assert error.help == (advice,)


@pytest.mark.parametrize(
    ("written", "code", "message", "field"),
    [
        pytest.param(
            {"start": "2021-12-02"},
            "E102",
            'unknown key "start" in "when"',
            ("start",),
            id="unknown key",
        ),
        pytest.param(
            {"ends": "2021-12-02"},
            "E300",
            "expected a day, or a day and a time; found nothing",
            ("starts",),
            id="no start",
        ),
        pytest.param(
            {"starts": "2021-12-02", "ends": None},
            "E300",
            "expected a day, a time, or both; found nothing",
            ("ends",),
            id="an empty end",
        ),
        pytest.param(
            {"starts": "to be announced"},
            "E300",
            '"to be announced" is not understood',
            ("starts",),
            id="a start that is to be announced",
        ),
        pytest.param(
            {"starts": "2021-12-02 24:00", "ends": "25:00"},
            "E307",
            "24:00 can only be an end",
            ("starts",),
            id="a wrong start before a wrong end",
        ),
        pytest.param(
            {"starts": "2021-12-02 14:30", "ends": "12:00"},
            "E303",
            "the end is not after the start",
            ("ends",),
            id="an end before the start",
        ),
    ],
)
def test_a_long_form_says_which_part_is_wrong(
    written: object, code: str, message: str, field: tuple[str, ...]
) -> None:
    error = refusal(lambda: parse_when(written, zone=BRUSSELS))

    assert (error.code, str(error), error.field) == (code, message, field)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        pytest.param({"start": "2021-12-02"}, 'did you mean "starts"?', id="a key"),
        pytest.param("Thu 2021-12-02", 'did you mean "Thursday"?', id="a weekday"),
        pytest.param("jeudi 2021-12-02", "", id="a weekday of another language"),
        pytest.param("Friday 2021-12-02", "a Thursday", id="another weekday"),
        pytest.param("2021-03-28 02:30", "the clocks go forward", id="a skipped hour"),
        pytest.param("2021-10-31 02:30", "the first or the second?", id="a doubled hour"),
    ],
)
def test_a_hint_stands_beside_the_value(written: object, hint: str) -> None:
    assert refusal(lambda: parse_when(written, zone=BRUSSELS)).hint == hint


def test_the_same_hour_is_right_in_another_zone() -> None:
    when = parse_when("2021-03-28 02:30", zone="UTC")

    assert when == When(start=datetime(2021, 3, 28, 2, 30), zone="UTC")


@pytest.mark.parametrize("written", ["2021-12-02", "Thursday 2021-12-02", " 2021-12-02\n"])
def test_day(written: str) -> None:
    assert parse_day(written) == SECOND


@pytest.mark.parametrize(
    ("written", "message", "advice"),
    [
        pytest.param("2021-12-02 14:30", '"2021-12-02 14:30" is not a day', DAY_FORM, id="a time"),
        pytest.param("2.12.2021", '"2.12.2021" is not a day', DAY_FORM, id="dots"),
        pytest.param(None, "expected a day; found nothing", DAY_FORM, id="nothing"),
        pytest.param({}, "expected a day; found a mapping", DAY_FORM, id="a mapping"),
    ],
)
def test_what_is_no_day(written: object, message: str, advice: str) -> None:
    error = refusal(lambda: parse_day(written))

    assert (error.code, str(error), error.help) == ("E300", message, (advice,))


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        pytest.param("2021-11-09", date(2021, 11, 9), id="a day"),
        pytest.param("Tuesday 2021-11-09 18:00", datetime(2021, 11, 9, 18), id="a time"),
        pytest.param("2021-11-09 24:00", datetime(2021, 11, 10), id="the end of a day"),
    ],
)
def test_moment(written: str, moment: date) -> None:
    read = parse_moment(written)

    assert (read, type(read)) == (moment, type(moment))


@pytest.mark.parametrize(
    ("written", "message"),
    [
        pytest.param("18:00", "the day is missing", id="a time alone"),
        pytest.param("soon", '"soon" is not understood', id="a word"),
        pytest.param("", "expected a day, or a day and a time; found nothing", id="nothing"),
    ],
)
def test_what_is_no_moment(written: str, message: str) -> None:
    error = refusal(lambda: parse_moment(written))

    assert (error.code, str(error)) == ("E300", message)


@pytest.mark.parametrize(
    ("written", "time"),
    [
        pytest.param("16:00", "16:00", id="a time"),
        pytest.param("9:05", "09:05", id="an hour of one digit"),
        pytest.param("Friday 2021-12-03 9:05", "2021-12-03 09:05", id="of another day"),
    ],
)
def test_agenda_time(written: str, time: str) -> None:
    assert parse_agenda_time(written) == time


@pytest.mark.parametrize(
    ("written", "code", "message", "advice"),
    [
        pytest.param("2021-12-03", "E300", "the time is missing", TIME_FORM, id="a day"),
        pytest.param("noon", "E300", '"noon" is not understood', TIME_FORM, id="a word"),
        pytest.param(None, "E300", "expected a time; found nothing", TIME_FORM, id="nothing"),
        pytest.param(
            "2021-12-03 24:00",
            "E307",
            "24:00 can only be an end",
            "write  2021-12-04 00:00",
            id="24:00 of a day",
        ),
        pytest.param("24:00", "E307", "24:00 can only be an end", "write  00:00", id="24:00"),
    ],
)
def test_what_is_no_agenda_time(written: object, code: str, message: str, advice: str) -> None:
    error = refusal(lambda: parse_agenda_time(written))

    assert (error.code, str(error), error.help) == (code, message, (advice,))


@st.composite
def whens(draw: st.DrawFn) -> When:
    first = draw(st.dates(date(1900, 1, 1), date(2199, 12, 1)))
    length = timedelta(days=draw(st.integers(0, 20)))
    if draw(st.booleans()):
        return When(start=first, end=first + length if length else None, zone="UTC")
    start = datetime(first.year, first.month, first.day) + draw(minutes())
    end = draw(st.none() | st.builds(lambda more: start + length + more, minutes()))
    assume(end is None or end > start)
    return When(start=start, end=end, zone="UTC")


def minutes() -> st.SearchStrategy[timedelta]:
    return st.integers(0, 24 * 60 - 1).map(lambda number: timedelta(minutes=number))


@settings(max_examples=100)
@given(whens())
def test_a_date_as_it_is_written_reads_as_it_is(when: When) -> None:
    assert parse_when(str(when), zone="UTC") == when


PIECES = st.sampled_from(
    ["2021-12-02", "2021-02-30", "14:30", "24:00", " ", "to", "-", "Thursday", "x", "0", "\0"]
)


@settings(max_examples=100)
@given(st.text() | st.lists(PIECES).map("".join))
def test_any_text_is_read_or_refused_in_plain_words(text: str) -> None:
    errors = (
        refused(lambda: parse_day(text)),
        refused(lambda: parse_moment(text)),
        refused(lambda: parse_agenda_time(text)),
        refused(lambda: parse_when(text, zone=BRUSSELS)),
        refused(lambda: parse_when({"starts": text, "ends": text}, zone=BRUSSELS)),
    )

    assert all(str(error).isprintable() and error.help for error in errors if error)


def test_a_long_text_is_refused_at_once_and_shown_in_part() -> None:
    error = refusal(lambda: parse_when("x" * 60_000, zone=BRUSSELS))

    assert str(error) == f'"{"x" * 59}…" is not understood'
