from dataclasses import replace

import pytest

from calfeed.addresses import Variant
from calfeed.errors import ReadBackError
from calfeed.formats import ics, readback
from calfeed.ledger.revision import Revision
from calfeed.model import Change, Event, Standing
from tests.builders import a_revision, an_event, an_override, an_update, at
from tests.shipped import (
    COFFEE_CORNER,
    COFFEE_CORNER_MOVED,
    EXPO,
    MAYORS_POSTPONED,
    SUMMIT,
    WORKSHOP_ONLINE,
)

LANGUAGES = ("en", "fr")


def check(event: Event, *edits: tuple[bytes, bytes], language: str = "") -> None:
    """Read *event* back, its bytes edited, in one *language* only if one is named."""

    def drawn(revision: Revision, variant: Variant) -> ics.Drawn | None:
        drawing = ics.draw(revision, variant)
        assert drawing
        body = drawing.body
        if language in {"", variant.language}:
            for written, instead in edits:
                assert written in body
                body = body.replace(written, instead)
        return replace(drawing, body=body)

    readback.check(a_revision(event), LANGUAGES, drawn=drawn)


@pytest.mark.parametrize(
    "event", [SUMMIT, EXPO, MAYORS_POSTPONED, WORKSHOP_ONLINE, COFFEE_CORNER_MOVED]
)
def test_what_was_meant_is_read_without_a_word(event: Event) -> None:
    check(event)


def test_what_is_in_no_feed_is_not_read() -> None:
    readback.check(a_revision(an_event(when=None)), LANGUAGES)


@pytest.mark.parametrize(
    ("name", "written", "instead"),
    [
        ("SUMMARY", b"UserCentriCities Summit", b"UserCentriCities\\, Summit"),
        ("SUMMARY", b"LANGUAGE=en:UserCentriCities", b"LANGUAGE=en\r\nX-CITIES:"),
        ("DESCRIPTION", b"16:00 Welcome\\n", b"16:00 Welcome"),
        ("STATUS", b"STATUS:CONFIRMED\r\n", b""),
        ("TRANSP", b"OPAQUE", b"TRANSPARENT"),
        ("SEQUENCE", b"SEQUENCE:0", b"SEQUENCE:1"),
        ("UID", b"UID:", b"UID:x"),
        ("DTSTAMP", b"DTSTAMP:2021", b"DTSTAMP:2020"),
        ("LAST-MODIFIED", b"LAST-MODIFIED:2021", b"LAST-MODIFIED:2020"),
        ("CREATED", b"CREATED:2021", b"CREATED:2020"),
        ("DTSTART", b"T160000", b"T161000"),
        ("DTSTART", b"DTSTART;TZID=Europe/Brussels:20211110T160000", b"DTSTART:20211110T160000"),
        ("DTSTART", b"DTSTART;TZID=Europe/Brussels:20211110T160000\r\n", b""),
        ("DTEND", b"T173000", b"T180000"),
        ("URL", b"URL:https://", b"URL:http://"),
        ("LOCATION", b"LOCATION;", b"X-LOCATION;"),
        ("CONFERENCE", b"CONFERENCE;VALUE", b"X-CONFERENCE;VALUE"),
        ("CATEGORIES", b"CATEGORIES;LANGUAGE=en:", b"CATEGORIES;LANGUAGE=en:a,"),
        ("STATUS", b"STATUS:CONFIRMED", b"STATUS:CONFIRMED\r\nSTATUS:CONFIRMED"),
        ("VEVENT", b"END:VEVENT", b"END:VEVENT\r\nBEGIN:VEVENT\r\nEND:VEVENT"),
    ],
)
def test_a_mismatch_names_the_event_and_the_property(
    name: str, written: bytes, instead: bytes
) -> None:
    with pytest.raises(
        ReadBackError, match=rf"^usercentricities-summit-2021: {name} reads back as "
    ):
        check(SUMMIT, (written, instead))


def test_a_mismatch_says_what_was_read_and_what_was_meant() -> None:
    with pytest.raises(ReadBackError) as raised:
        check(SUMMIT, (b"STATUS:CONFIRMED", b"STATUS:TENTATIVE"), language="fr")

    assert str(raised.value) == (
        "usercentricities-summit-2021: STATUS reads back as 'TENTATIVE', not as 'CONFIRMED'"
    )


@pytest.mark.parametrize(
    ("written", "instead", "complaint"),
    [
        (b"SUMMARY;", b"SUMM ARY\r\n", "a line cannot be read back: "),
        (b"SUMMARY;", b"END:VTODO\r\n", "cannot be read back: "),
        (b"DTSTAMP:2021", b"DTSTAMP:2x21", "DTSTAMP cannot be read back: "),
    ],
)
def test_what_cannot_be_read_at_all_names_the_event(
    written: bytes, instead: bytes, complaint: str
) -> None:
    with pytest.raises(ReadBackError, match=f"^usercentricities-summit-2021: {complaint}"):
        check(SUMMIT, (written, instead))


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        pytest.param(b"UNTIL=20211207T130000Z", b"UNTIL=20211206T130000Z", id="too short"),
        pytest.param(b"BYDAY=1TU", b"BYDAY=1MO,1TU", id="other dates"),
        pytest.param(
            b"UNTIL=20211207T130000Z\r\n",
            b"UNTIL=20211207T130000Z\r\nEXDATE;TZID=Europe/Brussels:20211102T140000\r\n",
            id="one left out",
        ),
        pytest.param(
            b"UNTIL=20211207T130000Z\r\n",
            b"UNTIL=20211207T130000Z\r\nRDATE;TZID=Europe/Brussels:20211109T140000\r\n",
            id="one too many",
        ),
    ],
)
def test_a_series_with_other_dates_than_meant(written: bytes, instead: bytes) -> None:
    with pytest.raises(ReadBackError, match=r"^living-in-eu-coffee-corner: RRULE reads "):
        check(COFFEE_CORNER, (written, instead))


def test_an_override_of_no_date_of_the_series() -> None:
    with pytest.raises(ReadBackError, match="RECURRENCE-ID reads back as "):
        check(
            COFFEE_CORNER_MOVED,
            (
                b"RECURRENCE-ID;TZID=Europe/Brussels:20211005",
                b"RECURRENCE-ID;TZID=Europe/Brussels:20211006",
            ),
        )


def test_a_series_with_overrides_of_dates_that_its_rule_lost() -> None:
    with pytest.raises(ReadBackError, match="RRULE reads back as "):
        check(COFFEE_CORNER_MOVED, (b"BYDAY=1TU", b"BYMONTH=9,11,12;BYDAY=1TU"))


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(
            replace(
                COFFEE_CORNER,
                details=replace(COFFEE_CORNER.details, when=at("2021-09-07")),
                overrides=(
                    an_override(
                        COFFEE_CORNER,
                        "2021-11-02",
                        Standing(old=(at("2021-11-02"),)),
                        when=at("2021-11-03 10:00"),
                    ),
                ),
            ),
            id="whole days, one of them with an hour",
        ),
        pytest.param(
            replace(
                COFFEE_CORNER,
                overrides=(an_override(COFFEE_CORNER, "2021-11-02", Standing(), when=None),),
            ),
            id="an override without a date of its own",
        ),
        pytest.param(
            replace(
                COFFEE_CORNER,
                standing=Standing(
                    off=Change.CANCELLED, reason=an_update(Change.CANCELLED, "2021-10-20")
                ),
            ),
            id="called off in the middle",
        ),
    ],
)
def test_series_of_all_kinds_read_back(event: Event) -> None:
    check(event)
