from dataclasses import replace
from datetime import date

import pytest

from calfeed.model import Change, Standing
from calfeed.states import Label, labels_of, say_prefix, say_state, status_of
from tests.builders import an_update, at

OLD = at("2021-09-30")
NEW = at("2021-12-02 14:30", "2021-12-02 16:30")
HOURS = "14:30\N{EN DASH}16:30, Brussels time"
ALL = Standing(off=Change.CANCELLED, online=True, old=(OLD,))


@pytest.mark.parametrize(
    ("standing", "withdrawn", "prefix"),
    [
        (ALL, True, "WITHDRAWN: "),
        (ALL, False, "CANCELLED: "),
        (replace(ALL, off=Change.POSTPONED), False, "POSTPONED: "),
        (replace(ALL, off=None), False, "NEW DATE: "),
        (Standing(online=True), False, "ONLINE: "),
        (Standing(), False, ""),
    ],
)
def test_there_is_one_prefix_the_first_that_holds(
    standing: Standing, withdrawn: bool, prefix: str
) -> None:
    said = say_prefix(standing, "en", withdrawn=withdrawn, new_date=True, online=True)

    assert said == prefix


@pytest.mark.parametrize(
    ("standing", "withdrawn", "status"),
    [
        (ALL, True, "withdrawn"),
        (ALL, False, "cancelled"),
        (replace(ALL, off=Change.POSTPONED), False, "postponed"),
        (replace(ALL, off=None), False, "rescheduled"),
        (Standing(online=True), False, "moved-online"),
        (Standing(reason=an_update(Change.RELOCATED)), False, "as-planned"),
        (Standing(), False, "as-planned"),
    ],
)
def test_there_is_one_status_the_first_that_holds(
    standing: Standing, withdrawn: bool, status: str
) -> None:
    assert status_of(standing, withdrawn=withdrawn) == status


def test_a_site_may_do_without_the_last_two_prefixes() -> None:
    moved = replace(ALL, off=None)

    assert say_prefix(moved, "en", withdrawn=False, new_date=False, online=True) == "ONLINE: "
    assert say_prefix(moved, "en", withdrawn=False, new_date=False, online=False) == ""


@pytest.mark.parametrize(
    ("language", "prefix"),
    [
        ("en", "POSTPONED: "),
        ("fr", "REPORTÉ\N{NO-BREAK SPACE}: "),
        ("de", "VERSCHOBEN: "),
        ("el", "ΑΝΑΒΛΗΘΗΚΕ: "),
        ("is", "POSTPONED: "),
    ],
)
def test_a_prefix_is_in_the_language_of_the_feed_or_in_english(language: str, prefix: str) -> None:
    off = Standing(off=Change.POSTPONED)

    assert say_prefix(off, language, withdrawn=False, new_date=True, online=True) == prefix


def said(standing: Standing, **facts: object) -> str:
    given = {"when": NEW, "place": "Berlaymont building", "withdrawn": None} | facts
    return say_state(standing, "en", **given)  # type: ignore[arg-type] # each of its own type


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        pytest.param(Standing(), "", id="as planned"),
        pytest.param(
            Standing(reason=an_update(Change.CORRECTED)), "", id="a correction is no news"
        ),
        pytest.param(
            Standing(off=Change.CANCELLED, reason=an_update(Change.CANCELLED)),
            f"Cancelled on 23 September 2021. It was planned for 2 December 2021, {HOURS}.",
            id="cancelled",
        ),
        pytest.param(
            Standing(off=Change.CANCELLED),
            f"Cancelled. It was planned for 2 December 2021, {HOURS}.",
            id="cancelled, nobody says when",
        ),
        pytest.param(
            Standing(old=(OLD,), reason=an_update(Change.RESCHEDULED)),
            "New date, announced on 23 September 2021: "
            f"Thursday 2 December 2021, {HOURS}. It was planned for 30 September 2021.",
            id="a new date",
        ),
        pytest.param(
            Standing(old=(OLD,)),
            f"New date: Thursday 2 December 2021, {HOURS}. It was planned for 30 September 2021.",
            id="a date edited in place",
        ),
        pytest.param(
            Standing(old=(at("2021-09-29"), OLD), reason=an_update(Change.RESCHEDULED)),
            "New date, announced on 23 September 2021: "
            f"Thursday 2 December 2021, {HOURS}. It was planned for 30 September 2021.",
            id="moved twice: from the last date",
        ),
        pytest.param(
            Standing(reason=an_update(Change.RESCHEDULED, is_first_date=True)),
            f"Date announced on 23 September 2021: Thursday 2 December 2021, {HOURS}.",
            id="a first date",
        ),
        pytest.param(
            Standing(online=True, reason=an_update(Change.MOVED_ONLINE)),
            "Moved online on 23 September 2021.",
            id="moved online",
        ),
        pytest.param(
            Standing(online=True, old=(OLD,), reason=an_update(Change.MOVED_ONLINE)),
            "Moved online on 23 September 2021. "
            f"New date: Thursday 2 December 2021, {HOURS}. It was planned for 30 September 2021.",
            id="moved online after a new date",
        ),
        pytest.param(
            Standing(online=True, old=(OLD,), reason=an_update(Change.RESCHEDULED)),
            "New date, announced on 23 September 2021: Thursday 2 December 2021, "
            f"{HOURS}. It was planned for 30 September 2021. It takes place online.",
            id="a new date after it was moved online",
        ),
        pytest.param(
            Standing(reason=an_update(Change.RELOCATED)),
            "New place, announced on 23 September 2021: Berlaymont building.",
            id="relocated",
        ),
        pytest.param(
            Standing(reason=an_update(Change.REINSTATED)),
            "It takes place after all, as announced on 23 September 2021.",
            id="reinstated",
        ),
    ],
)
def test_the_sentence_tells_the_state_and_when_it_was_announced(
    standing: Standing, sentence: str
) -> None:
    assert said(standing) == sentence


def test_a_postponed_event_says_that_its_new_date_is_not_known() -> None:
    off = Standing(off=Change.POSTPONED, reason=an_update(Change.POSTPONED))

    assert said(off, when=OLD) == (
        "Postponed on 23 September 2021. "
        "It was planned for 30 September 2021; the new date is not known yet."
    )
    assert said(replace(off, reason=None), when=OLD).startswith("Postponed. It was planned")


def test_a_series_as_a_whole_names_no_date_of_its_own() -> None:
    off = Standing(off=Change.POSTPONED, reason=an_update(Change.POSTPONED))
    cancelled = Standing(off=Change.CANCELLED, reason=an_update(Change.CANCELLED))

    assert said(off, when=None) == (
        "Postponed on 23 September 2021. The new dates are not known yet."
    )
    assert said(cancelled, when=None) == "Cancelled on 23 September 2021."
    assert said(Standing(reason=an_update(Change.RESCHEDULED)), when=None) == ""


def test_what_was_withdrawn_says_so_before_anything_else() -> None:
    off = Standing(off=Change.CANCELLED, reason=an_update(Change.CANCELLED))

    assert said(off, when=OLD, withdrawn=date(2021, 9, 27)) == (
        "Removed by the publisher on 27 September 2021. It was planned for 30 September 2021."
    )


def test_what_is_withdrawn_has_that_label_alone() -> None:
    assert labels_of(Standing(online=True), None, withdrawn=True) == (Label.WITHDRAWN,)
