from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.model import Change, Event, Standing
from tests.source.sources import GARDEN_DAY, SERIES, an_update, event

TO_BE_CONFIRMED = """\
title: Garden day
initiatives: [parks]
when: 2031-05-08
time_to_be_confirmed: true
"""
TO_BE_ANNOUNCED = "title: Garden day\ninitiatives: [parks]\nwhen: to be announced\n"
IN_THE_PARK = GARDEN_DAY + "place: Park\n"

POSTPONED = ("announced: 2026-01-01", "change: postponed")
CANCELLED = ("announced: 2026-01-02", "change: cancelled")
IN_JUNE = ("announced: 2026-01-03", "change: rescheduled", "when: 2031-06-01 14:00 to 16:00")
IN_JULY = ("announced: 2026-01-04", "change: rescheduled", "when: 2031-07-01 14:00 to 16:00")
REINSTATED = ("announced: 2026-01-05", "change: reinstated")
ONLINE = ("announced: 2026-01-06", "change: moved-online", "online: {url: https://meet.example/a}")
RELOCATED = ("announced: 2026-01-07", "change: relocated", "place: Town hall")
LATEST = "announced: 2026-01-08"
CORRECTED = (LATEST, "change: corrected")


def after(fields: str, *updates: tuple[str, ...]) -> Event:
    """Return the event that has *fields* once *updates* were announced."""
    return event(fields + "updates:\n" + "".join(an_update(*lines) for lines in updates))


def old_dates(standing: Standing) -> list[str]:
    return [str(when) for when in standing.old]


@pytest.mark.parametrize(
    ("updates", "off", "online", "old", "reason"),
    [
        pytest.param([], None, False, [], None, id="as planned"),
        pytest.param([POSTPONED], "postponed", False, [], 0, id="postponed keeps its date"),
        pytest.param([CANCELLED], "cancelled", False, [], 0, id="cancelled"),
        pytest.param([POSTPONED, CANCELLED], "cancelled", False, [], 1, id="the last decides"),
        pytest.param([IN_JUNE], None, False, ["05-08"], 0, id="moved to a known date"),
        pytest.param([POSTPONED, IN_JUNE], None, False, ["05-08"], 1, id="postponed, then dated"),
        pytest.param(
            [IN_JUNE, IN_JULY], None, False, ["05-08", "06-01"], 1, id="moved twice, oldest first"
        ),
        pytest.param(
            [IN_JUNE, (LATEST, "change: rescheduled", "when: 2031-05-08 14:00 to 16:00")],
            None,
            False,
            ["06-01"],
            1,
            id="moved back: the present date is no old one",
        ),
        pytest.param([CANCELLED, REINSTATED], None, False, [], 1, id="reinstated as planned"),
        pytest.param(
            [CANCELLED, (*REINSTATED, "when: 2031-06-01")],
            None,
            False,
            ["05-08"],
            1,
            id="reinstated on another day",
        ),
        pytest.param([ONLINE], None, True, [], 0, id="moved online"),
        pytest.param(
            [CANCELLED, ONLINE], "cancelled", True, [], 0, id="online brings nothing back"
        ),
        pytest.param([CANCELLED, RELOCATED], "cancelled", False, [], 0, id="nor does a new place"),
        pytest.param(
            [CANCELLED, (*CORRECTED, "title: Garden days")],
            "cancelled",
            False,
            [],
            0,
            id="nor does a correction",
        ),
        pytest.param([ONLINE, RELOCATED], None, False, [], 1, id="online until there is a place"),
        pytest.param(
            [ONLINE, (*CORRECTED, "place: Town hall")], None, False, [], None, id="by any update"
        ),
        pytest.param([RELOCATED], None, False, [], 0, id="relocated"),
        pytest.param(
            [RELOCATED, (*CORRECTED, "place: none")], None, False, [], None, id="no place after all"
        ),
        pytest.param(
            [IN_JUNE, RELOCATED], None, False, ["05-08"], 1, id="the latest change is told first"
        ),
        pytest.param(
            [POSTPONED, RELOCATED, (LATEST, *IN_JUNE[1:])],
            None,
            False,
            ["05-08"],
            2,
            id="back on: what happened while it was off is history",
        ),
        pytest.param(
            [IN_JUNE, ("announced: 2026-01-09", "change: postponed")],
            "postponed",
            False,
            ["05-08"],
            1,
            id="moved, then postponed",
        ),
        pytest.param(
            [(*CORRECTED, "when: 2031-05-09")], None, False, [], None, id="a corrected date"
        ),
        pytest.param(
            [IN_JUNE, (*CORRECTED, "when: 2031-06-02")],
            None,
            False,
            ["05-08"],
            0,
            id="a wrong new date, corrected, was never a date",
        ),
        pytest.param(
            [(LATEST, "change: relocated", "place: Hall", "when: 2031-06-01 14:00 to 16:00")],
            None,
            False,
            ["05-08"],
            0,
            id="another place and another date",
        ),
    ],
)
def test_standing(
    updates: list[tuple[str, ...]],
    off: str | None,
    online: bool,
    old: list[str],
    reason: int | None,
) -> None:
    found = after(IN_THE_PARK, *updates) if updates else event(IN_THE_PARK)

    assert found.standing.off == off
    assert found.standing.online == online
    assert [when[5:10] for when in old_dates(found.standing)] == old
    assert found.standing.reason == (None if reason is None else found.updates[reason])


@pytest.mark.parametrize(
    ("fields", "update_lines", "old"),
    [
        pytest.param(TO_BE_ANNOUNCED, IN_JUNE, [], id="the end of to be announced"),
        pytest.param(
            TO_BE_CONFIRMED,
            (LATEST, "change: rescheduled", "when: 2031-05-08 14:00"),
            [],
            id="an hour for the day",
        ),
        pytest.param(
            TO_BE_CONFIRMED,
            (LATEST, "change: rescheduled", "when: 2031-05-09 14:00"),
            ["2031-05-08"],
            id="an hour of another day is a new date",
        ),
        pytest.param(
            TO_BE_CONFIRMED,
            (LATEST, "change: rescheduled", "when: 2031-05-09", "time_to_be_confirmed: true"),
            ["2031-05-08"],
            id="another day, without hour",
        ),
    ],
)
def test_a_first_date_is_no_new_date(
    fields: str, update_lines: tuple[str, ...], old: list[str]
) -> None:
    found = after(fields, update_lines)

    assert old_dates(found.standing) == old
    assert found.updates[0].is_first_date == (not old)
    assert found.standing.reason == found.updates[0]


def test_a_first_date_by_correction_is_no_news() -> None:
    found = after(TO_BE_ANNOUNCED, (*CORRECTED, "when: 2031-05-08"))

    assert not found.updates[0].is_first_date
    assert found.standing == Standing()


def test_a_date_taken_back_is_none() -> None:
    found = after(GARDEN_DAY, (*CORRECTED, "when: to be announced"))

    assert (found.details.when, found.standing.old) == (None, ())
    assert found.updates[0].given == {"when": None}


def test_texts_are_overlaid_by_language_and_other_fields_whole() -> None:
    fields = (
        "title: {en: Garden day, fr: Fête}\ninitiatives: [parks]\nwhen: 2031-05-08\n"
        "summary: {fr: Bref}\ntags: [a, b]\nplace: {name: {en: Park, fr: Parc}, country: BE}\n"
    )
    details = after(
        fields,
        (*CORRECTED, "title: {fr: Fête du jardin}", "summary: Short", "tags: [c]", "place: Park"),
    ).details

    assert details.title == {"en": "Garden day", "fr": "Fête du jardin"}
    assert details.summary == {"en": "Short", "fr": "Bref"}
    assert details.tags == ("c",)
    assert details.place is not None
    assert (details.place.name, details.place.country) == ({"en": "Park"}, None)


def test_none_takes_away() -> None:
    fields = (
        f"{GARDEN_DAY}place: Park\nonline: {{url: https://meet.example/a}}\n"
        "registration: {url: https://register.example}\n"
    )
    details = after(
        fields, (*CORRECTED, "place: none", "online: none", "registration: none")
    ).details

    assert (details.place, details.online, details.registration) == (None, None, None)


def test_moving_online_drops_the_place_and_is_in_the_history_as_it_was_written() -> None:
    found = after(IN_THE_PARK, (*ONLINE, "notice: {fr: En ligne}", "tags: [b, a]"))

    assert found.details.place is None
    assert found.updates[0].notice == {"fr": "En ligne"}
    assert found.updates[0].given == {
        "online": {"url": "https://meet.example/a", "label": None, "private": False},
        "tags": ["a", "b"],
    }


def test_a_new_date_brings_its_own_time_to_be_confirmed() -> None:
    confirmed = after(TO_BE_CONFIRMED, (LATEST, "change: rescheduled", "when: 2031-05-09"))
    still_open = after(
        TO_BE_CONFIRMED,
        (LATEST, "change: rescheduled", "when: 2031-05-09", "time_to_be_confirmed: true"),
    )

    assert confirmed.details.when is not None
    assert not confirmed.details.when.to_be_confirmed
    assert still_open.details.when is not None
    assert still_open.details.when.to_be_confirmed
    assert still_open.updates[0].given == {
        "when": {
            "starts": "2031-05-09",
            "timezone": "Europe/Brussels",
            "to_be_confirmed": True,
        },
        "time_to_be_confirmed": True,
    }


def test_a_day_may_be_confirmed_without_an_hour() -> None:
    found = after(TO_BE_CONFIRMED, (*CORRECTED, "time_to_be_confirmed: false"))

    assert found.details.when is not None
    assert not found.details.when.to_be_confirmed
    assert found.standing == Standing()


def test_the_hours_of_an_update_are_of_the_zone_that_holds_there() -> None:
    found = after(
        GARDEN_DAY + "timezone: Europe/Athens\n",
        IN_JUNE,
        ("announced: 2026-02-01", "change: rescheduled", "when: 2031-07-01", "timezone: UTC"),
        ("announced: 2026-02-02", "change: rescheduled", "when: 2031-08-01 10:00"),
    )

    assert [when.zone for when in found.standing.old] == ["Europe/Athens", "Europe/Athens", "UTC"]
    assert found.details.when is not None
    assert found.details.when.zone == "UTC"


def test_a_zone_alone_moves_the_hours_as_they_are_written() -> None:
    found = after(GARDEN_DAY, (LATEST, "change: relocated", "place: Tavira", "timezone: Portugal"))

    assert str(found.details.when) == "2031-05-08 14:00 to 16:00"
    assert found.details.when is not None
    assert found.details.when.zone == "Portugal"
    assert [when.zone for when in found.standing.old] == ["Europe/Brussels"]
    assert found.updates[0].given["timezone"] == "Portugal"


def test_the_zone_of_one_date_of_a_series_is_not_that_of_the_others() -> None:
    found = after(
        SERIES,
        (
            "announced: 2026-02-01",
            "occurrence: 2031-02-04",
            "change: relocated",
            "place: Athens",
            "timezone: Europe/Athens",
        ),
        (
            "announced: 2026-02-02",
            "occurrence: 2031-02-04",
            "change: rescheduled",
            "when: 2031-02-05 10:00",
        ),
        (
            "announced: 2026-02-03",
            "occurrence: 2031-03-04",
            "change: rescheduled",
            "when: 2031-03-05 10:00",
        ),
        ("announced: 2026-02-04", "change: corrected", "when: 2031-01-07 15:00", "timezone: UTC"),
        (
            "announced: 2026-02-05",
            "occurrence: 2031-02-04",
            "change: rescheduled",
            "when: 2031-02-06 10:00",
        ),
    )

    assert found.details.when is not None
    assert found.details.when.zone == "UTC"
    assert [str(when.zone) for override in found.overrides for when in override.standing.old] == [
        *("Europe/Brussels", "Europe/Athens", "Europe/Athens"),
        "Europe/Brussels",
    ]
    assert [one.details.when.zone for one in found.overrides if one.details.when] == [
        "UTC",
        "Europe/Brussels",
    ]


def days_off(found: Event) -> list[int]:
    return [override.day.month for override in found.overrides if override.standing.off]


def test_one_date_of_a_series_that_is_off() -> None:
    found = after(SERIES, (*CANCELLED, "occurrence: 2031-02-04", "notice: Holidays."))

    assert found.standing == Standing()
    assert days_off(found) == [2]
    assert str(found.overrides[0].details.when) == "2031-02-04 14:00 to 15:00"
    assert found.overrides[0].standing.reason == found.updates[0]


def test_a_date_onwards_is_that_date_and_all_later_ones() -> None:
    found = after(
        SERIES.replace("times: 4", "times: 4, except: [2031-03-04]"),
        (*RELOCATED, "occurrence: 2031-02-04 onwards"),
    )

    assert [override.day for override in found.overrides] == [date(2031, 2, 4), date(2031, 4, 1)]
    assert all(override.details.place for override in found.overrides)
    assert found.details.place is None
    assert found.updates[0].onwards


def test_a_reinstated_date_keeps_its_override() -> None:
    found = after(
        SERIES,
        (*CANCELLED, "occurrence: 2031-02-04"),
        (*REINSTATED, "occurrence: 2031-02-04"),
    )

    assert len(found.overrides) == 1
    assert found.overrides[0].standing == Standing(reason=found.updates[1])


def test_an_update_of_the_whole_series_reaches_the_overrides_before_it() -> None:
    found = after(
        SERIES + "place: Park\n",
        (*POSTPONED, "occurrence: 2031-02-04"),
        (*IN_JUNE, "occurrence: 2031-03-04"),
        (*CORRECTED, "when: 2031-01-07 15:00 to 16:00", "title: Corner"),
    )

    assert [one.details.title["en"] for one in found.overrides] == ["Corner", "Corner"]
    assert [str(one.details.when) for one in found.overrides] == [
        "2031-02-04 15:00 to 16:00",
        "2031-06-01 14:00 to 16:00",
    ]
    assert found.rule is not None
    assert len(found.rule.days) == 4


def test_a_series_whose_first_date_is_corrected_goes_on_from_there() -> None:
    weekly = SERIES.replace(
        "{every: month, by: first Tuesday, times: 4}", "{every: week, times: 2}"
    )

    found = after(weekly, (*CORRECTED, "when: 2031-01-08 14:00"))

    assert found.rule is not None
    assert found.rule.days == (date(2031, 1, 8), date(2031, 1, 15))
    assert found.standing == Standing()


def test_a_series_as_a_whole_is_off_and_on_again() -> None:
    off = after(SERIES, (*POSTPONED, "occurrence: 2031-02-04"), CANCELLED)
    on = after(SERIES, (*POSTPONED, "occurrence: 2031-02-04"), CANCELLED, REINSTATED)

    assert off.standing.off is Change.CANCELLED
    assert [one.standing.off for one in off.overrides] == [Change.CANCELLED]
    assert (on.standing.off, days_off(on)) == (None, [])


def test_dates_that_were_held_stay_as_they_were() -> None:
    held = SERIES.replace("2031-01-07", "2026-01-06")
    found = after(
        held,
        ("announced: 2026-01-20", "occurrence: 2026-02-03", "change: relocated", "place: Hall"),
        ("announced: 2026-01-21", "occurrence: 2026-04-07", "change: relocated", "place: Hall"),
        ("announced: 2026-02-20", "change: cancelled"),
    )

    assert found.standing.off is Change.CANCELLED
    assert days_off(found) == [4]
    assert found.overrides[0].standing.reason == found.updates[0]


def test_a_date_of_a_series_of_whole_days_gets_its_hour() -> None:
    days = TO_BE_CONFIRMED + "repeats: {every: week, times: 2}\n"

    found = after(
        days,
        (LATEST, "change: rescheduled", "occurrence: 2031-05-15", "when: 2031-05-15 10:00"),
    )

    assert found.overrides[0].standing.old == ()
    assert found.updates[0].is_first_date


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["postponed", "cancelled", "reinstated", "rescheduled", "relocated", "moved-online"]
        ),
        max_size=6,
    )
)
def test_the_last_deciding_update_says_whether_an_event_is_off(changes: list[str]) -> None:
    lines = []
    off = None
    for number, change in enumerate(changes):
        if change == "reinstated" and not off:
            continue
        if change in {"postponed", "cancelled"}:
            off = change
        elif change in {"reinstated", "rescheduled"}:
            off = None
        fields = {
            "rescheduled": f"when: 2031-06-{number + 1:02}",
            "relocated": f"place: Hall {number}",
            "moved-online": f"online: {{url: https://meet.example/{number}}}",
        }
        news = f"notice: News {number}"
        lines.append((LATEST, f"change: {change}", fields.get(change, news)))

    found = after(IN_THE_PARK, *lines) if lines else event(IN_THE_PARK)

    assert found.standing.off == off
    assert all(
        not when.is_same_date(found.details.when)
        for when in found.standing.old
        if found.details.when
    )
    assert (found.standing.reason is None) <= (off is None)


@pytest.mark.parametrize(
    ("updates", "was_at"),
    [
        pytest.param([POSTPONED], None, id="not moved"),
        pytest.param([ONLINE], "Park", id="moved online"),
        pytest.param([RELOCATED], "Park", id="moved elsewhere"),
        pytest.param([ONLINE, RELOCATED], "Park", id="online, then elsewhere"),
        pytest.param([RELOCATED, (LATEST, *ONLINE[1:])], "Town hall", id="elsewhere, then online"),
        pytest.param(
            [RELOCATED, (LATEST, "change: relocated", "place: Park")],
            "Town hall",
            id="and back",
        ),
        pytest.param(
            [ONLINE, (LATEST, "change: corrected", "place: Park")], None, id="as it was at first"
        ),
    ],
)
def test_the_place_that_a_move_replaced_is_known(
    updates: list[tuple[str, ...]], was_at: str | None
) -> None:
    place = after(IN_THE_PARK, *updates).standing.was_at
    assert (place and place.name["en"]) == was_at
