from datetime import UTC, date, datetime

import pytest

from calfeed.dates import When
from calfeed.formats.ics.dates import date_lines, dated, gives, recurrence_lines, utc_time
from calfeed.formats.ics.occurrences import Series
from tests.builders import at

HOURS = at("2021-09-07 14:00", "2021-09-07 15:00")
TUESDAYS = (date(2021, 9, 7), date(2021, 10, 5), date(2021, 11, 2), date(2021, 12, 7))
FIRST_TUESDAY = "FREQ=MONTHLY;BYDAY=1TU"


def a_series(*days: date, rrule: str = FIRST_TUESDAY, leaves_out: tuple[date, ...] = ()) -> Series:
    return Series(rrule=rrule, days=days or TUESDAYS, leaves_out=leaves_out)


def test_an_instant_is_written_in_utc() -> None:
    assert utc_time(datetime(2021, 9, 7, 12, tzinfo=UTC)) == "20210907T120000Z"


@pytest.mark.parametrize(
    ("when", "utc", "lines"),
    [
        pytest.param(
            HOURS,
            False,
            [
                "DTSTART;TZID=Europe/Brussels:20210907T140000",
                "DTEND;TZID=Europe/Brussels:20210907T150000",
            ],
            id="a time has its zone",
        ),
        pytest.param(
            HOURS, True, ["DTSTART:20210907T120000Z", "DTEND:20210907T130000Z"], id="or UTC"
        ),
        pytest.param(
            at("2021-09-07 14:00", zone="UTC"), False, ["DTSTART:20210907T140000Z"], id="UTC has Z"
        ),
        pytest.param(
            at("2021-09-07 14:00"),
            False,
            ["DTSTART;TZID=Europe/Brussels:20210907T140000"],
            id="no end is made up",
        ),
        pytest.param(
            at("2021-09-07"),
            False,
            ["DTSTART;VALUE=DATE:20210907", "DTEND;VALUE=DATE:20210908"],
            id="a whole day ends with the next",
        ),
        pytest.param(
            at("2021-12-30", "2021-12-31"),
            True,
            ["DTSTART;VALUE=DATE:20211230", "DTEND;VALUE=DATE:20220101"],
            id="whole days have no UTC",
        ),
    ],
)
def test_start_and_end(when: When, utc: bool, lines: list[str]) -> None:
    assert list(date_lines(when, utc=utc)) == lines


def test_a_zone_may_be_a_link() -> None:
    moment = datetime(2021, 9, 7, 14)

    assert dated("DTSTART", moment, "Asia/Calcutta", utc=False) == (
        "DTSTART;TZID=Asia/Calcutta:20210907T140000"
    )


@pytest.mark.parametrize(
    ("when", "series", "utc", "lines"),
    [
        pytest.param(
            HOURS,
            a_series(),
            False,
            ["RRULE:FREQ=MONTHLY;BYDAY=1TU;UNTIL=20211207T130000Z"],
            id="UNTIL is the last start, in UTC",
        ),
        pytest.param(
            at("2021-09-07"),
            a_series(),
            False,
            ["RRULE:FREQ=MONTHLY;BYDAY=1TU;UNTIL=20211207"],
            id="of whole days a day",
        ),
        pytest.param(
            HOURS,
            a_series(leaves_out=(date(2021, 11, 2), date(2021, 10, 5))),
            False,
            [
                "RRULE:FREQ=MONTHLY;BYDAY=1TU;UNTIL=20211207T130000Z",
                "EXDATE;TZID=Europe/Brussels:20211005T140000",
                "EXDATE;TZID=Europe/Brussels:20211102T140000",
            ],
            id="a line for each date left out",
        ),
        pytest.param(
            at("2021-09-07"),
            a_series(leaves_out=(date(2021, 10, 5),)),
            False,
            ["RRULE:FREQ=MONTHLY;BYDAY=1TU;UNTIL=20211207", "EXDATE;VALUE=DATE:20211005"],
            id="left out with the type of DTSTART",
        ),
        pytest.param(
            HOURS,
            a_series(leaves_out=(date(2021, 10, 5),)),
            True,
            ["RDATE:20210907T120000Z", "RDATE:20211102T130000Z", "RDATE:20211207T130000Z"],
            id="in UTC every date, the first too, by summer and winter time",
        ),
        pytest.param(
            at("2021-09-07"),
            a_series(TUESDAYS[0], TUESDAYS[1]),
            True,
            ["RDATE;VALUE=DATE:20210907", "RDATE;VALUE=DATE:20211005"],
            id="whole days likewise",
        ),
        pytest.param(
            HOURS,
            a_series(date(2021, 9, 7), date(2021, 9, 9)),
            False,
            [
                "RDATE;TZID=Europe/Brussels:20210907T140000",
                "RDATE;TZID=Europe/Brussels:20210909T140000",
            ],
            id="every date where the rule gives others",
        ),
    ],
)
def test_recurrence(when: When, series: Series, utc: bool, lines: list[str]) -> None:
    assert list(recurrence_lines(when, series, utc=utc)) == lines


@pytest.mark.parametrize(
    ("days", "given"),
    [
        pytest.param(TUESDAYS, True, id="all"),
        pytest.param(TUESDAYS[1:], True, id="from a later one on"),
        pytest.param(TUESDAYS[::2], False, id="not every one"),
        pytest.param((date(2021, 9, 6), *TUESDAYS), False, id="one before its first"),
        pytest.param((*TUESDAYS, date(2021, 12, 8)), False, id="one that is not its"),
    ],
)
def test_whether_a_rule_gives_exactly_these_days(days: tuple[date, ...], given: bool) -> None:
    assert gives(FIRST_TUESDAY, days) is given
