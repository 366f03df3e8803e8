"""Where a parser stopped, and what it had read until then: what its own error does not say."""

import re
from contextlib import suppress
from dataclasses import dataclass

from yaml import CBaseLoader
from yaml.error import MarkedYAMLError
from yaml.events import CollectionEndEvent, CollectionStartEvent, Event, ScalarEvent

from calfeed.errors import Mend
from calfeed.source.mending import in_quotes
from calfeed.source.places import Lines
from calfeed.source.spans import bounds

QUOTES = ("'", '"')

_COMMENT = re.compile(r"\s#.*")
_NAMED = re.compile(r" *(?:- +)*(?:[^\s:#\[{\"'][^:#\[{\"']*: +)?")
"""What stands before a text of a group or a list without brackets."""
_NOT_PLAIN = {'"', "\\", "\t"}
_MARKS = {"&", "*", "!", "'"}
_BELOW = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))+( *)(?=\S)")
"""The lines from the end of one to the beginning of the next that is no comment."""
_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Where the parser stopped at ``index``, inside of what had begun at ``begin``.

    ``words`` and ``context`` are its own, ``last`` is what it had read before, ``bracket`` where
    the innermost bracket that is still open stands.
    """

    lines: Lines
    words: str
    context: str
    index: int
    begin: int
    last: Event
    bracket: int | None

    @property
    def end(self) -> int:
        """The index behind the text of the line, without the comment at its end."""
        return self.end_from(self.index)

    @property
    def is_at_colon(self) -> bool:
        """Whether a colon stopped the parser."""
        return self.lines.text.startswith(":", self.index)

    @property
    def is_after_quote(self) -> bool:
        """Whether a text in quotes was the last that was read."""
        return isinstance(self.last, ScalarEvent) and self.last.style in QUOTES

    @property
    def is_after_bracket(self) -> bool:
        """Whether a closing bracket was the last that was read."""
        start, end = bounds(self.last)
        return isinstance(self.last, CollectionEndEvent) and start < end

    def is_beside(self, index: int) -> bool:
        """Whether *index* is on the line where the parser stopped."""
        return self.lines.line_of(index) == self.lines.line_of(self.index)

    def end_from(self, start: int) -> int:
        """Return the index behind the text that goes on from *start* to the end of its line."""
        rest = self.lines.line_at(start)[start - self.lines.start_of(start) :]
        return start + len(_COMMENT.sub("", rest).rstrip())

    def in_quotes(self, start: int) -> str:
        """Return what to write: the line, all from *start* on in quotes; empty for a long one."""
        name = self.lines.text[self.lines.start_of(start) : start].lstrip()
        text = self.lines.text[start : self.end]
        if len(name) + len(text) > _SHOWN or "[" in name or "{" in name:
            return ""
        if text[:1] in QUOTES and text[0] == text[-1] and text.count(text[0]) % 2 and text[1:]:
            text = text[1:-1]  # 'it's': there are quotes around it, but of the wrong kind
        return f":  {name}{in_quotes(text)}"

    def quoting(self, start: int) -> Mend | None:
        """Return the mend that puts the text from *start* to the end of its line in quotes.

        None if it is more than that: with quotes or brackets of its own, or going on below.
        """
        line = self.lines.start_of(start)
        name, text = self.lines.text[line:start], self.lines.text[start : self.end]
        below = _BELOW.match(self.lines.text, line + len(self.lines.line_at(start)))
        goes_on = below is not None and len(below[1]) > len(name) - len(name.lstrip(" "))
        is_plain = not set(text) & _NOT_PLAIN and text[:1] not in _MARKS
        if goes_on or not is_plain or not _NAMED.fullmatch(name):
            return None
        return Mend(
            line=self.lines.line_of(start),
            column=start - line + 1,
            length=len(text),
            text=in_quotes(text),
        )


def find_stop(error: MarkedYAMLError, lines: Lines) -> Stop:
    """Return where the parser stopped that raised *error* at the text of *lines*.

    The text is parsed once more for it, as no parser keeps what it has read.
    """
    index = error.problem_mark.index if error.problem_mark else 0
    opened: list[CollectionStartEvent] = []
    last = Event()
    with suppress(MarkedYAMLError):
        for last in iter(CBaseLoader(lines.text).get_event, None):
            if isinstance(last, CollectionStartEvent):
                opened.append(last)
            elif isinstance(last, CollectionEndEvent):
                opened.pop()
    brackets = [bounds(event)[1] - 1 for event in opened if event.flow_style]
    return Stop(
        lines=lines,
        words=error.problem or "",
        context=error.context or "",
        index=index,
        begin=error.context_mark.index if error.context_mark else index,
        last=last,
        bracket=brackets[-1] if brackets else None,
    )
