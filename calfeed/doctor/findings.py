"""What the doctor finds: kinds with a stable code, and where in the feed each one was met."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters: somebody loses events, may be misled, or could be better off."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that can be wrong: ``hit`` says for whom and how, ``todo`` what to do about it.

    What ``hit`` says of a client was measured on it or read in its source, unless it says so.
    """

    code: str
    level: Level
    title: str
    hit: str
    todo: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A kind as it was met: ``detail`` is the case at hand, ``line`` its line of the feed.

    Lines and columns count from 1; 0 where there is none.
    """

    kind: Kind
    detail: str = ""
    line: int = 0
    column: int = 0


def by_kind(findings: Iterable[Finding]) -> list[tuple[Kind, list[Finding]]]:
    """Return *findings* by their kinds: errors first, then by code, each kind's in their order."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.kind.code, []).append(finding)
    order = list(Level)
    grouped = [(found[0].kind, found) for found in groups.values()]
    return sorted(grouped, key=lambda group: (order.index(group[0].level), group[0].code))
