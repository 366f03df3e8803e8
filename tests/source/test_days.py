from datetime import date

import pytest

from calfeed.source.days import LONG_POSTPONED
from tests.source.sources import GARDEN_DAY, SERIES, events_file, rendered, said, stated, told

PUBLISHED = GARDEN_DAY + "published: 2026-11-23\n"
CANCELLED = GARDEN_DAY + "updates:\n  - {announced: 2026-11-23, change: cancelled}\n"
POSTPONED = CANCELLED.replace("cancelled", "postponed")
TO_BE_CONFIRMED = "title: a\ninitiatives: [parks]\nwhen: 2026-11-23\ntime_to_be_confirmed: true\n"


def reminded(fields: str, today: date) -> list[str]:
    return rendered(stated(events_file(fields), today=today).problems)


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        pytest.param(
            PUBLISHED, "events.yaml:16:16: error[E207]: 2026-11-23 has not come yet", id="published"
        ),
        pytest.param(
            CANCELLED, "events.yaml:17:21: error[E202]: 2026-11-23 has not come yet", id="announced"
        ),
    ],
)
def test_a_day_that_has_not_come(fields: str, complaint: str) -> None:
    text = events_file(fields)

    assert said(text, today=date(2026, 11, 22)) == [complaint]
    assert len(stated(text, today=date(2026, 11, 23)).statements) == 1
    assert stated(
        text.replace("title", "draft: true\n    title"), today=date(2026, 11, 22)
    ).statements


def test_a_day_that_has_not_come_as_a_whole_message() -> None:
    assert told(CANCELLED, today=date(2026, 11, 22)) == [
        "error[E202]: 2026-11-23 has not come yet\n"
        "  --> events.yaml:17:21\n"
        "   |\n"
        "16 |     updates:\n"
        "17 |       - {announced: 2026-11-23, change: cancelled}\n"
        '   |                     ^^^^^^^^^^ "announced" is the day on which you told the public\n'
        "   |\n"
        "   = help: is it not to be known before? then write  draft: true  until that day"
    ]


def test_a_time_that_was_never_confirmed() -> None:
    assert reminded(TO_BE_CONFIRMED, date(2026, 11, 23)) == []
    assert reminded(TO_BE_CONFIRMED, date(2026, 11, 24)) == [
        'reminder[R501]: the time of "event-1" was never confirmed\n'
        "  --> events.yaml:16:5\n"
        "   |\n"
        "15 |     when: 2026-11-23\n"
        "16 |     time_to_be_confirmed: true\n"
        "   |     ^^^^^^^^^^^^^^^^^^^^ it was on 2026-11-23\n"
        "   |\n"
        "   = help: did it take place? then add its hour by an update, or remove this line"
    ]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param(
            TO_BE_CONFIRMED + "updates: [{announced: 2026-11-01, change: cancelled}]\n",
            id="it was cancelled",
        ),
        pytest.param(TO_BE_CONFIRMED + "draft: true\n", id="a draft"),
        pytest.param(
            TO_BE_CONFIRMED + "repeats: {every: year, times: 2}\n", id="a series that goes on"
        ),
    ],
)
def test_no_time_to_remind_of(fields: str) -> None:
    assert reminded(fields, date(2026, 11, 24)) == []


def test_an_event_postponed_for_long() -> None:
    known_after = date(2026, 11, 23).toordinal() + LONG_POSTPONED

    assert reminded(POSTPONED, date.fromordinal(known_after)) == []
    assert reminded(POSTPONED, date.fromordinal(known_after + 1)) == [
        'reminder[R502]: "event-1" has been postponed for 91 days\n'
        "  --> events.yaml:17:9\n"
        "   |\n"
        "16 |     updates:\n"
        "17 |       - {announced: 2026-11-23, change: postponed}\n"
        "   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has a new date been found?\n"
        "   |\n"
        "   = help: then tell it:\n"
        "   =         calfeed reschedule event-1 NEW-DATE\n"
        "   = help: will there be none?\n"
        "   =         calfeed cancel event-1"
    ]


def test_a_date_of_a_series_postponed_for_long() -> None:
    fields = (
        SERIES
        + "updates:\n"
        + "  - {announced: 2026-01-01, occurrence: 2031-02-04, change: relocated, place: Hall}\n"
        + "  - {announced: 2026-01-02, occurrence: 2031-02-04, change: postponed}\n"
    )

    (message,) = reminded(fields, date(2026, 11, 23))

    assert "calfeed cancel event-1 --occurrence 2031-02-04" in message
    assert 'reminder[R502]: "event-1" has been postponed for 325 days' in message
    assert "--> events.yaml:19:9" in message
