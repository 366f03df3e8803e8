"""Calendars of other programs, event by event."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfeed.errors import CalfeedError
from calfeed.source.importing.assembling import assemble
from calfeed.source.importing.calendar import read_calendar
from tests.source.importing.calendars import TERMS, a_vevent, fields, imported, notes, quiet

WEEKLY = ("DTSTART;TZID=Europe/Brussels:20270504T140000", "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=4")
CUSTOM = (
    *("BEGIN:VTIMEZONE", "TZID:Ours", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0300", "TZOFFSETTO:+0300", "END:STANDARD", "END:VTIMEZONE"),
)


@pytest.mark.parametrize(
    ("start", "more", "expected"),
    [
        pytest.param(
            "DTSTART:20270508T120000Z", (), {"when": "2027-05-08 14:00"}, id="UTC, by the site"
        ),
        pytest.param(
            "DTSTART;TZID=Europe/Athens:20270508T140000",
            ("DTEND;TZID=Europe/Athens:20270508T160000",),
            {"when": "2027-05-08 14:00 to 16:00", "timezone": "Europe/Athens"},
            id="a zone of its own",
        ),
        pytest.param(
            "DTSTART;TZID=Europe/Brussels:20270508T220000",
            ("DURATION:PT4H",),
            {"when": "2027-05-08 22:00 to 2027-05-09 02:00"},
            id="a duration over midnight",
        ),
        pytest.param(
            "DTSTART;VALUE=DATE:20270508",
            ("DTEND;VALUE=DATE:20270510",),
            {"when": "2027-05-08 to 2027-05-09"},
            id="whole days, the last included",
        ),
        pytest.param(
            "DTSTART;VALUE=DATE:20270508",
            ("DTEND;VALUE=DATE:20270508",),
            {"when": "2027-05-08"},
            id="a day that ends as it begins",
        ),
        pytest.param(
            "DTSTART:20271031T003000Z",
            (),
            {"when": "2027-10-31 00:30", "timezone": "UTC"},
            id="an hour that the clocks show twice",
        ),
        pytest.param(
            "DTSTART;TZID=W. Europe Standard Time:20270508T140000",
            (),
            {"when": "2027-05-08 14:00", "timezone": "Europe/Berlin"},
            id="a name of Microsoft's",
        ),
        pytest.param(
            "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Athens:20270508T140000",
            (),
            {"when": "2027-05-08 14:00", "timezone": "Europe/Athens"},
            id="a path that ends in a zone",
        ),
        pytest.param(
            "DTSTART;TZID=europe/athens:20270508T140000",
            (),
            {"when": "2027-05-08 14:00", "timezone": "Europe/Athens"},
            id="in small letters",
        ),
        pytest.param(
            "DTSTART;TZID=GMT:20270508T140000", (), {"when": "2027-05-08 16:00"}, id="GMT"
        ),
    ],
)
def test_dates(start: str, more: tuple[str, ...], expected: dict[str, Any]) -> None:
    assert fields(*a_vevent(*more, start=start)) == {"title": "Garden day", **expected}


def test_a_zone_that_has_only_rules_is_told_in_the_zone_of_the_site() -> None:
    event = a_vevent(start="DTSTART;TZID=Ours:20270508T140000")
    assert fields(*event, head=CUSTOM)["when"] == "2027-05-08 13:00"
    assert notes(*event, head=CUSTOM) == [
        '12: time zone "Ours", read as Europe/Brussels, by its rules ("Garden day"): check it'
    ]


@pytest.mark.parametrize(
    ("tzid", "when", "doubt"),
    [
        pytest.param(
            "Europe/lisbon",
            "2027-05-08 13:00",
            'time zone "Europe/lisbon", read as Europe/Brussels, by its rules',
            id="nearly a name: by the rules",
        ),
        pytest.param(
            "Europe/Brussels",
            "2027-05-08 14:00",
            'the rules of "Europe/Brussels" are not those of that time zone',
            id="a name: by the name",
        ),
    ],
)
def test_a_zone_whose_rules_are_not_those_of_its_name_is_told(
    tzid: str, when: str, doubt: str
) -> None:
    head = [line.replace("TZID:Ours", f"TZID:{tzid}") for line in CUSTOM]
    event = a_vevent(start=f"DTSTART;TZID={tzid}:20270508T140000")
    assert fields(*event, head=head)["when"] == when
    assert notes(*event, head=head) == [f'12: {doubt} ("Garden day"): check it']


def test_a_series_by_rules_alone_keeps_the_clocks_of_the_site() -> None:
    event = a_vevent("RRULE:FREQ=WEEKLY;COUNT=30", start="DTSTART;TZID=Ours:20270504T140000")
    found = fields(*event, head=CUSTOM)
    assert found["when"] == "2027-05-04 13:00"
    assert "timezone" not in found


def test_a_zone_whose_rules_make_no_sense_is_unknown() -> None:
    head = [line.replace("+0300", "+9999") for line in CUSTOM]
    event = a_vevent(start="DTSTART;TZID=Ours:20270508T140000")
    assert "unknown time zone" in notes(*event, head=head)[0]


def test_a_zone_may_say_where_it_lies() -> None:
    head = [*CUSTOM[:2], "X-LIC-LOCATION:Europe/Athens", *CUSTOM[2:]]
    event = a_vevent(start="DTSTART;TZID=Ours:20270508T140000")
    assert fields(*event, head=head)["timezone"] == "Europe/Athens"


def test_times_of_a_calendar_are_told_in_its_own_zone() -> None:
    found = fields(*a_vevent(), head=["X-WR-TIMEZONE:America/New_York"])
    assert (found["when"], found["timezone"]) == ("2027-05-08 08:00", "America/New_York")


@pytest.mark.parametrize(
    ("start", "more", "expected"),
    [
        pytest.param("", (), "no start date", id="no date"),
        pytest.param("DTSTART:tomorrow", (), "a date that is none: DTSTART:tomorrow", id="words"),
        pytest.param("DTSTART:20270231", (), "a date that does not exist: 20270231", id="February"),
        pytest.param("DTSTART:30270508", (), "3027-05-08 is out of range", id="too far ahead"),
        pytest.param(
            "DTSTART:20270508", ("CLASS:PRIVATE",), "it is marked as private", id="private"
        ),
        pytest.param(
            "DTSTART:20270508",
            ("RRULE:FREQ=WEEKLY;COUNT=2;BYDAY=XX",),
            "a rule that is none",
            id="no rule",
        ),
        pytest.param(
            "DTSTART:20270508",
            ("RRULE:FREQ=DAILY;COUNT=1", "EXDATE:20270508"),
            "imported as 0 events",
            id="no date is left",
        ),
    ],
)
def test_what_is_left_out_is_told_with_its_line(
    start: str, more: tuple[str, ...], expected: str
) -> None:
    found = notes(*a_vevent(*more, start=start))
    assert len(found) == 1
    assert found[0].startswith("4: ")
    assert expected in found[0]
    assert not imported(*a_vevent(*more, start=start)).entries


@pytest.mark.parametrize(
    ("start", "more", "expected"),
    [
        pytest.param(
            "DTSTART:20270508T140000",
            (),
            "a time without a zone, read as Europe/Brussels",
            id="bare",
        ),
        pytest.param(
            "DTSTART;TZID=Nowhere:20270508T140000",
            (),
            'unknown time zone "Nowhere", read as Europe/Brussels',
            id="an unknown zone",
        ),
        pytest.param(
            "DTSTART;TZID=Europe/Brussels:20270508T140033", (), "seconds are left out", id="seconds"
        ),
        pytest.param(
            "DTSTART:20270508T140000Z",
            ("DTEND:20270508T130000Z",),
            "its end is not after",
            id="back",
        ),
        pytest.param(
            "DTSTART:20270508T140000Z",
            ("DTEND;VALUE=DATE:20270509",),
            "of two kinds",
            id="two kinds",
        ),
        pytest.param("DTSTART:20270508T140000Z", ("DTEND:soon",), "the end is left out", id="soon"),
        pytest.param(
            "DTSTART:20270508T140000Z", ("DURATION:long",), "a duration that is none", id="duration"
        ),
    ],
)
def test_what_is_not_sure_is_told(start: str, more: tuple[str, ...], expected: str) -> None:
    (note,) = notes(*a_vevent(*more, start=start))
    assert expected in note
    assert note.endswith(": check it")


@pytest.mark.parametrize(
    ("lines", "repeats"),
    [
        pytest.param(
            WEEKLY, {"every": "week", "by": "Tuesday", "until": "2027-05-25"}, id="weekly"
        ),
        pytest.param(
            (WEEKLY[0], "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=4;WKST=MO"),
            {"every": "2 weeks", "by": ["Tuesday", "Thursday"], "until": "2027-05-20"},
            id="every two weeks",
        ),
        pytest.param(
            (WEEKLY[0], "RRULE:FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270801T000000Z"),
            {"every": "month", "by": "first Tuesday", "until": "2027-07-06"},
            id="monthly",
        ),
        pytest.param(
            (WEEKLY[0], "RRULE:FREQ=DAILY;BYDAY=TU;COUNT=2"),
            {"rrule": "FREQ=DAILY;BYDAY=TU;COUNT=2"},
            id="what words would say otherwise",
        ),
        pytest.param(
            (WEEKLY[0], "RRULE:FREQ=MONTHLY;BYDAY=+1TU;COUNT=2"),
            {"rrule": "FREQ=MONTHLY;BYDAY=+1TU;COUNT=2"},
            id="a sign that words do not have",
        ),
        pytest.param(
            (WEEKLY[0], "RRULE:FREQ=MONTHLY;BYDAY=-4TU;COUNT=2"),
            {"rrule": "FREQ=MONTHLY;BYDAY=-4TU;COUNT=2"},
            id="a number that words do not have",
        ),
        pytest.param(
            (WEEKLY[0], "RRULE:FREQ=MONTHLY;BYMONTHDAY=4;COUNT=2"),
            {"rrule": "FREQ=MONTHLY;BYMONTHDAY=4;COUNT=2"},
            id="what words cannot say",
        ),
        pytest.param(
            ("DTSTART;VALUE=DATE:20270504", "RRULE:FREQ=DAILY;UNTIL=20270505T220000Z"),
            {"every": "day", "until": "2027-05-06"},
            id="whole days until a midnight in UTC",
        ),
        pytest.param(
            ("DTSTART;VALUE=DATE:20270504", "RRULE:FREQ=DAILY;COUNT=3;UNTIL=20280101"),
            {"every": "day", "until": "2027-05-06"},
            id="two ends",
        ),
        pytest.param(
            ("DTSTART;VALUE=DATE:20270504", "RRULE:FREQ=DAILY;UNTIL=20270506T120000"),
            {"every": "day", "until": "2027-05-06"},
            id="whole days until a time",
        ),
        pytest.param(
            (*WEEKLY, "EXDATE;TZID=Europe/Brussels:20270511T140000,20270518T140000"),
            {
                "every": "week",
                "by": "Tuesday",
                "until": "2027-05-25",
                "except": ["2027-05-11", "2027-05-18"],
            },
            id="without two of its dates",
        ),
    ],
)
def test_series(lines: tuple[str, ...], repeats: dict[str, Any]) -> None:
    assert fields(*a_vevent(*lines, start=""))["repeats"] == repeats


def test_a_series_begins_with_the_first_date_that_takes_place() -> None:
    found = fields(*a_vevent(*WEEKLY, "EXDATE;TZID=Europe/Brussels:20270504T140000", start=""))
    assert found["when"] == "2027-05-11 14:00"
    assert found["repeats"] == {"every": "week", "by": "Tuesday", "until": "2027-05-25"}


def test_a_series_without_an_end_gets_one() -> None:
    lines = a_vevent(WEEKLY[0], "RRULE:FREQ=YEARLY", start="")
    assert fields(*lines)["repeats"] == {"every": "year", "until": "2032-05-04"}
    assert notes(*lines)[0].startswith('4: a series without an end ("Garden day"): it ends on ')


def test_dates_without_a_rule_become_events_of_their_own() -> None:
    lines = a_vevent("RDATE:20270509T120000Z,20270510T150000Z/PT1H", "DTEND:20270508T130000Z")
    found = imported(*lines)
    assert [entry["when"] for entry in found.entries.values()] == [
        "2027-05-08 12:00 to 13:00",
        "2027-05-09 12:00 to 13:00",
        "2027-05-10 15:00 to 16:00",
    ]
    assert {entry["timezone"] for entry in found.entries.values()} == {"UTC"}
    late = imported(*lines, terms=replace(TERMS, since=date(2027, 5, 10)))
    assert [entry["when"] for entry in late.entries.values()] == ["2027-05-10 15:00 to 16:00"]
    assert ["uid" in entry for entry in found.entries.values()] == [True, False, False]
    assert notes(*lines) == [
        '4: dates without one rule ("Garden day"): imported as 3 events, one for each date'
    ]


def test_a_rule_that_apps_do_not_agree_on_becomes_its_dates() -> None:
    lines = a_vevent(WEEKLY[0], "RRULE:FREQ=MONTHLY;BYMONTH=5,6;COUNT=3", "RDATE:rubbish", start="")
    assert [entry["when"] for entry in imported(*lines).entries.values()] == [
        "2027-05-04 14:00",
        "2027-06-04 14:00",
        "2028-05-04 14:00",
    ]
    assert "RDATE: a date that is none" in notes(*lines)[0]


def test_a_rule_with_a_count_and_an_end_has_its_count() -> None:
    rule = "RRULE:FREQ=MONTHLY;BYMONTH=5,6;COUNT=2;UNTIL=20270510"
    found = imported(*a_vevent(WEEKLY[0], rule, start=""))
    assert [entry["when"] for entry in found.entries.values()] == [
        "2027-05-04 14:00",
        "2027-06-04 14:00",
    ]


def test_a_day_beside_an_hour_has_its_hour() -> None:
    found = imported(*a_vevent(WEEKLY[0], "RDATE;VALUE=DATE:20270601", start=""))
    assert [entry["when"] for entry in found.entries.values()] == [
        "2027-05-04 14:00",
        "2027-06-01 14:00",
    ]


def test_a_date_beside_a_rule_is_an_event_of_its_own() -> None:
    lines = a_vevent(
        *WEEKLY, "RDATE;TZID=Europe/Brussels:20270601T140000,20270511T140000", start=""
    )
    assert [entry["when"] for entry in imported(*lines).entries.values()] == [
        "2027-05-04 14:00",
        "2027-06-01 14:00",
    ]


def an_override(*lines: str, day: str = "20270511") -> list[str]:
    recurrence = f"RECURRENCE-ID;TZID=Europe/Brussels:{day}T140000"
    return a_vevent(recurrence, *lines, start="")


AT_ITS_TIME = "DTSTART;TZID=Europe/Brussels:20270511T140000"


@pytest.mark.parametrize(
    ("lines", "update"),
    [
        pytest.param(
            ("DTSTART;TZID=Europe/Brussels:20270512T150000", "LAST-MODIFIED:20260102T000000Z"),
            {"announced": "2026-01-02", "change": "rescheduled", "when": "2027-05-12 15:00"},
            id="moved",
        ),
        pytest.param(
            ("DTSTART;TZID=Europe/Athens:20270512T150000",),
            {
                "announced": "2026-11-23",
                "change": "rescheduled",
                "when": "2027-05-12 15:00",
                "timezone": "Europe/Athens",
            },
            id="moved to another zone",
        ),
        pytest.param(
            (AT_ITS_TIME, "STATUS:CANCELLED", "DTSTAMP:20260103T120000Z"),
            {"announced": "2026-01-03", "change": "cancelled"},
            id="off",
        ),
        pytest.param(
            (AT_ITS_TIME, "SUMMARY:Postponed: Garden day"),
            {"announced": "2026-11-23", "change": "postponed"},
            id="postponed by its title",
        ),
        pytest.param(
            (AT_ITS_TIME, "LOCATION:Library", "SUMMARY:Reading"),
            {
                "announced": "2026-11-23",
                "change": "corrected",
                "place": "Library",
                "title": "Reading",
            },
            id="at another place, by another name",
        ),
        pytest.param((AT_ITS_TIME,), None, id="as planned"),
    ],
)
def test_dates_that_differ(lines: tuple[str, ...], update: dict[str, Any] | None) -> None:
    found = fields(*a_vevent(*WEEKLY, start=""), *an_override(*lines))
    updates = found.get("updates", [])
    told = [{name: str(value) for name, value in one.items()} for one in updates]
    assert told == ([{"occurrence": "2027-05-11", **update}] if update else [])


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        pytest.param(
            an_override(AT_ITS_TIME, day="20270512"),
            "2027-05-12 is no date of the series",
            id="none",
        ),
        pytest.param(an_override("DTSTART:soon"), "a date that is none", id="no date"),
        pytest.param(a_vevent(), "the same event stands here twice", id="twice"),
    ],
)
def test_dates_that_cannot_be(override: list[str], expected: str) -> None:
    told = notes(*a_vevent(*WEEKLY, "SEQUENCE:1", start=""), *override)
    assert any(expected in note and note.endswith(": left out") for note in told)


def test_a_change_of_all_later_dates_is_told_as_one_of_its_own() -> None:
    recurrence = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Brussels:20270511T140000"
    lines = a_vevent(recurrence, "DTSTART;TZID=Europe/Brussels:20270511T160000", start="")
    told = notes(*a_vevent(*WEEKLY, start=""), *lines)
    assert "it changes all later dates" in told[0]
    assert told[0].endswith("imported for its own date alone")


def test_of_several_versions_the_newest_counts() -> None:
    old = an_override("DTSTART;TZID=Europe/Brussels:20270512T150000", "SEQUENCE:1")
    new = an_override("DTSTART;TZID=Europe/Brussels:20270513T150000", "SEQUENCE:2")
    found = fields(*a_vevent(*WEEKLY, start=""), *old, *new)
    assert [update["when"] for update in found["updates"]] == ["2027-05-13 15:00"]


@pytest.mark.parametrize(
    ("lines", "title", "updates"),
    [
        pytest.param(("SUMMARY:Reportée : Fête",), "Fête", ["postponed"], id="in French"),
        pytest.param(("SUMMARY:Fest (abgesagt)",), "Fest", ["cancelled"], id="in German, behind"),
        pytest.param(("SUMMARY:Fair - CANCELLED",), "Fair", ["cancelled"], id="at the end"),
        pytest.param(("SUMMARY:[Cancelled] Fair",), "Fair", ["cancelled"], id="in brackets"),
        pytest.param(("SUMMARY:Fair", "STATUS:CANCELLED"), "Fair", ["cancelled"], id="by STATUS"),
        pytest.param(
            ("SUMMARY:POSTPONED: Fair", "STATUS:CANCELLED"), "Fair", ["postponed"], id="by both"
        ),
        pytest.param(("SUMMARY:New date: Fair",), "Fair", [], id="a date that is new"),
        pytest.param(("SUMMARY:",), "Untitled", [], id="no title"),
        pytest.param(("SUMMARY:The Postponed: a play",), "The Postponed: a play", [], id="a name"),
    ],
)
def test_states(lines: tuple[str, ...], title: str, updates: list[str]) -> None:
    found = fields(*a_vevent(*lines))
    assert found["title"] == title
    assert [update["change"] for update in found.get("updates", [])] == updates


def test_an_event_that_went_online_has_its_link_by_an_update() -> None:
    found = fields(*a_vevent("SUMMARY:Moved online: Fair", "CONFERENCE:https://meet.example.eu"))
    assert "online" not in found
    assert found["updates"][0]["online"] == {"url": "https://meet.example.eu"}
    assert "updates" not in fields(*a_vevent("SUMMARY:Moved online: Fair"))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ("LOCATION:Town\\, hall\\nRoom 1",), {"place": "Town, hall, Room 1"}, id="place"
        ),
        pytest.param(
            ("LOCATION:Hall", "GEO:50.84;4.35"),
            {"place": {"name": "Hall", "geo": [50.84, 4.35]}},
            id="a place on the map",
        ),
        pytest.param(("LOCATION:Hall", "GEO:99;4.35"), {"place": "Hall"}, id="off the map"),
        pytest.param(("LOCATION:Hall", "GEO:1.2.3;-"), {"place": "Hall"}, id="no degrees"),
        pytest.param(
            ("LOCATION:https://meet.example.eu/a",),
            {"online": {"url": "https://meet.example.eu/a"}},
            id="a link for a place",
        ),
        pytest.param(
            ('CONFERENCE;VALUE=URI;LABEL="Join us":https://meet.example.eu/a',),
            {"online": {"url": "https://meet.example.eu/a", "label": "Join us"}},
            id="a conference",
        ),
        pytest.param(("CONFERENCE;VALUE=URI:tel:+32",), {}, id="a telephone"),
        pytest.param(
            ("DESCRIPTION:Join: https://zoom.us/j/1",),
            {
                "description": "Join: https://zoom.us/j/1",
                "online": {"url": "https://zoom.us/j/1"},
            },
            id="a meeting in the text",
        ),
        pytest.param(
            ("DESCRIPTION:https://zoom.us/j/{1}",),
            {"description": "https://zoom.us/j/{1}"},
            id="no link",
        ),
        pytest.param(
            ("URL:https://example.eu/a",), {"website": "https://example.eu/a"}, id="a website"
        ),
        pytest.param(("URL:javascript:alert(1)",), {}, id="no website"),
        pytest.param(("CATEGORIES:A\\,B,C", "CATEGORIES:C"), {"tags": ["A,B", "C"]}, id="tags"),
        pytest.param(
            ('ORGANIZER;CN="Ann Lee":mailto:ann@example.eu',),
            {"organisers": [{"name": "Ann Lee", "email": "ann@example.eu"}]},
            id="who holds it",
        ),
        pytest.param(("ORGANIZER:invalid:nomail",), {}, id="nobody"),
        pytest.param(
            ("ORGANIZER;CN=Ann:urn:x",), {"organisers": [{"name": "Ann"}]}, id="no address"
        ),
        pytest.param(("CONTACT:Ann\\, 123",), {"contact": "Ann, 123"}, id="whom to ask"),
        pytest.param(
            ("DESCRIPTION:1. *Hello*\\n# You",),
            {"description": "\\1. \\*Hello\\*\n\\# You"},
            id="signs of Markdown",
        ),
        pytest.param(
            ("DESCRIPTION:plain", "X-ALT-DESC;FMTTYPE=text/html:<p>Hello <b>you</b></p>"),
            {"description": "Hello **you**"},
            id="HTML beside the text",
        ),
        pytest.param(("SEQUENCE:7",), {"sequence": 7}, id="its number"),
        pytest.param(("SEQUENCE:-1",), {}, id="no number"),
        pytest.param(
            ("CREATED:20260102T000000Z",), {"published": date(2026, 1, 2)}, id="since when"
        ),
        pytest.param(
            ("CREATED:20990102T000000Z",), {"published": date(2026, 11, 23)}, id="not yet"
        ),
        pytest.param(("CREATED:20260102",), {"published": date(2026, 1, 2)}, id="since which day"),
        pytest.param(("CREATED:soon",), {}, id="unknown since when"),
    ],
)
def test_details(lines: tuple[str, ...], expected: dict[str, Any]) -> None:
    assert fields(*a_vevent(*lines)) == {
        "title": "Garden day",
        "when": "2027-05-08 14:00",
        **expected,
    }


def test_a_text_in_another_language_of_the_site_is_told_so() -> None:
    assert fields(*a_vevent("SUMMARY;LANGUAGE=fr:Fête"))["title"] == {"fr": "Fête"}
    assert fields(*a_vevent("SUMMARY;LANGUAGE=de:Fest"))["title"] == "Fest"


def test_an_update_is_never_before_its_publication() -> None:
    found = fields(
        *a_vevent("STATUS:CANCELLED", "CREATED:20260102T000000Z", "DTSTAMP:20250101T0000Z")
    )
    assert found["updates"][0]["announced"] == date(2026, 11, 23)


def test_what_is_here_already_and_what_is_over_is_not_imported_again() -> None:
    terms = replace(TERMS, uids=frozenset({"1@old"}), since=date(2027, 5, 9), draft=True)
    lines = [
        *a_vevent(),
        *a_vevent(uid="2@old"),
        *a_vevent("DTEND:20270510T120000Z", uid="3@old"),
        *a_vevent(*WEEKLY[1:], uid="4@old", start="DTSTART;TZID=Europe/Brussels:20250506T140000"),
        *a_vevent(uid="", start="DTSTART;VALUE=DATE:20280101"),
    ]
    found = imported(*lines, terms=terms)
    assert found.known == 1
    assert [entry.get("uid") for entry in found.entries.values()] == ["3@old", None]
    assert found.skipped == {"past event": 2}
    assert all(entry["draft"] is True for entry in found.entries.values())


def test_an_older_version_of_an_event_is_told() -> None:
    told = notes(*a_vevent("SEQUENCE:1"), *a_vevent("SEQUENCE:2", "SUMMARY:Fair"))
    assert told == ['4: the same event stands here twice ("Fair"): left out']


def test_names_never_collide() -> None:
    terms = replace(TERMS, keys=frozenset({"garden-day"}))
    found = imported(*a_vevent(), *a_vevent(uid="2@old"), terms=terms)
    assert list(found.entries) == ["garden-day-2027", "garden-day-2027-2"]


def test_other_things_of_a_calendar_are_counted() -> None:
    found = imported("BEGIN:VTODO", "UID:1", "END:VTODO", "nonsense", *a_vevent("also nonsense"))
    assert found.skipped == {"task": 1}
    assert [note.what for note in found.notes] == ["a line that is none of a calendar"] * 2
    assert (found.left_out, found.to_look_at) == (0, 2)


@pytest.mark.parametrize("data", [b"", b"<html>", b"BEGIN:VEVENT\r\nEND:VEVENT\r\nEND:X\r\n"])
def test_what_is_no_calendar_is_said(data: bytes) -> None:
    with pytest.raises(CalfeedError, match=r"old.ics is no calendar"):
        read_calendar(data, TERMS, name="old.ics", progress=quiet)


LINES = st.sampled_from(
    [
        *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "TZID:Ours", "UID:1"),
        *("DTSTART;TZID=Ours:20270508T140000", "DTSTART:20270508", "RRULE:FREQ=DAILY", "RRULE:;="),
        *(
            "RRULE:FREQ=SECONDLY",
            "EXDATE:20270508",
            "RDATE:20270508T1400",
            "RECURRENCE-ID:20270508",
        ),
        *("GEO:;", "DURATION:-P1W", "SUMMARY:\x00\ud7ff", "STATUS:CANCELLED", "LOCATION:,;\\", "X"),
        *("BEGIN:STANDARD", "TZOFFSETTO:+9999", "END:STANDARD", "DTSTART:99999999T999999Z", ":"),
    ]
)


@given(st.lists(LINES | st.text(max_size=30), max_size=30))
def test_nothing_whatever_makes_it_crash(lines: list[str]) -> None:
    data = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines]).encode(errors="replace")
    assemble(read_calendar(data, TERMS, name="old.ics", progress=quiet), TERMS)
