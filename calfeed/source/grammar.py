"""What the small grammars of the events file say when a value is not one of theirs."""

import re
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from itertools import takewhile

from calfeed.errors import CalfeedError

UNKNOWN_KEY = "E102"

_SHOWN = 60
_GUESSED_AT = 64
_TOO_SHORT = 3


class GrammarError(CalfeedError):
    """A value is not what its grammar allows; whoever reads the file adds the place.

    ``hint`` stands beside the carets, ``help`` has one line for each way to mend it. ``field`` is
    the path to the culprit inside the value that was read, empty for the value itself. ``instead``
    is what was meant, for a text that can have meant nothing else: ``written``, and what to write.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *advice: str,
        hint: str = "",
        field: tuple[str | int, ...] = (),
        instead: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.help = advice
        self.field = field
        self.instead = instead


@contextmanager
def inside(*field: str | int) -> Iterator[None]:
    """Say of a GrammarError from the block that its culprit stands inside *field*."""
    try:
        yield
    except GrammarError as error:
        error.field = (*field, *error.field)
        raise


def text_of(value: object, expected: str, advice: str) -> str:
    """Return the text of *value*, its white space made single blanks.

    Raises:
        GrammarError: *value* is no text, or an empty one, where *expected* should stand.
    """
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text:
        found = "nothing" if value == "" else shown(value)
        raise GrammarError("E300", f"expected {expected}; found {found}", advice)
    return text


def shown(value: object) -> str:
    """Return *value* as a message may show it: in quotes, on one line, not too long."""
    if not isinstance(value, str):
        kinds = {dict: "a mapping", list: "a list", type(None): "nothing"}
        return kinds.get(type(value), repr(value))
    cut = value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…"
    return '"' + "".join(map(_printable, cut)) + '"'


def _printable(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode()


def unknown_key(
    key: str, allowed: Iterable[str], among: Container[object], *, of: str, advice: str
) -> GrammarError:
    """Return the error that *key* is none of those *allowed* in the group *of* a name.

    *among* are all keys that are there: one that stands there already cannot be meant too.
    """
    meant = surely_meant(key, allowed)
    return GrammarError(
        UNKNOWN_KEY,
        f"unknown key {shown(key)} in {shown(of)}",
        advice,
        hint=did_you_mean(key, allowed),
        field=(key,),
        instead=(key, meant) if meant and meant not in among else None,
    )


def surely_meant(written: str, allowed: Iterable[str]) -> str:
    """Return the only one of *allowed* that *written* can have meant, or nothing.

    It is the same but for capitals, blanks, hyphens and underscores, or but for one slip of the
    fingers: a letter too many, missing, wrong, or two of them swapped. A word of three letters is
    too near to others to be sure.
    """
    names = list(allowed)
    same = [name for name in names if _bare(name) == _bare(written)]
    if same or len(written) <= _TOO_SHORT:
        return same[0] if len(same) == 1 else ""
    wanted = written.casefold()
    long = (name for name in names if len(name) > _TOO_SHORT)
    near = [name for name in long if _is_one_slip(wanted, name.casefold())]
    return near[0] if len(near) == 1 else ""


def _bare(name: str) -> str:
    return re.sub("[ _-]", "", name).casefold()


def _is_one_slip(written: str, name: str) -> bool:
    """Whether *written* and *name* differ in one letter, or in two that are swapped."""
    if abs(len(written) - len(name)) > 1:
        return False
    pairs = zip(written, name, strict=False)
    begin = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    one, other = written[begin:], name[begin:]
    return (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (one[:2] == other[1::-1] and one[2:] == other[2:])
    )


def did_you_mean(written: str, allowed: Iterable[str]) -> str:
    """Return a hint that names the one of *allowed* nearest to *written*, or nothing."""
    names = {name.casefold(): name for name in allowed}
    wanted = written.casefold()
    if not wanted or len(wanted) > _GUESSED_AT:
        return ""
    longer = [name for name in names if name.startswith(wanted)]
    near = longer if len(longer) == 1 else get_close_matches(wanted, names, n=1, cutoff=0.7)
    return f'did you mean "{names[near[0]]}"?' if near else ""
