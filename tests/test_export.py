"""The static export: on nginx it gives the very bytes that the server gives, at every address."""

import http.client
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from calfeed.exporting import export
from calfeed.model import Picture
from tests.builders import a_revision, an_event
from tests.cli.commands import spawn
from tests.house import House
from tests.readers.available import find_program
from tests.spine import Spine, a_spine, an_entry, events_file, free_port

SHIPPED = Path(__file__).parent.parent
LANGUAGES = ("en", "fr", "de", "el")
SUFFIXES = {"gzip": ".gz", "br": ".br", "zstd": ".zst"}
NGINX = """\
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        {docs}
    }}
}}
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spine]:
    """Serve the shipped events."""
    folder = Path(tmp_path_factory.mktemp("shipped"))
    shutil.copytree(SHIPPED / "images", folder / "images")
    with a_spine(folder, (SHIPPED / "events.yaml").read_text(encoding="utf-8")) as spine:
        yield spine


@pytest.fixture(scope="module")
def exported(served: Spine) -> Path:
    """Return the folder that the same site was exported to."""
    out = served.file.parent / "out"
    assert spawn("build", out, "--file", served.file).status == 0
    return out


def paths(exported: Path) -> list[str]:
    codings = tuple(SUFFIXES.values())
    files = (path for path in exported.rglob("*") if path.is_file())
    return sorted(
        f"/{path.relative_to(exported)}" for path in files if not path.name.endswith(codings)
    )


def asked(path: str) -> str:
    """Return the address that shows the file at *path*."""
    return path.removesuffix("index.html")


def test_every_file_of_the_export_has_the_bytes_of_the_server(
    served: Spine, exported: Path
) -> None:
    found = paths(exported)
    assert "/feeds/living-in-eu.fr.visible.utc.ics" in found
    assert "/events/commissioner-meets-eu-mayors.ics" in found
    assert any(path.startswith("/media/") for path in found)
    for path in found:
        status, headers, body = served.get(asked(path))
        assert body == (exported / path[1:]).read_bytes(), path
        assert status == (404 if "404" in path else 302 if is_neutral(path) else 200), path
        for coding, suffix in SUFFIXES.items():
            beside = exported / f"{path[1:]}{suffix}"
            _, headers, body = served.get(asked(path), {"Accept-Encoding": coding})
            assert (headers["Content-Encoding"] == coding) is beside.exists()
            assert body == (beside if beside.exists() else exported / path[1:]).read_bytes()


def test_a_picture_that_the_ledger_has_no_more_is_left_out(tmp_path: Path) -> None:
    image = Picture(sha256="ab" * 32, extension="png", alt={"en": "A garden"})
    (revision,) = (a_revision(an_event(image=image)),)
    house = House()
    house.publish(events_file({"garden": an_entry()}))
    (told,) = house.told.revisions.values()
    house.told = replace(house.told, revisions={told.uid: replace(revision, uid=told.uid)})

    export(house.table(), tmp_path)

    assert not (tmp_path / "media").exists()


def is_neutral(path: str) -> bool:
    """Whether *path* is a page's that names no language: a server leads on, a file lists them."""
    return path.endswith("/index.html") and path.split("/")[1] not in {*LANGUAGES, "embed"}


@pytest.mark.reader("nginx")
def test_nginx_serves_the_export_as_the_server_does(
    served: Spine, exported: Path, tmp_path: Path
) -> None:
    with nginx(exported, tmp_path) as port:
        for path in paths(exported):
            for coding in ("identity", "gzip"):
                ours = served.get(asked(path), {"Accept-Encoding": coding})
                theirs = get(port, asked(path), coding)
                assert theirs[2] == ours[2], path
                for name in ("Content-Type", "Content-Encoding", "Access-Control-Allow-Origin"):
                    assert theirs[1][name] == ours[1][name], (path, name)
        for path in ("/en/", "/embed/en/all/"):
            policy = served.get(path)[1]["Content-Security-Policy"]
            assert get(port, path, "identity")[1]["Content-Security-Policy"] == policy, path


@contextmanager
def nginx(root: Path, folder: Path) -> Iterator[int]:
    """Yield the port of nginx, set up with the lines of docs/operating.md for a static site."""
    operating = (SHIPPED / "docs" / "operating.md").read_text(encoding="utf-8")
    docs = operating.split("root /srv/calfeed/OUT;")[1].split("\n}")[0]
    user = "user root;" if os.geteuid() == 0 else ""  # what pytest writes is its own to read
    port, file = free_port(), folder / "nginx.conf"
    file.write_text(NGINX.format(folder=folder, port=port, root=root, docs=docs, user=user))
    with subprocess.Popen([find_program("nginx", "/usr/sbin") or "nginx", "-c", file]) as process:
        try:
            wait_for(port, process)
            yield port
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            get(port, "/robots.txt", "identity")
        except ConnectionRefusedError:
            continue
        return
    raise AssertionError("nginx did not start")


def get(port: int, path: str, coding: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": coding})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def test_the_shipped_events_begin_with_the_number_of_their_updates(served: Spine) -> None:
    numbers = {
        key: served.vevents(f"/events/{key}.ics")[0].sequence
        for key in (
            "commissioner-meets-eu-mayors",
            "usercentricities-summit-2021",
            "living-in-eu-coffee-corner",
            "smart-city-expo-2021",
            "local-green-deals-workshop",
        )
    }
    assert list(numbers.values()) == [1, 0, 2, 0, 1]
