"""What the small grammars of the events file say when a value is not one of theirs."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches

from calfeed.errors import CalfeedError

_SHOWN = 60
_GUESSED_AT = 64


class GrammarError(CalfeedError):
    """A value is not what its grammar allows; whoever reads the file adds the place.

    ``hint`` stands beside the carets, ``help`` has one line for each way to mend it. ``field`` is
    the path to the culprit inside the value that was read, empty for the value itself. ``instead``
    is what was certainly meant, as the file would write it; empty if that takes a person.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *advice: str,
        hint: str = "",
        field: tuple[str | int, ...] = (),
        instead: str = "",
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


def did_you_mean(written: str, allowed: Iterable[str]) -> str:
    """Return a hint that names the one of *allowed* nearest to *written*, or nothing."""
    names = {name.casefold(): name for name in allowed}
    wanted = written.casefold()
    if not wanted or len(wanted) > _GUESSED_AT:
        return ""
    longer = [name for name in names if name.startswith(wanted)]
    near = longer if len(longer) == 1 else get_close_matches(wanted, names, n=1, cutoff=0.7)
    return f'did you mean "{names[near[0]]}"?' if near else ""
