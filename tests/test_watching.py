"""When sources are looked at: however a file is saved, and whatever goes wrong meanwhile."""

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Event

import pytest
import yaml

from calfeed import watching
from calfeed.errors import CalfeedError, LedgerError, SourceError
from calfeed.ledger.store import open_ledger
from calfeed.publisher import Outcome, Publisher
from calfeed.source.reader import Reader
from calfeed.watching import Watcher
from tests.spine import PATIENCE, an_entry, events_file


class Seen:
    """A watcher at work on a file or folder, and what it said."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.said: Queue[Outcome | CalfeedError] = Queue()
        store = open_ledger(str(folder / ".calfeed" / "ledger.sqlite"))
        self.publisher = Publisher(Reader(path), store)
        self.watcher = Watcher(
            self.publisher, [path], on_told=self.said.put, on_trouble=self.said.put
        )
        self.thread = self.watcher.start()

    def next(self) -> Outcome | CalfeedError:
        """Return what it says next."""
        try:
            return self.said.get(timeout=PATIENCE)
        except Empty:
            raise AssertionError("the change was not seen") from None

    def told(self) -> list[str]:
        """Return the titles that the next publication tells."""
        outcome = self.next()
        assert isinstance(outcome, Outcome), outcome
        events = [one.event for one in outcome.told.revisions.values() if not one.withdrawn]
        return sorted(event.details.title["en"] for event in events)

    def stop(self) -> None:
        self.watcher.stop()
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()


Watch = Callable[[Path], Seen]


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    begun: list[Seen] = []

    def begin(path: Path) -> Seen:
        begun.append(Seen(path, tmp_path / "ledger"))
        return begun[-1]

    (tmp_path / "ledger").mkdir()
    yield begin
    for seen in begun:
        seen.stop()


def text(title: str) -> str:
    return events_file({"garden": an_entry(title=title)})


def replace(path: Path, title: str) -> None:
    path.with_suffix(".new").write_text(text(title))
    path.with_suffix(".new").replace(path)


def write_same_size_and_time(path: Path, title: str) -> None:
    before = path.stat()
    path.write_text(text(title))
    assert path.stat().st_size == before.st_size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    "save",
    [
        pytest.param(replace, id="a new file in the place of the old"),
        pytest.param(lambda path, title: path.write_text(text(title)), id="written in place"),
        pytest.param(write_same_size_and_time, id="of the same size and time"),
    ],
)
def test_a_save_is_seen(watch: Watch, tmp_path: Path, save: Callable[[Path, str], None]) -> None:
    path = tmp_path / "events.yaml"
    path.write_text(text("Garden day"))
    seen = watch(path)
    assert seen.told() == ["Garden day"]
    save(path, "Spring day")
    assert seen.told() == ["Spring day"]


def test_a_flip_of_a_symbolic_link_is_seen(watch: Watch, tmp_path: Path) -> None:
    """As Kubernetes mounts a ConfigMap: the file is a link into a folder that is a link."""
    mounted = tmp_path / "mounted"
    for name, title in (("one", "Garden day"), ("two", "Spring day")):
        (mounted / name).mkdir(parents=True)
        (mounted / name / "events.yaml").write_text(text(title))
    (mounted / "..data").symlink_to("one")
    (mounted / "events.yaml").symlink_to("..data/events.yaml")
    seen = watch(mounted / "events.yaml")
    assert seen.told() == ["Garden day"]

    (mounted / "..new").symlink_to("two")
    (mounted / "..new").replace(mounted / "..data")

    assert seen.told() == ["Spring day"]


def test_a_folder_that_vanishes_and_returns_is_waited_for(watch: Watch, tmp_path: Path) -> None:
    folder, aside = tmp_path / "events", tmp_path / "aside"
    folder.mkdir()
    (folder / "2031.yaml").write_text(text("Garden day"))
    seen = watch(folder)
    assert seen.told() == ["Garden day"]

    folder.rename(aside)
    assert isinstance(seen.next(), SourceError)
    assert seen.watcher.trouble
    (aside / "2031.yaml").write_text(text("Spring day"))
    shutil.copytree(aside, folder)

    assert seen.told() == ["Spring day"]
    assert seen.watcher.trouble == ""


def test_a_folder_is_let_go_of_when_it_vanishes_and_watched_anew(tmp_path: Path) -> None:
    folder = tmp_path / "events"
    folder.mkdir()
    stop = Event()
    looks = watching.changes([folder], stop)
    next(looks)
    shutil.rmtree(folder)
    next(looks)
    folder.mkdir()
    (folder / "2031.yaml").write_text(text("Garden day"))
    next(looks)
    stop.set()
    assert len(list(looks)) <= 2


def test_a_file_in_a_folder_is_seen(watch: Watch, tmp_path: Path) -> None:
    folder = tmp_path / "events"
    (folder / "2032").mkdir(parents=True)
    (folder / "2031.yaml").write_text(text("Garden day"))
    seen = watch(folder)
    seen.told()
    spring = {"events": {"spring": an_entry(title="Spring day", when="2032-04-04")}}
    (folder / "2032" / "spring.yaml").write_text(yaml.safe_dump(spring))
    assert seen.told() == ["Garden day", "Spring day"]


def test_a_problem_is_told_once_and_gone_when_mended(watch: Watch, tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.write_text("format: 1\n")
    seen = watch(path)
    assert isinstance(seen.next(), SourceError)
    replace(path, "Garden day")
    assert seen.told() == ["Garden day"]


def test_a_ledger_that_was_away_is_tried_again(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "RETRY_AFTER", 0.05)
    path = tmp_path / "events.yaml"
    path.write_text(text("Garden day"))
    seen = watch(path)
    assert seen.told() == ["Garden day"]
    ledger = tmp_path / "ledger" / ".calfeed" / "ledger.sqlite"
    aside = ledger.rename(tmp_path / "aside.sqlite")
    replace(path, "Spring day")
    assert isinstance(seen.next(), LedgerError)

    aside.rename(ledger)

    assert seen.told() == ["Spring day"]


def test_the_same_trouble_is_told_once(watch: Watch, tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.write_text(text("Garden day"))
    seen = watch(path)
    seen.told()
    seen.watcher.stop()
    seen.thread.join(PATIENCE)
    (tmp_path / "ledger" / ".calfeed" / "ledger.sqlite").unlink()
    replace(path, "Spring day")
    seen.watcher.look()
    seen.watcher.look()
    assert isinstance(seen.next(), LedgerError)
    assert seen.said.empty()


def test_a_folder_that_is_not_there_yet_is_waited_for(watch: Watch, tmp_path: Path) -> None:
    path = tmp_path / "later" / "events.yaml"
    seen = watch(path)
    assert isinstance(seen.next(), SourceError)
    path.parent.mkdir()
    replace(path, "Garden day")
    assert seen.told() == ["Garden day"]


def test_it_survives_its_own_defects(
    watch: Watch,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(watching, "RETRY_AFTER", 0.05)
    path = tmp_path / "events.yaml"
    path.write_text(text("Garden day"))
    seen = watch(path)
    seen.told()
    publish = seen.publisher.publish
    failures = iter([ZeroDivisionError("a defect")])

    def fail_once(**options: bool) -> Outcome:
        for failure in failures:
            raise failure
        return publish(**options)

    monkeypatch.setattr(seen.publisher, "publish", fail_once)
    with caplog.at_level(logging.ERROR):
        replace(path, "Spring day")
        assert seen.told() == ["Spring day"]
    assert "a defect" in caplog.text


def test_where_the_system_gives_no_notices_looking_is_enough(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Iterator[None]:
        raise OSError("too many watches")

    monkeypatch.setattr(watching, "watch", refuse)
    path = tmp_path / "events.yaml"
    path.write_text(text("Garden day"))
    seen = watch(path)
    assert seen.told() == ["Garden day"]
    replace(path, "Spring day")
    assert seen.told() == ["Spring day"]
