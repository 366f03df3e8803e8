"""The one page of ``calfeed preview``: every event with its state, and the addresses of feeds."""

import base64
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from calfeed.addresses import Show, event_feed_path, feed_path
from calfeed.cli.saying import words
from calfeed.cli.standing import Side, say_date, say_presence, side_of, state_of
from calfeed.errors import Problem
from calfeed.snapshot import Snapshot
from calfeed.source.stated import Stated, Statement

_NOT_READ = "The sources have errors, so this is as they were before. Mend them and save:"
_NEVER_READ = "The sources have errors, so there is nothing to see yet. Mend them and save:"


def policy() -> str:
    """Return the Content-Security-Policy of the page: its own style and script, nothing else."""
    style, script = (_hash_of(name) for name in ("overview.css", "overview.js"))
    return (
        f"default-src 'none'; style-src '{style}'; script-src '{script}'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def overview(
    stated: Stated, snapshot: Snapshot, *, as_of: date | None, problems: Sequence[Problem] = ()
) -> bytes:
    """Return the page in HTML; *problems* are why the sources cannot be read any more."""
    name = words(stated.site.name, stated.site.language)
    day = f"{snapshot.day:%-d %B %Y}"
    return _page(
        name,
        f"Preview {'as of' if as_of else 'of today,'} {day}. Nothing is published.",
        (
            *_problems(_NOT_READ, problems),
            "<h2>Calendars</h2><ul>",
            *_feeds(snapshot, stated),
            "</ul>",
            *_events(stated, snapshot),
        ),
    )


def page_of_problems(problems: Sequence[Problem]) -> bytes:
    """Return the page of sources that could never be read."""
    return _page("Nothing to see yet", "Preview.", _problems(_NEVER_READ, problems))


def _page(title: str, said: str, main: Iterable[str]) -> bytes:
    lines = [
        "<!doctype html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>Preview: {escape(title)}</title>',
        '<meta name="viewport" content="width=device-width">',
        f"<style>{_resource('overview.css')}</style>",
        f"<script>{_resource('overview.js')}</script></head>",
        f'<body><header><h1>{escape(title)}</h1><p class="soft">{said}</p></header><main>',
        *main,
        "</main></body></html>",
    ]
    return "\n".join(lines).encode()


def _problems(said: str, problems: Sequence[Problem]) -> Iterator[str]:
    """Yield each error at its place, with what to do."""
    if not problems:
        return
    yield f'<section class="problems" role="alert"><h2>Not shown yet</h2><p>{said}</p><ul>'
    for problem in problems:
        yield f"<li><strong>{escape(problem.message)}</strong>{escape(str(problem.place))}"
        yield from (f"<p>{escape(line)}</p>" for line in (problem.hint, *problem.help) if line)
        yield "</li>"
    yield "</ul></section>"


@cache
def _resource(name: str) -> str:
    return (files("calfeed") / "cli" / name).read_text(encoding="utf-8")


def _hash_of(name: str) -> str:
    digest = base64.b64encode(sha256(_resource(name).encode()).digest()).decode()
    return f"sha256-{digest}"


def _feeds(snapshot: Snapshot, stated: Stated) -> Iterator[str]:
    site = stated.site
    others = [code for code in site.languages if code != site.language]
    for slug, feed in snapshot.feeds.items():
        links = [(show.value or "usual", feed_path(slug, show=show)) for show in Show]
        links += [(code, feed_path(slug, language=code)) for code in others]
        said = " · ".join(f'<a href="{path}">{name}</a>' for name, path in links)
        name = escape(words(feed.name, site.language))
        yield f'<li><strong lang="{site.language}">{name}</strong>{said}</li>'


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
    yield f'<li><strong lang="{language}">{escape(words(details.title, language))}</strong>'
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
