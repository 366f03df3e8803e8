"""What a publication would tell, as lines for people, for a pull request, and for programs."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from calfeed.cli.report import visible
from calfeed.cli.saying import counted
from calfeed.comparing import MASTER, PropertyChange

NOTHING = "Nothing would be told: subscribers have it all."
NAMES = "names and settings of the calendars"

MARKDOWN_LIMIT = 60_000
"""Characters of a comment; GitHub takes 65,536."""

_NAMED = 12
"""How many events of one calendar are named."""

_LINKED = re.compile(r"[@#](?=\w)|://|\bwww\.", re.IGNORECASE)
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~@&-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event that would be told: ``sign`` is + for new, ! for withdrawn, ~ for changed.

    ``revision`` says how SEQUENCE goes on, ``calendars`` whose subscribers see it.
    """

    sign: str
    event: str
    title: str
    what: str
    revision: str
    calendars: tuple[str, ...]
    properties: tuple[PropertyChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """All that would be told; ``against`` says beside what."""

    against: str
    entries: tuple[Entry, ...]
    has_other_names: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be told."""
        return not self.entries and not self.has_other_names

    @property
    def calendars(self) -> tuple[str, ...]:
        """The names of all calendars whose subscribers see something, in order."""
        return tuple(sorted({name for entry in self.entries for name in entry.calendars}))


def as_text(differences: Differences, *, details: bool) -> Iterator[str]:
    """Yield the lines that a person reads in a terminal; with *details* each property too."""
    if differences.is_empty:
        yield NOTHING
        return
    width = max((len(entry.event) for entry in differences.entries), default=0)
    for entry in differences.entries:
        yield visible(
            f"{entry.sign} {entry.event:<{width}}  {entry.what}   revision {entry.revision}"
            f"   {_seen(entry)}"
        )
        yield from _properties(entry.properties if details else ())
    if differences.has_other_names:
        yield f"~ {NAMES}"
    yield f"{_count(differences)}, beside {differences.against}:"
    for name in differences.calendars:
        yield f"  {visible(name)}: {', '.join(_of(name, differences))}"


def as_markdown(differences: Differences) -> str:
    """Return a comment for a pull request; what stands in the file cannot become anything else."""
    if differences.is_empty:
        return f"### Calendars\n\n{NOTHING}\n"
    head = f"### Calendars: {_count(differences)}\n\n"
    for name in differences.calendars:
        keys = ", ".join(f"`{key}`" for key in _of(name, differences))
        head += f"- {escaped(name)}: {keys}\n"
    head += "\n" if differences.calendars else ""
    text, shown = head, 0
    for entry in differences.entries:
        lines = _item(entry)
        if len(text) + len(lines) > MARKDOWN_LIMIT:
            break
        text, shown = text + lines, shown + 1
    if shown < len(differences.entries):
        text += f"- and {counted(len(differences.entries) - shown, 'more event')}\n"
    if differences.has_other_names:
        text += f"- {NAMES}\n"
    return text


def as_json(differences: Differences) -> str:
    """Return all of it as one JSON object."""
    data = {
        "against": differences.against,
        "events": [asdict(entry) for entry in differences.entries],
        "names_and_settings": differences.has_other_names,
        "calendars": list(differences.calendars),
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def escaped(text: str) -> str:
    """Return *text* on one line, where Markdown takes no sign of it for its own.

    GitHub makes links of names, numbers and addresses even then, unless something stands between.
    """
    apart = _LINKED.sub("\\g<0>\N{ZERO WIDTH SPACE}", visible(" ".join(text.split())))
    return _SPECIAL.sub(r"\\\1", apart)


def _of(calendar: str, differences: Differences) -> list[str]:
    """Return the events of one calendar that would be told, the first of many."""
    keys = [entry.event for entry in differences.entries if calendar in entry.calendars]
    more = [f"and {len(keys) - _NAMED} more"] if len(keys) > _NAMED else []
    return [*keys[:_NAMED], *more]


def _item(entry: Entry) -> str:
    line = f"- **{escaped(entry.title)}** (`{entry.event}`): {escaped(entry.what)}"
    line += f"; revision {escaped(entry.revision)}; {escaped(_seen(entry))}\n"
    lines = "\n".join(_properties(entry.properties))
    if not lines:
        return line
    fence = "`" * (max((len(run) for run in re.findall("`+", lines)), default=2) + 1)
    fence = max(fence, "```", key=len)
    inner = "\n".join(f"  {text}" for text in f"{fence}diff\n{lines}\n{fence}".split("\n"))
    summary = "<summary>what calendar apps get</summary>"
    return f"{line}\n  <details>{summary}\n\n{inner}\n\n  </details>\n\n"


def _properties(changes: Iterable[PropertyChange]) -> Iterator[str]:
    """Yield the lines of *changes*, those of one date of a series below its RECURRENCE-ID."""
    shown = MASTER
    for change in changes:
        if change.occurrence not in {MASTER, shown}:
            yield f"  {visible(change.occurrence)}"
        shown = change.occurrence
        for sign, lines in (("-", change.before), ("+", change.after)):
            for line in lines:
                yield f"{sign}   {visible(line)}"


def _seen(entry: Entry) -> str:
    return counted(len(entry.calendars), "calendar")


def _count(differences: Differences) -> str:
    entries: Sequence[Entry] = differences.entries
    return f"{counted(len(entries), 'event')} in {counted(len(differences.calendars), 'calendar')}"
