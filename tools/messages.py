"""Bring every catalogue of messages up to date with what calfeed says: ``make messages``.

A message is the first argument of ``say`` or ``message``, in Python or in a template. Catalogues
keep what is translated, get what is new with nothing to say for it yet, and lose what is no more.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

CALFEED = Path(__file__).parents[1] / "calfeed"
LOCALE = CALFEED / "locale"
METHODS = [
    ("words.py", "python"),
    ("states.py", "python"),
    ("changelog.py", "python"),
    ("formats/**.py", "python"),
    ("formats/pages/templates/**.html", "jinja2"),
]
KEYWORDS: dict[str, tuple[int, ...] | None] = {"say": None, "message": None}


def main() -> None:
    """Write every catalogue anew, and say how much each leaves unsaid."""
    messages = sorted(set(said()))
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/calfeed.po")):
        catalogue = updated(path, messages)
        path.write_bytes(catalogue)
        missing = sum(not entry.string for entry in read_po(BytesIO(catalogue)) if entry.id)
        sys.stdout.write(f"{path.parts[-3]}: {missing} of {len(messages)} to be translated\n")


def said() -> Iterator[str]:
    """Yield every message that there is."""
    found = extract_from_dir(CALFEED, METHODS, keywords=KEYWORDS)
    for _, _, message, _, _ in found:
        yield message if isinstance(message, str) else message[0]


def updated(path: Path, messages: list[str]) -> bytes:
    """Return the catalogue at *path* with these *messages*, its head as it is."""
    source = path.read_bytes()
    language = path.parts[-3]
    known = read_po(BytesIO(source), locale=language)
    catalogue = Catalog(locale=language)
    for message in messages:
        entry = known.get(message)
        catalogue.add(message, entry.string if entry else "")
    written = BytesIO()
    write_po(written, catalogue, omit_header=True, width=100, sort_output=True)
    head = source[: source.index(b"\n\n") + 2]
    return head + written.getvalue().strip() + b"\n"


if __name__ == "__main__":
    main()
