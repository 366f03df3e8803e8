"""Processes on this machine: start one, ask whether it answers, read what it has used."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
PATIENCE = 900.0
"""Seconds after which a step is given up."""


class TooLongError(Exception):
    """A step took longer than the benchmark waits; its text says which."""


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.create_server((HOST, 0)) as listening:
        return int(listening.getsockname()[1])


def wait_for(path: str, *, port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when *path* is answered with 200.

    Raises:
        TooLongError: it is not, within the benchmark's patience, or the process has ended.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if answers(path, port=port):
            return
        time.sleep(0.005)
    raise TooLongError(f"{path} of {process.args!r} (exit status {process.poll()})")


def answers(path: str, *, port: int) -> bool:
    """Return whether *path* is answered with 200 now."""
    try:
        return get(path, port=port)[0] == http.client.OK
    except (OSError, http.client.HTTPException):
        return False


def get(
    path: str, *, port: int, headers: Mapping[str, str] | None = None
) -> tuple[int, Mapping[str, str], bytes]:
    """Return status, headers (lower-case names) and body of *path*."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", path, headers=dict(headers or {}))
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, named, answer.read()
    finally:
        connection.close()


@contextmanager
def running(command: Sequence[str], *, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run *command* in a process group of its own, what it says in *log*; end it at the end."""
    with (
        log.open("ab") as said,
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
        ) as process,
    ):
        try:
            yield process
        finally:
            stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process of ours with SIGTERM, or its whole group when it won't."""
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has used, in user and system mode together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_megabytes(pid: int) -> float:
    """Return the most memory that a process has held (VmHWM)."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(found.split()[1]) / 1024


def child_of(pid: int) -> int:
    """Return the first child of a process, as nginx's worker is of its master."""
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])
