"""The change log: its news for people's readers as Atom and JSON Feed, all of it for programs."""

from calfeed.formats.changes.entries import NEWS, Entry, Log
from calfeed.formats.changes.feeds import NewsFeed, draw_atom, draw_json, render_atom, render_json
from calfeed.formats.changes.rows import Page, render_rows

__all__ = [
    "NEWS",
    "Entry",
    "Log",
    "NewsFeed",
    "Page",
    "draw_atom",
    "draw_json",
    "render_atom",
    "render_json",
    "render_rows",
]
