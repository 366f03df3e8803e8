"""Problems that have one certain meaning, mended in the text: nothing else of it changes."""

from collections.abc import Iterable

from calfeed.errors import Mend
from calfeed.source.places import BREAK


def mended(text: str, mends: Iterable[Mend]) -> str:
    """Return *text* with all *mends*, which were found in it; of two that overlap, the first."""
    starts = [0, *(found.end() for found in BREAK.finditer(text))]
    pieces, at = [], 0
    for mend in sorted(set(mends), key=lambda one: (one.line, one.column)):
        begin = starts[mend.line - 1] + mend.column - 1
        if begin >= at:
            pieces += [text[at:begin], mend.text]
            at = begin + mend.length
    return "".join([*pieces, text[at:]])
