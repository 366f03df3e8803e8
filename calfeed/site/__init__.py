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
from calfeed.site.holdings import Holdings
from calfeed.site.listings import Listings
from calfeed.site.oembed import Previews
from calfeed.site.pages import Pages
from calfeed.site.queries import Queries
from calfeed.site.statics import Statics
from calfeed.site.sync import Syncs
from calfeed.site.table import Table
from calfeed.snapshot import Snapshot

__all__ = ["Table", "table_of"]

PictureOf = Callable[[str], PictureFile | None]


def table_of(snapshot: Snapshot, *, picture: PictureOf) -> Table:
    """Return the site that shows *snapshot*; *picture* gives one by its name in an address."""
    calendars = Calendars(snapshot)
    forms = Forms(snapshot, calendars)
    facts = Facts(snapshot, Agenda(snapshot))
    return Table(_holdings(facts, calendars, Listings(snapshot), forms, picture))


def _holdings(
    facts: Facts, calendars: Calendars, listings: Listings, forms: Forms, picture: PictureOf
) -> Holdings:
    """Return what several shelves share, and the shelves that have nothing to remember."""
    snapshot = facts.snapshot

    def successor(following: Snapshot) -> Holdings:
        new = calendars.successor(following)
        return _holdings(
            facts.successor(following),
            new,
            listings.successor(following),
            forms.successor(following, new),
            picture,
        )

    machines = listings, forms, Directory(snapshot)
    people = Statics(facts), Embeds(facts), Pages(facts)
    return Holdings(
        snapshot=snapshot,
        shelves=(calendars, *machines, Files(snapshot, picture), *people),
        questions=(Queries(listings), Previews(facts)),
        syncs=Syncs(snapshot, calendars),
        successor=successor,
    )
