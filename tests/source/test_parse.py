from datetime import date, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.dates import When
from calfeed.errors import Severity, SourceError
from calfeed.model import Change, Event, Standing
from calfeed.source.parse import parse_sources
from calfeed.source.yaml import parse_document, read_document
from tests.source.sources import (
    EXAMPLE,
    GARDEN_DAY,
    HEAD,
    TODAY,
    events_file,
    example,
    messages_of,
    problems,
    said,
    stated,
)


@pytest.fixture(scope="module")
def example_events() -> dict[str, Event]:
    found = parse_sources([read_document(EXAMPLE, name="events.yaml")], today=TODAY)
    return {one.event.key: one.event for one in found.statements}


def test_the_example_has_five_events_with_as_many_updates_as_it_shows(
    example_events: dict[str, Event],
) -> None:
    assert {key: len(one.updates) for key, one in example_events.items()} == {
        "commissioner-meets-eu-mayors": 1,
        "living-in-eu-coffee-corner": 2,
        "local-green-deals-workshop": 1,
        "smart-city-expo-2021": 0,
        "usercentricities-summit-2021": 0,
    }


def test_the_mayors_are_postponed_and_keep_their_day(example_events: dict[str, Event]) -> None:
    mayors = example_events["commissioner-meets-eu-mayors"]

    assert mayors.initiatives == ("intelligent-cities-challenge", "living-in-eu")
    assert mayors.published == date(2021, 9, 6)
    assert mayors.details.when == When(
        start=date(2021, 9, 30), zone="Europe/Brussels", to_be_confirmed=True
    )
    assert mayors.standing == Standing(off=Change.POSTPONED, reason=mayors.updates[0])
    assert mayors.updates[0].notice is not None
    assert sorted(mayors.updates[0].notice) == ["en", "fr"]


def test_the_moved_date_of_the_coffee_corner_is_an_override(
    example_events: dict[str, Event],
) -> None:
    coffee = example_events["living-in-eu-coffee-corner"]
    (moved,) = coffee.overrides

    assert coffee.rule is not None
    assert [day.month for day in coffee.rule.days] == [9, 10, 11, 12]
    assert coffee.standing == Standing()
    assert moved.day == date(2021, 10, 5)
    assert str(moved.details.when) == "2021-10-12 14:00 to 15:00"
    assert [str(when) for when in moved.standing.old] == ["2021-10-05 14:00 to 15:00"]
    assert moved.standing.reason == coffee.updates[1]


def test_the_workshop_moved_online_and_has_no_place_any_more(
    example_events: dict[str, Event],
) -> None:
    workshop = example_events["local-green-deals-workshop"]

    assert workshop.standing.online
    assert workshop.details.place is None
    assert workshop.details.online is not None
    assert workshop.details.online.url == "https://meet.example.eu/lgd"
    assert workshop.details.languages == ("de", "el", "en", "fr")


def test_the_other_events_say_what_they_hold(example_events: dict[str, Event]) -> None:
    summit = example_events["usercentricities-summit-2021"].details
    expo = example_events["smart-city-expo-2021"].details

    assert [item.at for item in summit.agenda] == ["16:00", "16:10", "17:25"]
    assert summit.agenda[1].title == {"en": "Panel: services designed with their users"}
    assert summit.registration is not None
    assert summit.registration.closes == datetime(2021, 11, 9, 18, 0)
    assert str(expo.when) == "2021-11-16 to 2021-11-18"
    assert expo.when is not None
    assert expo.when.zone == "Europe/Madrid"
    assert expo.place is not None
    assert (expo.place.name, expo.place.country) == ({"en": "Fira Barcelona Gran Via"}, "ES")


def one_of(messages: list[str], code: str) -> str:
    (message,) = [one for one in messages if f"[{code}]" in one]
    return message


def test_a_misspelt_key_is_not_missing_too() -> None:
    slip = example().replace("announced: 2021-09-28", "anounced: 2021-09-28")
    assert not any("E121" in message for message in messages_of(slip))


def test_a_lost_colour_is_shown_without_the_comment_behind_it() -> None:
    slip = example().replace('colour: "#0e47cb"', "colour: #0e47cb")
    assert "25 |     colour: #0e47cb\n" in one_of(messages_of(slip), "E120")


def test_all_problems_of_all_files_are_told_in_their_order() -> None:
    first = events_file("title: Garden day\ninitiatives: [park]\nwhen: 2031-02-30\nfreee: true\n")
    second = events_file(GARDEN_DAY + "colour: red\nwebsite: www.example.eu\n", head="")

    assert said(first, second) == [
        'events/1.yaml:14:19: error[E400]: unknown initiative "park"',
        "events/1.yaml:15:11: error[E301]: 2031-02-30 does not exist",
        'events/1.yaml:16:5: error[E102]: unknown key "freee" in "event-1"',
        'events/2.yaml:2:3: error[E401]: two events are named "event-1"',
        'events/2.yaml:6:5: error[E102]: unknown key "colour" in "event-1"',
        'events/2.yaml:7:14: error[E126]: "www.example.eu" is not a web address',
    ]


def test_warnings_and_reminders_are_told_with_errors() -> None:
    found = problems(
        events_file("title: 'CANCELLED: Garden day'\ninitiatives: [park]\nwhen: 2031-05-08\n")
    )

    assert [problem.code for problem in found] == ["W301", "E400"]
    assert [problem.severity for problem in found] == [Severity.WARNING, Severity.ERROR]


def test_a_site_that_is_wrong_hides_no_problem_of_events_and_makes_none() -> None:
    head = HEAD.replace("language: en", "language: english").replace("Europe/Brussels", "Europe")
    text = events_file(
        "title: {en: Garden day, xx: Fête}\ninitiatives: [parks]\nwhen: soon\n", head=head
    )

    assert [problem.code for problem in problems(text)] == ["E132", "E306", "E132", "E300"]


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("format: 1\nsite: Town events\n", id="a text for a site"),
        pytest.param("format: 1\nsite:\n", id="an empty site"),
        pytest.param("format: 1\n", id="no site"),
        pytest.param("", id="nothing at all beside events"),
    ],
)
def test_without_a_site_nothing_is_published(head: str) -> None:
    with pytest.raises(SourceError):
        stated(events_file(GARDEN_DAY, head=head))


def test_there_may_be_no_event_and_no_initiative_yet() -> None:
    site = HEAD[: HEAD.index("initiatives:")]

    found = stated(f"{site}initiatives:\nevents:\n")

    assert (found.initiatives, found.statements) == ((), ())
    assert found.place("events", of="key").line == 9


def test_statements_are_sorted_by_key_wherever_they_stand() -> None:
    found = stated(
        events_file(GARDEN_DAY),
        f"events:\n  annual-fair:\n    {GARDEN_DAY.strip().replace(chr(10), chr(10) + '    ')}\n",
    )

    assert [one.event.key for one in found.statements] == ["annual-fair", "event-1"]
    assert found.place("events", "annual-fair", of="key").file == "events/2.yaml"
    assert found.place("initiatives", "parks", of="key").file == "events/1.yaml"
    assert found.place("site", "url").line == 4


def test_a_statement_knows_its_pins_its_former_keys_and_its_places() -> None:
    text = events_file(
        GARDEN_DAY + "draft: true\nuid: a@b\nsequence: 7\nformerly: [spring-day, park-day]\n"
    )
    (one,) = stated(text).statements

    assert (one.draft, one.uid, one.sequence) == (True, "a@b", 7)
    assert one.formerly == ("spring-day", "park-day")
    assert str(one.place("when")) == "events.yaml:15:11"
    assert str(one.place(of="key")) == "events.yaml:12:3"


def test_as_of_a_day_later_news_is_not_there() -> None:
    series = events_file(
        GARDEN_DAY
        + "published: 2026-10-01\nupdates:\n"
        + "  - {announced: 2026-10-05, change: postponed}\n"
        + "  - {announced: 2026-11-05, change: rescheduled, when: 2031-06-01}\n",
        GARDEN_DAY + "published: 2026-11-01\n",
        GARDEN_DAY,
    )

    before, between, after = (
        stated(series, as_of=date(2026, *day)) for day in ((9, 30), (10, 31), (11, 10))
    )

    assert [one.event.key for one in before.statements] == ["event-3"]
    assert [one.event.key for one in between.statements] == ["event-1", "event-3"]
    assert between.statements[0].event.standing.off is Change.POSTPONED
    assert [one.event.key for one in after.statements] == ["event-1", "event-2", "event-3"]
    assert after.statements[0].event.standing.is_moved


def test_the_ledger_is_required_where_the_site_says_so() -> None:
    assert not stated(HEAD).ledger_required
    assert stated(HEAD.replace("  name", "  ledger: required\n  name", 1)).ledger_required


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_events_in_the_file_changes_nothing(random: Random) -> None:
    entries = [
        (f"  event-{n}:\n    title: Day {n}\n    initiatives: [parks]\n    when: 2031-05-0{n}\n")
        for n in range(1, 5)
    ]
    shuffled = random.sample(entries, k=4)

    assert [one.event for one in stated(f"{HEAD}events:\n{''.join(shuffled)}").statements] == [
        one.event for one in stated(f"{HEAD}events:\n{''.join(entries)}").statements
    ]


LINES = example().splitlines()


@settings(max_examples=150)
@given(
    st.integers(0, len(LINES) - 1),
    st.sampled_from(
        [
            "",
            "x",
            "[]",
            "{}",
            "none",
            "-1",
            "true",
            "{a: b}",
            "[[1, 2], {}]",
            "2021-02-30",
            "'\\t'",
            '"\\uD800"',
            "é" * 3000,
        ]
    ),
)
def test_a_file_with_any_value_in_any_place_is_read_or_refused_with_places(
    number: int, value: str
) -> None:
    key, colon, _ = LINES[number].partition(":")
    lines = [*LINES[:number], f"{key}{colon} {value}", *LINES[number + 1 :]]

    for message in messages_of_any("\n".join(lines)):
        assert message.startswith(("error[E", "warning[W", "reminder[R"))


def messages_of_any(text: str) -> list[str]:
    try:
        parse_document(text.encode(), name="events.yaml")
    except SourceError:
        return []  # that it is told well is for the tests of YAML
    return messages_of(text)
