"""The events file as it was in a revision of its git repository."""

import subprocess
import tarfile
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from calfeed.errors import CalfeedError
from calfeed.ledger.told import Told
from calfeed.publisher import would_tell
from calfeed.source.files import LARGEST_DOCUMENT, LARGEST_PICTURE, SUFFIXES
from calfeed.source.reader import Reader

_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif")


def told_in_revision(path: Path, revision: str, now: datetime) -> Told:
    """Return what would have been told of *path* in *revision* of the repository that has it.

    Raises:
        CalfeedError: there is no git, no repository, no such revision, or no such file in it.
        SourceError: they had errors then.
    """
    folder = path.absolute().parent
    with TemporaryDirectory(prefix="calfeed-") as scratch:
        _extract(_archive(folder, revision), Path(scratch))
        then = Path(scratch) / path.name
        if not then.exists():
            raise CalfeedError(
                f"there is no {path.name} in {revision}\n"
                "Compare with a revision that has it, or with a file:  calfeed diff OLD-FILE"
            )
        return would_tell(Reader(then).read(now), Told(ledger_id=""), now=now).told


def _archive(folder: Path, revision: str) -> bytes:
    """Return all that *folder* held in *revision*, as a tar file."""
    if revision.startswith("-"):
        raise _no_revision(revision)
    command = ["git", "-C", str(folder), "archive", "--format=tar", revision, "--", "."]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell
    except OSError as error:
        raise CalfeedError(f"git cannot be run: {error.strerror}\nIs it installed?") from error
    if done.returncode:
        raise _no_revision(revision)
    return done.stdout


def _no_revision(revision: str) -> CalfeedError:
    return CalfeedError(
        f'"{revision}" is no ledger, no address, and no revision of git that has these events\n'
        "Compare for example with  --against main  or  --against https://events.example.eu"
    )


def _extract(archive: bytes, to: Path) -> None:
    """Write the documents and the pictures of *archive*, and nothing else of it, below *to*."""
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        for member in tar:
            name = PurePosixPath(member.name)
            most = LARGEST_DOCUMENT if name.suffix in SUFFIXES else LARGEST_PICTURE
            is_wanted = name.suffix.lower() in {*SUFFIXES, *_PICTURES} and member.size <= most
            is_inside = not name.is_absolute() and ".." not in name.parts
            content = tar.extractfile(member) if is_wanted and is_inside else None
            if content is not None and member.isfile():
                target = to / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())
