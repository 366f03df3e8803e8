"""Rows of the change log as JSON, one on a line: all that there is of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from calfeed.addresses import event_page_path
from calfeed.changelog import Entry
from calfeed.dates import When, stamp_text
from calfeed.formats.listing.details import each, one_line
from calfeed.formats.listing.items import as_json
from calfeed.formats.listing.moments import when_as_json
from calfeed.markup import as_plain_text
from calfeed.model import Site
from calfeed.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Some of the rows, in the order that they were told in.

    ``cursor`` stands behind the last of them; ``following`` is where the next are, None if these
    are the newest.
    """

    entries: tuple[Entry, ...]
    cursor: str
    following: str | None


def render_rows(rows: Rows, snapshot: Snapshot) -> bytes:
    """Return *rows* as JSON, one row on a line."""
    head = as_json({"cursor": rows.cursor, "next": rows.following})
    changes = ",\n".join(as_json(_row(one, snapshot)) for one in rows.entries)
    return f'{head[:-1]},"changes":[\n{changes}\n]}}\n'.encode()


def _row(entry: Entry, snapshot: Snapshot) -> Mapping[str, object]:
    row, revision = entry.row, entry.revision
    initiative = row.initiative and snapshot.slugs.get(row.initiative, row.initiative)
    return {
        "id": entry.id,
        "change": row.kind,
        "uid": row.uid,
        "sequence": row.sequence,
        "told": stamp_text(row.stamp),
        "dated": stamp_text(row.dated),
        "event": revision.key,
        "url": None if revision.withdrawn else _pages(entry, snapshot.site),
        "initiatives": list(snapshot.slugs_of(revision)),
        "initiative": initiative,
        "title": one_line(row.title),
        "occurrence": entry.occurrence and entry.occurrence.isoformat(),
        "onwards": entry.onwards,
        "when": _date(entry.when),
        "previous": _date(entry.was),
        "notice": each(entry.notice, as_plain_text),
    }


def _pages(entry: Entry, site: Site) -> Mapping[str, str]:
    frame, title = entry.revision.frame, entry.revision.event.details.title
    return {
        name: frame.site_url + event_page_path(entry.revision.key, name)
        for name in site.languages
        if name in title or name == frame.language
    }


def _date(when: When | None) -> Mapping[str, object] | None:
    return when_as_json(when) if when else None
