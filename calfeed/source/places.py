"""Characters of a text as an editor counts them: by line and column, with an excerpt."""

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from calfeed.errors import Place

BREAK = re.compile(r"\r\n|\r|\n")
WIDTH = 200
_BEFORE = 80


@dataclass(frozen=True, kw_only=True, eq=False)
class Lines:
    """The lines of a text, found when first asked for.

    A line ends with LF, CR LF or CR, as in editors. YAML also ends one at NEL and at the Unicode
    separators U+2028 and U+2029, which editors show inside a line, so its own count is not used.
    """

    name: str
    text: str

    def place(self, start: int, end: int) -> Place:
        """Return the place of the characters from *start* to *end*, both from 0.

        A line much longer than a terminal is wide is cut; what goes on below its line is
        underlined to that line's end, and what lies behind the last text is told at its end.
        """
        start = min(start, self._last)
        number = bisect_right(self._starts, start)
        first, last = self._bounds(number)
        end = max(start + 1, min(end, last))
        cut = start - first - _BEFORE if last - first > WIDTH and start - first > _BEFORE else 0
        before = [self._cut(*self._bounds(number - 1), cut=0)] if number > 1 else []
        return Place(
            file=self.name,
            line=number,
            column=start - first + 1,
            length=end - start,
            excerpt=(*before, self._cut(first, last, cut=cut)),
            cut=cut,
        )

    def line_of(self, index: int) -> int:
        """Return the number of the line, from 1, that has the character at *index*."""
        return bisect_right(self._starts, index)

    def line_at(self, index: int) -> str:
        """Return the text of the line that has the character at *index*, without its end."""
        first, last = self._bounds(self.line_of(index))
        return self.text[first:last]

    def start_of(self, index: int) -> int:
        """Return the index of the first character of the line that has the one at *index*."""
        return self._starts[self.line_of(index) - 1]

    @cached_property
    def _starts(self) -> "array[int]":
        return array("Q", [0, *(found.end() for found in BREAK.finditer(self.text))])

    @cached_property
    def _last(self) -> int:
        return len(self.text.rstrip())

    def _bounds(self, number: int) -> tuple[int, int]:
        first = self._starts[number - 1]
        if number == len(self._starts):
            return first, len(self.text)
        last = self._starts[number]
        return first, last - (2 if self.text.endswith("\r\n", first, last) else 1)

    def _cut(self, first: int, last: int, *, cut: int) -> str:
        shown = self.text[first + cut : min(last, first + cut + WIDTH)]
        if cut:
            shown = "…" + shown[1:]
        return shown[:-1] + "…" if first + cut + WIDTH < last else shown
