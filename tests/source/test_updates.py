from collections.abc import Callable

import pytest

from tests.source.sources import GARDEN_DAY, SERIES, event, events_file, said, told

WEEKLY = SERIES.replace("{every: month, by: first Tuesday, times: 4}", "{every: week, times: 4}")
SKIPPED = "2031-03-30 02:30"  # in Brussels
IN_THE_GAP = GARDEN_DAY.replace("2031-05-08 14:00 to 16:00", SKIPPED) + "timezone: UTC\n"
MONTHLY_IN_THE_GAP = (
    SERIES.replace("2031-01-07 14:00 to 15:00", SKIPPED).replace("first Tuesday", "last Sunday")
    + "timezone: UTC\n"
)
PAST = GARDEN_DAY.replace("2031-", "2021-")
LONG_AGO = "announced: 2021-01-01, change: cancelled"
FIRST = "announced: 2026-01-01, change: "
SECOND = "announced: 2026-01-02, change: "


def with_updates(fields: str, *updates: str) -> str:
    return f"{fields}updates:\n" + "".join(f"  - {{{update}}}\n" for update in updates)


BAD = {
    "not in the order of their days": (
        GARDEN_DAY,
        [
            "announced: 2026-02-01, change: postponed",
            "announced: 2026-01-31, change: cancelled",
        ],
    ),
    "cancelled, with a date": (GARDEN_DAY, [FIRST + "cancelled, when: 2031-06-01"]),
    "rescheduled to nowhere": (GARDEN_DAY, [FIRST + "rescheduled"]),
    "rescheduled to no date": (GARDEN_DAY, [FIRST + "rescheduled, when: to be announced"]),
    "a series, and not which date of it": (SERIES, [FIRST + "rescheduled, when: 2031-06-01"]),
    "a date for a series by another change": (
        SERIES,
        [FIRST + "relocated, place: Hall, when: 2031-06-01"],
    ),
    "one date for many": (
        SERIES,
        [FIRST + "relocated, place: Hall, when: 2031-06-01, occurrence: 2031-02-04 onwards"],
    ),
    "relocated to nowhere": (GARDEN_DAY, [FIRST + "relocated, place: none"]),
    "online, and not where": (GARDEN_DAY, [FIRST + "moved-online"]),
    "online in the park": (
        GARDEN_DAY,
        [FIRST + "moved-online, online: {url: https://a.example}, place: Park"],
    ),
    "a date of what is no series": (GARDEN_DAY, [FIRST + "cancelled, occurrence: 2031-05-08"]),
    "a date that the series has not": (SERIES, [FIRST + "cancelled, occurrence: 2031-02-05"]),
    "nothing corrected": (GARDEN_DAY, [FIRST + "corrected"]),
    "reinstated, and never off": (GARDEN_DAY, [FIRST + "reinstated"]),
    "reinstated in the past": (PAST, [LONG_AGO, FIRST + "reinstated"]),
    "a correction against the rule": (SERIES, [SECOND + "corrected, when: 2031-01-08 14:00"]),
    "a correction that loses a date that is named": (
        WEEKLY,
        [
            FIRST + "cancelled, occurrence: 2031-01-14",
            SECOND + "corrected, when: 2031-01-08 14:00",
        ],
    ),
    "a series without its first date": (SERIES, [SECOND + "corrected, when: to be announced"]),
    "an hour that the new zone skips": (
        IN_THE_GAP,
        [FIRST + "corrected, timezone: Europe/Brussels"],
    ),
    "an hour that the new zone of a series skips": (
        MONTHLY_IN_THE_GAP,
        [FIRST + "corrected, timezone: Europe/Brussels"],
    ),
}


def test_bad_updates(golden: Callable[[str, bytes], None]) -> None:
    messages = [
        f"{name.upper()}\n\n{message}\n"
        for name, (fields, updates) in BAD.items()
        for message in told(with_updates(fields, *updates))
    ]

    assert len(messages) == len(BAD)
    golden("bad-updates.txt", "\n\n".join(messages).encode())


@pytest.mark.parametrize(
    ("fields", "updates", "code"),
    [
        pytest.param(
            GARDEN_DAY, [FIRST + "relocated"], "E213", id="relocated, and no place at all"
        ),
        pytest.param(
            GARDEN_DAY,
            [FIRST + "rescheduled, when: 2031-05-08 14:00 to 16:00"],
            "E215",
            id="rescheduled to its own date",
        ),
        pytest.param(
            GARDEN_DAY + "place: Park\n",
            [FIRST + "relocated, place: {name: Park}"],
            "E215",
            id="relocated to its own place",
        ),
        pytest.param(
            GARDEN_DAY, [FIRST + "cancelled", SECOND + "cancelled"], "E215", id="cancelled again"
        ),
        pytest.param(
            GARDEN_DAY,
            [FIRST + "corrected, notice: Sorry."],
            "E215",
            id="a notice corrects nothing",
        ),
        pytest.param(
            SERIES.replace("times: 4", "times: 4, except: [2031-03-04]"),
            [FIRST + "cancelled, occurrence: 2031-03-04"],
            "E205",
            id="a date that the series leaves out",
        ),
        pytest.param(
            SERIES.replace("2031-01-07", "2026-01-06"),
            [
                "announced: 2026-01-20, occurrence: 2026-02-03, change: cancelled",
                "announced: 2026-02-20, occurrence: 2026-02-03, change: reinstated",
            ],
            "E216",
            id="a date of a series, reinstated when it was over",
        ),
    ],
)
def test_another_bad_update(fields: str, updates: list[str], code: str) -> None:
    (problem,) = said(events_file(with_updates(fields, *updates)))

    assert f"error[{code}]" in problem


@pytest.mark.parametrize(
    ("fields", "updates"),
    [
        pytest.param(
            GARDEN_DAY,
            [FIRST + "cancelled", SECOND + "cancelled, notice: Truly."],
            id="a notice says more of what is so already",
        ),
        pytest.param(GARDEN_DAY, [FIRST + "postponed", SECOND + "cancelled"], id="off otherwise"),
        pytest.param(
            GARDEN_DAY,
            [FIRST + "postponed", SECOND + "rescheduled, when: 2031-05-08 14:00 to 16:00"],
            id="rescheduled to the date that it was postponed from",
        ),
        pytest.param(
            GARDEN_DAY, [FIRST + "postponed", FIRST + "reinstated"], id="twice on one day"
        ),
        pytest.param(
            PAST,
            [LONG_AGO, FIRST + "reinstated, when: 2031-05-08"],
            id="reinstated in the past, with a new date",
        ),
        pytest.param(
            SERIES.replace("2031-01-07", "2026-01-06"),
            [
                "announced: 2026-01-20, change: cancelled",
                "announced: 2026-02-20, change: reinstated",
            ],
            id="a series that is half over, reinstated",
        ),
        pytest.param(
            "title: a\ninitiatives: [parks]\nwhen: to be announced\n",
            [
                FIRST + "postponed",
                SECOND + "reinstated",
                SECOND + "corrected, timezone: UTC, tags: [b]",
            ],
            id="to be announced all the time",
        ),
        pytest.param(
            GARDEN_DAY,
            [FIRST + "moved-online, online: {url: https://a.example}"],
            id="online, though it had no place",
        ),
    ],
)
def test_a_good_update(fields: str, updates: list[str]) -> None:
    assert len(event(with_updates(fields, *updates)).updates) == len(updates)


def test_all_that_is_wrong_with_updates_is_told_at_once() -> None:
    fields = with_updates(
        GARDEN_DAY, SECOND + "relocated", FIRST + "rescheduled, occurrence: 2031-05-08"
    )

    assert [problem.partition(" ")[2][:11] for problem in said(events_file(fields))] == [
        "error[E213]",
        "error[E201]",
        "error[E212]",
        "error[E204]",
    ]
