"""What happened to an event of another calendar: its STATUS, and a word before its title."""

import re
from functools import cache

from calfeed.model import Change
from calfeed.source.advice import STATUS_WORDS
from calfeed.source.importing.components import Component
from calfeed.source.importing.texts import one_line
from calfeed.words import catalogue

WITHDRAWN = "withdrawn"

_PREFIXES = {
    "POSTPONED: ": Change.POSTPONED.value,
    "CANCELLED: ": Change.CANCELLED.value,
    "NEW DATE: ": Change.RESCHEDULED.value,
    "ONLINE: ": Change.MOVED_ONLINE.value,
    "WITHDRAWN: ": WITHDRAWN,
}
_LANGUAGES = ("en", "fr", "de", "el")


def state_of(event: Component, *, is_own: bool) -> tuple[str, str]:
    """Return what an event's title is without its state, and the state: a change, or nothing.

    *is_own*: calfeed wrote it, so that its own prefixes, and no others, are taken off.
    """
    title = one_line(event.text("SUMMARY"))
    change = ""
    for prefix, meant in _own_prefixes() if is_own else ():
        if title.startswith(prefix):
            title, change = title.removeprefix(prefix), meant
            break
    if not is_own:
        title, change = _without_word(title)
    if event.text("STATUS").upper() == "CANCELLED" and change not in {"postponed", WITHDRAWN}:
        change = Change.CANCELLED.value
    return title, change


def _without_word(title: str) -> tuple[str, str]:
    """Return *title* without a status word in front or behind, and the change that it names."""
    for change, words in STATUS_WORDS.items():
        for pattern in (
            rf"^\W*(?:{words})\s*[:!|–—-]+\s*(.+)$",
            rf"^[\[(]\s*(?:{words})\s*[\])]\s*(.+)$",
            rf"^(.+?)\s*[\[(]\s*(?:{words})\s*[\])]$",
            rf"^(.+?)\s*[:!|–—-]\s*(?:{words})\W*$",
        ):
            if found := re.fullmatch(pattern, title, re.IGNORECASE):
                return found[1].strip(), change
    return title, ""


@cache
def _own_prefixes() -> tuple[tuple[str, str], ...]:
    found = [
        (catalogue(language).get(prefix, prefix), change)
        for prefix, change in _PREFIXES.items()
        for language in _LANGUAGES
    ]
    return tuple(dict.fromkeys(found))
