"""The benchmark, as Markdown tables: ready answers beside nginx, and what publishing costs."""

import argparse
import os
import platform
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.commands import Sources
from bench.generate import generate
from bench.machine import TooLongError
from bench.pages import lists_after_a_start, made_pages
from bench.publishing import Published, measure, percentile
from bench.serving import Compared, compare

FILES = 200
SERVED_EVENTS = 2_000


def main() -> None:
    """Measure calfeed on this machine, on loopback alone, and print what was found."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of events")
    parser.add_argument("--rounds", type=int, default=5, help="rounds beside nginx; 0: none")
    parser.add_argument("--seconds", type=int, default=4, help="of each round")
    asked = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {processor()}\n")
    with tempfile.TemporaryDirectory(prefix="calfeed-bench-") as folder:
        if asked.rounds:
            print_all(served(Path(folder), rounds=asked.rounds, seconds=asked.seconds))
        sizes = [int(size) for size in asked.sizes.split(",") if size]
        print_all(published(Path(folder), sizes=sizes))
        print_all(paged(Path(folder), sizes=sizes))


def print_all(lines: Iterator[str]) -> None:
    """Print each line when it is known: the whole takes minutes."""
    for line in lines:
        print(line, flush=True)
    print()


def served(folder: Path, *, rounds: int, seconds: int) -> Iterator[str]:
    """Yield the table of ready answers beside nginx."""
    missing = [name for name in ("wrk", "nginx", "taskset") if not has(name)]
    if missing or (os.cpu_count() or 1) < 2:  # noqa: PLR2004  # one for the server, one for wrk
        yield f"Ready answers are not measured: two cores and {', '.join(missing)} are wanted."
        return
    beside = folder / "served"
    sources = Sources(
        path=generate(beside / "events", events=SERVED_EVENTS, files=FILES),
        ledger=beside / "ledger.sqlite",
    )
    compared = compare(sources, folder=beside, rounds=rounds, seconds=seconds)
    yield "| request | nginx /s | calfeed /s | of nginx | nginx CPU | calfeed CPU |"
    yield "|---|--:|--:|--:|--:|--:|"
    yield from map(compared_row, compared)


def compared_row(compared: Compared) -> str:
    """Return one row: requests a second, their ratio, and processor time of one request."""
    nginx, calfeed = compared.nginx, compared.calfeed
    return (
        f"| {compared.name} | {nginx.requests_per_second:,.0f} "
        f"| {calfeed.requests_per_second:,.0f} | {compared.ratio:.2f} "
        f"| {nginx.cpu_microseconds:.0f} µs | {calfeed.cpu_microseconds:.0f} µs |"
    )


def published(folder: Path, *, sizes: list[int]) -> Iterator[str]:
    """Yield the table of what publishing costs, for each size in one file and in many."""
    yield (
        "| events | in | first publication | restart | edit served: median, worst "
        "| 304 at rest: p99, max | 304 meanwhile: p99, max | peak memory |"
    )
    yield "|--:|---|--:|--:|--:|--:|--:|--:|"
    for size in sizes:
        for files, name in ((1, "one file"), (FILES, f"{FILES} files")):
            beside = folder / f"{size}-{files}"
            sources = Sources(
                path=generate(beside / "events", events=size, files=files),
                ledger=beside / "ledger.sqlite",
            )
            try:
                measured = published_row(measure(sources, log=beside / "serve.log"))
            except TooLongError as error:
                measured = f"given up: {error}"
            yield f"| {size:,} | {name} | {measured} |"


def paged(folder: Path, *, sizes: list[int]) -> Iterator[str]:
    """Yield the table of what pages cost when they are first asked for, for each size."""
    yield "| events | page | made | after a start | after a publication: median, p99 | largest |"
    yield "|--:|---|--:|--:|--:|--:|"
    for size in sizes:
        sources = Sources(
            path=generate(folder / f"{size}-paged" / "events", events=size),
            ledger=folder / f"{size}-paged" / "ledger.sqlite",
        )
        sources.publish()
        lists = lists_after_a_start(sources)
        yield f"| {size:,} | all lists, and what is drawn ahead | 1 | {lists:.0f} ms | | |"
        for kind in made_pages(sources):
            first, median = statistics.median(kind.at_first), statistics.median(kind.took)
            most = percentile(kind.took, 99)
            yield (
                f"| {size:,} | {kind.name} | {len(kind.took)} | {first:.2f} ms "
                f"| {median:.2f}, {most:.2f} ms | {kind.largest / 1000:.1f} kB |"
            )


def published_row(published: Published) -> str:
    """Return the cells of what was measured."""
    median, worst = statistics.median(published.edits), max(published.edits)
    return (
        f"{published.first:.2f} s | {published.restart:.2f} s | {median:.2f}, {worst:.2f} s "
        f"| {latencies(published.quiet)} | {latencies(published.busy)} | {published.peak:.0f} MB"
    )


def latencies(took: tuple[float, ...]) -> str:
    """Return the 99th percentile and the longest of *took*, in milliseconds."""
    return f"{percentile(took, 99) * 1000:.1f}, {max(took) * 1000:.1f} ms"


def has(program: str) -> bool:
    """Return whether *program* is installed, where Debian puts servers too."""
    return shutil.which(program) is not None or Path(f"/usr/sbin/{program}").exists()


def processor() -> str:
    """Return the processor's name as the kernel has it."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "?")


if __name__ == "__main__":
    main()
