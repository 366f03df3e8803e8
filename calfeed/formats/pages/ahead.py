"""What is drawn before anybody asks: what costs most of the pages that most people open first."""

from itertools import islice, product

from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.items import REMEMBERED
from calfeed.formats.pages.lists import PER_PAGE, UNDATED, listing_of
from calfeed.formats.pages.subscribe import code_of

MOST = REMEMBERED // 4 // (PER_PAGE + UNDATED)
"""How many lists are drawn ahead: items of other pages find room beside theirs."""


def draw_ahead(facts: Facts) -> None:
    """Draw the codes of all subscribe panels, and the lists of first pages in every language."""
    for slug in facts.initiatives:
        code_of(slug, facts)
    firsts = product(("", *facts.initiatives), facts.languages)
    for slug, language in islice(firsts, MOST):
        listing_of(slug, facts, facts.voice(language))
