"""Events as JSON of calfeed's own: all facts in all languages, for aggregators and embeds."""

from calfeed.formats.listing.document import Listed, render
from calfeed.formats.listing.items import draw
from calfeed.formats.listing.rows import Rows, render_rows

__all__ = ["Listed", "Rows", "draw", "render", "render_rows"]
