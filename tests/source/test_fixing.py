"""What `--fix` makes of a file: what was meant and nothing else, and every other byte as it was."""

import codecs
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfeed.source.fixing import ROUNDS, Fixing, fix, read_on
from calfeed.source.reader import Reader
from tests.house import files

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

HEAD = """\
format: 1
site:
  name: Town events
  url: https://events.example.eu
  language: en
  languages: [en, fr]
  timezone: Europe/Brussels
"""
INITIATIVES = "initiatives:\n  parks: {name: Parks}\n"
EVENT = """\
events:
  garden-day:
    title: Garden day
    initiatives: [parks]
    when: 2027-05-08
"""
FILE = HEAD + INITIATIVES + EVENT


def fixed(path: Path) -> Fixing:
    return fix(Reader(path), now=NOON)


def of_text(text: str, folder: Path) -> str:
    """Return what mending makes of a file with *text*; what is mended must be right then."""
    file = folder / "events.yaml"
    file.write_bytes(text.encode())
    fixing = fixed(file)
    if not fixing.files:
        return text
    (one,) = fixing.files
    assert Path(one.name) == file
    assert file.read_bytes() == one.before == text.encode(), "nothing is written"
    return one.after.decode()


MENDS = [
    pytest.param("colour: #0e47cb   # blue", 'colour: "#0e47cb"   # blue', id="a lost colour"),
    pytest.param("colour: 0e47cb", 'colour: "#0e47cb"', id="a colour without its sign"),
    pytest.param("colour: '#04c'", "colour: '#0044cc'", id="a short colour"),
    pytest.param("short_name: #1", 'short_name: "#1"', id="a lost text"),
    pytest.param("summary: Parks: green", 'summary: "Parks: green"', id="a colon"),
    pytest.param("summary: @parks, 'all'", "summary: \"@parks, 'all'\"", id="a sign"),
    pytest.param("sumary: Green", "summary: Green", id="a misspelt key"),
    pytest.param("shortName: Green", "short_name: Green", id="a key in capitals"),
    pytest.param("summary: {English: Green}", "summary: {en: Green}", id="a name of a language"),
]


@pytest.mark.parametrize(("written", "better"), MENDS)
def test_a_mend_of_an_initiative(written: str, better: str, tmp_path: Path) -> None:
    text = f"{HEAD}initiatives:\n  parks:\n    name: Parks\n    {{}}\n{EVENT}"
    assert of_text(text.replace("{}", written), tmp_path) == text.replace("{}", better)


@pytest.mark.parametrize(
    ("written", "better"),
    [
        pytest.param("free: yes", "free: true", id="another word for true"),
        pytest.param("free: 'off'   # paid", "free: 'false'   # paid", id="in its quotes"),
        pytest.param("tags: roses", "tags: [roses]", id="a list of one"),
        pytest.param("languages: [EN, greek]", "languages: [en, el]", id="languages"),
        pytest.param("timezone: europe/athens", "timezone: Europe/Athens", id="a zone"),
        pytest.param("timezone: Europe/Athns", "timezone: Europe/Athens", id="a misspelt zone"),
        pytest.param("published: 2026/3/2", "published: 2026-03-02", id="a day"),
        pytest.param(
            "place: {name: Park, country: belgium}",
            "place: {name: Park, country: BE}",
            id="a country",
        ),
        pytest.param("tags: [Roses: red]", 'tags: ["Roses: red"]', id="a pair among texts"),
        pytest.param(
            "summary: We are #1 in town   # ha",
            'summary: "We are #1 in town"   # ha',
            id="a number that was a comment",
        ),
        pytest.param(
            "organisers: [The Ministry: Water]",
            'organisers: ["The Ministry: Water"]',
            id="a pair that is a text",
        ),
        pytest.param(
            "organisers:\n      - The Ministry: Water   # its new name",
            'organisers:\n      - "The Ministry: Water"   # its new name',
            id="a pair in a line of its own",
        ),
        pytest.param(
            "description:\n      Note: bring a spade",
            'description:\n      "Note: bring a spade"',
            id="a text below its name",
        ),
        pytest.param(
            "agenda: [{at: 9.30, title: Tea}]", "agenda: [{at: 9:30, title: Tea}]", id="an hour"
        ),
        pytest.param(
            "updates: [{anounced: 2026-11-02, change: postpone}]",
            "updates: [{announced: 2026-11-02, change: postponed}]",
            id="two in one line",
        ),
        pytest.param(
            "updates:\n      - announced: 2.\n        titel: Day: one\n        change: corrected",
            'updates:\n      - announced: 2.\n        title: "Day: one"\n        change: corrected',
            id="one after the other, and what remains",
        ),
        pytest.param(
            "when: {start: 2027-05-08, ends: 2027-05-09}",
            "when: {starts: 2027-05-08, ends: 2027-05-09}",
            id="a key of a date",
        ),
    ],
)
def test_a_mend_of_an_event(written: str, better: str, tmp_path: Path) -> None:
    text = FILE.replace("    when: 2027-05-08\n", "") if "when:" in written else FILE
    assert of_text(f"{text}    {written}\n", tmp_path) == f"{text}    {better}\n"


@pytest.mark.parametrize(
    ("written", "better"),
    [
        pytest.param("{every: weekly, times: 4}", "{every: week, times: 4}", id="a word"),
        pytest.param("{evry: week, times: 4}", "{every: week, times: 4}", id="a key"),
        pytest.param(
            "{every: week, until: 8.6.2027}",
            "{every: week, until: 8.6.2027}",
            id="a day that is not clear",
        ),
        pytest.param(
            "{every: week, time: 14:00}",
            "{every: week, time: 14:00}",
            id="a key whose value then makes no sense",
        ),
    ],
)
def test_a_mend_of_a_series(written: str, better: str, tmp_path: Path) -> None:
    text = f"{FILE}    repeats: "
    assert of_text(f"{text}{written}\n", tmp_path) == f"{text}{better}\n"


@pytest.mark.parametrize(
    ("written", "better"),
    [
        pytest.param(
            "embed_from: ['https://partner.example.eu/page']",
            "embed_from: ['partner.example.eu']",
            id="a host",
        ),
        pytest.param("prefixes: {online: No}", "prefixes: {online: false}", id="a switch"),
    ],
)
def test_a_mend_of_the_site(written: str, better: str, tmp_path: Path) -> None:
    head, rest = FILE.split(INITIATIVES)
    assert of_text(f"{head}  {written}\n{INITIATIVES}{rest}", tmp_path) == (
        f"{head}  {better}\n{INITIATIVES}{rest}"
    )


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("fee: true", id="a key that is not near enough"),
        pytest.param("sumary: a\n    summary: b", id="a key that is there already"),
        pytest.param("contact: # not known yet", id="a comment"),
        pytest.param("tags: # roses", id="a comment where a list belongs"),
        pytest.param("free: &a yes\n    x-b: *a", id="a value with a name"),
        pytest.param('free: "y\\x65s"', id="a value in disguise"),
        pytest.param("summary: Roses #todo later", id="a word that was a comment"),
        pytest.param("summary: Day: one\n      and two", id="a text that goes on below"),
        pytest.param('summary: "Day": one', id="quotes of its own"),
        pytest.param("summary: [Day: one, two: three: four]", id="between brackets"),
        pytest.param("when: 2027-05-\n      09..2027-05-10", id="a date in two lines"),
        pytest.param("tags: roses, tulips", id="one text or two"),
        pytest.param('tags: "roses"', id="a text in quotes"),
        pytest.param("description:\n      Note: bring\n        a spade", id="a pair in two lines"),
        pytest.param("initiatives: [park]", id="whose event it is"),
        pytest.param("website: www.example.eu", id="an address without its beginning"),
        pytest.param("agenda:\n      - 16:10: Panel", id="a pair of the agenda"),
        pytest.param("\ttitle: a", id="a tab"),
    ],
)
def test_what_is_not_beyond_doubt_is_left(line: str, tmp_path: Path) -> None:
    key = line.partition(":")[0]
    kept = [one for one in FILE.splitlines() if not one.startswith(f"    {key}:")]
    text = "\n".join((*kept, f"    {line}", ""))
    assert of_text(text, tmp_path) == text


def test_every_other_byte_stays(tmp_path: Path) -> None:
    text = FILE.replace("\n", "\r\n") + "    free: yes  # \u00e9 \U0001f33b kept\r\n\r\n# end"
    file = tmp_path / "events.yaml"
    file.write_bytes(codecs.BOM_UTF8 + text.encode())

    (one,) = fixed(file).files

    assert one.after == codecs.BOM_UTF8 + text.replace("yes", "true").encode()
    assert one.texts == (text, text.replace("yes", "true"))
    assert one.count == 1


def test_a_folder_is_mended_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FILE)
    (tmp_path / "b.yaml").write_text(EVENT.replace("garden-day", "b") + "    free: yes\n")
    (tmp_path / "c.yaml").write_text(EVENT.replace("garden-day", "c") + "    summary: a: b\n")

    names = [Path(one.name).name for one in fixed(tmp_path).files]

    assert names == ["b.yaml", "c.yaml"]


def test_a_file_that_cannot_be_read_hinders_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FILE + "    free: yes\n")
    (tmp_path / "b.yaml").symlink_to("nowhere")

    names = [Path(one.name).name for one in fixed(tmp_path).files]

    assert names == ["a.yaml"]


def test_a_mend_that_does_no_good_is_offered_no_more(tmp_path: Path) -> None:
    file = tmp_path / "events.yaml"
    file.write_text(FILE + "    repeats: {every: week, time: 14:00}\n    free: yes\n")
    reader = Reader(file)
    problems = reader.examine(NOON).problems

    fixing = fix(reader, now=NOON)

    assert [one.mend is not None for one in problems] == [True, True]
    assert [one.mend is not None for one in fixing.without_offers(problems)] == [False, True]
    assert not fixing.without_offers(problems)[0].notes
    assert b"free: true" in fixing.files[0].after


def test_what_an_unquoted_colon_hides_is_told_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "events.yaml"
    file.write_text(
        FILE
        + "    summary: One: two\n    contact: Three: four\n"
        + "    wen: 2027-05-08\n    frei: yes\n"
    )

    examined = read_on(Reader(file), now=NOON)

    assert [(one.code, one.place.line) for one in examined.problems] == [
        ("E110", 15),
        ("E110", 16),
        ("E102", 17),
        ("E102", 18),
    ]


def test_of_very_many_mistakes_the_rest_is_left_for_the_next_time(tmp_path: Path) -> None:
    file = tmp_path / "events.yaml"
    file.write_text(FILE + "".join(f"    x-{n}: a: b\n" for n in range(ROUNDS + 1)))

    (one,) = fixed(file).files

    assert one.count == ROUNDS
    assert len(read_on(Reader(file), now=NOON).problems) == ROUNDS + 1


@contextmanager
def a_folder() -> Iterator[Path]:
    before = Path.cwd()
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield Path(folder)
        finally:
            os.chdir(before)


SLIPS = {
    "announced:": "anounced:",
    "change: cancelled": "change: Canceled",
    "change: moved-online": "change: moved online",
    "draft: true": "draft: yes",
    "when: 2026-12-24 to 2026-12-26": "when: 2026-12-24..2026-12-26",
    "when: '2026-11-24'": "when: 24 Nov 2026",
    "when: 2026-11-24 10:00 to 11:00": "when: 2026-11-24T10:00 until 11.00",
    "when: to be announced": "when: tba",
    "title: Garden days": "title: Garden: days",
    "times: 3": "tmies: 3",
    "every: month": "every: monthly",
    "timezone: Europe/Brussels": "timezone: europe/brussels",
}


@given(
    files(),
    st.sets(st.sampled_from(sorted(SLIPS))),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([b"", codecs.BOM_UTF8]),
)
def test_what_is_mended_means_what_was_meant(
    text: str, slips: set[str], end: str, mark: bytes
) -> None:
    meant = text.replace("title: Garden days", 'title: "Garden: days"')
    wrong = text
    for slip in sorted(slips):
        wrong = wrong.replace(slip, SLIPS[slip])
    if "title: Garden days" not in slips:
        meant = text
    with a_folder() as folder:
        file = folder / "events.yaml"
        file.write_bytes(mark + meant.replace("\n", end).encode())
        reader = Reader(file)
        before = reader.examine(NOON)
        if not fix(reader, now=NOON).files:
            file.write_bytes(mark + wrong.replace("\n", end).encode())

            for one in fix(reader, now=NOON).files:
                file.write_bytes(one.after)

            after = reader.examine(NOON)
            assert after.stated == before.stated
            assert [one.code for one in after.problems] == [one.code for one in before.problems]
            assert not fix(reader, now=NOON).files, "mending twice changes nothing"


@given(files())
def test_a_file_without_a_slip_is_left_alone(text: str) -> None:
    with a_folder() as folder:
        (folder / "events.yaml").write_text(text)
        assert fix(Reader(folder / "events.yaml"), now=NOON) == Fixing()
