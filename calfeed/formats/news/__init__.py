"""The change log's news for feed readers: Atom and JSON Feed."""

from calfeed.formats.news.feeds import NewsFeed, draw_atom, draw_json, render_atom, render_json

__all__ = ["NewsFeed", "draw_atom", "draw_json", "render_atom", "render_json"]
