"""Which events are told apart, and that each client is told of."""

import pytest

from calfeed.doctor.calendar.reading import read
from calfeed.doctor.showing import SHOWN, Case, case_of, says_off, shown
from tests.doctor.feeds import a_feed, an_event

MOVED = "RECURRENCE-ID;TZID=Europe/Brussels:20310507T140000"
SAME = "RECURRENCE-ID;TZID=Europe/Brussels:20310508T140000"


@pytest.mark.parametrize(
    ("lines", "case"),
    [
        ((), None),
        (("STATUS:CANCELLED", "SUMMARY:CANCELLED: a"), Case.SAID),
        (("STATUS:CANCELLED",), Case.SILENT),
        (("STATUS:cancelled",), Case.SILENT),
        (("STATUS:TENTATIVE", "SUMMARY:POSTPONED: a"), Case.TENTATIVE_OFF),
        (("STATUS:TENTATIVE",), Case.TENTATIVE),
        (("SUMMARY:POSTPONED: a",), Case.LOUD),
        (("SUMMARY:NEW DATE: a",), Case.NEW_DATE),
        ((MOVED,), Case.MOVED),
        ((SAME,), None),
        (("RECURRENCE-ID:tomorrow",), None),
    ],
)
def test_cases(lines: tuple[str, ...], case: Case | None) -> None:
    (event,) = read(a_feed(an_event(*lines))).events
    assert case_of(event) is case


@pytest.mark.parametrize(
    ("title", "is_off"),
    [
        ("CANCELLED: Garden day", True),
        ("Canceled - Garden day", True),
        ("[Postponed] Garden day", True),
        ("Garden day (called off)", True),
        ("REPORTÉ : Journée", True),
        ("ABGESAGT: Gartentag", True),
        ("Postponed gratification, a talk", False),
        ("Why we cancelled it", False),
        ("", False),
    ],
)
def test_what_titles_say(title: str, is_off: bool) -> None:
    assert says_off(title) is is_off


def test_every_case_has_its_clients() -> None:
    assert set(SHOWN) == set(Case)
    for clients in SHOWN.values():
        named = " ".join(one.client for one in clients)
        assert "every client" in named or all(
            name in named for name in ("Google", "Outlook", "Apple", "Thunderbird")
        )


def test_events_are_told_by_case() -> None:
    reading = read(a_feed(an_event("STATUS:TENTATIVE"), an_event(), an_event("STATUS:CANCELLED")))
    assert {case: len(events) for case, events in shown(reading.events).items()} == {
        Case.SILENT: 1,
        Case.TENTATIVE: 1,
    }
