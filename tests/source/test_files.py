import os
from pathlib import Path

import pytest

from calfeed.source.files import (
    DEEPEST,
    LARGEST_PICTURE,
    identity_of,
    is_settled,
    list_documents,
    read_regular,
    take_fingerprint,
)

LONG_AGO = (1_000_000_000, 1_000_000_000)
PICTURES = """\
events:
  a: {image: {file: images/a.png, alt: A}}
  b:
    image:
      file: images/b, c.png   # a comment
      alt: B
  c:
    image:
      "file": 'images/d.png'
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two documents, one deeper than the other, and much that is none."""
    (tmp_path / "2031").mkdir()
    (tmp_path / ".calfeed").mkdir()
    for name in ("b.yaml", "2031/c.yml", ".hidden.yaml", ".calfeed/d.yaml", "notes.txt", "a.yaml~"):
        (tmp_path / name).write_text(f"x-name: {name}\n")
    return tmp_path


def names(folder: Path) -> list[str]:
    return [str(Path(path).relative_to(folder)) for path in list_documents([folder])]


def test_the_documents_of_a_folder(folder: Path) -> None:
    assert names(folder) == ["2031/c.yml", "b.yaml"]


def test_a_file_is_itself_whatever_it_is_called(folder: Path) -> None:
    assert list(list_documents([folder / "notes.txt", folder / "gone"])) == [
        str(folder / "notes.txt"),
        str(folder / "gone"),
    ]


def test_a_file_that_is_named_twice_is_one(folder: Path) -> None:
    assert len(list_documents([folder, folder / "b.yaml"])) == 2


def test_links_to_files_are_followed_and_links_to_folders_are_not(folder: Path) -> None:
    (folder / "link.yaml").symlink_to("notes.txt")
    (folder / "nothing.yaml").symlink_to("gone")
    (folder / "round").symlink_to(".")

    found = list_documents([folder])

    assert [Path(path).name for path in found] == ["c.yml", "b.yaml", "link.yaml", "nothing.yaml"]
    assert found[str(folder / "link.yaml")] == identity_of(folder / "notes.txt")
    assert found[str(folder / "nothing.yaml")] is None


def test_folders_are_looked_into_to_some_depth(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*(["a"] * DEEPEST))
    deep.mkdir(parents=True)
    (deep / "too-deep.yaml").touch()
    (deep.parent / "deep.yaml").touch()

    assert [Path(path).name for path in list_documents([tmp_path])] == ["deep.yaml"]


def test_a_folder_that_may_not_be_looked_into_has_no_documents(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:  # root looks everywhere
        raise PermissionError

    monkeypatch.setattr(os, "scandir", refused)
    assert list_documents([folder]) == {}

    monkeypatch.setattr(Path, "is_dir", refused)
    assert list(list_documents([folder])) == [str(folder)]


def test_pipes_and_folders_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")

    assert list_documents([tmp_path]) == {str(tmp_path / "pipe.yaml"): None}
    assert identity_of(tmp_path) is None
    assert identity_of(tmp_path / "\0") is None
    with pytest.raises(OSError, match="not a regular file"):
        read_regular(tmp_path / "pipe.yaml", most=1)


def test_equal_files_have_equal_fingerprints_wherever_they_lie(tmp_path: Path) -> None:
    digests = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "events.yaml").write_text("x-a: b\n")
        digests.add(take_fingerprint([tmp_path / name]).digest)
        digests.add(take_fingerprint([tmp_path / name / "events.yaml"]).digest)

    assert len(digests) == 1


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("b.yaml", id="a document"),
        pytest.param("images/a.png", id="a picture between braces"),
        pytest.param("images/b, c.png", id="a picture before a comment"),
        pytest.param("images/d.png", id="a picture in quotes"),
    ],
)
def test_any_change_changes_the_fingerprint(folder: Path, name: str) -> None:
    (folder / "a.yaml").write_text(PICTURES)
    (folder / "images").mkdir()
    first = take_fingerprint([folder])

    (folder / name).write_text("one")
    second = take_fingerprint([folder], first)
    (folder / name).write_text("two")
    third = take_fingerprint([folder], second)
    (folder / name).unlink()
    fourth = take_fingerprint([folder], third)

    digests = [one.digest for one in (first, second, third, fourth)]
    assert len(set(digests)) == (4 if name == "b.yaml" else 3)
    assert (digests[0] == digests[3]) == (name != "b.yaml")


def test_a_change_of_the_same_size_and_time_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.write_text("one")
    os.utime(path, LONG_AGO)
    first = take_fingerprint([path])
    path.write_text("two")
    os.utime(path, LONG_AGO)

    assert take_fingerprint([path], first).digest != first.digest


def test_an_old_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "events.yaml"
    path.write_text("one")
    (identity,) = list_documents([path]).values()
    assert identity is not None
    assert not is_settled(identity)
    monkeypatch.setattr("time.time_ns", lambda: identity.changed + 3_000_000_000)
    first = take_fingerprint([path])
    assert is_settled(identity)

    monkeypatch.setattr("calfeed.source.files.read_regular", None)

    assert take_fingerprint([path], first) == first


def test_a_file_that_vanishes_while_it_is_read_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "events.yaml"
    path.write_text("one")
    nothing = take_fingerprint([tmp_path / "events.yaml.gone"]).contents

    def gone(*_: object, **__: object) -> bytes:
        raise FileNotFoundError

    monkeypatch.setattr("calfeed.source.files.read_regular", gone)

    assert list(take_fingerprint([path]).contents.values()) == list(nothing.values()) == [None]


def test_names_that_are_no_text_are_fine(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.yaml")
    path.write_text("x-a: b\n")

    assert take_fingerprint([tmp_path]).count == 1


def test_of_something_huge_that_is_named_as_a_picture_the_beginning_is_enough(
    tmp_path: Path,
) -> None:
    (tmp_path / "events.yaml").write_text("file: disk.img\n")
    with (tmp_path / "disk.img").open("wb") as file:
        file.truncate(LARGEST_PICTURE * 1000)

    found = take_fingerprint([tmp_path / "events.yaml"])

    assert found.contents[str(tmp_path / "disk.img")] is not None
