"""A file is replaced whole, or stays as it is."""

from pathlib import Path

import pytest

from calfeed.errors import CalfeedError
from calfeed.source.saving import create, save


def test_a_file_gets_its_new_bytes_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "events.yaml"
    file.write_bytes(b"old\r\n")
    file.chmod(0o640)

    save(file, expected=b"old\r\n", new=b"new\r\n")

    assert file.read_bytes() == b"new\r\n"
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    file, link = tmp_path / "real.yaml", tmp_path / "events.yaml"
    file.write_bytes(b"old")
    link.symlink_to(file)

    save(link, expected=b"old", new=b"new")

    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "events.yaml"
    file.write_bytes(b"theirs")
    with pytest.raises(CalfeedError) as caught:
        save(file, expected=b"old", new=b"mine")
    assert str(caught.value) == (
        f"{file} was changed by somebody else meanwhile\n"
        "Nothing was written. Run the command again: it then starts from what the file says now."
    )
    assert file.read_bytes() == b"theirs"


def test_what_cannot_be_written_stays_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "events.yaml"
    file.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CalfeedError, match="cannot be written: No space left on device"):
        save(file, expected=b"old", new=b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(CalfeedError, match="cannot be written: No such file or directory"):
        save(tmp_path / "events.yaml", expected=b"old", new=b"new")


def test_a_new_file_is_made_with_its_folder_and_never_over_another(tmp_path: Path) -> None:
    file = tmp_path / "imported" / "parks.yaml"
    create(file, "events:\n")
    assert file.read_bytes() == b"events:\n"
    with pytest.raises(CalfeedError, match="is there already\nNothing was written"):
        create(file, "other")
    assert file.read_bytes() == b"events:\n"


def test_a_new_file_below_a_file_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(CalfeedError, match="cannot be written"):
        create(tmp_path / "a" / "b" / "c.yaml", "events:\n")
