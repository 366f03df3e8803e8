"""Where a ledger begins, and where none may: SEQUENCE must never start again at 0 by accident."""

import errno
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from calfeed.errors import LedgerError
from calfeed.ledger.beginning import AlreadyBegunError, beginning_file
from calfeed.ledger.store import Store, stands
from tests.ledger.telling import SUMMIT, the_first

Open = Callable[..., Store]
LOST = """\
ledger {}: it is missing, and without it every event would be told again from number 0
Lost? Put a backup back:  calfeed ledger restore BACKUP
Or what is published now:  calfeed ledger restore ADDRESS-OF-A-FEED ...
Never published anything? Begin one:  calfeed ledger new"""


def test_a_ledger_begins_with_its_folder(opened: Open, path: Path) -> None:
    assert not stands(str(path))

    assert opened(path).is_new

    assert stands(str(path))
    assert [one.name for one in path.parent.iterdir()] == ["ledger.sqlite"]
    assert [one.name for one in path.parent.parent.iterdir()] == [".calfeed"]


def test_only_its_owner_may_read_what_is_not_published(opened: Open, path: Path) -> None:
    store = opened(path)
    store.publish(the_first(SUMMIT), onto=0)

    modes = [stat.S_IMODE(one.stat().st_mode) for one in (path.parent, *path.parent.iterdir())]
    assert not any(mode & 0o077 for mode in modes)


def test_a_folder_without_its_ledger_is_the_mark_of_a_lost_one(opened: Open, path: Path) -> None:
    path.parent.mkdir()

    with pytest.raises(LedgerError) as refused:
        opened(path)

    assert str(refused.value) == LOST.format(path)
    assert list(path.parent.iterdir()) == []


def test_a_folder_that_is_not_kept_for_ledgers_marks_nothing(opened: Open, path: Path) -> None:
    assert opened(path.parent.parent / "ledger.sqlite").is_new


def test_a_lost_ledger_is_begun_on_purpose_only(opened: Open, path: Path) -> None:
    path.parent.mkdir()

    store = opened(path, begin=True)

    assert store.is_new
    assert store.version() == 0
    assert not opened(path).is_new


def test_a_ledger_that_leads_nowhere_is_a_lost_one(opened: Open, path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to("unplugged-disk/ledger.sqlite")

    with pytest.raises(LedgerError, match="cannot be opened"):
        opened(path)


def test_a_ledger_that_is_required_is_never_begun(opened: Open, address: str) -> None:
    with pytest.raises(LedgerError, match="it is missing"):
        opened(address, required=True)

    assert not stands(address)


def test_a_required_ledger_that_is_there_is_opened(opened: Open, address: str) -> None:
    opened(address)

    assert not opened(address, required=True).is_new


def test_no_ledger_is_begun_over_another(opened: Open, address: str) -> None:
    opened(address).publish(the_first(SUMMIT), onto=0)

    with pytest.raises(LedgerError) as refused:
        opened(address, begin=True)

    assert "there is one already\nLook at it:  calfeed ledger show" in str(refused.value)
    assert opened(address).version() == 1


def test_of_two_that_begin_a_ledger_at_the_same_moment_one_does(opened: Open, path: Path) -> None:
    with pytest.raises(AlreadyBegunError), beginning_file(path, aside=None):
        opened(path).publish(the_first(SUMMIT), onto=0)

    assert opened(path).version() == 1
    assert sorted(one.name for one in path.parent.parent.iterdir()) == [".calfeed"]


def test_programs_that_start_together_share_one_ledger(opened: Open, path: Path) -> None:
    start = threading.Barrier(4)
    stores: list[Store] = []

    def begin() -> None:
        start.wait()
        stores.append(opened(path))

    starting = [threading.Thread(target=begin) for _ in range(4)]
    for one in starting:
        one.start()
    for one in starting:
        one.join()

    assert [store.is_new for store in stores].count(True) == 1
    assert len({store.read().ledger_id for store in stores}) == 1


def test_a_beginning_that_fails_leaves_nothing(path: Path) -> None:
    with pytest.raises(LedgerError, match="No space left"), beginning_file(path, aside=None):
        raise OSError(errno.ENOSPC, "No space left on device")

    assert list(path.parent.parent.iterdir()) == []


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("{}", id="a path"),
        pytest.param("sqlite:///{}", id="an address"),
        pytest.param("sqlite+pysqlite:///{}", id="an address that names the driver"),
    ],
)
def test_a_file_is_named_by_its_path_or_as_an_address(
    opened: Open, path: Path, written: str
) -> None:
    store = opened(written.format(path))

    assert store.place == str(path)
    assert path.exists()


def test_a_path_may_have_any_characters(opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "é #1?a=b %20 : 'x'" / "ledger & more.sqlite"

    opened(path).publish(the_first(SUMMIT), onto=0)

    assert opened(path).version() == 1
    assert path.exists()


def test_a_path_is_relative_to_the_current_folder(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    opened("a/b/ledger.sqlite")

    assert (tmp_path / "a" / "b" / "ledger.sqlite").exists()


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("mysql://me:secret@host/events", id="another kind of database"),
        pytest.param("postgresql://me:secret@host:port/events", id="no number for a port"),
        pytest.param("sqlite://", id="no file"),
        pytest.param("://", id="no kind"),
        pytest.param("https://events.example.eu/feeds/all.ics", id="a feed"),
    ],
)
def test_what_is_no_address_of_a_ledger_is_refused(opened: Open, address: str) -> None:
    with pytest.raises(LedgerError, match="this is no address of a ledger") as refused:
        opened(address)

    assert "secret" not in str(refused.value)
    assert "Give a file's path, or sqlite:///PATH, or postgresql://" in str(refused.value)
