"""Worker processes: that they serve together, are replaced, and never outlive their parent."""

import os
import signal
from ctypes import CDLL
from pathlib import Path

import pytest

from tests.web.live import PATIENCE, Live, a_process, until_refused


def a_worker(live: Live) -> int:
    """Return the number of the process that answers."""
    return int(live.ask("/ready.ics").body)


def test_they_serve_one_socket_together(tmp_path: Path) -> None:
    with a_process(tmp_path / "fifo", workers=2) as (process, live):
        one = a_worker(live)
        os.kill(one, signal.SIGSTOP)
        try:
            other = a_worker(live)
        finally:
            os.kill(one, signal.SIGCONT)

    assert len({process.pid, one, other}) == 3


def test_one_that_ends_is_replaced_and_no_connection_refused_meanwhile(tmp_path: Path) -> None:
    with a_process(tmp_path / "fifo", workers=1) as (process, live):
        workers = [a_worker(live)]
        for _ in range(2):
            os.kill(workers[-1], signal.SIGKILL)
            workers.append(a_worker(live))
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=PATIENCE)

    assert len(set(workers)) == 3
    assert process.returncode == 0
    assert told.splitlines() == [
        f"worker {workers[0]} ended with status -9; the next one begins in 0.0 s",
        f"worker {workers[1]} ended with status -9; the next one begins in 0.5 s",
    ]


def test_those_that_cannot_begin_are_tried_again_until_somebody_stops_it(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    with a_process(fifo, workers=1, work="fail") as (process, _):
        tries = [fifo.read_text() for _ in range(3)]
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=PATIENCE)

    assert tries == ["no luck"] * 3
    assert process.returncode == 0
    assert "ended with status 1; the next one begins in 0.5 s" in told


@pytest.mark.parametrize("workers", [0, 1])
def test_who_was_told_to_stop_before_it_served_stops(tmp_path: Path, workers: int) -> None:
    with a_process(tmp_path / "fifo", workers=workers, work="held") as (process, _):
        said, _ = process.communicate(timeout=PATIENCE)

    assert (process.returncode, said) == (0, "ended\n")


def test_a_signal_is_heard_whichever_thread_the_system_gives_it_to(tmp_path: Path) -> None:
    with a_process(tmp_path / "fifo", workers=1) as (process, live):
        a_worker(live)
        threads = [int(path.name) for path in Path(f"/proc/{process.pid}/task").iterdir()]
        (other,) = set(threads) - {process.pid}
        assert CDLL(None).tgkill(process.pid, other, signal.SIGTERM) == 0
        process.communicate(timeout=PATIENCE)

    assert process.returncode == 0


def test_none_outlives_its_parent(tmp_path: Path) -> None:
    with a_process(tmp_path / "fifo", workers=2) as (process, live):
        assert a_worker(live) != process.pid
        process.kill()
        until_refused(live)
