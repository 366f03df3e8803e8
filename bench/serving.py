"""Ready answers side by side: calfeed on one core beside nginx on the same, wrk on the other."""

import os
import re
import shutil
import statistics
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.commands import Sources
from bench.generate import INITIATIVES
from bench.machine import HOST, child_of, cpu_seconds, free_port, get, running, wait_for

SERVER_CORE = "0"
CLIENT_CORE = "1"
CONNECTIONS = "16"
WANTED_BYTES = 50_000
ROBOTS = "/robots.txt"

NGINX = """\
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 256; }}
http {{
    types {{ text/calendar ics; }}
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 10000000;
    gzip_static on;
    client_body_temp_path {folder}/nginx-body;
    proxy_temp_path {folder}/nginx-proxy;
    fastcgi_temp_path {folder}/nginx-fastcgi;
    uwsgi_temp_path {folder}/nginx-uwsgi;
    scgi_temp_path {folder}/nginx-scgi;
    server {{ listen {host}:{port}; root {root}; }}
}}
"""


@dataclass(frozen=True, kw_only=True)
class Server:
    """A server under test: where it listens, and the process that does the work."""

    name: str
    port: int
    pid: int


@dataclass(frozen=True, kw_only=True)
class Rate:
    """What one round measured."""

    requests_per_second: float
    cpu_microseconds: float


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The medians of all rounds of one kind of request, nginx beside calfeed."""

    name: str
    nginx: Rate
    calfeed: Rate

    @property
    def ratio(self) -> float:
        """calfeed's requests a second as a part of nginx's."""
        return self.calfeed.requests_per_second / self.nginx.requests_per_second


def compare(sources: Sources, *, folder: Path, rounds: int, seconds: int) -> list[Compared]:
    """Return how calfeed and nginx answer the same two requests, round about round."""
    root = folder / "export"
    with calfeed(sources, folder=folder) as ours:
        path = path_of_size(ours.port, WANTED_BYTES)
        for asked in (path, ROBOTS):
            export(asked, ours.port, root=root)
        print(f"the feed asked for: {path}, {(root / path[1:]).stat().st_size} bytes", flush=True)
        with nginx(root, folder=folder) as theirs:
            return [
                compare_one(name, headers, path, (theirs, ours), rounds=rounds, seconds=seconds)
                for name, headers in (
                    ("304 to a conditional GET", {"If-None-Match": "its ETag"}),
                    ("200 in gzip", {"Accept-Encoding": "gzip"}),
                )
            ]


def compare_one(  # noqa: PLR0913  # the parts of one experiment
    name: str,
    headers: dict[str, str],
    path: str,
    servers: tuple[Server, Server],
    *,
    rounds: int,
    seconds: int,
) -> Compared:
    """Return the medians of interleaved rounds: a noisy minute hits both servers alike."""
    asked = {server.name: told_etag(server, path, headers) for server in servers}
    measured: dict[str, list[Rate]] = {server.name: [] for server in servers}
    for _ in range(rounds):
        for server in servers:
            measured[server.name].append(load(server, path, asked[server.name], seconds=seconds))
    nginx, calfeed = (median(measured[server.name]) for server in servers)
    return Compared(name=name, nginx=nginx, calfeed=calfeed)


def told_etag(server: Server, path: str, headers: dict[str, str]) -> dict[str, str]:
    """Return *headers* with the server's own ETag, once it has shown that it answers them."""
    _, told, _ = get(path, port=server.port)
    headers = {name: told["etag"] if name == "If-None-Match" else headers[name] for name in headers}
    status, told, _ = get(path, port=server.port, headers=headers)
    if (status, told.get("content-encoding")) not in {(304, None), (200, "gzip")}:
        raise RuntimeError(f"{server.name} answers {path} with {status}, {told}")
    return headers


def load(server: Server, path: str, headers: dict[str, str], *, seconds: int) -> Rate:
    """Return what one round of wrk did to a server."""
    command = ["taskset", "-c", CLIENT_CORE, "wrk", "-t1", "-c", CONNECTIONS, f"-d{seconds}s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    before = cpu_seconds(server.pid)
    command.append(f"http://{HOST}:{server.port}{path}")
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    used = cpu_seconds(server.pid) - before
    requests = int(found(r"(\d+) requests in", said))
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"{server.name} did not answer all requests:\n{said}")
    return Rate(
        requests_per_second=float(found(r"Requests/sec:\s+([\d.]+)", said)),
        cpu_microseconds=used / requests * 1e6,
    )


def found(pattern: str, text: str) -> str:
    """Return the first group of *pattern*, which wrk is known to print."""
    match = re.search(pattern, text)
    if match is None:
        raise RuntimeError(f"wrk did not say {pattern}:\n{text}")
    return match[1]


def median(rates: list[Rate]) -> Rate:
    """Return the median of each number."""
    return Rate(
        requests_per_second=statistics.median(rate.requests_per_second for rate in rates),
        cpu_microseconds=statistics.median(rate.cpu_microseconds for rate in rates),
    )


def path_of_size(port: int, wanted: int) -> str:
    """Return the path of the feed at *port* whose size is nearest to *wanted* bytes."""
    paths = [f"/feeds/initiative-{number}.ics" for number in range(INITIATIVES)]
    return min(paths, key=lambda path: abs(len(get(path, port=port)[2]) - wanted))


def export(path: str, port: int, *, root: Path) -> None:
    """Write what is at *path* to a file below *root*, as ``calfeed build`` does, and its gzip."""
    file = root / path[1:]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(get(path, port=port)[2])
    _, _, compressed = get(path, port=port, headers={"Accept-Encoding": "gzip"})
    file.with_name(f"{file.name}.gz").write_bytes(compressed)


@contextmanager
def nginx(root: Path, *, folder: Path) -> Iterator[Server]:
    """Run nginx on the export, with one worker, pinned."""
    port = free_port()
    configuration = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # the export is its owner's to read
    configuration.write_text(
        NGINX.format(folder=folder, root=root, port=port, host=HOST, user=user)
    )
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    command = ["taskset", "-c", SERVER_CORE, program, "-c", str(configuration), "-p", str(folder)]
    with running(command, log=folder / "nginx.out") as process:
        wait_for(ROBOTS, port=port, process=process)
        yield Server(name="nginx", port=port, pid=child_of(process.pid))


@contextmanager
def calfeed(sources: Sources, *, folder: Path) -> Iterator[Server]:
    """Run calfeed's server, pinned."""
    port = free_port()
    command = ["taskset", "-c", SERVER_CORE, *sources.serve(port)]
    with running(command, log=folder / "serve.log") as process:
        wait_for("/readyz", port=port, process=process)
        yield Server(name="calfeed", port=port, pid=process.pid)
