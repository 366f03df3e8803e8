"""The one table: path -> representation, made when first asked for and kept while it lives."""

from collections.abc import Callable

from calfeed.ledger.told import PictureFile
from calfeed.site.calendars import Calendars
from calfeed.site.drawings import Drawings
from calfeed.site.files import Files
from calfeed.site.sync import Syncs
from calfeed.site.table import Table
from calfeed.snapshot import Snapshot

__all__ = ["Table", "table_of"]


def table_of(snapshot: Snapshot, *, picture: Callable[[str], PictureFile | None]) -> Table:
    """Return the site that shows *snapshot*; *picture* gives one by its name in an address."""
    drawings = Drawings()
    shelves = (Calendars(snapshot, drawings), Files(snapshot, picture))
    return Table(snapshot, shelves, syncs=Syncs(snapshot, drawings))
