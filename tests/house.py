"""All stages of calfeed but files and HTTP, on a ledger in memory: what laws are tested on."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from calfeed.errors import SourceError
from calfeed.ledger.applying import applied
from calfeed.ledger.encoding import Encodings
from calfeed.ledger.reconcile import reconcile
from calfeed.ledger.told import Publication, Told
from calfeed.site import Table, table_of
from calfeed.snapshot import Snapshot, snapshot
from calfeed.source.parse import parse_sources
from calfeed.source.yaml import parse_document
from tests.readers import icalendar_reader
from tests.readers.reading import ReadEvent
from tests.spine import an_entry, an_update, events_file

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class House:
    """One publisher with its ledger, and a clock that the test sets."""

    told: Told = field(default_factory=lambda: Told(ledger_id="in memory"))
    now: datetime = NOON
    publications: list[Publication] = field(default_factory=list)
    encodings: Encodings = field(default_factory=Encodings)

    def publish(self, text: str) -> Publication:
        """Tell what *text* states; raise SourceError and change nothing if it cannot be."""
        document = parse_document(text.encode(), name="events.yaml")
        stated = parse_sources([document], today=self.now.date())
        publication = reconcile(
            self.told, stated, now=self.now, encodings=self.encodings
        ).publication
        self.told = applied(self.told, publication)
        self.publications.append(publication)
        return publication

    def try_to_publish(self, text: str) -> None:
        """Tell what *text* states, or leave all as it is."""
        before = self.told
        try:
            self.publish(text)
        except SourceError:
            assert self.told is before

    def snapshot(self, day: date | None = None) -> Snapshot:
        """Return all facts as of *day*, today if not said."""
        return snapshot(self.told, day=day or self.now.date())

    def table(self, day: date | None = None) -> Table:
        """Return the site as of *day*."""
        return table_of(self.snapshot(day), picture=lambda _: None)

    def vevents(self, path: str = "/feeds/all.ics") -> list[ReadEvent]:
        """Return the VEVENTs of a feed."""
        return read(self.table(), path)


def read(table: Table, path: str) -> list[ReadEvent]:
    """Return the VEVENTs of the feed at *path*."""
    return icalendar_reader.read(body(table, path))


def body(table: Table, path: str) -> bytes:
    """Return the bytes at *path*."""
    made = table.make(path)
    assert made is not None, path
    return made.body


DATES = (
    "2026-11-10",
    "2026-11-24 10:00 to 11:00",
    "2026-11-24",
    "2026-12-24 to 2026-12-26",
    "2027-01-10 22:00 to 2027-01-11 02:00",
    "to be announced",
)
SERIES: dict[str, Any] = {
    "when": "2026-11-03 14:00 to 15:00",
    "repeats": {"every": "month", "by": "first Tuesday", "times": 3},
}


def updates() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Histories of an event, well-formed one by one; some make no sense together."""
    one = st.one_of(
        st.sampled_from([an_update("postponed"), an_update("cancelled"), an_update("reinstated")]),
        st.sampled_from(DATES[1:5]).map(lambda when: an_update("rescheduled", when=when)),
        st.just(an_update("moved-online", online={"url": "https://meet.example.eu/a"})),
        st.just(an_update("relocated", place="Library")),
        st.just(an_update("corrected", title="Garden days")),
    )
    return st.lists(one, max_size=3)


def entries() -> st.SearchStrategy[dict[str, Any]]:
    """Events as a file has them, now and then a series."""
    initiatives = st.sampled_from([["parks"], ["schools"], ["parks", "schools"]])
    single = st.builds(
        lambda when, told, **rest: an_entry(when=when, updates=told or None, **rest),
        st.sampled_from(DATES),
        updates(),
        title=st.sampled_from(["Garden day", "Spring day", {"en": "Garden day", "fr": "Jardin"}]),
        initiatives=initiatives,
        draft=st.sampled_from([None, None, None, True]),
    )
    series = st.builds(
        lambda told, **rest: an_entry(**SERIES, updates=told or None, **rest),
        st.lists(
            st.sampled_from(
                [
                    an_update("cancelled", occurrence="2026-12-01"),
                    an_update("postponed"),
                    an_update("cancelled"),
                ]
            ),
            max_size=2,
        ),
        initiatives=initiatives,
    )
    return st.one_of(single, single, series)


def files() -> st.SearchStrategy[str]:
    """Events files over one small set of keys."""
    keys = st.sampled_from(["a", "b", "c"])
    return st.dictionaries(keys, entries(), max_size=3).map(
        lambda events: events_file(events, site={"keep_past": 20})
    )


def histories() -> st.SearchStrategy[list[tuple[str, timedelta]]]:
    """What a file said one after the other, and how long it said so."""
    spans = st.sampled_from([timedelta(0), timedelta(seconds=1), timedelta(hours=9), timedelta(11)])
    return st.lists(st.tuples(files(), spans), min_size=1, max_size=6)
