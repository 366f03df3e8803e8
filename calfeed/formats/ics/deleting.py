"""The word that an event left its feed, for mirrors: its skeleton, and no more."""

from calfeed.formats.ics.contentlines import fold, text
from calfeed.formats.ics.dates import dated, utc_time
from calfeed.ledger.revision import Revision


def deleted(revision: Revision) -> bytes:
    """Return the VEVENT that tells a mirror to drop *revision*; nothing if it never had a date.

    Its DTSTART is in UTC, so that no zone has to stand beside it. STATUS:DELETED is of
    draft-ietf-calext-subscription-upgrade and for those alone who ask for incremental sync.
    """
    when = revision.event.details.when
    if when is None:
        return b""
    lines = (
        "BEGIN:VEVENT",
        f"UID:{text(revision.uid)}",
        f"DTSTAMP:{utc_time(revision.stamp)}",
        dated("DTSTART", when.start, when.zone, utc=True),
        "STATUS:DELETED",
        "END:VEVENT",
    )
    return b"".join(map(fold, lines))
