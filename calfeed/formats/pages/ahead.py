"""What is drawn before anybody asks: what costs most of the pages that most people open first."""

from itertools import product

from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.items import REMEMBERED
from calfeed.formats.pages.lists import listing_of
from calfeed.formats.pages.subscribe import code_of

MOST = REMEMBERED // 4
"""About how many items are drawn ahead: those of other pages find room beside them."""


def draw_ahead(facts: Facts) -> None:
    """Draw the codes of all subscribe panels, and the lists of first pages in every language."""
    for slug in facts.initiatives:
        code_of(slug, facts)
    drawn = 0
    for slug, language in product(("", *facts.initiatives), facts.languages):
        if drawn >= MOST:
            break
        listing = listing_of(slug, facts, facts.voice(language))
        drawn += len(listing.undated) + sum(len(month.items) for month in listing.months)
