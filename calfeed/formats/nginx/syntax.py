"""The words of nginx's configuration: whatever they hold, each is read as one."""

import re

from calfeed.errors import CalfeedError

BARE = re.compile(r"[\w/.:=@*+-]+", re.ASCII)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
PLAIN = re.compile(r"[\w/-]", re.ASCII)
LONGEST = 4000
"""How many characters a word has at most: nginx reads none that is longer than its buffer."""


def word(text: str) -> str:
    """Return *text* as one word, in quotes if it needs them.

    Raises:
        CalfeedError: it has a control character, or is longer than nginx reads.
    """
    if CONTROL.search(text) or len(text.encode()) > LONGEST:
        raise CalfeedError(f"nginx cannot read this as one word: {text!r}")
    if BARE.fullmatch(text):
        return text
    quote = "'" if '"' in text and "'" not in text else '"'
    escaped = text.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    return f"{quote}{escaped}{quote}"


def value(text: str) -> str:
    """Return *text* as it stands in a value that could name variables, and names none.

    Raises:
        CalfeedError: it has a dollar sign, which nginx has no way to write there.
    """
    if "$" in text:
        raise CalfeedError(f"nginx would take a part of this for a variable: {text!r}")
    return text


def matching(text: str) -> str:
    """Return the regular expression that matches *text* alone."""
    return "".join(map(_matching, text))


def _matching(character: str) -> str:
    if PLAIN.fullmatch(character):
        return character
    return f"\\{character}" if character in "^\\" else f"[{character}]"
