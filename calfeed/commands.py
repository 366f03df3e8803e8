"""The commands that a message names as the next step, fit to be copied into a shell."""

import shlex

from calfeed.dates import When
from calfeed.model import Change

_VERBS = {
    Change.POSTPONED: "postpone",
    Change.RESCHEDULED: "reschedule",
    Change.CANCELLED: "cancel",
    Change.REINSTATED: "reinstate",
    Change.MOVED_ONLINE: "move-online",
    Change.RELOCATED: "relocate",
    Change.CORRECTED: "correct",
}
_STILL_TO_SAY = {
    Change.RESCHEDULED: "NEW-DATE",
    Change.MOVED_ONLINE: "URL",
    Change.RELOCATED: "PLACE",
}
"""What stands for an argument that only the editor knows."""


def command(change: Change, key: str, when: When | None = None, *options: str) -> str:
    """Return the command that tells *change* of the event *key*, its date *when* if it is known."""
    words = ["calfeed", _VERBS[change], shlex.quote(key)]
    if when is not None:
        words.append(f'"{when}"')  # digits, colons, hyphens and blanks: safe in these quotes
    elif change in _STILL_TO_SAY:
        words.append(_STILL_TO_SAY[change])
    return " ".join([*words, *map(shlex.quote, options)])
