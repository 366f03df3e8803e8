"""Events as JSON of calfeed's own: all facts in all languages, for aggregators and embeds."""

from calfeed.formats.listing.document import Listed, render
from calfeed.formats.listing.items import draw

__all__ = ["Listed", "draw", "render"]
