"""VEVENTs compared line by line, and read from bytes that anybody may have written."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from calfeed.addresses import Variant
from calfeed.comparing.properties import PropertyChange, changes, components, drawn, value, vevents
from tests.builders import a_revision
from tests.shipped import (
    COFFEE_CORNER,
    COFFEE_CORNER_MOVED,
    MAYORS,
    MAYORS_POSTPONED,
)

ENGLISH = Variant(language="en")


def test_a_postponement_changes_what_subscribers_are_to_see() -> None:
    before = drawn(a_revision(MAYORS), ENGLISH)
    after = drawn(a_revision(MAYORS_POSTPONED, sequence=1), ENGLISH)

    found = {change.name: change for change in changes(before, after)}

    assert found["STATUS"] == PropertyChange(
        component="", name="STATUS", before=("STATUS:CONFIRMED",), after=("STATUS:CANCELLED",)
    )
    (summary,) = found["SUMMARY"].after
    assert summary.startswith("SUMMARY;LANGUAGE=en:POSTPONED: Smart\\, Green and Resilient")
    assert found["COMMENT"].before == ()
    assert list(found) == ["SEQUENCE", "STATUS", "SUMMARY", "DESCRIPTION", "COMMENT", "X-ALT-DESC"]


def test_a_date_of_a_series_is_named_by_its_original_start() -> None:
    before = drawn(a_revision(COFFEE_CORNER), ENGLISH)
    after = drawn(a_revision(COFFEE_CORNER_MOVED, sequence=2), ENGLISH)

    found = changes(before, after)

    assert {change.component for change in found} == {"", "20211005T140000"}
    assert [change.name for change in found if not change.component] == ["SEQUENCE"]
    moved = {change.name: change for change in found if change.component}
    assert moved["DTSTART"].before == ()
    assert moved["DTSTART"].after == ("DTSTART;TZID=Europe/Brussels:20211012T140000",)


def test_stamps_alone_are_no_difference() -> None:
    before = a_revision(MAYORS)
    after = replace(before, stamp=before.stamp.replace(year=2022))
    assert changes(drawn(before, ENGLISH), drawn(after, ENGLISH)) == ()


def test_what_no_feed_shows_has_no_vevent() -> None:
    assert drawn(None, ENGLISH) == {}
    to_be_announced = replace(MAYORS, details=replace(MAYORS.details, when=None))
    assert drawn(a_revision(to_be_announced), ENGLISH) == {}


def test_lines_are_unfolded_and_components_inside_left_out() -> None:
    body = (
        b"BEGIN:VCALENDAR\nSUMMARY:of nothing\nBEGIN:VTIMEZONE\nTZID:x\nEND:VTIMEZONE\n"
        b'begin:vevent\r\nUID:a\r\nSUMMARY;X="a:b":Gar\r\n den\r\n\tday\r\nCATEGORIES:a\n'
        b"CATEGORIES:b\nBEGIN:VALARM\nSUMMARY:Wake\nEND:VALARM\n\n:odd\nEND:VEVENT\n"
        b"BEGIN:VEVENT\nUID:unfinished\n"
    )
    (found,) = vevents(body)
    assert dict(found) == {
        "UID": ("UID:a",),
        "SUMMARY": ('SUMMARY;X="a:b":Gardenday',),
        "CATEGORIES": ("CATEGORIES:a", "CATEGORIES:b"),
    }
    assert value(found, "SUMMARY") == "Gardenday"
    assert value(found, "LOCATION") == ""
    assert value({"SUMMARY": ("SUMMARY",)}, "SUMMARY") == ""


def test_of_two_with_one_recurrence_id_the_first_counts() -> None:
    one, other = {"SUMMARY": ("SUMMARY:a",)}, {"SUMMARY": ("SUMMARY:b",)}
    assert components(iter([one, other])) == {"": one}


@given(st.binary() | st.text('BEGIN:VEVENT\r\n ENDx;"').map(str.encode))
def test_any_bytes_can_be_looked_at(body: bytes) -> None:
    for lines in vevents(b"BEGIN:VEVENT\r\n" + body + b"\r\nEND:VEVENT\r\n"):
        value(lines, "X")
