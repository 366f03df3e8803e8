"""Requests that are really made, and what comes when nothing good can."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from calfeed.cli.asking import asking
from calfeed.doctor.answers import Answer, Failure, Request, Trouble
from tests.doctor.servers import PATH, Asked, Reply, a_server

KEY = Path(__file__).with_name("self-signed.pem")


@contextmanager
def a_line(sends: bytes) -> Iterator[str]:
    """Yield the address of what sends *sends* to whoever asks, and then hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(sends)

        thread = Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


def asked(url: str, **limits: float) -> Answer | Failure:
    return asking(**limits)(Request(url=url, headers=(("User-Agent", "a test"),)))  # type: ignore[arg-type]  # deadline and timeout alone


def test_a_request_is_sent_as_it_is_and_the_answer_kept_as_it_came() -> None:
    seen: list[Asked] = []

    def echo(request: Asked, _: Reply) -> Reply:
        seen.append(request)
        return Reply(status=302, fields={"Location": "/elsewhere", "X-A": "é"}, body=b"\x1f\x8b")

    with a_server(echo) as address:
        url = address + PATH
        headers = (("User-Agent", "a test"), ("Accept-Encoding", "br"))
        answer = asking()(Request(url=url, method="OPTIONS", headers=headers))

    assert answer == Answer(
        url=url, status=302, headers=(("Location", "/elsewhere"), ("X-A", "é")), body=b"\x1f\x8b"
    )
    (request,) = seen
    assert request.method == "OPTIONS"
    assert dict(request.fields) == {
        "accept-encoding": "br",
        "connection": "close",
        "host": url.split("/")[2],
        "user-agent": "a test",
    }


def test_no_such_host() -> None:
    assert asked("http://nobody.invalid/a") == Failure(
        url="http://nobody.invalid/a", trouble=Trouble.NO_SUCH_HOST, detail="nobody.invalid"
    )


def test_nobody_answers() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        found = asked(f"http://127.0.0.1:{closed.getsockname()[1]}/")
    assert isinstance(found, Failure)
    assert found.trouble is Trouble.NOBODY_ANSWERS
    assert found.detail.endswith("Connection refused")


@pytest.mark.parametrize(
    ("limits", "detail"),
    [({"deadline": 0.05}, "more than 0.05 seconds"), ({"timeout": 0.05}, " is silent")],
)
def test_silence(limits: dict[str, float], detail: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        found = asked(f"http://127.0.0.1:{silent.getsockname()[1]}/", **limits)
    assert isinstance(found, Failure)
    assert found.trouble is Trouble.TOO_SLOW
    assert found.detail.endswith(detail)


@pytest.mark.parametrize(
    ("sends", "trouble"),
    [
        (b"220 mail.town.example ESMTP\r\n", Trouble.NO_HTTP),
        (b"", Trouble.NO_HTTP),
        (b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 200 + b"\r\n", Trouble.NO_HTTP),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", Trouble.CUT_OFF),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nab", Trouble.CUT_OFF),
    ],
    ids=["another protocol", "nothing", "a flood of fields", "cut off", "cut off in a piece"],
)
def test_what_is_no_answer(sends: bytes, trouble: Trouble) -> None:
    with a_line(sends) as address:
        found = asked(address)
    assert isinstance(found, Failure)
    assert found.trouble is trouble


def test_no_tls() -> None:
    with a_line(b"HTTP/1.1 400 Bad Request\r\n\r\n") as address:
        found = asked(address.replace("http:", "https:"))
    assert isinstance(found, Failure)
    assert found.trouble is Trouble.NO_HTTP


def test_a_certificate_that_nobody_vouches_for() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(KEY)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            connection, _ = listener.accept()
            with connection, pytest.raises(ssl.SSLError):
                context.wrap_socket(connection, server_side=True)

        thread = Thread(target=greet)
        thread.start()
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        found = asked(f"https://{host}/")
        thread.join()
    assert found == Failure(
        url=f"https://{host}/",
        trouble=Trouble.CERTIFICATE,
        detail=f"{host}: self-signed certificate",
    )


def test_nothing_but_the_web_is_opened() -> None:
    found = asked("file:///etc/passwd")
    assert isinstance(found, Failure)
    assert found.trouble is not Trouble.NO_SUCH_HOST


def test_a_defect_is_not_taken_for_a_slow_server() -> None:
    with pytest.raises(AttributeError):
        asking()(Request(url="http://127.0.0.1:1/", headers=((1, "a"),)))  # type: ignore[arg-type]  # on purpose
