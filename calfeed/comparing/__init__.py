"""What a publication would tell: two states of a ledger, or a feed that is out, compared."""

from calfeed.comparing.events import Comparison, Difference, FeedName, compare, feeds_of_events
from calfeed.comparing.feeds import PublishedDifference, WhichFeed, compare_published, which_feed
from calfeed.comparing.properties import (
    MASTER,
    Components,
    Lines,
    PropertyChange,
    changes,
    drawn,
    text,
    value,
)
from calfeed.comparing.published import Published, read_published, when_of
from calfeed.comparing.settings import Setting

__all__ = [
    "MASTER",
    "Comparison",
    "Components",
    "Difference",
    "FeedName",
    "Lines",
    "PropertyChange",
    "Published",
    "PublishedDifference",
    "Setting",
    "WhichFeed",
    "changes",
    "compare",
    "compare_published",
    "drawn",
    "feeds_of_events",
    "read_published",
    "text",
    "value",
    "when_of",
    "which_feed",
]
