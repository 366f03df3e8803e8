"""The answers of incremental sync: the full feed, what changed of it, nothing, or a refusal."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from calfeed import addresses
from calfeed.addresses import FeedPath, Variant
from calfeed.formats import ics
from calfeed.ledger.revision import Revision
from calfeed.representation import ON_ALL, Representation, represent
from calfeed.site.calendars import Calendars
from calfeed.site.questions import Answers, problem
from calfeed.site.sync.delta import delta, last_serial
from calfeed.site.sync.preference import NAME, Preference, parse_preference
from calfeed.site.sync.token import (
    Held,
    feed_digest,
    held_whole,
    parse_token,
    write_token,
)
from calfeed.snapshot import Snapshot

CACHE_CONTROL = "private, no-cache"
VARY = "Accept-Encoding, Prefer, Sync-Token"
EXPOSED = f"{ON_ALL['access-control-expose-headers']}, Preference-Applied, Sync-Token"
REFUSED = (
    "This Sync-Token is not of what is here now: of another feed, variant or ledger, or from "
    "before a change of the rules of what stands in it. Drop what you hold of this feed, and "
    "ask again without a Sync-Token."
)


class Syncs:
    """Incremental sync of all feeds of one snapshot; *calendars* are those that it speaks of.

    What it keeps of its answers has a bound.
    """

    def __init__(self, snapshot: Snapshot, calendars: Calendars) -> None:
        self._snapshot = snapshot
        self._calendars = calendars
        self._answers = Answers()

    def sync(self, path: str, prefer: str, token: str) -> Representation | None:
        """Return the answer to a request with *prefer*; None if *path* or that asks for no sync.

        *token* is empty if there is none. Neither is believed: what cannot be is refused.
        """
        preference, asked = parse_preference(prefer), self._asked(path)
        if preference is None or asked is None:
            return None
        variant = Variant(language=asked.language, show=asked.show, utc=asked.utc)
        of = feed_digest(self._snapshot, asked.slug, variant)
        held = parse_token(token, of=of) if token.strip() else None
        if token.strip() and not (held and self._is_possible(held)):
            return _refusal()
        return self._answers.get(
            (asked, preference, held), lambda: self._answer(asked, preference, of, held)
        )

    def _is_possible(self, held: Held) -> bool:
        return held.is_possible(last=last_serial(self._snapshot), day=self._snapshot.day)

    def _asked(self, path: str) -> FeedPath | None:
        """Return the feed at *path*, its slug a present one and its language named."""
        parts, snapshot = addresses.parse_feed_path(path), self._snapshot
        if parts is None:
            return None
        site = snapshot.site
        slug, language = snapshot.slugs.get(parts.slug, parts.slug), parts.language or site.language
        is_there = slug in snapshot.feeds and language in {
            *snapshot.told.languages,
            *site.languages,
        }
        return replace(parts, slug=slug, language=language) if is_there else None

    def _answer(
        self, asked: FeedPath, preference: Preference, of: str, held: Held | None
    ) -> Representation:
        variant = Variant(language=asked.language, show=asked.show, utc=asked.utc)

        def is_drawn(revision: Revision) -> bool:
            return self._calendars.drawn(revision, variant) is not None

        snapshot = self._snapshot
        found = delta(
            snapshot,
            asked.slug,
            held or held_whole(0, snapshot.day),
            limit=preference.limit,
            is_drawn=is_drawn,
        )
        headers = {
            **_headers(preference.applied(is_cut=found.is_cut)),
            "sync-token": write_token(of, found.held),
        }
        if held and not (found.changed or found.left):
            return _nothing(headers)
        is_whole = held is None and not found.is_cut
        return represent(
            ics.render(
                snapshot.feeds[asked.slug],
                variant,
                site=snapshot.site,
                drawn=self._calendars.drawn,
                part=None if is_whole else ics.Part(changed=found.changed, left=found.left),
            ),
            media_type="text/calendar; charset=utf-8",
            modified=None,
            cache_control=CACHE_CONTROL,
            filename=f"{asked.slug}.ics",
            compress=snapshot.site.compress_ics,
            headers=headers,
        )


def _headers(applied: str) -> dict[str, str]:
    return {
        "access-control-expose-headers": EXPOSED,
        "preference-applied": applied,
        "vary": VARY,
    }


def _nothing(headers: Mapping[str, str]) -> Representation:
    return represent(
        b"",
        media_type="text/calendar; charset=utf-8",
        modified=None,
        cache_control=CACHE_CONTROL,
        compress=False,
        status=HTTPStatus.NOT_MODIFIED,
        headers=headers,
    )


def _refusal() -> Representation:
    return problem(HTTPStatus.CONFLICT, REFUSED, headers=_headers(NAME))
