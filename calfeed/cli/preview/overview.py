"""The page of all events of a preview: each with its state, drafts too, and every calendar."""

from collections.abc import Iterable, Iterator
from datetime import date

from markupsafe import Markup, escape

from calfeed.addresses import Show, event_feed_path, event_page_path, feed_path
from calfeed.cli.saying import words
from calfeed.cli.standing import Side, say_date, say_presence, side_of, state_of
from calfeed.snapshot import Snapshot
from calfeed.source.stated import Stated, Statement

_PAGE = Markup("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Preview: {title}</title>
</head>
<body class="calfeed-overview">
<main>
<h1>{title}</h1>
{main}
</main>
</body>
</html>
""")


def overview(stated: Stated, snapshot: Snapshot) -> bytes:
    """Return the page in HTML, as *snapshot* has the events that are *stated*."""
    language = stated.site.language
    lines = (
        Markup("<h2>Calendars</h2>\n<ul>"),
        *_feeds(snapshot, stated),
        Markup("</ul>"),
        *_events(stated, snapshot),
    )
    return _page(words(stated.site.name, language), lines)


def nothing_yet() -> bytes:
    """Return the page of sources that were never without an error."""
    return _page("Nothing to see yet", [Markup("<p>The file has errors: they stand above.</p>")])


def _page(title: str, main: Iterable[Markup]) -> bytes:
    return _PAGE.format(title=title, main=Markup("\n").join(main)).encode()


def _feeds(snapshot: Snapshot, stated: Stated) -> Iterator[Markup]:
    site = stated.site
    others = [code for code in site.languages if code != site.language]
    for slug, feed in snapshot.feeds.items():
        links = [(show.value or "usual", feed_path(slug, show=show)) for show in Show]
        links += [(code, feed_path(slug, language=code)) for code in others]
        yield Markup('<li><strong lang="{language}">{name}</strong> {links}</li>').format(
            language=site.language,
            name=words(feed.name, site.language),
            links=Markup(" · ").join(_link(path, name) for name, path in links),
        )


def _events(stated: Stated, snapshot: Snapshot) -> Iterator[Markup]:
    """Yield the events that lie ahead, then those that are over, the newest of these first."""
    dated = [(_last_day(one, stated) or date.max, one) for one in stated.statements]
    ahead = sorted((one for one in dated if one[0] >= snapshot.day), key=_by_day)
    over = sorted((one for one in dated if one[0] < snapshot.day), key=_by_day, reverse=True)
    for title, events in (("Coming events", ahead), ("Past events", over)):
        if events:
            yield Markup("<h2>{}</h2>\n<ul>").format(title)
            for _, statement in events:
                yield from _event(statement, stated.site.language)
            yield Markup("</ul>")


def _by_day(dated: tuple[date, Statement]) -> tuple[date, str]:
    return dated[0], dated[1].event.key


def _last_day(statement: Statement, stated: Stated) -> date | None:
    return statement.event.last_day(stated.site.timezone)


def _event(statement: Statement, language: str) -> Iterator[Markup]:
    event = statement.event
    details = event.details
    title = _link(event_page_path(event.key, language), words(details.title, language))
    yield Markup('<li><strong lang="{}">{}</strong>').format(language, title)
    draft = Markup('<span class="state">Draft.</span> ') if statement.draft else ""
    yield Markup("<p>{}{}</p>").format(draft, _state(side_of(event)))
    for override in event.overrides:
        side = Side(details=override.details, standing=override.standing)
        yield Markup("<p>{}: {}</p>").format(f"{override.day:%-d %B %Y}", _state(side))
    facts = [escape(say_presence(details))]
    facts += [escape(words(details.place.name, language))] if details.place else []
    facts += [_link(event_feed_path(event.key), f"{event.key}.ics")]
    said = Markup(", ").join(filter(None, facts))
    yield Markup('<p class="soft">{}</p></li>').format(said)


def _state(side: Side) -> Markup:
    """Return state and date, the state in words and marked."""
    state = state_of(side.standing)
    kind = "off" if side.standing.off else "new" if state != "as planned" else "planned"
    when = escape(say_date(side.details.when, rule=side.rule))
    return Markup('<span class="state {}">{}</span>: {}').format(
        kind,
        state.capitalize(),
        Markup("<s>{}</s>").format(when) if side.standing.off else when,
    )


def _link(href: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, text)
