"""Pages for people: HTML that needs no script, loads nothing from elsewhere, and keeps nothing."""

from calfeed.formats.pages.ahead import draw_ahead
from calfeed.formats.pages.dates import dates_page, pages_of_dates
from calfeed.formats.pages.developers import developers_page
from calfeed.formats.pages.embeds import (
    embed_page,
    embedded_event_page,
    ended_embed_page,
    gone_embed_page,
)
from calfeed.formats.pages.event import event_page
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.feeds import feeds_page
from calfeed.formats.pages.head import in_short
from calfeed.formats.pages.lists import (
    PER_PAGE,
    coming_page,
    in_pages,
    index_page,
    initiative_page,
    past_page,
)
from calfeed.formats.pages.small import (
    choice_page,
    ended_page,
    gone_page,
    missing_page,
    moved_page,
)
from calfeed.formats.pages.subject import Subject, subject_of

__all__ = [
    "PER_PAGE",
    "Facts",
    "Subject",
    "choice_page",
    "coming_page",
    "dates_page",
    "developers_page",
    "draw_ahead",
    "embed_page",
    "embedded_event_page",
    "ended_embed_page",
    "ended_page",
    "event_page",
    "feeds_page",
    "gone_embed_page",
    "gone_page",
    "in_pages",
    "in_short",
    "index_page",
    "initiative_page",
    "missing_page",
    "moved_page",
    "pages_of_dates",
    "past_page",
    "subject_of",
]
