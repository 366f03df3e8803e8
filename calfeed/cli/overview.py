"""The one page of ``calfeed preview``: every event with its state, and the addresses of feeds."""

import base64
from collections.abc import Iterator
from datetime import date
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from calfeed.addresses import Show, event_feed_path, feed_path
from calfeed.cli.saying import words
from calfeed.cli.standing import Side, say_date, say_presence, side_of, state_of
from calfeed.snapshot import Snapshot
from calfeed.source.stated import Stated, Statement


@cache
def _style() -> str:
    return (files("calfeed") / "cli" / "overview.css").read_text(encoding="utf-8")


def policy() -> str:
    """Return the Content-Security-Policy of the page: its own style, and nothing else."""
    digest = base64.b64encode(sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"


def overview(stated: Stated, snapshot: Snapshot, *, as_of: date | None) -> bytes:
    """Return the page in HTML, in the language of the site as far as its texts go."""
    language = stated.site.language
    name = escape(words(stated.site.name, language))
    day = f"{snapshot.day:%-d %B %Y}"
    lines = [
        "<!doctype html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>Preview: {name}</title>',
        '<meta name="viewport" content="width=device-width">',
        f"<style>{_style()}</style></head><body><header><h1>{name}</h1>",
        f'<p class="soft">Preview {"as of" if as_of else "of today,"} {day}. Nothing is published.'
        " Load the page again after saving.</p></header><main>",
        "<h2>Calendars</h2><ul>",
        *_feeds(snapshot, language),
        "</ul>",
        *_events(stated, snapshot),
        "</main></body></html>",
    ]
    return "\n".join(lines).encode()


def _feeds(snapshot: Snapshot, language: str) -> Iterator[str]:
    for slug, feed in snapshot.feeds.items():
        links = " · ".join(
            f'<a href="{feed_path(slug, show=show)}">{show.value or "usual"}</a>' for show in Show
        )
        yield f"<li><strong>{escape(words(feed.name, language))}</strong>{links}</li>"


def _events(stated: Stated, snapshot: Snapshot) -> Iterator[str]:
    """Yield the events that lie ahead, then those that are over, the newest of these first."""
    dated = [(_last_day(one, stated) or date.max, one) for one in stated.statements]
    ahead = sorted((one for one in dated if one[0] >= snapshot.day), key=_by_day)
    over = sorted((one for one in dated if one[0] < snapshot.day), key=_by_day, reverse=True)
    for title, events in (("Coming events", ahead), ("Past events", over)):
        if events:
            yield f"<h2>{title}</h2><ul>"
            for _, statement in events:
                yield from _event(statement, stated)
            yield "</ul>"


def _by_day(dated: tuple[date, Statement]) -> tuple[date, str]:
    return dated[0], dated[1].event.key


def _last_day(statement: Statement, stated: Stated) -> date | None:
    return statement.event.last_day(stated.site.timezone)


def _event(statement: Statement, stated: Stated) -> Iterator[str]:
    event, language = statement.event, stated.site.language
    details = event.details
    yield f"<li><strong>{escape(words(details.title, language))}</strong>"
    draft = '<span class="state">Draft.</span> ' if statement.draft else ""
    yield f"<p>{draft}{_state(side_of(event))}</p>"
    for override in event.overrides:
        side = Side(details=override.details, standing=override.standing)
        yield f"<p>{override.day:%-d %B %Y}: {_state(side)}</p>"
    facts = [say_presence(details)]
    facts += [escape(words(details.place.name, language))] if details.place else []
    facts += [f'<a href="{event_feed_path(event.key)}">{escape(event.key)}</a>']
    yield f'<p class="soft">{", ".join(filter(None, facts))}</p></li>'


def _state(side: Side) -> str:
    """Return state and date, the state in words and marked."""
    state = state_of(side.standing)
    kind = "off" if side.standing.off else "new" if state != "as planned" else ""
    date_ = escape(say_date(side.details.when, rule=side.rule))
    dated = f"<s>{date_}</s>" if side.standing.off else date_
    return f'<span class="state {kind}">{state.capitalize()}</span>: {dated}'
