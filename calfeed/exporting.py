"""The site as files: what a server would answer, in the folder of a static host."""

from itertools import product
from pathlib import Path

from calfeed.representation import Coding, Representation
from calfeed.site import Table

OF_FEEDS = ("*.ics*", "*.json*")
"""How the files of feeds end, compressed or not."""

SUFFIXES = {Coding.IDENTITY: "", Coding.GZIP: ".gz", Coding.BROTLI: ".br", Coding.ZSTD: ".zst"}


def export(table: Table, out: Path) -> int:
    """Write every path of *table* below *out*; return how many there are.

    A file is replaced whole, so that a web server reading it never sees half of one, and one that
    is as it was keeps its time. What an earlier export left of feeds that the site has no more is
    taken away.
    """
    written = set()
    count = 0
    for path in table.paths():
        representation = table.make(path)
        if representation is not None:  # a picture may have gone with its ledger
            target = out / path.removeprefix("/")
            written |= _write(target, representation)
            count += 1
    for folder, files in product(("feeds", "events"), OF_FEEDS):
        for left in set((out / folder).glob(files)) - written:
            left.unlink()
    return count


def _write(target: Path, representation: Representation) -> set[Path]:
    target.parent.mkdir(parents=True, exist_ok=True)
    forms = {
        target.with_name(target.name + SUFFIXES[coding]): representation.coded(coding)
        for coding in representation.codings
    }
    for path, body in forms.items():
        _replace(path, body)
    return set(forms)


def _replace(target: Path, body: bytes) -> None:
    if target.exists() and target.read_bytes() == body:
        return
    beside = target.with_name(f".{target.name}.new")
    beside.write_bytes(body)
    beside.replace(target)
