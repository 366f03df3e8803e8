"""What a publication would change of a published feed, VEVENT by VEVENT: a feed has no facts."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from calfeed.addresses import ALL, Variant, feed_path, parse_feed_path
from calfeed.cli.differences import Differences, Entry
from calfeed.cli.fetching import fetch
from calfeed.cli.saying import words
from calfeed.cli.standing import side_of
from calfeed.comparing import (
    MASTER,
    Component,
    calendars_of,
    components_of,
    property_changes,
    vevents_by_uid,
)
from calfeed.errors import CalfeedError
from calfeed.ledger.revision import Revision
from calfeed.ledger.told import Told
from calfeed.publisher import would_tell
from calfeed.source.stated import Stated

MISSING = "missing here but published: WITHDRAWN will be told; cancel it instead?"
"""What is said of an event that subscribers have and the file does not."""


def beside_feed(address: str, stated: Stated, local: Told, now: datetime) -> Differences:
    """Return the differences from what is published at *address*, a feed's or a site's.

    Raises:
        CalfeedError: it cannot be fetched, or is no calendar.
    """
    path = urlsplit(address).path
    url = address if path.endswith(".ics") else address.rstrip("/") + feed_path(ALL)
    text = fetch(url).decode(errors="replace")
    if not text.startswith("BEGIN:VCALENDAR"):
        raise CalfeedError(f"{url} is no calendar\nName the address of a feed, or of the site.")
    parsed = parse_feed_path(urlsplit(url).path)
    told = would_tell(stated, local, now=now).told
    variant = Variant(language=(parsed and parsed.language) or stated.site.language)
    published = vevents_by_uid(text)
    entries = []
    for uid, revision in told.revisions.items():
        calendars = calendars_of(revision, told)
        names = tuple(words(name, variant.language) for name in calendars.values())
        found = published.pop(uid, {})
        if parsed is None or parsed.slug in {ALL, *calendars}:
            entries.append(_beside(found, revision, variant, names))
        elif found:
            entries.append(_leaving(found, revision, variant))
    entries += [_missing(uid, components) for uid, components in published.items()]
    changed = sorted((one for one in entries if one), key=lambda one: one.event)
    return Differences(against=url, entries=tuple(changed))


def _beside(
    published: Mapping[str, Component], revision: Revision, variant: Variant, names: tuple[str, ...]
) -> Entry | None:
    """Return how *revision* differs from the VEVENTs that are *published*; None: not at all."""
    title = words(revision.event.details.title, variant.language)
    side = side_of(revision.event)
    drawn = components_of(revision, variant)
    if not drawn and not published:
        return None  # to be announced: in no calendar yet
    if not published:
        what = f"new: {side.as_it_was()}"
        return Entry(
            sign="+",
            event=revision.key,
            title=title,
            what=what,
            revision=str(revision.sequence),
            calendars=names,
        )
    changes = property_changes(published, drawn)
    changes = tuple(change for change in changes if change.name != "SEQUENCE")
    if not changes:
        return None
    number = _number(published)
    return Entry(
        sign="~",
        event=revision.key,
        title=title,
        what=f"{', '.join(dict.fromkeys(change.name for change in changes))} -> {side}",
        revision=f"{number} -> {max(number + 1, revision.sequence)}",
        calendars=names,
        properties=changes,
    )


def _leaving(published: Mapping[str, Component], revision: Revision, variant: Variant) -> Entry:
    number = _number(published)
    return Entry(
        sign="~",
        event=revision.key,
        title=words(revision.event.details.title, variant.language),
        what="leaves this calendar",
        revision=f"{number} -> {max(number + 1, revision.sequence)}",
        calendars=(),
    )


def _missing(uid: str, published: Mapping[str, Component]) -> Entry | None:
    """Return what is said of VEVENTs that the file does not know; None if they are off."""
    lines = published.get(MASTER, {})
    if "STATUS:CANCELLED" in lines.get("STATUS", ()):
        return None
    title = next(iter(lines.get("SUMMARY", ("SUMMARY:",)))).partition(":")[2]
    page = next(iter(lines.get("URL", ("",)))).rstrip("/").rpartition("/")[2]
    number = _number(published)
    return Entry(
        sign="!",
        event=page or uid,
        title=title,
        what=MISSING,
        revision=f"{number} -> {number + 1}",
        calendars=(),
    )


def _number(published: Mapping[str, Component]) -> int:
    lines = published.get(MASTER, {}).get("SEQUENCE", ("SEQUENCE:0",))
    digits = lines[0].partition(":")[2]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 10 else 0  # noqa: PLR2004
