"""The site as files: what a server would answer, in the folder of a static host."""

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from calfeed.addresses import file_of
from calfeed.formats import nginx
from calfeed.formats.nginx import Answer, Served
from calfeed.representation import ON_ALL, Coding, Representation
from calfeed.site import Table

LEFT = (
    *(f"{folder}/*.{kind}*" for folder in ("feeds", "events") for kind in ("ics", "json", "atom")),
    "**/index.html*",
)
"""The files of feeds and pages, compressed or not."""

SUFFIXES = {Coding.IDENTITY: "", Coding.GZIP: ".gz", Coding.BROTLI: ".br", Coding.ZSTD: ".zst"}

NOTHING = {**ON_ALL, "cache-control": "no-store"}
"""The headers where there is nothing, and no page that says so."""

FROM_THE_FILE = {"content-type", "location", "vary"}
"""Headers that a web server is told otherwise, or finds out itself."""


def export(table: Table, out: Path, *, for_nginx: Path | None = None) -> int:
    """Write every path of *table* below *out*; return how many there are.

    A file is replaced whole, so that a web server reading it never sees half of one, and one that
    is as it was keeps its time. Feeds and pages that an earlier export left and the site has no
    more are taken away.

    Into *for_nginx* comes how nginx answers with them. It can say that a feed has ended, so there
    are files for those, too: without a status they would be calendars that none can read.

    Raises:
        CalfeedError: nginx has no way to say something.
    """
    written: set[Path] = set()
    served: list[Served] = []
    for path in chain(table.paths(), table.farewells() if for_nginx else ()):
        representation = table.make(path)
        if representation is not None:  # a picture may have gone with its ledger
            written |= _write(out / file_of(path), representation)
            served.append(_served(path, representation))
        table.forget(path)
    if for_nginx:
        languages = table.snapshot.site.languages
        own = table.snapshot.site.language
        first = sorted(languages, key=lambda one: one != own)
        _replace(for_nginx, nginx.render(served, languages=first, otherwise=NOTHING))
    for kind in LEFT:
        for left in set(out.glob(kind)) - written:
            left.unlink()
    return len(served)


def _served(path: str, representation: Representation) -> Served:
    """Return how *path* is answered, but for what nginx makes of the file itself."""
    fields = _fields(representation)
    location = fields.get("location", "")
    chooses = bool(representation.translations) and all(
        _fields(one).get("location") == f"/{language}{path}"
        for language, one in representation.translations.items()
    )
    headers = {name: said for name, said in fields.items() if name not in FROM_THE_FILE}
    if vary := ", ".join(_varies_by(fields)):
        headers["vary"] = vary
    answer = Answer(
        status=int(representation.status),
        media_type=fields["content-type"],
        headers=tuple(sorted(headers.items())),
        chooses=chooses,
    )
    return Served(path=path, answer=answer, location="" if chooses else location)


def _varies_by(fields: Mapping[str, str]) -> Iterator[str]:
    """Yield what Vary names beside the coding, which nginx adds for a file that has several."""
    for name in fields.get("vary", "").split(", "):
        if name and name != "Accept-Encoding":
            yield name


def _fields(representation: Representation) -> Mapping[str, str]:
    fields = (*representation.kept, *representation.whole)
    return {name.decode(): said.decode() for name, said in fields}


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
