"""Files to ledger: a broken or half-saved file, a ledger that is away, two publishers at once."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from calfeed.errors import LedgerError, ReadBackError, SourceError
from calfeed.formats import readback
from calfeed.ledger.store import Store, open_ledger
from calfeed.ledger.told import Told
from calfeed.publisher import Publisher, SavedAgainError, would_tell
from calfeed.source.reader import Reader
from calfeed.source.stated import Stated
from tests.spine import an_entry, an_update, events_file

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "events.yaml"
    path.write_text(events_file({"garden": an_entry()}))
    return path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = open_ledger(str(tmp_path / ".calfeed" / "ledger.sqlite"))
    yield found
    found.close()


def test_unchanged_sources_are_not_read_at_a_start(file: Path, store: Store) -> None:
    Publisher(Reader(file), store).publish()

    outcome = Publisher(Reader(file), store).publish(anew=False)

    assert outcome.stated is None
    assert outcome.publication is None
    assert outcome.told.version == 1


def test_a_broken_file_tells_nothing_and_a_mended_one_does(file: Path, store: Store) -> None:
    publisher = Publisher(Reader(file), store)
    publisher.publish()
    file.write_text("format: 1\nevents: [")
    with pytest.raises(SourceError):
        publisher.publish()
    assert store.version() == 1

    file.write_text(events_file({"garden": an_entry(updates=[an_update("postponed")])}))
    assert publisher.publish().told.version == 2


def test_a_save_that_is_going_on_is_waited_for(file: Path, store: Store) -> None:
    """The file changes between the first look and the second, as while it is being written."""
    whole = events_file({"garden": an_entry(), "market": an_entry(title="Market")})
    looks = []

    class Slow(Publisher):
        def sources(self) -> str:
            looks.append(file.read_text())
            if len(looks) == 1:
                file.write_text(whole[: len(whole) // 2])
            elif len(looks) == 2:
                file.write_text(whole)
            return super().sources()

    outcome = Slow(Reader(file), store).publish()

    assert sorted(outcome.told.pins) == ["garden", "market"]


def test_a_file_that_is_saved_while_it_is_read_is_read_again(file: Path, store: Store) -> None:
    class Hasty(Reader):
        reads = 0

        def read(self, now: datetime, **how: Any) -> Stated:
            stated = super().read(now, **how)
            self.reads += 1
            if self.reads == 1:
                file.write_text(events_file({"garden": an_entry(), "late": an_entry(title="L")}))
            return stated

    outcome = Publisher(Hasty(file), store).publish()

    assert sorted(outcome.told.pins) == ["garden", "late"]
    assert outcome.told.version == 1


def test_two_publishers_at_once_tell_everything_once(file: Path, store: Store) -> None:
    """Another one publishes between the reading of the ledger and the writing."""

    class Late(Reader):
        is_late = False

        def read(self, now: datetime, **how: Any) -> Stated:
            if not self.is_late:
                self.is_late = True
                Publisher(Reader(file), store).publish()
            return super().read(now, **how)

    outcome = Publisher(Late(file), store).publish()

    assert outcome.told.version == 1
    assert outcome.publication is not None
    assert outcome.publication.is_empty


def test_sources_that_never_come_to_rest_are_said_so(file: Path, store: Store) -> None:
    class Restless(Reader):
        def read(self, now: datetime, **how: Any) -> Stated:
            stated = super().read(now, **how)
            file.write_text(file.read_text() + "# again\n")
            return stated

    with pytest.raises(LedgerError, match="changed each time they were read"):
        Publisher(Restless(file), store).publish()
    assert store.version() == 0


def test_what_does_not_read_back_as_meant_is_not_told(
    file: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ReadBackError("garden: SUMMARY")

    monkeypatch.setattr(readback, "check", refuse)
    with pytest.raises(ReadBackError):
        Publisher(Reader(file), store).publish()
    assert store.version() == 0


def with_picture(file: Path, body: bytes) -> None:
    (file.parent / "garden.png").write_bytes(body)
    image = {"file": "garden.png", "alt": "A garden"}
    file.write_text(events_file({"garden": an_entry(image=image)}))


def test_pictures_are_kept_by_the_ledger(file: Path, store: Store) -> None:
    with_picture(file, PNG)
    Publisher(Reader(file), store).publish()
    kept = store.picture(hashlib.sha256(PNG).hexdigest()[:16])
    assert kept is not None
    assert (kept.body, kept.extension) == (PNG, "png")


def test_a_new_picture_under_the_same_name_counts(file: Path, store: Store) -> None:
    with_picture(file, PNG)
    publisher = Publisher(Reader(file), store)
    publisher.publish()
    with_picture(file, PNG + b"other")
    (revision,) = publisher.publish().told.revisions.values()
    assert revision.sequence == 1


class Spoilt(Publisher):
    """Its picture changes after the files were read and before it is taken over."""

    def __init__(self, file: Path, store: Store, spoil: Callable[[Path], object]) -> None:
        super().__init__(Reader(file), store)
        self._spoil = spoil
        self._picture = file.parent / "garden.png"
        self._looks = 0

    def sources(self) -> str:
        found = super().sources()
        self._looks += 1
        if self._looks == 3:  # two looks that agree, and one after reading
            self._spoil(self._picture)
        return found


def test_a_picture_that_is_saved_again_while_it_is_published_is_taken_as_it_is_then(
    file: Path, store: Store
) -> None:
    with_picture(file, PNG)
    publisher = Spoilt(file, store, lambda picture: picture.write_bytes(PNG + b"again"))

    publisher.publish()

    assert store.picture(hashlib.sha256(PNG + b"again").hexdigest()[:16]) is not None
    assert store.picture(hashlib.sha256(PNG).hexdigest()[:16]) is None


def test_a_picture_that_goes_while_it_is_published_is_a_problem_of_the_file(
    file: Path, store: Store
) -> None:
    with_picture(file, PNG)
    with pytest.raises(SourceError, match=r"garden\.png"):
        Spoilt(file, store, lambda picture: picture.unlink()).publish()


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda picture: picture.write_bytes(PNG + b"again"), id="other bytes"),
        pytest.param(lambda picture: picture.unlink(), id="gone"),
    ],
)
def test_a_picture_that_is_saved_again_before_it_is_shown_asks_for_another_try(
    file: Path, spoil: Callable[[Path], object]
) -> None:
    with_picture(file, PNG)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    stated = Reader(file).read(now)
    spoil(file.parent / "garden.png")
    with pytest.raises(SavedAgainError, match=r"garden\.png: saved again.*\nRun the command again"):
        would_tell(stated, Told(ledger_id=""), now=now)


def test_a_publisher_that_is_stopped_waits_no_more(file: Path, store: Store) -> None:
    publisher = Publisher(Reader(file), store, clock=lambda: datetime(2026, 11, 23, tzinfo=UTC))
    publisher.stop()
    assert publisher.settled_sources() == publisher.sources()
