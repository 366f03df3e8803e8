"""What Prefer asks for (RFC 7240): incremental sync or not, and how much at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

NAME = "subscribe-enhanced-get"
LONGEST = 1024
"""Characters of a Prefer that are read: one that is longer asks for nothing."""

ELEMENT = re.compile(r'(?:[^",]|"(?:[^"\\]|\\.)*"|")+')
PREFERENCE = re.compile(
    r"""\s*(?P<name>[\w!#$%&'*+.^`|~-]+)
        (?:\s*=\s*(?P<value>[\w!#$%&'*+.^`|~-]+|"(?:[^"\\]|\\.)*"))?\s*(?:;.*)?""",
    re.ASCII | re.VERBOSE | re.DOTALL,
)
LIMIT = re.compile(r"[1-9]\d{0,8}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """Incremental sync is asked for, of at most ``limit`` events at once (None: all)."""

    limit: int | None = None

    def applied(self, *, is_cut: bool) -> str:
        """Return what Preference-Applied says; it names the limit where more is to come."""
        return f"{NAME}, limit={self.limit}" if is_cut else NAME


def parse_preference(prefer: str) -> Preference | None:
    """Return what *prefer*, all of the field's lines joined, asks for; None: no sync.

    Of a preference that is named twice the first counts (RFC 7240 §2). A bad limit is none.
    """
    if len(prefer) > LONGEST:
        return None
    found = dict(reversed(list(_preferences(prefer))))
    if NAME not in found:
        return None
    limit = found.get("limit", "")
    return Preference(limit=int(limit) if LIMIT.fullmatch(limit) else None)


def _preferences(prefer: str) -> Iterator[tuple[str, str]]:
    for element in ELEMENT.findall(prefer):
        if found := PREFERENCE.fullmatch(element):
            value = found["value"] or ""
            if value.startswith('"'):
                value = re.sub(r"\\(.)", r"\1", value[1:-1])
            yield found["name"].lower(), value
