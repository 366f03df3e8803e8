"""The bar above each page of a preview: the day that is shown, and what is wrong by now."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files

from markupsafe import Markup

from calfeed.cli.preview.problems import as_list
from calfeed.cli.saying import counted
from calfeed.errors import Problem

PLACE = "/_preview/"
"""Where all that is the preview's own is: no initiative can have this for its slug."""

CHANGES = f"{PLACE}changes"
DAY = f"{PLACE}day"
STYLE = f"{PLACE}preview.css"
SCRIPT = f"{PLACE}preview.js"
FIRST_YEAR, LAST_YEAR = 1970, 2199

_OPENING = re.compile(rb'(</head>\s*<body[^>]*>(?:\s*<a class="skip"[^>]*>[^<]*</a>)?)')
"""The bar follows it: the link that skips what is above the content stays the first of a page."""

_HEAD = Markup('<link rel="stylesheet" href="{}">\n<script src="{}" defer></script>\n').format(
    STYLE, SCRIPT
)
_BAR = Markup(
    '\n<aside id="calfeed-preview" aria-label="Preview" lang="en" data-shown="{shown}"'
    ' data-changes="{changes}"{hidden}>\n'
    '<div class="calfeed-bar">\n'
    '<p><strong class="calfeed-name">Preview</strong> Nothing is published.</p>\n'
    "{day}{warnings}{link}</div>\n"
    '<p class="calfeed-lost" role="status"></p>\n'
    '<div class="calfeed-problems" role="alert" data-told="{told}">{problems}</div>\n'
    "</aside>\n"
)
_CHOOSER = Markup(
    "<p>Shown as of <strong>{said}</strong></p>\n"
    '<form method="post" action="{action}" autocomplete="off">\n'
    '<label for="calfeed-day">Another day</label>\n'
    '<input type="date" id="calfeed-day" name="day" value="{day}" required'
    ' min="{first}-01-01" max="{last}-12-31">\n'
    '<input type="hidden" name="to" value="{to}">\n'
    "<button>Show</button>{back}\n</form>\n"
)
_TO_TODAY = Markup('\n<button name="today" value="yes" formnovalidate>Today</button>')
_TO_SITE = Markup('<a href="/">The site</a>')
_TO_OVERVIEW = Markup('<a href="{}">All events and feeds</a>').format(PLACE)
_WARNINGS = Markup("<details><summary>{said}</summary>{problems}</details>\n")
_PROBLEMS = Markup("<h2>{said} in {name}</h2>\n<p>{stays}</p>\n{problems}")
_STAYS = "Below is the site as it was before. Mend and save: this goes away by itself."
_NEVER = "Mend and save: the site comes by itself."


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What the bar says of the sources called *name*.

    ``shown`` tells one version of the site from any other; it is empty, and there is no ``day``,
    where they were never without an error. ``warnings`` are of what is shown, ``problems`` are
    why newer sources are not.
    """

    name: str
    shown: str = ""
    day: date | None = None
    is_today: bool = True
    warnings: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    def said(self) -> Markup:
        """Return what is wrong, in HTML; nothing while all is well."""
        if not self.problems:
            return Markup("")
        return _PROBLEMS.format(
            said=counted(len(self.problems), "error"),
            name=self.name,
            stays=_STAYS if self.shown else _NEVER,
            problems=as_list(self.problems),
        )

    def told(self) -> str:
        """Return what tells the problems from any others."""
        return sha256(self.said().encode()).hexdigest()[:16]


def with_bar(page: bytes, bar: Bar, path: str, *, hidden: bool = False) -> bytes:
    """Return the *page* at *path* with its bar; *hidden*, a script shows it unless in a frame."""
    head, opening, content = _OPENING.split(page, maxsplit=1)
    drawn = _draw(bar, path, hidden).encode()
    return b"".join((head, _HEAD.encode(), opening, drawn, content))


@cache
def resource(name: str) -> bytes:
    """Return the style sheet or the script of the preview."""
    return (files("calfeed") / "cli" / "preview" / name).read_bytes()


def _draw(bar: Bar, path: str, hidden: bool) -> Markup:
    return _BAR.format(
        shown=bar.shown,
        changes=CHANGES,
        hidden=Markup(" hidden") if hidden else "",
        day=_chooser(bar, bar.day, path) if bar.day else "",
        warnings=_warnings(bar.warnings),
        link=_link(path) if bar.shown else "",
        told=bar.told(),
        problems=bar.said(),
    )


def _link(path: str) -> Markup:
    return _TO_SITE if path == PLACE else _TO_OVERVIEW


def _chooser(bar: Bar, day: date, path: str) -> Markup:
    return _CHOOSER.format(
        said=f"today, {day:%-d %B %Y}" if bar.is_today else f"{day:%-d %B %Y}",
        action=DAY,
        day=day,
        first=FIRST_YEAR,
        last=LAST_YEAR,
        to=path,
        back="" if bar.is_today else _TO_TODAY,
    )


def _warnings(warnings: tuple[Problem, ...]) -> Markup:
    if not warnings:
        return Markup("")
    counts = Counter(one.severity.value for one in warnings)
    said = ", ".join(counted(count, word) for word, count in counts.items())
    return _WARNINGS.format(said=said, problems=as_list(warnings))
