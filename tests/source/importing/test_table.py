"""Tables of events, as spreadsheets and other programs write them."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfeed.errors import CalfeedError
from calfeed.source.importing.assembling import assemble
from calfeed.source.importing.outcome import Imported, Terms
from calfeed.source.importing.table import MOST_ROWS, read_table
from tests.source.importing.calendars import TERMS, quiet


def imported(text: str | bytes, *, day_first: bool | None = None, terms: Terms = TERMS) -> Imported:
    data = text.encode() if isinstance(text, str) else text
    read = read_table(data, terms, name="old.csv", day_first=day_first, progress=quiet)
    return assemble(read, terms)


def fields(text: str | bytes, *, day_first: bool | None = None) -> dict[str, Any]:
    (entry,) = imported(text, day_first=day_first).entries.values()
    return {name: value for name, value in entry.items() if name != "initiatives"}


@pytest.mark.parametrize(
    ("head", "row", "when"),
    [
        pytest.param("title,start", "A,2027-05-08", "2027-05-08", id="a day"),
        pytest.param("title,start", "A,2027-05-08 14:00", "2027-05-08 14:00", id="a time with it"),
        pytest.param("title,start", "A,2027-5-8T9:30:00", "2027-05-08 09:30", id="as programs do"),
        pytest.param(
            "title,start,start time,end time",
            "A,2027-05-08,14:00,16:00",
            "2027-05-08 14:00 to 16:00",
            id="times apart",
        ),
        pytest.param(
            "title,start,end", "A,2027-05-08,2027-05-10", "2027-05-08 to 2027-05-10", id="days"
        ),
        pytest.param(
            "title,start,end",
            "A,2027-05-08 22:00,2027-05-09 02:00",
            "2027-05-08 22:00 to 2027-05-09 02:00",
            id="over midnight",
        ),
        pytest.param(
            "title,start,end", "A,2027-05-08 22:00,2027-05-08 21:00", "2027-05-08 22:00", id="back"
        ),
        pytest.param(
            "Subject,Start Date,Start Time,End Date,End Time,All Day Event",
            "A,13/05/2027,2:00 PM,13/05/2027,3:30 pm,False",
            "2027-05-13 14:00 to 15:30",
            id="as Google exports",
        ),
        pytest.param(
            "Subject,Start Date,Start Time,End Date,End Time,All Day Event",
            "A,5/13/2027,12:00 AM,5/14/2027,12:00 AM,True",
            "2027-05-13 to 2027-05-14",
            id="as Outlook exports whole days",
        ),
        pytest.param(
            "Betreff;Beginnt am;Beginnt um;Endet um",
            "A;13.05.2027;14.30;15h00",
            "2027-05-13 14:30 to 15:00",
            id="in German",
        ),
        pytest.param("titre\tdébut", "A\t2027-05-08", "2027-05-08", id="in French, by tabs"),
    ],
)
def test_dates(head: str, row: str, when: str) -> None:
    assert fields(f"{head}\n{row}\n") == {"title": "A", "when": when}


def test_all_that_a_row_says_is_taken() -> None:
    text = (
        "Title;Date;Place;Online;Website;Description;Tags;UID;Other\r\n"
        '"Garden; day";2027-05-08;Town hall;https://meet.example.eu;https://example.eu;'
        '"Two\nlines *";a, b;1@old;x\r\n'
    )
    assert fields(text) == {
        "title": "Garden; day",
        "uid": "1@old",
        "when": "2027-05-08",
        "place": "Town hall",
        "online": {"url": "https://meet.example.eu"},
        "website": "https://example.eu",
        "description": "Two\nlines \\*",
        "tags": ["a", "b"],
    }


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(",2027-05-08,", "no title", id="no title"),
        pytest.param("A,,", "no start date", id="no date"),
        pytest.param("A,in May,", "a date that is not understood: in May", id="words"),
        pytest.param("A,2027-02-30,", "no such day: 2027-02-30", id="February"),
        pytest.param("A,2027-05-08 25:00,", "a time that does not exist: 25:00", id="25:00"),
        pytest.param("A,13/05/2027 noon,", "a time that is not understood: noon", id="noon"),
        pytest.param("A,2027-05-08,yes", "it is marked as private", id="private"),
        pytest.param("A,3027-05-08,", "3027-05-08 is out of range", id="what a file refuses"),
    ],
)
def test_rows_that_are_left_out(row: str, reason: str) -> None:
    found = imported(f"title,start,private\nB,2027-05-08,\n{row}\n")
    assert list(found.entries) == ["b"]
    (note,) = found.notes
    assert (note.line, note.outcome) == (3, "left out")
    assert note.what.startswith(reason)


def test_days_and_months_are_told_apart_by_the_whole_table() -> None:
    text = "title,start\nA,5/8/2027\nB,13/8/2027\n"
    assert [one["when"] for one in imported(text).entries.values()] == ["2027-08-05", "2027-08-13"]


def test_what_nobody_can_tell_apart_has_to_be_said() -> None:
    text = "title,start\nA,5/8/2027\n"
    with pytest.raises(CalfeedError) as caught:
        imported(text)
    assert str(caught.value) == (
        "old.csv: nobody can tell whether 5/8 is the day or the month first\n"
        "Say it:  --dates day-first  or  --dates month-first"
    )
    assert fields(text, day_first=True)["when"] == "2027-08-05"
    assert fields(text, day_first=False)["when"] == "2027-05-08"


@pytest.mark.parametrize("head", ["start,place", "title,place", ""])
def test_a_table_without_the_needed_columns_is_refused(head: str) -> None:
    with pytest.raises(CalfeedError, match=r"old.csv has no column for the (title|start)\n"):
        imported(f"{head}\nA,B\n")


def test_a_table_that_breaks_off_is_refused() -> None:
    with pytest.raises(CalfeedError, match="cannot be read on from line"):
        imported("title,start\n" + "a" * 140_000 + ",2027-05-08\n")


def test_a_table_of_too_many_rows_is_refused_whole() -> None:
    rows = "A,2027-05-08\n" * (MOST_ROWS + 1)
    with pytest.raises(CalfeedError, match=r"has 50,001 rows; 50,000 are the most"):
        imported(f"title,start\n{rows}")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_tables_of_other_encodings(encoding: str) -> None:
    found = imported("title,start\nFête,2027-05-08\n".encode(encoding))
    assert [one["title"] for one in found.entries.values()] == ["Fête"]
    assert bool(found.notes) == (encoding == "cp1252")


def test_what_is_here_already_or_over_is_left() -> None:
    terms = replace(TERMS, uids=frozenset({"1@old"}), since=TERMS.today, draft=True)
    text = "title,start,uid\nA,2027-05-08,1@old\n\nB,2025-05-08,2@old\nC,2027-05-08,\n"
    found = imported(text, terms=terms)
    assert (found.known, list(found.entries)) == (1, ["c"])
    assert found.skipped == {"past event": 1}
    assert found.entries["c"]["draft"] is True


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_nothing_whatever_makes_it_crash(rest: bytes) -> None:
    with suppress(CalfeedError):
        imported(b"title,start,end,start time\n" + rest)
