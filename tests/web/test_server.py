"""How serving begins and ends: the socket, the signals, and the answers that are under way."""

import signal
import socket
from pathlib import Path

import pytest

from calfeed.errors import CalfeedError
from calfeed.web.server import AddressError, listen
from tests.web.live import PATIENCE, Live, a_process, a_reply, until_refused


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", [0, 2])
def test_who_is_told_to_stop_finishes_what_runs_and_ends_well(
    tmp_path: Path, number: signal.Signals, workers: int
) -> None:
    fifo = tmp_path / "fifo"
    with (
        a_process(fifo, workers=workers) as (process, live),
        live.connected() as asking,
        live.connected() as connection,
        connection.makefile("rb") as resting,
    ):
        connection.sendall(b"GET /ready.ics HTTP/1.1\r\nHost: x\r\n\r\n")
        assert a_reply(resting).status == 200
        asking.sendall(b"GET /slow.ics HTTP/1.1\r\nHost: x\r\n\r\n")
        with fifo.open("wb") as making:  # it opens when the making has begun
            process.send_signal(number)
            until_refused(live)
            making.write(b"made at last")
        answer = b"".join(iter(lambda: asking.recv(65536), b""))

        assert resting.read() == b""
        assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
        assert answer.endswith(b"\r\n\r\nmade at last")
        assert process.communicate(timeout=PATIENCE) == ("ended\n", "")
        assert process.returncode == 0


def test_a_taken_port_is_told() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressError) as told:
            listen("127.0.0.1", port)

    assert str(told.value) == f"cannot serve on 127.0.0.1, port {port}: Address already in use"


@pytest.mark.parametrize(
    ("host", "port"),
    [
        pytest.param("a..b", 8000, id="no name"),
        pytest.param("256.256.256.256", 8000, id="no address"),
        pytest.param("192.0.2.1", 0, id="an address of elsewhere"),
        pytest.param("127.0.0.1", 99_999, id="no port"),
        pytest.param("127.0.0.1", -1, id="less than no port"),
    ],
)
def test_an_address_that_cannot_be_had_is_told(host: str, port: int) -> None:
    with pytest.raises(CalfeedError, match=f"^cannot serve on {host}, port {port}: .+$"):
        listen(host, port)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])  # noqa: S104 - all there are
def test_connections_wait_from_the_moment_it_listens(host: str) -> None:
    with listen(host, 0) as listener, Live(listener.getsockname()[1]).connected() as client:
        assert client.getpeername()[1] == listener.getsockname()[1]


@pytest.mark.parametrize("host", ["::1", "::"])
def test_an_address_of_ipv6(host: str) -> None:
    with listen(host, 0) as listener:
        assert listener.family is socket.AF_INET6
