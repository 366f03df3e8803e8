"""The one table: path -> representation, made when first asked for and kept while it lives."""

from collections.abc import Callable

from calfeed.agenda import Agenda
from calfeed.formats.pages import Facts
from calfeed.ledger.told import PictureFile
from calfeed.site.calendars import Calendars
from calfeed.site.directory import Directory
from calfeed.site.embeds import Embeds
from calfeed.site.files import Files
from calfeed.site.forms import Forms
from calfeed.site.listings import Listings
from calfeed.site.oembed import Previews
from calfeed.site.pages import Pages
from calfeed.site.queries import Queries
from calfeed.site.statics import Statics
from calfeed.site.table import Table
from calfeed.snapshot import Snapshot

__all__ = ["Table", "table_of"]


def table_of(snapshot: Snapshot, *, picture: Callable[[str], PictureFile | None]) -> Table:
    """Return the site that shows *snapshot*; *picture* gives one by its name in an address."""
    facts = Facts(snapshot, Agenda(snapshot))
    calendars, listings = Calendars(snapshot), Listings(snapshot)
    machines = listings, Forms(snapshot, calendars), Directory(snapshot)
    people = Statics(facts), Embeds(facts), Pages(facts)
    return Table(
        snapshot,
        (calendars, *machines, Files(snapshot, picture), *people),
        (Queries(listings), Previews(facts)),
    )
