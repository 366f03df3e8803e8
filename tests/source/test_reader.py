import gc
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.errors import Problem, SourceError
from calfeed.source.reader import Reader
from calfeed.source.stated import Stated
from tests.source.sources import GARDEN_DAY, HEAD, events_file

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n a picture"


def an_event(key: str, *lines: str) -> str:
    fields = "".join(f"    {line}\n" for line in (*GARDEN_DAY.splitlines(), *lines))
    return f"events:\n  {key}:\n{fields}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a site and two events, each in a file of its own."""
    (tmp_path / "site.yaml").write_text(HEAD)
    (tmp_path / "fair.yaml").write_text(an_event("fair"))
    (tmp_path / "sale.yaml").write_text(an_event("sale"))
    return tmp_path


def complaints(reader: Reader) -> list[str]:
    with pytest.raises(SourceError) as caught:
        reader.read(NOW)
    return [f"{Path(one.place.file).name}: {one.message}" for one in caught.value.problems]


def same(before: Stated, after: Stated) -> dict[str, bool]:
    """Return for each event whether it is the very same object as before."""
    known = {one.event.key: one.event for one in before.statements}
    return {one.event.key: one.event is known.get(one.event.key) for one in after.statements}


def test_only_the_events_of_a_changed_file_are_new_objects(folder: Path) -> None:
    reader = Reader(folder)
    before = reader.read(NOW)
    (folder / "sale.yaml").write_text(an_event("sale", "free: true"))

    after = reader.read(NOW)

    assert same(before, after) == {"fair": True, "sale": False}
    assert after.statements[1].event.details.free
    assert after.statements[0].place("when").line == 5


def test_in_a_file_of_many_events_only_the_edited_ones_are_new_objects(tmp_path: Path) -> None:
    file = tmp_path / "events.yaml"
    (tmp_path / "a.png").write_bytes(PNG)
    picture = GARDEN_DAY + "image: {file: a.png, alt: A}\n"
    warned = GARDEN_DAY.replace("Garden day", "Garden day (cancelled)")
    reader = Reader(file)
    file.write_text(events_file(GARDEN_DAY, GARDEN_DAY, picture, warned))
    before = reader.read(NOW)

    file.write_text(
        "# above\n" + events_file(GARDEN_DAY, GARDEN_DAY + "free: true\n", picture, warned)
    )
    after = reader.read(NOW)

    assert same(before, after) == {
        "event-1": True,
        "event-2": False,
        "event-3": False,
        "event-4": False,
    }
    assert [one.place("when").line for one in after.statements] == [16, 20, 25, 30]
    assert [problem.place.line for problem in after.problems] == [28]


def test_files_come_and_go(folder: Path) -> None:
    reader = Reader(folder)
    before = reader.read(NOW)
    (folder / "sale.yaml").unlink()
    (folder / "walk.yaml").write_text(an_event("walk"))

    assert same(before, reader.read(NOW)) == {"fair": True, "walk": False}


def test_a_site_with_another_zone_reads_all_events_again(folder: Path) -> None:
    reader = Reader(folder)
    before = reader.read(NOW)
    (folder / "site.yaml").write_text(HEAD.replace("Europe/Brussels", "Europe/Athens"))

    after = reader.read(NOW)

    assert same(before, after) == {"fair": False, "sale": False}
    assert {one.event.details.when.zone for one in after.statements if one.event.details.when} == {
        "Europe/Athens"
    }


def test_a_site_with_another_name_reads_no_event_again(folder: Path) -> None:
    reader = Reader(folder)
    before = reader.read(NOW)
    (folder / "site.yaml").write_text(HEAD.replace("Town", "Our"))

    after = reader.read(NOW)

    assert same(before, after) == {"fair": True, "sale": True}
    assert after.site.name == {"en": "Our events"}


def test_a_picture_that_changes_changes_its_event(folder: Path) -> None:
    (folder / "a.png").write_bytes(PNG)
    (folder / "sale.yaml").write_text(an_event("sale", "image: {file: a.png, alt: A}"))
    reader = Reader(folder)
    before, fingerprint = reader.read(NOW), reader.fingerprint()
    assert same(before, reader.read(NOW)) == {"fair": True, "sale": True}

    (folder / "a.png").write_bytes(PNG + b"!")

    assert reader.fingerprint() != fingerprint
    assert same(before, reader.read(NOW)) == {"fair": True, "sale": False}


def test_a_picture_may_go_and_come_back(folder: Path) -> None:
    (folder / "a.png").write_bytes(PNG)
    (folder / "sale.yaml").write_text(an_event("sale", "image: {file: a.png, alt: A}"))
    reader = Reader(folder)
    reader.read(NOW)

    (folder / "a.png").unlink()
    assert complaints(reader) == ['sale.yaml: there is no picture "a.png"']
    (folder / "a.png").write_bytes(PNG)

    assert len(reader.read(NOW).pictures) == 1


def test_files_that_cannot_be_read_and_files_with_errors_are_told_together(folder: Path) -> None:
    (folder / "fair.yaml").write_bytes(b"\xff\xfe")
    (folder / "sale.yaml").write_text(an_event("sale", "freee: true"))
    os.mkfifo(folder / "pipe.yaml")

    fair, pipe, sale = complaints(Reader(folder))
    assert fair.startswith("fair.yaml: ")
    assert pipe.startswith("pipe.yaml: ")
    assert sale == 'sale.yaml: unknown key "freee" in "sale"'


def test_while_a_file_cannot_be_read_nothing_is_said_of_what_may_stand_in_it(folder: Path) -> None:
    reader = Reader(folder)
    reader.read(NOW)
    (folder / "site.yaml").write_text("a: [")

    (complaint,) = complaints(reader)

    assert complaint.startswith("site.yaml: ")


def test_after_an_error_all_is_as_before(folder: Path) -> None:
    reader = Reader(folder)
    before = reader.read(NOW)
    good = (folder / "sale.yaml").read_text()
    (folder / "sale.yaml").write_text("a: [")
    complaints(reader)
    (folder / "sale.yaml").write_text(good)

    after = reader.read(NOW)

    assert same(before, after) == {"fair": True, "sale": True}


def test_a_file_that_vanishes_while_the_others_are_read_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(folder)
    reader.read(NOW)
    (folder / "site.yaml").write_text(HEAD.replace("Europe/Brussels", "UTC"))
    original = Reader._read

    def read(self: Reader, path: str) -> object:
        if path.endswith("site.yaml"):
            (folder / "fair.yaml").unlink()
        return original(self, path)

    monkeypatch.setattr(Reader, "_read", read)

    assert complaints(reader) == ["fair.yaml: the file cannot be read: No such file or directory"]


def test_without_a_file_there_is_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()

    assert complaints(Reader(tmp_path / "events")) == ["events: there is no events file"]
    assert complaints(Reader(tmp_path / "events.yaml")) == [
        "events.yaml: the file cannot be read: No such file or directory"
    ]


def test_files_are_called_by_their_paths_from_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sale.yaml").write_text("a: [")
    monkeypatch.chdir(folder.parent)

    for path in (folder, Path(folder.name)):
        with pytest.raises(SourceError) as caught:
            Reader(path).read(NOW)
        assert caught.value.problems[0].place.file == f"{folder.name}/sale.yaml"


def test_today_is_the_day_in_the_zone_of_the_site(tmp_path: Path) -> None:
    file = tmp_path / "events.yaml"
    file.write_text(events_file(GARDEN_DAY + "published: 2026-11-24\n"))
    reader = Reader(file)

    assert complaints(reader) == ["events.yaml: 2026-11-24 has not come yet"]
    assert reader.read(datetime(2026, 11, 23, 23, tzinfo=UTC)).statements


def test_as_of_another_day_nothing_sticks(tmp_path: Path) -> None:
    file = tmp_path / "events.yaml"
    file.write_text(
        events_file(GARDEN_DAY + "updates: [{announced: 2026-11-20, change: cancelled}]\n")
    )
    reader = Reader(file)

    before = reader.read(NOW, as_of=date(2026, 11, 19)).statements[0].event
    after = reader.read(NOW).statements[0].event

    assert (before.standing.off, after.standing.off) == (None, "cancelled")


def test_pictures_of_a_folder_may_lie_above_their_file(folder: Path) -> None:
    (folder / "2031").mkdir()
    (folder / "a.png").write_bytes(PNG)
    (folder / "2031" / "may.yaml").write_text(an_event("may", "image: {file: ../a.png, alt: A}"))

    assert len(Reader(folder).read(NOW).pictures) == 1


@pytest.mark.parametrize("is_on", [True, False])
def test_the_collector_is_left_as_it_was(folder: Path, is_on: bool) -> None:
    was_on = gc.isenabled()
    try:
        (gc.enable if is_on else gc.disable)()
        Reader(folder).read(NOW)
        assert gc.isenabled() == is_on
    finally:
        (gc.enable if was_on else gc.disable)()


FILES: dict[str, list[str | bytes]] = {
    "site.yaml": [HEAD, HEAD.replace("Europe/Brussels", "Asia/Tokyo"), HEAD + "a: [", "x-a: b\n"],
    "one.yaml": [
        an_event("fair"),
        an_event("fair", "image: {file: a.png, alt: A}"),
        an_event("fair", "freee: true"),
        "# moved down\n" + an_event("fair", "related: [sale]"),
    ],
    "two.yaml": [
        an_event("sale"),
        an_event("sale") + an_event("walk").removeprefix("events:\n"),
        an_event("sale", "initiatives: [lakes]").replace("    initiatives: [parks]\n", ""),
        an_event("fair"),
    ],
    "a.png": [PNG, PNG + b"!", b"<svg/>"],
}


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(sorted(FILES)).flatmap(
            lambda name: st.tuples(st.just(name), st.sampled_from([*FILES[name], None]))
        ),
        max_size=12,
    )
)
def test_reading_again_and_again_gives_what_reading_anew_does(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str | bytes | None]]
) -> None:
    folder = tmp_path_factory.mktemp("events")
    reader = Reader(folder)
    for name, content in edits:
        if content is None:
            (folder / name).unlink(missing_ok=True)
        else:
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())

        assert outcome(reader) == outcome(Reader(folder))
        assert reader.fingerprint() == Reader(folder).fingerprint()


def outcome(reader: Reader) -> Stated | tuple[Problem, ...]:
    try:
        return reader.read(NOW)
    except SourceError as error:
        return error.problems


def test_a_file_can_be_read_as_it_would_be(folder: Path) -> None:
    reader = Reader(folder)
    name = str(folder / "sale.yaml")

    would_be = reader.read(NOW, instead={name: an_event("sale", "free: true").encode()})

    assert would_be.statements[1].event.details.free
    assert reader.read(NOW).statements[1].event.details.free is None
    with pytest.raises(SourceError, match="E103"):
        reader.read(NOW, instead={name: b"events: ["})
