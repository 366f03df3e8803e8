"""What a mirror holds of a feed, and the URI that it keeps to say so."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date

from calfeed.addresses import Variant
from calfeed.snapshot import Snapshot

TOKEN = re.compile(
    r'\s*"data:,(?P<of>[0-9a-f]{32})'
    r"\.(?P<since>\d{1,18})\.(?P<seen>\d{1,18})\.(?P<sent>\d{1,18})"
    r'\.(?P<day>\d{4}-\d\d-\d\d)\.(?P<latest>\d{4}-\d\d-\d\d)"\s*',
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A feed as a mirror has it: whole as of one moment, with what batches brought since then.

    ``since`` is the last serial of the change log, and ``day`` the day, of that moment. While
    batches go on, ``sent`` is the last serial that one of them reached, ``seen`` the last one
    that there was at the first of them, ``latest`` the day of the newest; else they are the same.
    """

    since: int
    seen: int
    sent: int
    day: date
    latest: date

    def is_possible(self, *, last: int, day: date) -> bool:
        """Whether a mirror can hold this where *last* is the last serial, on *day*."""
        is_in_order = self.since <= self.sent <= last and self.since <= self.seen <= last
        return is_in_order and self.day <= self.latest <= day


def held_whole(serial: int, day: date) -> Held:
    """Return what a mirror has that got all up to *serial* on *day*."""
    return Held(since=serial, seen=serial, sent=serial, day=day, latest=day)


def feed_digest(snapshot: Snapshot, slug: str, variant: Variant) -> str:
    """Return 32 hex digits that name a feed in a variant, and the rules of what stands in it.

    Where one of these rules changes, the change log cannot say which events came or went by
    that: the ledger itself, the initiatives that are gathered and their former slugs, how long
    past events are kept, and the zone of the days.
    """
    gathered = snapshot.gathered(slug)
    former = sorted(old for old, new in snapshot.slugs.items() if new in gathered)
    site = snapshot.site
    rules = (site.keep_past, site.timezone, sorted(gathered), former)
    drawn = (slug, variant.language, variant.show, variant.utc)
    named = json.dumps((snapshot.told.ledger_id, drawn, rules))
    return hashlib.sha256(named.encode()).hexdigest()[:32]


def write_token(of: str, held: Held) -> str:
    """Return Sync-Token: a quoted URI that says *held* of the feed whose digest is *of*."""
    numbers = f"{held.since}.{held.seen}.{held.sent}"
    return f'"data:,{of}.{numbers}.{held.day.isoformat()}.{held.latest.isoformat()}"'


def parse_token(token: str, *, of: str) -> Held | None:
    """Return what *token* says of the feed whose digest is *of*; None if it is none of that."""
    found = TOKEN.fullmatch(token)
    if found is None or found["of"] != of:
        return None
    try:
        return Held(
            since=int(found["since"]),
            seen=int(found["seen"]),
            sent=int(found["sent"]),
            day=date.fromisoformat(found["day"]),
            latest=date.fromisoformat(found["latest"]),
        )
    except ValueError:
        return None
