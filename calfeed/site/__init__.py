"""The one table: path -> representation, made when first asked for and kept while it lives."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from calfeed.agenda import Agenda
from calfeed.formats.pages import Facts
from calfeed.ledger.told import PictureFile
from calfeed.site.calendars import Calendars
from calfeed.site.changes import Changes
from calfeed.site.directory import Directory
from calfeed.site.embeds import Embeds
from calfeed.site.files import Files
from calfeed.site.forms import Forms
from calfeed.site.holdings import Holdings
from calfeed.site.listings import Listings
from calfeed.site.news import News
from calfeed.site.oembed import Previews
from calfeed.site.openapi import Description
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
    makers = _Makers(
        facts=Facts(snapshot, Agenda(snapshot)),
        calendars=calendars,
        listings=Listings(snapshot),
        forms=Forms(snapshot, calendars),
        news=News(snapshot),
    )
    return Table(_holdings(makers, picture))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Makers:
    """What remembers something of its making, for the snapshot that follows."""

    facts: Facts
    calendars: Calendars
    listings: Listings
    forms: Forms
    news: News

    def successor(self, following: Snapshot) -> "_Makers":
        calendars = self.calendars.successor(following)
        return _Makers(
            facts=self.facts.successor(following),
            calendars=calendars,
            listings=self.listings.successor(following),
            forms=self.forms.successor(following, calendars),
            news=self.news.successor(following),
        )


def _holdings(makers: _Makers, picture: PictureOf) -> Holdings:
    """Return what *makers* make, and what has nothing to remember."""
    facts, snapshot = makers.facts, makers.facts.snapshot
    directory = Directory(snapshot), Description(snapshot)
    machines = makers.listings, makers.forms, makers.news, *directory
    pages = Pages(facts)
    people = Files(snapshot, picture), Statics(facts), Embeds(facts), pages
    return Holdings(
        snapshot=snapshot,
        shelves=(makers.calendars, *machines, *people),
        questions=(
            Queries(makers.listings),
            Changes(snapshot, makers.news.log),
            Previews(facts),
        ),
        syncs=Syncs(snapshot, makers.calendars),
        prepare=pages.prepare,
        farewells=lambda: chain.from_iterable(
            one.farewells()
            for one in (makers.calendars, makers.listings, makers.forms, makers.news)
        ),
        successor=lambda following: _holdings(makers.successor(following), picture),
    )
