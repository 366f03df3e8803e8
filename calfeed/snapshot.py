"""All facts of one moment, immutable: what was told, as one day sees it."""

from dataclasses import dataclass
from datetime import datetime

from calfeed.ledger.revision import Revision
from calfeed.model import Text


@dataclass(frozen=True, kw_only=True)
class Feed:
    """Revisions in the order they are published in, and what their calendar says of itself.

    Either an initiative's (``slug``; ``all`` for everybody's) or one event's alone (``key``).
    ``modified`` is LAST-MODIFIED of the VCALENDAR and HTTP's Last-Modified, UTC, whole seconds.
    """

    slug: str = ""
    key: str = ""
    name: Text
    summary: Text | None = None
    colour: str | None = None
    revisions: tuple[Revision, ...] = ()
    modified: datetime
