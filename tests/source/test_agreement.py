"""The rules that calendar apps agree on: the apps' own parsers are asked, and the rest refused."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from itertools import islice, product

import pytest

from calfeed.source.agreement import check_agreed
from calfeed.source.recurrence import Recurrence, days_from, spelled_out
from calfeed.source.rrule import parse_rrule
from tests.readers import icaljs, libical
from tests.readers.reading import Instance
from tests.source.refusing import refusal, refused

TUESDAY = date(2021, 9, 7)


def check(text: str) -> None:
    check_agreed(spelled_out(parse_rrule(text)[0], TUESDAY))


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        pytest.param(
            "FREQ=DAILY;BYMONTHDAY=1",
            "calendar apps do not agree on FREQ=DAILY with BYMONTHDAY",
            "use FREQ=DAILY with one of  BYMONTH, BYDAY, BYMONTH and BYDAY",
            id="days of the month, looked for daily",
        ),
        pytest.param(
            "FREQ=WEEKLY;BYMONTHDAY=1",
            "calendar apps do not agree on FREQ=WEEKLY with BYMONTHDAY",
            "use FREQ=WEEKLY with one of  BYDAY, BYMONTH and BYDAY",
            id="days of the month, looked for weekly",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYMONTH=1,3",
            "calendar apps do not agree on FREQ=MONTHLY with BYMONTH and BYMONTHDAY",
            "use FREQ=MONTHLY with one of  "
            "BYMONTHDAY, BYDAY, BYMONTHDAY and BYDAY, BYDAY and BYSETPOS",
            id="months, looked for monthly",
        ),
        pytest.param(
            "FREQ=YEARLY;BYDAY=MO",
            "calendar apps do not agree on FREQ=YEARLY with BYDAY",
            "use FREQ=YEARLY with one of  BYMONTH and BYMONTHDAY, BYMONTH and BYDAY, "
            "BYMONTH and BYMONTHDAY and BYDAY, BYMONTH and BYDAY and BYSETPOS, BYYEARDAY",
            id="each Monday, looked for yearly",
        ),
    ],
)
def test_parts_that_apps_do_not_take_together(text: str, message: str, advice: str) -> None:
    error = refusal(lambda: check(text))

    assert (error.code, str(error), error.help) == ("E318", message, (advice,))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param(
            "FREQ=WEEKLY;BYDAY=1TU", "numbered weekdays with FREQ=WEEKLY", id="numbers in a week"
        ),
        pytest.param(
            "FREQ=DAILY;BYDAY=1TU", "numbered weekdays with FREQ=DAILY", id="numbers in a day"
        ),
        pytest.param(
            "FREQ=MONTHLY;BYDAY=TU,1FR",
            "numbered weekdays beside another choice of days",
            id="some numbered, some not",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYDAY=1FR;BYMONTHDAY=1,2,3",
            "numbered weekdays beside another choice of days",
            id="numbered weekdays on days of the month",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYDAY=1FR,1TU;BYSETPOS=1",
            "numbered weekdays beside another choice of days",
            id="numbered weekdays, and which of them",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYMONTHDAY=1,-1",
            "a day counted from the end beside another choice of days",
            id="the first and the last day",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYMONTHDAY=-1;BYDAY=FR",
            "a day counted from the end beside another choice of days",
            id="the last day, if a Friday",
        ),
        pytest.param(
            "FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=-1",
            "a day counted from the end beside another choice of days",
            id="the last day of two months",
        ),
        pytest.param(
            "FREQ=YEARLY;BYYEARDAY=1,-1",
            "a day counted from the end beside another choice of days",
            id="the first and the last day of the year",
        ),
        pytest.param(
            "FREQ=YEARLY;BYMONTH=10,11;BYMONTHDAY=31",
            "a day that a month does not have",
            id="31 November",
        ),
        pytest.param(
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=1,29",
            "a day that a month does not have",
            id="29 February beside another day",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1",
            "BYSETPOS with one weekday or several months",
            id="the last of one weekday",
        ),
        pytest.param(
            "FREQ=YEARLY;BYMONTH=6,12;BYDAY=MO,FR;BYSETPOS=-1",
            "BYSETPOS with one weekday or several months",
            id="the last of two months",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-7",
            "a BYSETPOS after the third week",
            id="the seventh of two weekdays",
        ),
    ],
)
def test_what_apps_do_not_agree_on(text: str, what: str) -> None:
    error = refusal(lambda: check(text))

    assert (error.code, str(error)) == ("E318", f"calendar apps do not agree on {what}")
    assert error.help == ("write for example  FREQ=MONTHLY;BYDAY=-1FR",)


def agreed_rules() -> Iterator[tuple[str, list[date]]]:
    """Yield rules of every shape that is taken, with their first days."""
    choices = product(
        ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"),
        ("INTERVAL=1", "INTERVAL=2", "INTERVAL=3"),
        ("", "BYMONTH=2", "BYMONTH=3,9,12"),
        ("", "BYMONTHDAY=1,15,31", "BYMONTHDAY=29", "BYMONTHDAY=-1", "BYYEARDAY=60"),
        ("", "BYDAY=TU", "BYDAY=MO,TU,WE,TH,FR", "BYDAY=1TU", "BYDAY=-1FR,2SU", "BYDAY=5MO"),
        ("", "BYSETPOS=1", "BYSETPOS=-1", "BYSETPOS=3,-14"),
        (TUESDAY, date(2024, 2, 29), date(2022, 1, 31)),
    )
    for frequency, *parts, near in choices:
        text = ";".join([f"FREQ={frequency}", *filter(None, parts)])
        rule = spelled_out(parse_rrule(text)[0], near)
        if is_agreed(rule):
            days = list(islice(days_from(rule, near), 9))
            if days and list(islice(days_from(rule, days[0]), 9)) == days:
                yield str(rule), days


@pytest.fixture(scope="module")
def rules() -> list[tuple[str, list[date]]]:
    return list(agreed_rules())


def is_agreed(rule: Recurrence) -> bool:
    return refused(lambda: check_agreed(rule)) is None


def calendar(rules: list[tuple[str, list[date]]]) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"]
    for number, (text, days) in enumerate(rules):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}",
            "DTSTAMP:20210101T000000Z",
            f"DTSTART:{days[0]:%Y%m%d}T100000Z",
            f"RRULE:{text};UNTIL={days[-1]:%Y%m%d}T100000Z",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


@pytest.mark.parametrize(
    "expand",
    [
        pytest.param(icaljs.expand, marks=pytest.mark.reader("icaljs"), id="ical.js"),
        pytest.param(libical.expand, marks=pytest.mark.reader("libical"), id="libical"),
    ],
)
def test_apps_read_the_days_that_were_meant(
    expand: Callable[[bytes, date, date], list[Instance]], rules: list[tuple[str, list[date]]]
) -> None:
    meant = {(text, datetime.combine(day, time(10), UTC)) for text, days in rules for day in days}

    read = expand(calendar(rules), date(2000, 1, 1), date(2300, 1, 1))

    assert {(rules[int(instance.uid)][0], instance.start) for instance in read} == meant
