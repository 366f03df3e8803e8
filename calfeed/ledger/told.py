"""What stands in a ledger, and what one publication adds to it: values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from calfeed.ledger.revision import Revision
from calfeed.model import Initiative, Site, Text


class Kind(StrEnum):
    """What one row of the change log tells."""

    NEW = "new"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    JOINED = "joined"
    LEFT = "left"
    DATED = "dated"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    REINSTATED = "reinstated"
    MOVED_ONLINE = "moved-online"
    RELOCATED = "relocated"
    CORRECTED = "corrected"
    EDITED = "edited"
    REISSUED = "reissued"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the change log: one thing told of one event.

    ``stamp`` is the publication's for this UID, ``dated`` the moment the row speaks of (a day an
    editor stated is its midnight in the site's zone), both UTC in whole seconds. ``initiative``
    is the one that was joined or left. ``given`` has, as JSON-ready data, what the update gave.
    ``serial`` and ``version`` are the store's to give, 0 until then; a serial is never reused.
    """

    uid: str
    kind: Kind
    sequence: int
    stamp: datetime
    dated: datetime
    title: Text
    initiative: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
    serial: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldInitiative:
    """An initiative as it was last told.

    ``changed`` is when its own facts last did; ``retired`` when it left the sources, None while it
    is in them; ``left`` the newest moment at which an event left it for another.
    """

    initiative: Initiative
    changed: datetime
    retired: datetime | None = None
    left: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The numbers under which an event told elsewhere may not be told here (a restored feed)."""

    sequence: int
    stamp: datetime
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that a ledger says at one version; version 0 has told nothing yet.

    ``pins`` has the UID of every key ever told, ``slugs`` the present slug of every former one,
    ``languages`` all that were ever published, ``edition`` the newest that published,
    ``sources`` the fingerprint of the files that the version was made from, ``log`` every row of
    the change log by its serial.
    """

    ledger_id: str
    namespace: UUID | None = None
    version: int = 0
    told_at: datetime | None = None
    edition: int = 0
    site: Site | None = None
    site_changed: datetime | None = None
    initiatives: Mapping[str, ToldInitiative] = field(default_factory=dict)
    revisions: Mapping[str, Revision] = field(default_factory=dict)
    pins: Mapping[str, str] = field(default_factory=dict)
    slugs: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    floors: Mapping[str, Floor] = field(default_factory=dict)
    sources: str = ""
    log: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFile:
    """The bytes of a picture, named by their SHA-256 in hex."""

    sha256: str
    extension: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What one transaction adds to a ledger: only what differs from what was told.

    ``site`` None: its facts are as they were. ``namespace`` only at the first publication.
    """

    at: datetime
    sources: str
    edition: int
    namespace: UUID | None = None
    site: Site | None = None
    initiatives: tuple[ToldInitiative, ...] = ()
    revisions: tuple[Revision, ...] = ()
    rows: tuple[Row, ...] = ()
    pins: Mapping[str, str] = field(default_factory=dict)
    slugs: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    pictures: tuple[PictureFile, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell, so nothing to write."""
        return not (
            self.site
            or self.initiatives
            or self.revisions
            or self.pins
            or self.slugs
            or self.languages
            or self.pictures
        )
