"""A real nginx on a folder, with what calfeed wrote for it."""

import http.client
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.readers.available import find_program
from tests.spine import free_port

CONFIGURATION = """\
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
    {server}
}}
"""


OPERATING = Path(__file__).parent.parent / "docs" / "operating.md"


@contextmanager
def nginx(server: str, folder: Path) -> Iterator[int]:
    """Yield the port of nginx with the block *server*, whose port is 80; it writes to *folder*."""
    user = "user root;" if os.geteuid() == 0 else ""  # what pytest writes is its own to read
    port, file = free_port(), folder / "nginx.conf"
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};")
    file.write_text(CONFIGURATION.format(folder=folder, server=server, user=user))
    with subprocess.Popen([find_program("nginx", "/usr/sbin") or "nginx", "-c", file]) as process:
        try:
            _wait_for(port, process)
            yield port
        finally:
            process.terminate()


def documented(root: Path, snippet: Path) -> str:
    """Return the block that docs/operating.md shows, for these two."""
    text = OPERATING.read_text(encoding="utf-8").split("## A static site")[1]
    block = text.split("```nginx\n")[1].split("```")[0]
    block = block.replace("/srv/calfeed/OUT", str(root))
    return block.replace("/etc/nginx/calfeed.conf", str(snippet))


def get(
    port: int, path: str, headers: Mapping[str, str]
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Return status, headers and body of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            get(port, "/robots.txt", {})
        except ConnectionRefusedError:
            continue
        return
    raise AssertionError("nginx did not start")
