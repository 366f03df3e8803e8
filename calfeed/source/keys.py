"""Names for events, made of their titles: permanent, readable, and nobody else's."""

import re
import unicodedata
from collections.abc import Container
from itertools import chain, count

from calfeed.source.texts import LONGEST_SLUG

_LONGEST = LONGEST_SLUG - len("-2027-9999")
_GREEK = str.maketrans(
    {
        **dict(zip("αβγδεζηικλμνξοπρστυφω", "avgdeziiklmnxoprstyfo", strict=True)),
        **{"θ": "th", "χ": "ch", "ψ": "ps", "ς": "s", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"},
        **{"æ": "ae", "œ": "oe"},
    }
)


def free_key(title: str, when: str, taken: Container[str]) -> str:
    """Return a name made of *title*; with the year of *when*, then a number, while it is taken."""
    bare = "".join(
        sign for sign in unicodedata.normalize("NFKD", title) if not unicodedata.combining(sign)
    )
    plain = bare.lower().translate(_GREEK).encode("ascii", "ignore").decode()
    made = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or "event"
    year = re.search("[0-9]{4}", when)
    dated = f"{made}-{year[0]}" if year and not made.endswith(year[0]) else made
    numbered = (f"{dated}-{number}" for number in count(2))
    return next(name for name in chain([made, dated], numbered) if name not in taken)
