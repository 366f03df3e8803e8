"""Every kind of page, and every state of an event, on sites that stand still: what is looked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from calfeed.ledger.told import Told
from calfeed.publisher import would_tell
from calfeed.representation import Representation, represent
from calfeed.site import Table, table_of
from calfeed.snapshot import snapshot
from calfeed.source.reader import Reader
from calfeed.web.application import SiteLike
from tests.formats.pages import states
from tests.house import House
from tests.spine import an_entry, events_file

SHIPPED_FILE = Path(__file__).parents[2] / "events.yaml"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOON.date()
FOUNDING = "/en/events/commissioner-meets-eu-mayors/"
EUROPEAN = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A page to look at: the name of its site, its path there, and the status that it has."""

    site: str
    path: str
    status: int = 200


KINDS: Mapping[str, Kind] = {
    "index": Kind(site="shipped", path="/en/"),
    "initiative": Kind(site="shipped", path="/en/living-in-eu/"),
    "generator": Kind(site="shipped", path="/en/living-in-eu/#embed"),
    "feeds": Kind(site="shipped", path="/en/feeds/"),
    "developers": Kind(site="shipped", path="/fr/developers/"),
    "past": Kind(site="shipped", path="/en/past/"),
    "coming": Kind(site="crowded", path="/en/all/2/"),
    "nothing-coming": Kind(site="empty", path="/en/"),
    "event": Kind(site="shipped", path=FOUNDING),
    "greek": Kind(site="shipped", path="/el/events/local-green-deals-workshop/"),
    "languages": Kind(site="languages", path="/el/events/day/"),
    "series": Kind(site="shipped", path="/en/events/digital-twin-clinic/"),
    "all-dates": Kind(site="shipped", path="/en/events/digital-twin-clinic/all/2/"),
    "one-date": Kind(site="states", path="/en/events/series/2027-01-05/"),
    "missing": Kind(site="states", path="/en/events/nothing/", status=404),
    "gone": Kind(site="states", path="/en/events/gone/", status=410),
    "moved": Kind(site="files", path="/en/events/old-name/"),
    "choice": Kind(site="files", path="/"),
    "embed-list": Kind(site="shipped", path="/embed/en/living-in-eu/"),
    "embed-event": Kind(site="shipped", path=f"/embed{FOUNDING}"),
}
STATES: Mapping[str, Kind] = {
    key: Kind(site="states", path=f"/en/events/{key}/") for key in sorted(states.EVENTS)
}


class AsFiles:
    """A site as a static host shows its export: what would lead on is a page like any other."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def ready(self, _: str) -> Representation | None:
        """Return nothing: it is made for each request."""
        return None

    def make(self, path: str) -> Representation | None:
        """Return what is at *path*."""
        made = self._table.make(path)
        if made is None or made.status not in {301, 302}:
            return made
        fields = {name.decode(): value.decode() for name, value in made.kept}
        policy = {"content-security-policy": fields["content-security-policy"]}
        return represent(
            made.body, media_type=HTML, modified=None, cache_control="no-store", headers=policy
        )

    def ask(self, *_: str) -> Representation | None:
        """Return nothing: files heed no query."""
        return None

    def sync(self, *_: str) -> Representation | None:
        """Return nothing: files know nobody who came before."""
        return None

    def missing(self, path: str) -> Representation | None:
        """Return what says that there is nothing at *path*."""
        return self._table.missing(path)


def shipped(day: date = TODAY) -> Table:
    """Return the site of the shipped events as of *day*, with their pictures."""
    moment = datetime.combine(day, NOON.time(), tzinfo=UTC)
    stated = Reader(SHIPPED_FILE).read(moment, as_of=day)
    prospect = would_tell(stated, Told(ledger_id="shipped"), now=moment)
    pictures = {one.sha256[:16]: one for one in prospect.publication.pictures}
    return table_of(snapshot(prospect.told, day=day), picture=pictures.get)


def _with_events(events: Mapping[str, object], languages: str = "en fr") -> Table:
    house = House()
    house.publish(events_file(events, site={"languages": languages.split()}))
    return house.table()


SITES: Mapping[str, Callable[[], SiteLike]] = {
    "shipped": shipped,
    "states": states.a_table,
    "files": lambda: AsFiles(states.a_table()),
    "crowded": lambda: _with_events({f"day-{number}": an_entry() for number in range(60)}),
    "languages": lambda: _with_events({"day": an_entry()}, EUROPEAN),
    "empty": lambda: _with_events({"over": an_entry(when="2026-02-03")}),
}
"""How the sites are made that the kinds are on, by name."""
