"""The site as files: what a server would answer, in the folder of a static host."""

from pathlib import Path

from calfeed.representation import Coding, Representation
from calfeed.site import Table

LEFT = (
    *(f"{folder}/*.{kind}*" for folder in ("feeds", "events") for kind in ("ics", "json", "atom")),
    "**/index.html*",
)
"""The files of feeds and pages, compressed or not."""

SUFFIXES = {Coding.IDENTITY: "", Coding.GZIP: ".gz", Coding.BROTLI: ".br", Coding.ZSTD: ".zst"}


def export(table: Table, out: Path) -> int:
    """Write every path of *table* below *out*; return how many there are.

    A file is replaced whole, so that a web server reading it never sees half of one, and one that
    is as it was keeps its time. Feeds and pages that an earlier export left and the site has no
    more are taken away.
    """
    written = set()
    count = 0
    for path in table.paths():
        representation = table.make(path)
        if representation is not None:  # a picture may have gone with its ledger
            target = out / _file_of(path)
            written |= _write(target, representation)
            count += 1
    for kind in LEFT:
        for left in set(out.glob(kind)) - written:
            left.unlink()
    return count


def _file_of(path: str) -> str:
    """Return the file that a static host shows at *path*: of a folder, its index."""
    return path.removeprefix("/") + ("index.html" if path.endswith("/") else "")


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
