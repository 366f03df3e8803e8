"""A mirror as an aggregator keeps it: all it knows of a feed is what incremental sync told it."""

import re
from dataclasses import dataclass, field

from calfeed.representation import Coding, Representation
from calfeed.site import Table
from tests.house import body

PREFER = "subscribe-enhanced-get"
VEVENT = re.compile(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)
UID = re.compile(rb"^UID:(.*)\r\n", re.MULTILINE)
MOST_BATCHES = 100


@dataclass
class Mirror:
    """One feed, by UID; ``token`` is what it was told last, ``refused`` how often it began anew."""

    path: str
    events: dict[bytes, bytes] = field(default_factory=dict)
    token: str = ""
    refused: int = 0

    def ask(self, table: Table, limit: int | None = None) -> bool:
        """Ask once; return whether there is more to come."""
        prefer = PREFER if limit is None else f"{PREFER}, limit={limit}"
        answer = table.sync(self.path, prefer, self.token)
        assert answer is not None
        if answer.status == 409:
            assert self.token
            self.events, self.token, self.refused = {}, "", self.refused + 1
            return True
        headers = fields(answer)
        if answer.status == 304:
            assert self.token
        else:
            self.take(answer.body, is_all=not self.token)
        self.token = headers["sync-token"]
        return "limit" in headers["preference-applied"]

    def catch_up(self, table: Table, limit: int | None = None) -> None:
        """Ask until there is no more."""
        for _ in range(MOST_BATCHES):
            if not self.ask(table, limit):
                return
        raise AssertionError("there is no end of it")

    def take(self, calendar: bytes, *, is_all: bool) -> None:
        """Put what *calendar* has in the place of what is held; all of it is new at first."""
        told = events(calendar)
        if is_all:
            assert not self.events
            assert b"STATUS:DELETED" not in calendar
        for uid, vevents in told.items():
            if b"\r\nSTATUS:DELETED\r\n" in vevents:
                self.events.pop(uid, None)
            else:
                self.events[uid] = vevents


def events(calendar: bytes) -> dict[bytes, bytes]:
    """Return the VEVENTs of *calendar*, all bytes of each UID together."""
    found: dict[bytes, bytes] = {}
    for vevent in VEVENT.findall(calendar):
        uid = UID.search(vevent.replace(b"\r\n ", b""))
        assert uid is not None
        found[uid[1]] = found.get(uid[1], b"") + vevent
    return found


def full(table: Table, path: str) -> dict[bytes, bytes]:
    """Return the VEVENTs of who fetches all of the feed at *path*."""
    return events(body(table, path))


def fields(answer: Representation) -> dict[str, str]:
    """Return the header fields of *answer* as they are sent."""
    sent, _ = answer.form(Coding.IDENTITY).undated
    return {name.decode(): value.decode() for name, value in sent.fields}
