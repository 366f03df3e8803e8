"""The one table: path -> representation, made when first asked for and kept while it lives."""

from collections.abc import Callable

from calfeed.ledger.told import PictureFile
from calfeed.site.calendars import Calendars
from calfeed.site.directory import Directory
from calfeed.site.files import Files
from calfeed.site.forms import Forms
from calfeed.site.listings import Listings
from calfeed.site.queries import Queries
from calfeed.site.table import Table
from calfeed.snapshot import Snapshot

__all__ = ["Table", "table_of"]


def table_of(snapshot: Snapshot, *, picture: Callable[[str], PictureFile | None]) -> Table:
    """Return the site that shows *snapshot*; *picture* gives one by its name in an address."""
    calendars, listings = Calendars(snapshot), Listings(snapshot)
    forms, directory = Forms(snapshot, calendars), Directory(snapshot)
    shelves = (calendars, listings, forms, directory, Files(snapshot, picture))
    return Table(snapshot, shelves, (Queries(listings),))
